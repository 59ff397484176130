import SQLServerCore
import SQLValues
import Testing

/// An executor that has nothing but `results(of:options:)`.
@Suite("An executor with one method") struct PlainExecutorTests {
    private static let division = SQLServerMessage(number: 8_134, severity: 16, text: "Divide by zero", line: 1)
    private let script = Fixture.events([SQLColumn(name: "Id", type: .int)], [[.int(1)], [.int(2)]])

    @Test func streamsWhatItCollected() async throws {
        let db = ScriptedExecutor(script)
        let rows = db.stream("SELECT Id FROM t WHERE Id > \(0)")
        #expect(await db.connection.requests.isEmpty)
        var ids: [Int] = []
        for try await id in rows.decode(Int.self) { ids.append(id) }
        #expect(ids == [1, 2])
        var count = 0
        for try await batch in rows.batches { count += batch.rowCount }
        let sent = await db.connection.requests.count
        #expect(count == 2 && sent == 2)
    }

    @Test func endsAStreamWithTheErrorOfItsQuery() async throws {
        let db = ScriptedExecutor(script, messages: [Self.division])
        var rows = db.stream("SELECT 1 / 0").makeAsyncIterator()
        let error = await #expect(throws: SQLServerError.self) { try await rows.next() }
        #expect(error?.number == 8_134)
        let next = try await rows.next()
        #expect(next == nil)
    }

    @Test func tellsMessagesInsteadOfThrowing() async throws {
        let failing = try await ScriptedExecutor(script, messages: [Self.division]).resultsAndErrors(of: "SELECT 1 / 0")
        #expect(failing.messages == [Self.division] && failing.resultSets.isEmpty)
        let good = try await ScriptedExecutor(script).resultsAndErrors(of: "SELECT Id FROM t")
        #expect(good.resultSets.map(\.count) == [2])
    }

    @Test func runsABatchOneByOne() async throws {
        let good = ScriptedExecutor(script)
        let outcomes = try await good.batch(["SELECT 1", "SELECT \(2)"])
        #expect(try outcomes.map { try $0.get().resultSets.count } == [1, 1])
        #expect(await good.connection.requests.map(\.text) == ["SELECT 1", "SELECT @p1"])
        let failing = try await ScriptedExecutor(script, messages: [Self.division]).batch(["SELECT 1", "SELECT 2"])
        #expect(failing.count == 2)
        #expect(throws: SQLServerError.self) { try failing[1].get() }
        let wrong = ScriptedExecutor(script)
        await #expect(throws: SQLServerError.self) { try await wrong.batch(["SELECT \(Double.nan)"]) }
    }

    @Test func refusesToCallProcedures() async {
        let db = ScriptedExecutor(script)
        let error = await #expect(throws: SQLServerError.self) { try await db.call("dbo.P", .input("@a", 1)) }
        #expect(error?.code == .unsupported)
    }
}
