import SQLServerCore
import SQLValues
import Testing

@Suite("An executor")
struct SQLExecutorTests {
    private static let ids = [SQLColumn(name: "Id", type: .int), SQLColumn(name: "Name", type: .nVarChar(10))]

    private static func rows(_ count: Int) -> [SQLResponseEvent] {
        Fixture.events(ids, (0..<count).map { [.int(Int64($0)), .string("n\($0)")] })
    }

    private func code(_ body: () async throws(SQLServerError) -> Void) async -> SQLServerError? {
        do throws(SQLServerError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test func sendsTheQueryWithItsParameters() async throws {
        let executor = ScriptedExecutor(Self.rows(1))
        _ = try await executor.query("SELECT * FROM t WHERE a = \("x")")
        let request = try #require(await executor.connection.requests.first)
        #expect(request.text == "SELECT * FROM t WHERE a = @p1")
        #expect(request.parameters.map(\.value) == [.string("x")])
    }

    @Test func sendsNothingWhenAValueCannotBeSent() async throws {
        let executor = ScriptedExecutor(Self.rows(1))
        let error = await code { () async throws(SQLServerError) in _ = try await executor.query("SELECT \(Double.nan)")
        }
        #expect(error?.code == .encoding)
        #expect(await executor.connection.requests.isEmpty)
    }

    @Test func queriesRows() async throws {
        let rows = try await ScriptedExecutor(Self.rows(3)).query("SELECT Id, Name FROM t")
        #expect(rows.count == 3)
        let tuples = try await ScriptedExecutor(Self.rows(2)).query("SELECT Id, Name FROM t", as: (Int, String).self)
        #expect(tuples.map(\.0) == [0, 1] && tuples.map(\.1) == ["n0", "n1"])
    }

    @Test(arguments: [2, 3]) func refusesToDropResultSets(count: Int) async throws {
        let executor = ScriptedExecutor((0..<count).flatMap { _ in Self.rows(1) })
        let error = try #require(
            await code { () async throws(SQLServerError) in _ = try await executor.query("EXEC p") })
        #expect(error.code == .misuse)
        #expect(error.message.contains("\(count)"))
        #expect(try await executor.results(of: "EXEC p").resultSets.count == count)
    }

    @Test func givesTheScalarOfOneRow() async throws {
        #expect(try await ScriptedExecutor(Self.rows(1)).scalar("SELECT Id, Name FROM t", as: Int.self) == 0)
        let null = ScriptedExecutor(Fixture.events([Self.ids[0]], [[.null]]))
        #expect(try await null.scalar("SELECT MAX(Id) FROM t", as: Int?.self) == nil)
        #expect(
            await code { () async throws(SQLServerError) in _ = try await null.scalar("SELECT 1", as: Int.self) }?.code
                == .decoding)
    }

    @Test(arguments: [0, 2, 1_025]) func givesNoScalarOfNoneOrManyRows(count: Int) async throws {
        let executor = ScriptedExecutor(Self.rows(count))
        let error = try #require(
            await code { () async throws(SQLServerError) in
                _ = try await executor.scalar("SELECT Id FROM t", as: Int.self)
            })
        #expect(error.code == .decoding)
        #expect(error.message.contains("\(count)"))
        #expect(error.query == "SELECT Id FROM t")
    }

    @Test func givesNoScalarWithoutAResultSet() async throws {
        let executor = ScriptedExecutor([.statementEnd(rowCount: 1)])
        let error = await code { () async throws(SQLServerError) in
            _ = try await executor.scalar("UPDATE t SET a = 1", as: Int.self)
        }
        #expect(error?.code == .decoding)
    }

    @Test func countsWhatAStatementChanged() async throws {
        #expect(try await ScriptedExecutor([.statementEnd(rowCount: 5)]).execute("DELETE t") == 5)
        #expect(
            try await ScriptedExecutor([.statementEnd(rowCount: 5), .statementEnd(rowCount: nil)]).execute("x") == nil)
        #expect(try await ScriptedExecutor([.statementEnd(rowCount: 5), .statementEnd(rowCount: 0)]).execute("x") == 0)
        #expect(try await ScriptedExecutor([.statementEnd(rowCount: nil)]).execute("SET NOCOUNT ON") == nil)
    }

    @Test func failsWhenTheServerReportsAnError() async throws {
        let said = [SQLServerMessage(number: 2627, severity: 14, text: "Violation", line: 1)]
        let executor = ScriptedExecutor([.statementEnd(rowCount: 0)], messages: said)
        let error = await code { () async throws(SQLServerError) in
            _ = try await executor.execute("INSERT t VALUES (\(1))")
        }
        #expect(error?.number == 2627)
        #expect(error?.query == "INSERT t VALUES (@p1)")
    }
}
