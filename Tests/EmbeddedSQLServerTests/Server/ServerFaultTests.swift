import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

/// Failures that tests order happen at their moment, once.
@Suite struct ServerFaultTests {
    private static let requests: [EmbeddedServerFault.Moment] = [
        .nextBatch, .nextRequest, .request(containing: "select"),
    ]

    @Test(arguments: requests) func anErrorAnswersTheRequestInstead(moment: EmbeddedServerFault.Moment) throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.error(1205, message: "victim"), on: moment)
            let tokens = try client.batch("SELECT 1")
            let message = try #require(tokens.messages.first)
            #expect((message.number, message.severity, message.state, message.text) == (1205, 13, 1, "victim"))
            #expect(tokens.dones.map(\.status) == [.error])
            #expect(instance.requests.isEmpty)
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
            #expect(server.faults.count == 0)
        }
    }

    @Test func anErrorOfSeverity20EndsTheConnection() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.error(4014, severity: 20))
            #expect(try client.batch("SELECT 1").messages.map(\.severity) == [20])
            #expect(client.isHungUp())
        }
    }

    @Test func ordinalsCountTheEventsThatMatch() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.error(50_001), on: .batch(2))
            server.faults.inject(.error(50_002), on: .request(containing: "three", 1))
            let numbers = try ["one", "two", "three", "four"].map { try client.batch($0).messages.map(\.number) }
            #expect(numbers == [[], [50_001], [50_002], []])
        }
    }

    @Test(arguments: [
        (EmbeddedServerFault.dropRequest, 0), (.dropResponse, 1), (.dropInResponse, 1),
    ]) func theConnectionEndsAroundTheResponse(fault: EmbeddedServerFault, runs: Int) throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(fault, on: .nextCommit)
            #expect(try client.batch("SELECT 'COMMIT' -- COMMIT").rows == [[.int(1)]])
            try client.send(.sqlBatch, SQLBatch("IF 1 = 1 COMMIT").encoded())
            #expect(client.isHungUp())
            #expect(instance.requests.count { $0 == .batch("IF 1 = 1 COMMIT") } == runs)
        }
    }

    @Test func aCommitOfTheTransactionManagerIsACommitToo() throws {
        let instance = ScriptedInstance.answering()
        try withScriptedServer(.init(), instance) { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.dropResponse, on: .nextCommit)
            let commit = TransactionManagerRequest(.commit(name: "", next: nil))
            try client.send(.transactionManager, try commit.encoded())
            #expect(client.isHungUp())
            #expect(instance.requests.contains(.transaction(.commit(name: "", next: nil))))
        }
    }

    @Test func theConnectionEndsAfterTheResponse() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.dropAfterResponse)
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
            #expect(client.isHungUp())
        }
    }

    @Test func aStalledRequestIsEndedByAnAttention() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            for fault in [EmbeddedServerFault.stall, .delay(.seconds(600))] {
                server.faults.inject(fault)
                try client.send(.sqlBatch, SQLBatch("SELECT 1").encoded())
                try client.send(.attention, [])
                #expect(try client.tokens().dones == [Done(.statement, status: .attention)])
                #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
            }
        }
    }

    @Test func aServerThatHangsCanBeStopped() throws {
        var clients: [WireClient] = []
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.hang)
            try client.send(.sqlBatch, SQLBatch("SELECT 1").encoded())
            try client.send(.attention, [])
            clients = [client]
        }
        #expect(clients.map { $0.isHungUp() } == [true])
    }

    @Test(arguments: [EmbeddedServerFault.delay(.milliseconds(20)), .trickle])
    func aSlowAnswerIsTheSame(fault: EmbeddedServerFault) throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(fault, times: 2)
            for _ in 0..<3 { #expect(try client.batch("SELECT 1").rows == [[.int(1)]]) }
        }
    }

    @Test func garbageIsNoAnswer() throws {
        try withScriptedServer { server in
            let client = try WireClient.loggedIn(server)
            server.faults.inject(.garbage)
            try client.send(.sqlBatch, SQLBatch("SELECT 1").encoded())
            #expect(throws: TDSProtocolError.self) { try client.tokens() }
        }
    }

    @Test func aLoginIsRefusedOrSentElsewhere() throws {
        try withScriptedServer { server in
            server.faults.inject(.error(40_613), on: .nextLogin)
            server.faults.inject(.redirect(host: "worker.example", port: 11_000), on: .login(2))
            var tokens = try logIn(server)
            #expect(tokens.messages.map(\.number) == [40_613])
            tokens = try logIn(server)
            #expect(tokens.changes.contains(.routing(server: "worker.example", port: 11_000)))
            #expect(tokens.dones == [Done(.statement)])
            #expect(try logIn(server).messages.map(\.number) == [5701, 5703])
        }
    }

    private func logIn(_ server: EmbeddedServer) throws -> [ServerToken] {
        let client = try WireClient(server)
        _ = try client.preLogin(.notSupported)
        return try client.logIn()
    }
}
