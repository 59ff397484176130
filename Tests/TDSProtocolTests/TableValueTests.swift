import SQLValues
import SeededRandom
import TDSProtocol
import Testing

/// Table-valued parameters (MS-TDS 2.2.5.5.5).
@Suite struct TableValueTests {
    /// Headers, the procedure `p`, no options, a parameter without name and flags.
    private static let prefix = hex(
        """
        16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 00 01 00 00 00 01 00 70 00 00 00 00 00
        """)

    private static func parameter(_ table: String) throws -> RPCParameter {
        let message = try RPCMessage(payload: prefix + hex(table))
        return try #require(message.requests.first?.parameters.first)
    }

    /// The type `dbo.T` with an `int` and an `nvarchar(5)`, written by hand after the grammar of the specification.
    @Test func aTableOfTheSpecificationsGrammarIsRead() throws {
        let parameter = try Self.parameter(
            """
            F3 00 03 64 00 62 00 6F 00 01 54 00 02 00
            00 00 00 00 01 00 26 04 00
            00 00 00 00 01 00 E7 0A 00 09 04 D0 00 34 00
            00
            01 04 07 00 00 00 02 00 61 00
            01 00 FF FF
            00
            """)
        let table = try #require(parameter.table)
        #expect((table.schema, table.name) == ("dbo", "T"))
        #expect(table.columns.map(\.type.type) == [.int, .nVarChar(5)])
        #expect(table.rows == [[.int(7), .string("a")], [.null, .null]])
    }

    @Test func aTableOfNullHasNoColumns() throws {
        let table = try #require(try Self.parameter("F3 00 00 01 54 00 FF FF 00 00").table)
        #expect(table == TableValue(name: "T", columns: [], rows: []))
    }

    @Test func columnsInAnotherOrderComeInTheTypesOrder() throws {
        let table = try #require(
            try Self.parameter(
                """
                F3 00 00 01 54 00 02 00
                00 00 00 00 00 00 26 04 00
                00 00 00 00 00 00 26 08 00
                10 01 00 01 00 05
                11 02 00 02 00 01 00
                00 01 04 01 00 00 00 08 02 00 00 00 00 00 00 00 00
                """
            ).table)
        #expect(table.columns.map(\.type.type) == [.bigInt, .int])
        #expect(table.rows == [[.int(2), .int(1)]])
    }

    @Test func everyTypeComesBackInATable() throws {
        var random = SeededGenerator(seed: 11)
        // The wire does not tell rowversion from binary(8).
        let types = allTypes.filter { $0 != .rowVersion }
        var columns = types.map { TableValue.Column(type: TypeInfo($0)) }
        columns.append(.init(type: TypeInfo(.int), flags: [.nullable, .isDefault]))
        let rows = (0..<20).map { _ in types.map { randomValue(of: $0, using: &random) } + [.null] }
        let table = TableValue(schema: "sales", name: "All types", columns: columns, rows: rows)
        let message = RPCMessage([
            RPCRequest(
                .name("p"), [RPCParameter("@t", table: table), RPCParameter(type: TypeInfo(.int), value: .int(3))])
        ])
        #expect(try RPCMessage(payload: try message.encoded()) == message)
    }

    @Test(arguments: [
        "F3 01 64 00 00 01 54 00 FF FF 00 00", "F3 00 00 01 54 00 FF FF 00 01 00", "F3 00 00 01 54 00 FF FF 07 00",
        "F3 00 00 01 54 00 01 04", "F3 00 00 01 54 00 FF FF 11 01 00 01 00 00 00",
        "F3 00 00 01 54 00 01 00 00 00 00 00 00 00 26 04 00 00 02 00",
    ]) func whatIsNoTableIsRefused(bytes: String) {
        #expect(throws: TDSProtocolError.self) { try Self.parameter(bytes) }
    }

    @Test func aVariantKeepsItsType() throws {
        // Total length 8, base type int1 with no properties... and decimal(5,2) with two.
        var payload = Self.prefix + hex("62 49 1F 00 00 06 00 00 00 38 00 05 00 00 00")
        payload += hex("00 00 62 49 1F 00 00 09 00 00 00 6C 02 05 02 01 39 30 00 00")
        payload += hex("00 00 62 49 1F 00 00 00 00 00 00")
        let parameters = try RPCMessage(payload: payload).requests.first?.parameters
        #expect(parameters?.map(\.baseType) == [.int, .numeric(5, 2), nil])
        #expect(parameters?.map(\.value) == [.int(5), SQLDecimal("123.45").map { .decimal($0) } ?? .null, .null])
    }
}
