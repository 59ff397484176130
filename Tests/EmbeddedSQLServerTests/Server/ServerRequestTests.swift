import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing
import Threads

@Suite struct ServerRequestTests {
    private static let select = StatementDone(rowCount: 1, command: 193)
    private static let int = ResultColumn(name: "n", type: .int, isNullable: true)

    @Test func severalStatementsSayThatMoreFollowsExceptTheLast() throws {
        let instance = ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.columns([Self.int])
            try sink.row([.null])
            try sink.done(Self.select)
            try sink.message(ServerMessage(number: 50_000, severity: 16, text: "no", line: 2))
            try sink.done(StatementDone(command: 195, failed: true))
            try sink.done(StatementDone(rowCount: 3, command: 197))
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let tokens = try WireClient.loggedIn(server).batch("x")
            #expect(
                tokens.dones == [
                    Done(.statement, status: [.more, .count], command: 193, rowCount: 1),
                    Done(.statement, status: [.more, .error], command: 195),
                    Done(.statement, status: .count, command: 197, rowCount: 3),
                ])
            #expect(tokens.rows == [[.null]])
            #expect(tokens.messages.first?.line == 2)
        }
    }

    @Test func aBatchThatDoesNothingIsDone() throws {
        try withScriptedServer(.init(), ScriptedInstance { (_, _) throws(RequestStopped) in (0, []) }) { server in
            let client = try WireClient.loggedIn(server)
            #expect(try client.batch("") == [.done(Done(.statement, command: 253))])
        }
    }

    @Test func aMessageAfterTheLastStatementIsFollowedByADone() throws {
        let instance = ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.done(Self.select)
            try sink.message(ServerMessage(number: 0, severity: 0, text: "printed"))
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let tokens = try WireClient.loggedIn(server).batch("PRINT")
            #expect(tokens.dones.map(\.status) == [[.more, .count], []])
        }
    }

    private static let arguments = [
        RPCParameter(type: TypeInfo(.nVarCharMax), value: .string("SELECT @a, @b")),
        RPCParameter(type: TypeInfo(.nVarChar(4000)), value: .string("@a int, @b nvarchar(10) OUTPUT")),
        RPCParameter("@a", type: TypeInfo(.int), value: .int(1)),
        RPCParameter("@b", type: TypeInfo(.nVarChar(10)), value: .null, isOutput: true),
    ]

    static func executing() -> ScriptedInstance {
        ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.columns([int])
            try sink.row([.int(5)])
            try sink.done(select)
            return (0, [RequestArgument(name: "@b", type: .nVarChar(10), value: .string("out"), isOutput: true)])
        }
    }

    @Test(arguments: [
        ProcedureReference.system(.executeSQL), .name("sp_executesql"), .name("sys.SP_EXECUTESQL"),
        .name("[sp_executesql]"),
    ]) func executeSQLIsKnownByNumberAndName(procedure: ProcedureReference) throws {
        let instance = Self.executing()
        try withScriptedServer(.init(), instance) { server in
            let tokens = try WireClient.loggedIn(server).call(RPCRequest(procedure, Self.arguments))
            #expect(tokens.rows == [[.int(5)]])
            #expect(
                tokens.dones == [
                    Done(.inProcedure, status: [.more, .count], command: 193, rowCount: 1),
                    Done(.procedure, command: 224),
                ])
            #expect(tokens.statuses == [0])
            #expect(
                tokens.returnValues == [
                    ReturnValue(ordinal: 3, name: "@b", type: TypeInfo(.nVarChar(10)), value: .string("out"))
                ])
            #expect(
                instance.requests.first
                    == .execute(
                        "SELECT @a, @b", declarations: "@a int, @b nvarchar(10) OUTPUT",
                        arguments: [
                            RequestArgument(name: "@a", type: .int, value: .int(1)),
                            RequestArgument(name: "@b", type: .nVarChar(10), value: .null, isOutput: true),
                        ]))
            #expect(
                server.recorder.requests == [
                    RecordedRequest(kind: .procedure("sp_executesql"), text: "SELECT @a, @b")
                ])
        }
    }

    @Test func severalCallsOfOneMessageAreAnsweredInOneResponse() throws {
        try withScriptedServer(.init(), Self.executing()) { server in
            let call = RPCRequest(.system(.executeSQL), Self.arguments)
            let tokens = try WireClient.loggedIn(server).call(call, call)
            #expect(tokens.dones.filter { $0.kind == .procedure }.map(\.status) == [[.more], []])
        }
    }

    @Test func aFailedCallReturnsTheErrorsNumber() throws {
        let instance = ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.message(ServerMessage(number: 208, severity: 16, text: "Invalid object name 'x'."))
            return (208, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let tokens = try WireClient.loggedIn(server).call(RPCRequest(.system(.executeSQL), Self.arguments))
            #expect(tokens.statuses == [208])
            #expect(tokens.dones.last == Done(.procedure, status: .error, command: 224))
        }
    }

    @Test(arguments: [
        ("99", 8009, "data type"), ("F4", 40_517, "'json'"),
        ("F0 00 03 73 00 79 00 73 00 01 67 00", 40_517, "'CLR type sys.g'"),
    ])
    func aParameterThatCannotBeReadIsAnErrorAndTheSessionGoesOn(type: String, number: Int32, word: String) throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            var payload = ByteWriter()
            RequestHeaders().encode(into: &payload)
            payload.string("p")
            payload.append([0, 0, 0, 0])
            payload.append(type.split(separator: " ").compactMap { UInt8($0, radix: 16) })
            let tokens = try client.request(.rpc, payload.bytes)
            #expect(tokens.messages.map(\.number) == [number])
            #expect(tokens.messages.first?.text.contains(word) == true)
            #expect(tokens.dones.map(\.status) == [.error])
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func aRequestThatEndsTooEarlyEndsTheConnectionWithALineInTheLog() throws {
        let lines = Lock<[String]>([])
        var configuration = EmbeddedServer.Configuration()
        configuration.log = .custom { line in lines.withLock { $0.append(line) } }
        try withScriptedServer(configuration) { server in
            let client = try WireClient.loggedIn(server)
            let call = RPCMessage([RPCRequest(.name("p"), [RPCParameter(type: TypeInfo(.int), value: .int(1))])])
            let tokens = try client.request(.rpc, Array(try call.encoded().dropLast()))
            #expect(tokens.messages.map(\.number) == [4002])
            #expect(client.isHungUp())
        }
        #expect(lines.withLock { $0 }.count == 1)
        #expect(lines.withLock { $0 }.first?.contains("connection 51 closed: TDS protocol error") == true)
    }

    @Test func aMessageThatTheClientTookBackIsNotRun() throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            #expect(try client.batch("DELETE", status: .ignore).dones.map(\.status) == [.error])
            #expect(instance.requests.isEmpty)
        }
    }

    @Test func aValueThatDoesNotFitItsColumnIsAnErrorAndTheSessionGoesOn() throws {
        let instance = ScriptedInstance { (request, sink) throws(RequestStopped) in
            try sink.columns([Self.int])
            try sink.row([request == .batch("bad") ? .string("x") : .int(2)])
            try sink.done(Self.select)
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let tokens = try client.batch("bad")
            #expect(tokens.messages.map(\.number) == [8624])
            #expect(tokens.dones.map(\.status) == [.error])
            #expect(try client.batch("good").rows == [[.int(2)]])
        }
    }

    @Test(arguments: [512, 4096, 32_767]) func rowsWiderThanAPacketArrive(packetSize: Int) throws {
        let wide = String(repeating: "wide € ", count: 20_000)
        let instance = ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.columns([Self.int, ResultColumn(name: "t", type: .nVarCharMax, isNullable: true)])
            for number in 0..<3 { try sink.row([.int(Int64(number)), .string(wide)]) }
            try sink.done(StatementDone(rowCount: 3, command: 193))
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server) { $0.packetSize = UInt32(packetSize) }
            client.packetSize = packetSize
            let batch = "-- " + String(repeating: "x", count: 50_000)
            #expect(try client.batch(batch).rows == (0..<3).map { [.int($0), .string(wide)] })
            #expect(instance.requests == [.batch(batch)])
        }
    }
}
