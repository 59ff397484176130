import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

/// Damaged input over the network: the server answers or hangs up, and goes on serving others.
@Suite struct ServerFuzzTests {
    /// The same numbers each time.
    private struct Numbers {
        var seed: UInt64

        mutating func below(_ limit: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % limit
        }
    }

    @Test func damagedBytesNeverStopTheServer() throws {
        try withScriptedServer { server in
            var numbers = Numbers(seed: 99)
            var login = Login7()
            login.userName = "sa"
            login.password = "Embedded!2026"
            let messages = [
                Message(
                    type: .preLogin, payload: PreLogin(version: .init(1, 0, 0), encryption: .notSupported).encoded()),
                Message(type: .login7, payload: try login.encoded()),
                Message(type: .sqlBatch, payload: SQLBatch("SELECT 1").encoded()),
                Message(type: .rpc, payload: try RPCMessage([RPCRequest(.system(.executeSQL), [])]).encoded()),
            ]
            for _ in 0..<150 {
                let client = try WireClient(server)
                var bytes = messages.flatMap { PacketWriter.packets(of: $0) }
                for _ in 0..<1 + numbers.below(3) { bytes[numbers.below(bytes.count)] = UInt8(numbers.below(256)) }
                do { try client.sendRaw(bytes) } catch { continue }
            }
            #expect(try WireClient.loggedIn(server).batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    private static func messages() throws -> [Message] {
        let text = RPCParameter(type: TypeInfo(.nVarCharMax), value: .string("SELECT @a AS a, @b AS b"))
        let declared = RPCParameter(type: TypeInfo(.nVarChar(40)), value: .string("@a int, @b nvarchar(5)"))
        let one = RPCParameter("@a", type: TypeInfo(.int), value: .int(1))
        let two = RPCParameter("@b", type: TypeInfo(.nVarChar(5)), value: .string("x"), isOutput: true)
        let handle = RPCParameter(type: TypeInfo(.int), value: .null, isOutput: true)
        let table = TableValue(name: "T", columns: [.init(type: TypeInfo(.int))], rows: [[.int(1)], [.null]])
        let calls = [
            RPCRequest(.system(.executeSQL), [text, declared, one, two]),
            RPCRequest(.system(.prepExec), [handle, declared, text, one, two]),
            RPCRequest(.name("p"), [RPCParameter("@t", table: table), one]),
        ]
        let load = BulkLoad(
            columns: [ColumnDescription(name: "a", type: TypeInfo(.int))], rows: [[.int(1)], [.null], [.int(3)]])
        return try calls.map { Message(type: .rpc, payload: try RPCMessage([$0]).encoded()) } + [
            Message(type: .rpc, payload: try RPCMessage(calls).encoded()),
            Message(type: .sqlBatch, payload: SQLBatch("SELECT 1 AS a; SELECT N'b'").encoded()),
            Message(type: .sqlBatch, payload: SQLBatch("INSERT BULK t (a int) WITH (TABLOCK)").encoded()),
            Message(type: .bulkLoad, payload: try load.encoded()),
            Message(type: .transactionManager, payload: try TransactionManagerRequest(.begin(.init())).encoded()),
            Message(
                type: .transactionManager,
                payload: try TransactionManagerRequest(.rollback(name: "", next: .init(name: "n"))).encoded()),
            Message(type: .attention, payload: []),
        ]
    }

    @Test func damagedRequestsAreAnsweredOrEndTheConnection() throws {
        let server = try EmbeddedServer.start()
        defer { server.stop() }
        var client = try WireClient.loggedIn(server)
        _ = try client.batch("CREATE TABLE t (a int)")
        var numbers = Numbers(seed: 7)
        let messages = try Self.messages()
        var hungUp = 0
        for _ in 0..<3_000 {
            var message = messages[numbers.below(messages.count)]
            for _ in 0..<numbers.below(3) where !message.payload.isEmpty {
                let index = numbers.below(message.payload.count)
                switch numbers.below(4) {
                case 0: message.payload.remove(at: index)
                case 1: message.payload.insert(UInt8(numbers.below(256)), at: index)
                default: message.payload[index] = UInt8(numbers.below(256))
                }
            }
            do {
                try client.send(message.type, message.payload)
                _ = try client.tokens()
            } catch let failure as SocketFailure {
                #expect(failure.description != SocketFailure.timedOut.description)
                hungUp += 1
                client = try WireClient.loggedIn(server)
            }
            // A transaction that was begun ends with its connection.
            if numbers.below(20) == 0 { client = try WireClient.loggedIn(server) }
        }
        #expect(hungUp > 0)
        #expect(try WireClient.loggedIn(server).batch("SELECT 1").rows == [[.int(1)]])
    }
}
