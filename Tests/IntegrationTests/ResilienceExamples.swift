import SQLServer
import TestSupport
import Testing

/// The examples of docs/resilience.md, compiled and run.
///
/// PackageTests compares them with the page letter by letter.
@Suite struct ResilienceExamples {
    private func withAccounts(_ engine: Engine, _ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.Accounts (Id int NOT NULL PRIMARY KEY, Balance int NOT NULL)")
            try await db.execute("INSERT dbo.Accounts (Id, Balance) VALUES (1, 100), (2, 0)")
            try await body(db)
        }
    }

    private func balances(_ db: SQLServerClient) async throws -> [Int] {
        try await db.query("SELECT Balance FROM dbo.Accounts ORDER BY Id").decode(Int.self)
    }

    @Test(arguments: Engine.all) func statements(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.Items (Id int NOT NULL, Price decimal(9, 2) NOT NULL)")
            try await db.execute("INSERT dbo.Items (Id, Price) VALUES (1, 2.50)")
            let id = 1
            // README
            let options = SQLCallOptions(timeout: .seconds(2), retry: .idempotent)
            let price = try await db.scalar(
                "SELECT Price FROM dbo.Items WHERE Id = \(id)", as: SQLDecimal.self, options: options)
            // README
            #expect(price.description == "2.50")
        }
    }

    @Test(arguments: Engine.all) func wholeTransactions(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            let (amount, from, to) = (30, 1, 2)
            // README
            try await db.withTransaction(retry: .standard) { transaction in
                try await transaction.execute("UPDATE dbo.Accounts SET Balance -= \(amount) WHERE Id = \(from)")
                try await transaction.execute("UPDATE dbo.Accounts SET Balance += \(amount) WHERE Id = \(to)")
            }
            // README
            let now = try await balances(db)
            #expect(now == [70, 30])
        }
    }

    @Test(arguments: Engine.all) func exactlyOnce(engine: Engine) async throws {
        try await withAccounts(engine) { db in
            let (amount, from, to) = (30, 1, 2)
            // README
            try await db.prepareExactlyOnce()  // once, such as when the service starts
            try await db.withTransaction(retry: .exactlyOnce) { transaction in
                try await transaction.execute("UPDATE dbo.Accounts SET Balance -= \(amount) WHERE Id = \(from)")
                try await transaction.execute("UPDATE dbo.Accounts SET Balance += \(amount) WHERE Id = \(to)")
            }
            try await db.removeExactlyOnceMarkers()  // now and then, such as once a day
            // README
            let now = try await balances(db)
            #expect(now == [70, 30])
        }
    }

    @Test(arguments: Engine.all) func limits(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            // README
            configuration.resilience.retryBudget = SQLRetryBudget(capacity: 20)  // of this client alone
            configuration.resilience.circuitBreaker = nil
            configuration.resilience.concurrencyLimit = nil
            let db = try SQLServerClient(configuration)
            let now = db.resilienceStatistics
            print(now.retriedStatements, now.retriedTransactions, now.refusedRetries, now.isRefusing)
            // README
            #expect(now.retryTokens == 20 && now.callLimit == nil && !now.isRefusing)
            await db.shutDown()
        }
    }

    @Test func numbersOfYourOwn() {
        var configuration = SQLServerConfiguration(host: "localhost")
        // README
        var policy = SQLRetryPolicy.standard
        policy.maximumAttempts = 3
        policy.rules[50_123] = .transaction  // THROW 50123: our optimistic check failed
        policy.rules[4060] = .never  // this database never moves
        configuration.retryPolicy = policy
        // README
        let message = SQLServerMessage(number: 50_123, severity: 16, text: "the order has changed")
        let error = SQLServerError(.server, message.text, messages: [message])
        #expect(error.retryClass == .never)
        #expect(error.retryClass(by: configuration.retryPolicy.rules) == .transaction)
        #expect(policy.rules[4060] == .never && SQLRetryRules.standard[4060] == .doubtful)
    }
}
