import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

@Suite struct ServerProcedureTests {
    private static let handle = RPCParameter(type: TypeInfo(.int), value: .null, isOutput: true)
    private static let declared = RPCParameter(type: TypeInfo(.nVarChar(100)), value: .string("@P1 int"))
    private static let statement = RPCParameter(type: TypeInfo(.nVarChar(100)), value: .string("SELECT @P1"))
    private static let one = RPCParameter(type: TypeInfo(.int), value: .int(1))

    @Test func preparedStatementsLiveUntilTheyAreUnprepared() throws {
        let instance = ServerRequestTests.executing()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let handle = RPCParameter(type: TypeInfo(.int), value: .null, isOutput: true)
            let declared = RPCParameter(type: TypeInfo(.nVarChar(100)), value: .string("@P1 int"))
            let statement = RPCParameter(type: TypeInfo(.nVarChar(100)), value: .string("SELECT @P1"))
            let one = RPCParameter(type: TypeInfo(.int), value: .int(1))
            let prepared = try client.call(RPCRequest(.system(.prepExec), [handle, declared, statement, one]))
            #expect(prepared.rows == [[.int(5)]])
            #expect(prepared.returnValues.first?.value == .int(1))
            let known = RPCParameter(type: TypeInfo(.int), value: .int(1))
            let executed = try client.call(RPCRequest(.system(.execute), [known, one]))
            #expect(executed.rows == [[.int(5)]])
            #expect(instance.requests.count == 2)
            #expect(instance.requests.first == instance.requests.last)
            let second = try client.call(RPCRequest(.name("sp_prepare"), [handle, declared, statement]))
            #expect(second.returnValues.first?.value == .int(2))
            #expect(try client.call(RPCRequest(.system(.unprepare), [known])).statuses == [0])
            let gone = try client.call(RPCRequest(.system(.execute), [known, one]))
            #expect(gone.messages.map(\.number) == [8179])
        }
    }

    @Test func otherProceduresAreTheSessions() throws {
        let instance = ScriptedInstance { (_, _) throws(RequestStopped) in (3, []) }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let tokens = try client.call(
                RPCRequest(.name("dbo.my_proc"), [RPCParameter("@x", type: TypeInfo(.int), value: .int(9))]))
            #expect(tokens.statuses == [3])
            #expect(tokens.dones == [Done(.procedure, command: 224)])
            #expect(
                instance.requests == [
                    .call("dbo.my_proc", arguments: [RequestArgument(name: "@x", type: .int, value: .int(9))])
                ])
            let cursor = try client.call(RPCRequest(.system(.cursorOpen), []))
            #expect(cursor.messages.map(\.number) == [40_517])
            #expect(cursor.messages.first?.text.contains("sp_cursoropen") == true)
        }
    }

    @Test func aStatementThatDoesNotCompileIsNotPrepared() throws {
        let instance = ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.message(ServerMessage(number: 208, severity: 16, text: "Invalid object name 'x'."))
            try sink.done(StatementDone(failed: true))
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let call = RPCRequest(.system(.prepExec), [Self.handle, Self.declared, Self.statement, Self.one])
            let tokens = try client.call(call)
            #expect(tokens.messages.map(\.number) == [208, 8180])
            #expect(tokens.returnValues.map(\.value) == [.null])
            let direct = try client.call(RPCRequest(.system(.executeSQL), [Self.statement, Self.declared, Self.one]))
            #expect(direct.messages.map(\.number) == [208])
        }
    }

    @Test func aStatementThatFailsWhileItRunsIsPrepared() throws {
        let instance = ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.message(ServerMessage(number: 8134, severity: 16, text: "Divide by zero error encountered."))
            try sink.done(StatementDone(failed: true))
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let call = RPCRequest(.system(.prepExec), [Self.handle, Self.declared, Self.statement, Self.one])
            let tokens = try client.call(call)
            #expect(tokens.messages.map(\.number) == [8134])
            #expect(tokens.returnValues.map(\.value) == [.int(1)])
        }
    }

    @Test(arguments: ["{ ? = CALL dbo.p(?, ?) }", "{call dbo.p(?,?)}", "call dbo.p (?, ?)"])
    func aCallIsPreparedInTheFormOfODBC(text: String) throws {
        let instance = ScriptedInstance { (_, _) throws(RequestStopped) in (7, []) }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let source = RPCParameter(type: TypeInfo(.nVarChar(100)), value: .string(text))
            let tokens = try client.call(RPCRequest(.system(.prepExecRPC), [Self.handle, source, Self.one, Self.one]))
            #expect(tokens.statuses == [7])
            #expect(tokens.returnValues.map(\.value) == [.int(1)])
            let again = try client.call(RPCRequest(.system(.execute), [Self.one, Self.one, Self.one]))
            #expect(again.statuses == [7])
            let argument = RequestArgument(name: "", type: .int, value: .int(1))
            let call = ScriptedInstance.Request.call("dbo.p", arguments: [argument, argument])
            #expect(instance.requests == [call, call])
        }
    }

    @Test(arguments: ["{ CALL p(1) }", "{ CALL }", "SELECT 1", "{ CALL p(?)", "{ ? CALL p }"])
    func otherTextsAreNoCalls(text: String) throws {
        try withScriptedServer { server in
            let source = RPCParameter(type: TypeInfo(.nVarChar(100)), value: .string(text))
            let call = RPCRequest(.name("sp_prepexecrpc"), [Self.handle, source])
            let tokens = try WireClient.loggedIn(server).call(call)
            #expect(tokens.messages.map(\.number) == [40_517])
        }
    }

    @Test(arguments: SystemProcedure.allCases.filter { $0.rawValue <= 9 })
    func cursorsAreRefusedByName(procedure: SystemProcedure) throws {
        try withScriptedServer { server in
            let message = try WireClient.loggedIn(server).call(RPCRequest(.system(procedure), [])).messages.first
            #expect(message?.number == 40_517)
            #expect(message?.text.contains("'\(procedure.name)'") == true)
        }
    }

    @Test func tablesAndVariantsReachTheSessionWithTheirTypes() throws {
        let instance = ScriptedInstance { (_, _) throws(RequestStopped) in (0, []) }
        try withScriptedServer(.init(), instance) { server in
            let table = TableValue(
                schema: "dbo", name: "Lines",
                columns: [.init(type: TypeInfo(.int), flags: []), .init(type: TypeInfo(.int), flags: .isDefault)],
                rows: [[.int(1), .null], [.int(2), .null]])
            var variant = RPCParameter("@v", type: TypeInfo(.variant), value: .int(5))
            variant.baseType = .int
            let client = try WireClient.loggedIn(server)
            _ = try client.call(RPCRequest(.name("p"), [RPCParameter("@t", table: table), variant]))
            let columns = [
                TableArgument.Column(type: .int, isNullable: false),
                TableArgument.Column(type: .int, isNullable: false, isDefault: true),
            ]
            var expected = RequestArgument(name: "@v", type: .variant, value: .int(5))
            expected.baseType = .int
            let rows: [[SQLValue]] = [[.int(1), .null], [.int(2), .null]]
            let argument = TableArgument(schema: "dbo", name: "Lines", columns: columns, rows: rows)
            // The client lives until here: its end would be recorded too.
            withExtendedLifetime(client) {
                #expect(
                    instance.requests
                        == [.call("p", arguments: [RequestArgument(name: "@t", table: argument), expected])])
            }
        }
    }
}
