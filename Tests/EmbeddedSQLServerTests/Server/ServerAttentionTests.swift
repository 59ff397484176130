import EmbeddedSQLServer
import Foundation
import SQLValues
import TDSProtocol
import Testing
import Threads

@Suite struct ServerAttentionTests {
    /// Runs until the sink says that it was cancelled.
    private static let endless = ScriptedInstance { (request, sink) throws(RequestStopped) in
        guard request == .batch("WAIT") else {
            try sink.done(StatementDone())
            return (0, [])
        }
        try sink.columns([ResultColumn(name: "n", type: .int, isNullable: false)])
        while true { try sink.row([.int(1)]) }
    }

    private static let silent = ScriptedInstance { (request, sink) throws(RequestStopped) in
        while request == .batch("WAIT"), !sink.isCancelled {}
        if sink.isCancelled { throw .attention }
        try sink.done(StatementDone())
        return (0, [])
    }

    @Test func anAttentionStopsAStatementAndIsAcknowledgedOnce() throws {
        try withScriptedServer(.init(), Self.silent) { server in
            let client = try WireClient.loggedIn(server)
            for _ in 0..<3 {
                try client.send(.sqlBatch, SQLBatch("WAIT").encoded())
                try client.send(.attention, [])
                let tokens = try client.tokens()
                #expect(tokens.dones == [Done(.statement, status: .attention)])
                #expect(try client.batch("SELECT 1").dones == [Done(.statement)])
            }
        }
    }

    @Test func anAttentionStopsAStatementThatSendsRows() throws {
        try withScriptedServer(.init(), Self.endless) { server in
            let client = try WireClient.loggedIn(server)
            try client.send(.sqlBatch, SQLBatch("WAIT").encoded())
            try client.send(.attention, [])
            let tokens = try client.tokens()
            #expect(tokens.dones == [Done(.statement, status: .attention)])
            #expect(try client.batch("SELECT 1").dones == [Done(.statement)])
        }
    }

    @Test func anAttentionAfterTheResponseIsAcknowledgedToo() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            _ = try client.batch("SELECT 1")
            #expect(try client.request(.attention, []).dones == [Done(.statement, status: .attention)])
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func anAttentionThatRacesTheEndOfTheResponseIsAcknowledgedOnce() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            for round in 0..<200 {
                try client.send(.sqlBatch, SQLBatch("SELECT 1").encoded())
                for _ in 0..<round % 20 * 10 { sched_yield() }
                try client.send(.attention, [])
                var acknowledged = 0
                while acknowledged == 0 {
                    acknowledged += try client.tokens().dones.filter { $0.status.contains(.attention) }.count
                }
                #expect(acknowledged == 1)
                let next = try client.batch("SELECT 1")
                #expect(next.rows == [[.int(1)]])
                #expect(next.dones.allSatisfy { !$0.status.contains(.attention) })
            }
        }
    }

    @Test func anAttentionWithNothingRunningIsAcknowledgedEachTime() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            for _ in 0..<3 {
                #expect(try client.request(.attention, []).dones == [Done(.statement, status: .attention)])
            }
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func anAttentionEndsAResponseThatNobodyReads() throws {
        let sent = Lock(0)
        let wide = String(repeating: "w", count: 3_000)
        let instance = ScriptedInstance { (request, sink) throws(RequestStopped) in
            try sink.columns([ResultColumn(name: "t", type: .nVarChar(4_000), isNullable: true)])
            while request == .batch("WAIT") {
                try sink.row([.string(wide)])
                sent.withLock { $0 += 1 }
            }
            try sink.done(StatementDone())
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            try client.send(.sqlBatch, SQLBatch("WAIT").encoded())
            // Until the server waits for its client to read: no row for a while.
            var seen = -1
            while seen != sent.withLock({ $0 }) {
                seen = sent.withLock { $0 }
                for _ in 0..<20_000 { sched_yield() }
            }
            try client.send(.attention, [])
            let dones = try client.tokens().dones
            #expect(dones == [Done(.statement, status: .attention)])
            #expect(try client.batch("SELECT 1").dones == [Done(.statement)])
        }
    }

    @Test func anAttentionTakesBackARequestThatIsHalfSent() throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            let batch = SQLBatch(String(repeating: "x", count: 10_000)).encoded()
            let packets = PacketWriter.packets(of: Message(type: .sqlBatch, payload: batch), packetSize: 4_096)
            try client.sendRaw(Array(packets[..<8_192]))
            #expect(try client.request(.attention, []).dones == [Done(.statement, status: .attention)])
            #expect(instance.requests.isEmpty)
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func anAttentionStopsSQLAndLeavesTheTransactionOpen() throws {
        let server = try EmbeddedServer.start()
        defer { server.stop() }
        let client = try WireClient.loggedIn(server)
        _ = try client.batch("CREATE TABLE t (a int); BEGIN TRAN; INSERT t VALUES (1)")
        let transaction = client.transaction
        #expect(transaction != 0)
        try client.send(
            .sqlBatch,
            SQLBatch("WHILE 1 = 1 SELECT 1 WHERE 1 = 0", headers: .init(transactionDescriptor: transaction)).encoded())
        try client.send(.attention, [])
        let dones = try client.tokens().dones
        #expect(dones.last?.status.contains(.attention) == true)
        #expect(dones.filter { $0.status.contains(.attention) }.count == 1)
        #expect(try client.batch("SELECT @@TRANCOUNT, COUNT(*) FROM t").rows == [[.int(1), .int(1)]])
    }
}
