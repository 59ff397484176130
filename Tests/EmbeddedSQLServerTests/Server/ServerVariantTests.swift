import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

/// sql_variant over the wire, both ways.
@Suite struct ServerVariantTests {
    private func withClient(_ body: (WireClient) throws -> Void) throws {
        let instance = try makeSQLInstance(storage: .memory)
        let server = try EmbeddedServer.start(EmbeddedServer.Configuration()) { _ in instance }
        defer { server.stop() }
        try body(WireClient.loggedIn(server))
    }

    private func statement(_ text: String, _ declarations: String, _ value: RPCParameter) -> RPCRequest {
        let texts = [text, declarations].map { RPCParameter(type: TypeInfo(.nVarChar(200)), value: .string($0)) }
        return RPCRequest(.system(.executeSQL), texts + [value])
    }

    @Test(arguments: [
        (SQLType.smallInt, SQLValue.int(5)), (.char(3), .string("abc")), (.time(2), .time(.midnight)),
        (.money, .decimal(.zero)), (.binary(2), .bytes([1, 0])),
    ]) func aParameterKeepsItsBaseTypeOnTheWayInAndOut(type: SQLType, value: SQLValue) throws {
        try withClient { (client: WireClient) throws in
            var parameter = RPCParameter("@v", type: TypeInfo(.variant), value: value, isOutput: true)
            parameter.baseType = type
            let text = "SELECT @v, CAST(SQL_VARIANT_PROPERTY(@v, 'BaseType') AS varchar(20))"
            let tokens = try client.call(statement(text, "@v sql_variant OUTPUT", parameter))
            #expect(tokens.messages == [])
            #expect(tokens.rows == [[value, .string(type.name)]])
            #expect(tokens.returnValues.first?.value == value)
            #expect(tokens.returnValues.first?.baseType == type)
        }
    }

    @Test func anIntInAVariantIsNoArgumentForAnInt() throws {
        try withClient { (client: WireClient) throws in
            var parameter = RPCParameter("@v", type: TypeInfo(.variant), value: .int(5))
            parameter.baseType = .int
            #expect(try client.call(statement("SELECT @v", "@v int", parameter)).messages.map(\.number) == [257])
        }
    }
}
