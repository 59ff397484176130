import SQLServerCore
import SQLValues
import Testing

@Suite("A response")
struct CollectTests {
    private let ids = [SQLColumn(name: "Id", type: .int)]
    private let request = SQLRequest(
        text: "SELECT * FROM t WHERE a = @p1",
        parameters: [SQLParameter(name: "@p1", value: .string("s3cr3t"), type: .varChar(9))])

    private func message(_ number: Int, _ severity: Int, line: Int = 1, procedure: String? = nil) -> SQLServerMessage {
        SQLServerMessage(
            number: number, state: 2, severity: severity, text: "text \(number)", procedure: procedure, line: line)
    }

    private func failure(_ connection: ScriptedConnection) async -> SQLServerError? {
        do throws(SQLServerError) {
            _ = try await connection.run(request, limit: nil)
            return nil
        } catch {
            return error
        }
    }

    @Test func hasItsResultSetsCountsAndMessagesInOrder() async throws {
        let names = [SQLColumn(name: "Name", type: .varChar(5))]
        let script =
            Fixture.events(ids, [[.int(1)], [.int(2)]]) + [.statementEnd(rowCount: nil)] + Fixture.events(ids, [])
            + Fixture.events(names, [[.string("x")]]) + [.statementEnd(rowCount: 7), .statementEnd(rowCount: nil)]
        let said = [message(0, 0), message(5701, 10), message(50_000, 10)]
        let connection = ScriptedConnection(script, messages: said)
        let results = try await connection.run(request, limit: nil)
        #expect(results.resultSets.map(\.count) == [2, 0, 1])
        #expect(results.resultSets.map { $0.columns[0].name } == ["Id", "Id", "Name"])
        #expect(results.resultSets[2][0].values == [.string("x")])
        #expect(results.rowCounts == [2, nil, 0, 1, 7, nil])
        // The last statement counted in a way that the engine cannot tell: not the 7 of the one before it.
        #expect(results.rowCount == nil)
        #expect(results.messages == said)
        #expect(await connection.requests == [request])
    }

    @Test func hasNoCountWhenTheServerGaveNone() async throws {
        let results = try await ScriptedConnection([.statementEnd(rowCount: nil)]).run(request, limit: nil)
        #expect(results.rowCounts == [nil])
        #expect(results.rowCount == nil)
        #expect(try await ScriptedConnection([]).run(request, limit: nil).rowCount == nil)
    }

    @Test func failsWithAllMessagesWhenAnErrorFollowsRows() async throws {
        let said = [
            message(0, 0), message(8134, 16, line: 3, procedure: "dbo.p"), message(3621, 10), message(50_000, 16),
        ]
        let connection = ScriptedConnection(Fixture.events(ids, (0..<4).map { [.int($0)] }), messages: said)
        let error = try #require(await failure(connection))
        #expect(error.code == .server)
        #expect(error.messages == said)
        #expect(error.number == 8134 && error.state == 2 && error.severity == 16)
        #expect(error.line == 3 && error.procedure == "dbo.p")
        #expect(error.cause == said[1])
        #expect(error.message.contains("8134") && error.message.contains("text 8134"))
        #expect(error.query == request.text)
        #expect(!"\(error)".contains("s3cr3t"))
        // The connection goes on.
        #expect(connection.isOpen)
    }

    @Test(arguments: [(10, false), (11, true), (16, true), (20, true), (25, true)])
    func failsFromSeverity11On(severity: Int, fails: Bool) async {
        #expect((await failure(ScriptedConnection([], messages: [message(1, severity)])) != nil) == fails)
    }

    @Test func collectsErrorsWithoutThrowingWhenAsked() async throws {
        let said = [message(8134, 16)]
        let results = try await ScriptedConnection(Fixture.events(ids, [[.int(1)]]), messages: said).collect(
            request, limit: nil)
        #expect(results.resultSets.map(\.count) == [1])
        #expect(results.messages == said)
    }

    @Test func failsWithTheStatementWhenTheConnectionBreaks() async throws {
        let lost = SQLServerError(.connectionLost, "gone", messages: [message(596, 21)])
        let connection = ScriptedConnection(Fixture.events(ids, [[.int(1)]]), end: .breaks(lost))
        let error = try #require(await failure(connection))
        #expect(error.code == .connectionLost)
        #expect(error.message == "gone")
        #expect(error.messages.map(\.number) == [596])
        #expect(error.query == request.text)
        #expect(!connection.isOpen)
    }

    @Test func failsBeforeAnythingIsSentWhenTheEngineRefuses() async throws {
        let refusal = SQLServerError(.encoding, "no", query: "another text")
        let connection = ScriptedConnection([], end: .refusesToStart(refusal))
        let error = try #require(await failure(connection))
        #expect(error.code == .encoding)
        #expect(error.query == "another text")
        #expect(await connection.requests.isEmpty)
    }
}

@Suite("A server error")
struct SQLServerErrorTests {
    @Test func hasNoNumberWhenTheServerSaidNothing() {
        let error = SQLServerError(.connectionFailed, "no answer")
        #expect(error.number == nil && error.state == nil && error.severity == nil)
        #expect(error.line == nil && error.procedure == nil && error.cause == nil)
        #expect("\(error)" == "connectionFailed: no answer")
    }

    @Test func hasNoLineWhereTheServerNamedNone() {
        let message = SQLServerMessage(number: 18_456, severity: 14, text: "Login failed")
        let error = SQLServerError.server([message])
        #expect(error.line == nil && error.procedure == nil)
        #expect(error.number == 18_456)
        #expect(message.server == nil && message.procedure == nil && message.line == nil)
        #expect("\(message)" == "Msg 18456, Level 14, State 1: Login failed")
    }

    @Test func isPrintedAsSQLServersToolsPrintIt() {
        let message = SQLServerMessage(
            number: 547, state: 1, severity: 16, text: "The INSERT conflicted.", server: "db", procedure: "dbo.p",
            line: 4)
        #expect("\(message)" == "Msg 547, Level 16, State 1, Procedure dbo.p, Line 4: The INSERT conflicted.")
    }

    @Test func keepsTheStatementThatFailedFirst() {
        let error = SQLServerError(.server, "x", query: "first")
        #expect(error.during(query: "second").query == "first")
        #expect(SQLServerError(.server, "x").during(query: "second").query == "second")
    }
}
