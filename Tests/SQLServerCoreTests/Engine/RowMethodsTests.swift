import Foundation
import SQLServerCore
import SQLValues
import Testing

@Suite("The methods of an executor that read rows") struct RowMethodsTests {
    private struct User: Decodable, Equatable {
        let id: Int
        let name: String
    }

    private static func executor(_ count: Int) -> ScriptedExecutor {
        ScriptedExecutor(
            Fixture.events(
                [SQLColumn(name: "Id", type: .int), SQLColumn(name: "Name", type: .nVarChar(10))],
                (0..<count).map { [.int(Int64($0)), .string("n\($0)")] }))
    }

    private static func document(_ parts: [SQLValue], name: String = JSONParts.columnName) -> ScriptedExecutor {
        ScriptedExecutor(Fixture.events([SQLColumn(name: name, type: .nVarCharMax)], parts.map { [$0] }))
    }

    private func failure(_ body: () async throws -> Void) async -> SQLServerError? {
        do {
            try await body()
            return nil
        } catch let error as SQLServerError {
            return error
        } catch {
            Issue.record("not a SQLServerError: \(error)")
            return nil
        }
    }

    @Test func queryStructures() async throws {
        let users = try await Self.executor(2).query("SELECT Id, Name FROM t", as: User.self)
        #expect(users == [User(id: 0, name: "n0"), User(id: 1, name: "n1")])
        #expect(try await Self.executor(2).query("SELECT Id FROM t", as: Int.self) == [0, 1])
        let error = await failure { _ = try await Self.executor(1).query("SELECT 1", as: User.self, matching: .exact) }
        #expect(error?.code == .decoding && error?.query == "SELECT 1")
    }

    @Test(arguments: [0, 1, 3]) func giveTheFirstRowOrNil(count: Int) async throws {
        let db = Self.executor(count)
        #expect(try await db.first("SELECT Id, Name FROM t")?.values == (count == 0 ? nil : [.int(0), .string("n0")]))
        let pair = try await db.first("SELECT Id, Name FROM t", as: (Int, String).self)
        #expect(pair?.0 == (count == 0 ? nil : 0) && pair?.1 == (count == 0 ? nil : "n0"))
        #expect(
            try await db.first("SELECT Id, Name FROM t", as: User.self) == (count == 0 ? nil : User(id: 0, name: "n0")))
        #expect(try await db.firstScalar("SELECT Id FROM t", as: Int.self) == (count == 0 ? nil : 0))
    }

    @Test func tellAFirstNULLFromNoRow() async throws {
        let null = ScriptedExecutor(Fixture.events([SQLColumn(name: "Id", type: .int)], [[.null]]))
        #expect(try await null.firstScalar("SELECT Id FROM t", as: Int?.self) == .some(.none))
        #expect(try await Self.executor(0).firstScalar("SELECT Id FROM t", as: Int?.self) == .none)
        #expect(await failure { _ = try await null.firstScalar("SELECT 1", as: Int.self) }?.code == .decoding)
    }

    @Test func giveTheOnlyRow() async throws {
        let db = Self.executor(1)
        #expect(try await db.single("SELECT Id, Name FROM t").values == [.int(0), .string("n0")])
        #expect(try await db.single("SELECT Id, Name FROM t", as: (Int, String).self) == (0, "n0"))
        #expect(try await db.single("SELECT Id, Name FROM t", as: User.self) == User(id: 0, name: "n0"))
    }

    @Test(arguments: [0, 2, 1_025]) func refuseNoneOrManyAsTheOnlyRow(count: Int) async throws {
        let db = Self.executor(count)
        let errors = [
            await failure { _ = try await db.single("SELECT 1") },
            await failure { _ = try await db.single("SELECT 1", as: (Int, String).self) },
            await failure { _ = try await db.single("SELECT 1", as: User.self) },
        ]
        for error in errors {
            #expect(error?.code == .decoding && error?.query == "SELECT 1")
            #expect(error?.message.contains("there are \(count)") == true)
        }
    }

    @Test func joinTheRowsOfADocument() async throws {
        let parts = [SQLValue.string(#"[{"id":1,"na"#), .string(#"me":"A"#), .string(#"da"}]"#)]
        #expect(try await Self.document(parts).json("SELECT 1") == #"[{"id":1,"name":"Ada"}]"#)
        #expect(try await Self.document(parts).jsonData("SELECT 1") == Data(#"[{"id":1,"name":"Ada"}]"#.utf8))
        #expect(try await Self.document(parts).json("SELECT 1", as: [User].self) == [User(id: 1, name: "Ada")])
    }

    @Test func tellNoDocumentFromAnEmptyOne() async throws {
        #expect(try await Self.document([]).json("SELECT 1") == nil)
        #expect(try await Self.document([.null], name: "Settings").json("SELECT 1") == nil)
        #expect(try await Self.document([.string("")], name: "Settings").json("SELECT 1") == "")
        #expect(try await Self.document([]).json("SELECT 1", as: [User].self) == nil)
        #expect(try await ScriptedExecutor([.statementEnd(rowCount: 1)]).json("UPDATE t SET a = 1") == nil)
    }

    @Test func takeOneValueOfAnOrdinaryColumn() async throws {
        #expect(try await Self.document([.string("{}")], name: "Settings").json("SELECT Settings") == "{}")
    }

    @Test func refuseRowsThatAreNoDocument() async throws {
        let rows = await failure {
            _ = try await Self.document([.string("a"), .string("b")], name: "x").json("SELECT 1")
        }
        #expect(rows?.code == .decoding && rows?.message.contains("FOR JSON") == true && rows?.query == "SELECT 1")
        let wide = await failure { _ = try await Self.executor(1).json("SELECT 1") }
        #expect(wide?.code == .decoding && wide?.message.contains("there are 2") == true)
        let number = ScriptedExecutor(Fixture.events([SQLColumn(name: "Id", type: .int)], [[.int(1)]]))
        #expect(await failure { _ = try await number.json("SELECT 1") }?.message.contains("'Id' (int)") == true)
    }

    @Test func sayWhereADocumentDoesNotFit() async throws {
        let db = Self.document([.string(#"[{"id":1,"name":"secret"},{"id":"x"}]"#)])
        let error = await failure { _ = try await db.json("SELECT 1", as: [User].self) }
        #expect(error?.code == .decoding && error?.query == "SELECT 1")
        #expect(error?.message.contains("$[1].id") == true && error?.message.contains("secret") == false)
    }
}
