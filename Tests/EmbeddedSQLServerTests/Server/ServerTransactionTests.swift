import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

@Suite struct ServerTransactionTests {
    /// A session that tells of its transactions as the wire wants it.
    private static func instance() -> ScriptedInstance {
        ScriptedInstance { (request, sink) throws(RequestStopped) in
            switch request {
            case .transaction(.begin): try sink.change(.beginTransaction(descriptor: 7))
            case .transaction(.commit): try sink.change(.commitTransaction(descriptor: 7))
            case .transaction(.rollback): try sink.change(.rollbackTransaction(descriptor: 7))
            default:
                try sink.columns([ResultColumn(name: "n", type: .int, isNullable: true)])
                try sink.row([.int(1)])
                try sink.done(StatementDone(rowCount: 1, command: 193))
            }
            return (0, [])
        }
    }

    @Test func transactionRequestsReachTheSession() throws {
        let instance = ScriptedInstance { (request, sink) throws(RequestStopped) in
            if case .transaction(.begin) = request { try sink.change(.beginTransaction(descriptor: 7)) }
            if case .transaction(.commit) = request { try sink.change(.commitTransaction(descriptor: 7)) }
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            #expect(
                try client.perform(.begin(.init(isolation: .serializable, name: "t")))
                    == [.change(.beginTransaction(descriptor: 7)), .done(Done(.statement))])
            #expect(
                try client.perform(.commit(name: "", next: .init(isolation: .snapshot, name: "u")))
                    == [.change(.commitTransaction(descriptor: 7)), .done(Done(.statement))])
            #expect(
                instance.requests == [
                    .transaction(.begin(.init(isolation: .serializable, name: "t"))),
                    .transaction(.commit(name: "", next: .init(isolation: .snapshot, name: "u"))),
                ])
        }
    }

    @Test func aResetIsDoneBeforeTheRequestAndAcknowledged() throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            _ = try client.batch("USE shop")
            let tokens = try client.batch("SELECT 1", status: .resetConnection)
            #expect(
                tokens.changes == [.resetAcknowledged, .database(new: "master", old: "shop")])
            #expect(tokens.rows == [[.int(1)]])
            #expect(instance.requests == [.batch("USE shop"), .reset(keepsTransaction: false), .batch("SELECT 1")])
            let byName = try client.call(RPCRequest(.name("sys.sp_reset_connection"), []))
            #expect(byName.dones == [Done(.procedure, command: 224)])
            #expect(instance.requests.last == .reset(keepsTransaction: false))
        }
    }

    @Test func aResetCanKeepTheOpenTransaction() throws {
        let instance = Self.instance()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            _ = try client.perform(.begin(.init()))
            let tokens = try client.batch("SELECT 1", status: .resetConnectionSkipTransaction)
            #expect(tokens.changes == [.resetAcknowledged])
            #expect(tokens.rows == [[.int(1)]])
            #expect(instance.requests.dropFirst() == [.reset(keepsTransaction: true), .batch("SELECT 1")])
            #expect(try client.perform(.commit(name: "", next: nil)).changes == [.commitTransaction(descriptor: 7)])
        }
    }

    @Test func aResetEndsTheTransactionAndSaysSo() throws {
        try withScriptedServer(.init(), Self.instance()) { server in
            let client = try WireClient.loggedIn(server)
            _ = try client.perform(.begin(.init()))
            #expect(client.transaction == 7)
            let tokens = try client.batch("SELECT 1", status: .resetConnection)
            #expect(tokens.changes == [.rollbackTransaction(descriptor: 7), .resetAcknowledged])
            #expect(tokens.rows == [[.int(1)]])
        }
    }

    @Test func bothResetsAtOnceAreNotTheProtocol() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            let tokens = try client.batch("SELECT 1", status: [.resetConnection, .resetConnectionSkipTransaction])
            #expect(tokens.messages.map(\.number) == [4002])
            #expect(client.isHungUp())
        }
    }

    @Test func aRequestNamesTheTransactionItRunsIn() throws {
        try withScriptedServer(.init(), Self.instance()) { server in
            let client = try WireClient.loggedIn(server)
            _ = try client.perform(.begin(.init()))
            client.transaction = 0
            #expect(try client.batch("SELECT 1").messages.map(\.number) == [3989])
            client.transaction = 8
            let unknown = try client.batch("SELECT 1")
            #expect(unknown.messages.map(\.number) == [3971])
            #expect(unknown.dones.map(\.status) == [.error])
            client.transaction = 7
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
            #expect(try client.perform(.rollback(name: "", next: nil)).changes == [.rollbackTransaction(descriptor: 7)])
        }
    }

    @Test(arguments: [UInt16(0), 1, 6]) func distributedTransactionsAreRefused(number: UInt16) throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            var payload = ByteWriter()
            RequestHeaders().encode(into: &payload)
            payload.integer(number)
            payload.integer(UInt16(0))
            let tokens = try client.request(.transactionManager, payload.bytes)
            #expect(tokens.messages.map(\.number) == [40_517])
            #expect(tokens.messages.first?.text.contains("distributed transaction") == true)
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func aTraceOfTheClientIsAcceptedAndANotificationRefused() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            #expect(try client.request(.sqlBatch, Self.batch(header: 3, size: 20)).rows == [[.int(1)]])
            let tokens = try client.request(.sqlBatch, Self.batch(header: 1, size: 8))
            #expect(tokens.messages.map(\.number) == [40_517])
            #expect(tokens.rows.isEmpty)
        }
    }

    /// A batch with the transaction's header and another one of zeros.
    private static func batch(header: UInt16, size: Int) -> [UInt8] {
        var payload = ByteWriter()
        payload.integer(UInt32(22 + 6 + size))
        payload.integer(UInt32(18))
        payload.integer(UInt16(2))
        payload.integer(UInt64(0))
        payload.integer(UInt32(1))
        payload.integer(UInt32(6 + size))
        payload.integer(header)
        payload.append([UInt8](repeating: 0, count: size))
        payload.utf16("SELECT 1")
        return payload.bytes
    }
}
