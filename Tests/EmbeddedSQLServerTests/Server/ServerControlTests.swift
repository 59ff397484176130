import EmbeddedSQLServer
import Foundation
import SQLValues
import TDSProtocol
import Testing
import Threads

@Suite struct ServerControlTests {
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

    @Test func aFaultClosesInTheMiddleOfARowOnce() throws {
        try withScriptedServer { server in
            server.faults.inject(.closeInRow)
            let client = try WireClient.loggedIn(server)
            try client.send(.sqlBatch, SQLBatch("SELECT 1").encoded())
            #expect(client.isHungUp())
            #expect(try WireClient.loggedIn(server).batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func aFaultRefusesConnections() throws {
        try withScriptedServer { server in
            server.faults.inject(.refuseConnection, times: 2)
            for _ in 0..<2 {
                let client = try WireClient(server)
                #expect(client.isHungUp())
            }
            #expect(try WireClient.loggedIn(server).batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func connectionsAreCountedAndSessionsClosed() throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            var clients = try (0..<3).map { _ in try WireClient.loggedIn(server) }
            #expect(server.activeConnections == 3)
            clients.removeAll()
            while server.activeConnections > 0 { sched_yield() }
            #expect(instance.requests == [.close, .close, .close])
        }
    }

    @Test func stoppingEndsRunningStatementsAndIdleConnections() throws {
        for instance in [Self.silent, Self.endless] {
            let server = try EmbeddedServer.start(.init()) { _ in instance }
            let idle = try WireClient.loggedIn(server)
            let silent = try WireClient(server)
            let busy = try WireClient.loggedIn(server)
            try busy.send(.sqlBatch, SQLBatch("WAIT").encoded())
            server.stop()
            server.stop()
            #expect(server.activeConnections == 0)
            #expect(idle.isHungUp())
            #expect(silent.isHungUp())
            #expect(throws: (any Error).self) { try WireClient(server) }
        }
    }

    @Test func aServerThatNobodyHoldsStops() throws {
        var server: EmbeddedServer? = try EmbeddedServer.start(.init()) { _ in ScriptedInstance.answering() }
        let client = try WireClient.loggedIn(try #require(server))
        server = nil
        #expect(client.isHungUp())
    }

    @Test func theRecorderKeepsBatchesInOrder() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            _ = try client.batch("SELECT 1")
            _ = try client.batch("SELECT 2")
            #expect(server.recorder.batches == ["SELECT 1", "SELECT 2"])
            server.recorder.removeAll()
            #expect(server.recorder.requests.isEmpty)
        }
    }

    @Test func manyClientsAtOnceGetTheirOwnAnswers() throws {
        let instance = ScriptedInstance { (request, sink) throws(RequestStopped) in
            guard case .batch(let text) = request else { return (0, []) }
            try sink.columns([ResultColumn(name: "t", type: .nVarChar(100), isNullable: true)])
            for _ in 0..<50 { try sink.row([.string(text)]) }
            try sink.done(StatementDone(rowCount: 50, command: 193))
            return (0, [])
        }
        try withScriptedServer(.init(), instance) { server in
            let wrong = Lock(0)
            let threads = try (0..<8).map { number in
                try OperatingSystemThread(stackSize: 1 << 20) {
                    do {
                        let client = try WireClient.loggedIn(server)
                        for round in 0..<20 {
                            let text = "\(number)/\(round)"
                            let rows = try client.batch(text).rows
                            if rows != Array(repeating: [.string(text)], count: 50) { wrong.withLock { $0 += 1 } }
                        }
                    } catch {
                        wrong.withLock { $0 += 1 }
                    }
                }
            }
            for thread in threads { thread.join() }
            #expect(wrong.withLock { $0 } == 0)
        }
    }
}
