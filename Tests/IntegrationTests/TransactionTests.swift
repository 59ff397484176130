import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Transactions, and that nothing of one lease is seen by the next.
@Suite struct TransactionTests {
    private struct Stop: Error {}

    private func withAccounts(_ engine: Engine, _ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.Accounts (Id int NOT NULL PRIMARY KEY, Balance decimal(19, 4) NOT NULL)")
            try await db.execute("INSERT dbo.Accounts (Id, Balance) VALUES (1, 100), (2, 0)")
            try await body(db)
        }
    }

    private func balances(_ db: some SQLExecutor) async throws -> [String] {
        try await db.query("SELECT Balance FROM dbo.Accounts ORDER BY Id").decode((SQLDecimal).self).map(\.description)
    }

    @Test(arguments: Engine.all) func aTransactionCommitsWhenItsBodyReturns(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            let amount: SQLDecimal = 30
            let moved = try await db.withTransaction { transaction in
                try await transaction.execute("UPDATE dbo.Accounts SET Balance = Balance - \(amount) WHERE Id = 1")
                try await transaction.execute("UPDATE dbo.Accounts SET Balance = Balance + \(amount) WHERE Id = 2")
                return amount
            }
            #expect(moved == 30)
            let now = try await balances(db)
            #expect(now == ["70.0000", "30.0000"])
        }
    }

    @Test(arguments: Engine.all) func aThrownErrorRollsBack(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            await #expect(throws: Stop.self) {
                try await db.withTransaction { transaction in
                    try await transaction.execute("UPDATE dbo.Accounts SET Balance = 0 WHERE Id = 1")
                    throw Stop()
                }
            }
            let now = try await balances(db)
            #expect(now == ["100.0000", "0.0000"])
        }
    }

    @Test(arguments: Engine.all) func aServerErrorRollsBack(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    try await transaction.execute("UPDATE dbo.Accounts SET Balance = 0 WHERE Id = 1")
                    try await transaction.execute("INSERT dbo.Accounts (Id, Balance) VALUES (1, 5)")
                }
            }
            let now = try await balances(db)
            #expect(now == ["100.0000", "0.0000"])
        }
    }

    @Test(arguments: Engine.all) func aStatementAfterTheServerEndedTheTransactionIsRefused(engine: Engine) async throws
    {
        try await withAccounts(engine) { db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    let failure = await serverError(transaction, "INSERT dbo.Accounts (Id, Balance) VALUES (1, 5)")
                    #expect(failure?.number == 2_627)
                    // Without the check this would commit on its own.
                    try await transaction.execute("UPDATE dbo.Accounts SET Balance = 0 WHERE Id = 2")
                    try await transaction.execute("UPDATE dbo.Accounts SET Balance = 1 WHERE Id = 2")
                }
            }
            #expect(error?.message.contains("ended the transaction") == true)
            let now = try await balances(db)
            #expect(now == ["100.0000", "0.0000"])
        }
    }

    @Test(
        arguments: Engine.all,
        [SQLIsolationLevel.readUncommitted, .readCommitted, .repeatableRead, .serializable])
    func everyIsolationLevelRunsATransaction(engine: Engine, level: SQLIsolationLevel) async throws {
        try await withAccounts(engine) { db in
            try await db.withTransaction(isolation: level) { transaction in
                try await transaction.execute("UPDATE dbo.Accounts SET Balance = Balance + 1")
            }
            let now = try await balances(db)
            #expect(now == ["101.0000", "1.0000"])
        }
    }

    @Test(arguments: Engine.all) func theTransactionIsCheckedBeforeResultsAndErrorsToo(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    _ = await serverError(transaction, "INSERT dbo.Accounts (Id, Balance) VALUES (1, 5)")
                    _ = try await transaction.resultsAndErrors(of: "UPDATE dbo.Accounts SET Balance = 7 WHERE Id = 2")
                }
            }
            let now = try await balances(db)
            #expect(now == ["100.0000", "0.0000"])
        }
    }

    @Test(arguments: Engine.all) func aRefusedCommitLeavesNoTransactionOpen(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            try await db.withConnection { connection in
                let error = await #expect(throws: SQLServerError.self) {
                    try await connection.withTransaction { transaction in
                        // Ends it behind the scope's back, so that COMMIT is Msg 3902.
                        try await transaction.execute("ROLLBACK TRANSACTION")
                    }
                }
                #expect(error?.number == 3_902)
                let open = try await connection.scalar("SELECT @@TRANCOUNT", as: Int.self)
                #expect(open == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func onlyOneOfTwoTransactionsAtOnceOnAConnectionRuns(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            try await db.withConnection { connection in
                @Sendable func run(_ id: Int) async throws {
                    try await connection.withTransaction { transaction in
                        try await transaction.execute("UPDATE dbo.Accounts SET Balance = Balance + 1 WHERE Id = \(id)")
                    }
                }
                async let first: Void = run(1)
                async let second: Void = run(2)
                var refused = 0
                do { try await first } catch let error as SQLServerError where error.code == .misuse { refused += 1 }
                do { try await second } catch let error as SQLServerError where error.code == .misuse { refused += 1 }
                #expect(refused <= 1)
                let open = try await connection.scalar("SELECT @@TRANCOUNT", as: Int.self)
                #expect(open == 0)
                // Each that ran has added 1, and each that was refused nothing.
                let sum = try await connection.scalar("SELECT SUM(Balance) FROM dbo.Accounts", as: SQLDecimal.self)
                #expect(sum == SQLDecimal(102 - refused))
            }
        }
    }

    @Test(
        .enabled(if: !TestServer.isEmbedded, "the embedded server has no sys.dm_exec_sessions"), arguments: Engine.all)
    func theIsolationLevelOfATransactionEndsWithIt(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.withConnection { connection in
                try await connection.withTransaction(isolation: .serializable) { _ in }
                let level = try await connection.scalar(
                    "SELECT transaction_isolation_level FROM sys.dm_exec_sessions WHERE session_id = @@SPID",
                    as: Int.self)
                #expect(level == 2)
            }
        }
    }

    @Test(.embeddedOnly, arguments: Engine.all) func theIsolationLevelIsSetBackInTheSameRoundTripAsTheCommit(
        engine: Engine
    ) async throws {
        try await withEmbedded(engine) { server, db in
            try await db.withTransaction(isolation: .serializable) { _ in }
            let commit = server.recorder.requests.last { $0.text.contains("COMMIT") }
            #expect(commit?.text.contains("SET TRANSACTION ISOLATION LEVEL READ COMMITTED") == true)
        }
    }

    @Test(arguments: Engine.all) func aTransactionInsideATransactionIsAnError(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    try await transaction.withTransaction { _ in }
                }
            }
            #expect(error?.code == .misuse)
        }
    }

    @Test(arguments: Engine.all) func aConnectionOutsideItsScopeIsAnError(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let escaped = try await db.withConnection { $0 }
            #expect(await serverError(escaped, "SELECT 1")?.code == .misuse)
        }
    }

    @Test(arguments: Engine.all) func sessionStateDoesNotReachTheNextBorrower(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                let first = try await db.withConnection { connection in
                    try await connection.execute("CREATE TABLE #secret (Id int NOT NULL)")
                    try await connection.execute("SET NOCOUNT ON; SET XACT_ABORT ON; SET TEXTSIZE 10")
                    try await connection.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                    try await connection.execute("USE master")
                    try await connection.execute("BEGIN TRANSACTION")
                    return try await connection.scalar("SELECT @@SPID", as: Int.self)
                }
                try await db.withConnection { connection in
                    let value = try await connection.scalar("SELECT @@SPID", as: Int.self)
                    #expect(value == first)
                    let value2 = try await connection.scalar("SELECT @@TRANCOUNT", as: Int.self)
                    #expect(value2 == 0)
                    let value3 = try await connection.scalar("SELECT DB_NAME()", as: String.self)
                    #expect(value3 == configuration.database)
                    #expect(await serverError(connection, "SELECT * FROM #secret")?.number == 208)
                    let value4 = try await connection.execute("INSERT dbo.T (Id) VALUES (1)")
                    #expect(value4 == 1)
                    let long = String(repeating: "x", count: 5_000)
                    let value5 = try await connection.scalar("SELECT \(long)", as: String.self)
                    #expect(value5 == long)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func anOpenTransactionOfALeaseIsRolledBack(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                try await db.withConnection { connection in
                    try await connection.execute("BEGIN TRANSACTION; INSERT dbo.T (Id) VALUES (1);")
                }
                let value = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
                #expect(value == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func temporaryTablesLastForALease(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.withConnection { connection in
                try await connection.execute("CREATE TABLE #ids (Id int NOT NULL)")
                for id in 1...3 { try await connection.execute("INSERT #ids (Id) VALUES (\(id))") }
                let value = try await connection.scalar("SELECT SUM(Id) FROM #ids", as: Int.self)
                #expect(value == 6)
            }
        }
    }

    @Test(arguments: Engine.all) func ansiOptionsAreOnOverEveryEngine(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            // 2,4,8,16,32,64,256,4096: see the bit values of @@OPTIONS.
            let options = try await db.scalar("SELECT @@OPTIONS", as: Int.self)
            let wanted = 8 | 16 | 32 | 64 | 256 | 1_024 | 4_096
            #expect(options & wanted == wanted)
        }
    }

    @Test(arguments: Engine.all) func aCancelledTaskDoesNotRunItsStatement(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                return await serverError(db, "INSERT dbo.T (Id) VALUES (1)")
            }
            #expect(await task.value?.code == .cancelled)
            let value = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            #expect(value == 0)
            #expect(db.poolStatistics.inUse == 0)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Engine.all)
    func aFullPoolSaysSoAtItsTimeout(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            // The limit holds for connecting too, which a slow machine must be able to do.
            try await withGrowingLimits { limit in
                configuration.connectTimeout = limit
                try await withSQLServer(configuration) { db in
                    try await db.withConnection { _ in
                        let error = await serverError(db, "SELECT 1")
                        #expect(error?.code == .poolTimeout)
                        #expect(error?.message.contains("1 of 1") == true)
                    }
                    let value = try await db.scalar("SELECT 1", as: Int.self)
                    #expect(value == 1)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func aClientThatWasShutDownRefuses(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            let client = try SQLServerClient(server.configuration)
            try await client.execute("SELECT 1")
            await client.shutDown()
            #expect(await serverError(client, "SELECT 1")?.code == .closed)
            #expect(client.poolStatistics.open == 0)
        }
    }
}
