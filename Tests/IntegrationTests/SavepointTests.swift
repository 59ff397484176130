import SQLServer
import TestSupport
import Testing

/// Scopes inside a transaction that fail alone, and the access that a transaction asks for.
@Suite(.timeLimit(.minutes(1))) struct SavepointTests {
    private struct Mine: Error, Equatable {}

    private func withTable(_ engine: Engine, _ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL PRIMARY KEY)")
            try await body(db)
        }
    }

    private func ids(_ db: SQLServerClient) async throws -> [Int] {
        try await db.query("SELECT Id FROM dbo.T ORDER BY Id", as: (Int).self)
    }

    @Test(arguments: Engine.all) func aScopeThatThrowsIsUndoneAlone(engine: Engine) async throws {
        try await withTable(engine) { db in
            try await db.withTransaction { transaction in
                try await transaction.execute("INSERT dbo.T (Id) VALUES (1)")
                await #expect(throws: Mine.self) {
                    try await transaction.withSavepoint { scope in
                        try await scope.execute("INSERT dbo.T (Id) VALUES (2)")
                        throw Mine()
                    }
                }
                try await transaction.execute("INSERT dbo.T (Id) VALUES (3)")
            }
            let left = try await ids(db)
            #expect(left == [1, 3])
        }
    }

    @Test(arguments: Engine.all) func anErrorOfTheServerInAScopeLeavesTheTransaction(engine: Engine) async throws {
        try await withTable(engine) { db in
            try await db.withTransaction { transaction in
                try await transaction.execute("INSERT dbo.T (Id) VALUES (1)")
                let error = await #expect(throws: SQLServerError.self) {
                    try await transaction.withSavepoint { scope in
                        try await scope.execute("INSERT dbo.T (Id) VALUES (2)")
                        try await scope.execute("INSERT dbo.T (Id) VALUES (1)")
                    }
                }
                #expect(error?.number == 2_627)
                try await transaction.execute("INSERT dbo.T (Id) VALUES (4)")
            }
            let left = try await ids(db)
            #expect(left == [1, 4])
        }
    }

    @Test(arguments: Engine.all) func scopesNest(engine: Engine) async throws {
        try await withTable(engine) { db in
            try await db.withTransaction { transaction in
                try await transaction.withSavepoint { outer in
                    try await outer.execute("INSERT dbo.T (Id) VALUES (1)")
                    await #expect(throws: Mine.self) {
                        try await outer.withSavepoint { inner in
                            try await inner.execute("INSERT dbo.T (Id) VALUES (2)")
                            throw Mine()
                        }
                    }
                    try await outer.withSavepoint { inner in
                        try await inner.execute("INSERT dbo.T (Id) VALUES (3)")
                    }
                }
            }
            let left = try await ids(db)
            #expect(left == [1, 3])
        }
    }

    @Test(arguments: Engine.all) func afterTheScopeAnErrorEndsTheTransactionAgain(engine: Engine) async throws {
        try await withTable(engine) { db in
            await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    try await transaction.withSavepoint { try await $0.execute("INSERT dbo.T (Id) VALUES (1)") }
                    try await transaction.execute("INSERT dbo.T (Id) VALUES (2), (2)")
                }
            }
            let left = try await ids(db)
            #expect(left == [])
        }
    }

    @Test(arguments: Engine.all) func anErrorThatEndsTheTransactionIsNotHidden(engine: Engine) async throws {
        try await withTable(engine) { db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    try await transaction.execute("INSERT dbo.T (Id) VALUES (1)")
                    do {
                        try await transaction.withSavepoint { scope in
                            try await scope.execute("INSERT dbo.T (Id) VALUES (CAST(N'x' AS int))")
                        }
                        Issue.record("the conversion had to fail")
                    } catch let error as SQLServerError {
                        #expect(error.number == 245)
                    }
                    try await transaction.execute("INSERT dbo.T (Id) VALUES (2)")
                }
            }
            #expect(error?.message.contains("ended the transaction") == true)
            let left = try await ids(db)
            #expect(left == [])
        }
    }

    @Test(arguments: Engine.all) func aSavepointNeedsATransaction(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withConnection { connection in try await connection.withSavepoint { _ in } }
            }
            #expect(error?.code == .misuse)
        }
    }

    @Test(arguments: Engine.all) func aReadOnlyTransactionRunsOnAConnectionOfItsOwnPool(engine: Engine) async throws {
        try await withTable(engine) { db in
            let count = try await db.withTransaction(access: .readOnly) { transaction in
                try await transaction.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            }
            #expect(count == 0)
            #expect(db.readerStatistics.open == 1)
            #expect(db.poolStatistics.open == 1)
        }
    }
}
