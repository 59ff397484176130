import EmbeddedSQLServer
import Foundation
import SQLServer
import SeededRandom
import TestSupport
import Testing

/// Bank transfers by 64 tasks over 8 connections while connections break, COMMITs lose their answers, and the server
/// reports deadlocks and throttling: with `.exactlyOnce` each transfer is applied once, with blind repetition it is not.
///
/// `CHAOS_SEED` repeats a run; the seed is printed.
@Suite(.embeddedOnly, .serialized, .timeLimit(.minutes(5))) struct ChaosTests {
    private static let tasks = 64
    private static let transfersOfATask = 5
    private static let accounts = 10
    private static let balance = 1_000

    static let seed =
        ProcessInfo.processInfo.environment["CHAOS_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...9_999_999)

    private struct Transfer: Sendable {
        let id: Int
        let from: Int
        let to: Int
        let amount: Int
    }

    /// A failure, when it strikes, and how often.
    private struct Fault: Sendable {
        let name: String
        let fault: EmbeddedServerFault
        let isAtCommit: Bool
        let times: Int
    }

    private static let faults = [
        Fault(name: "COMMIT done, answer lost", fault: .dropResponse, isAtCommit: true, times: 30),
        Fault(name: "COMMIT not done, answer lost", fault: .dropRequest, isAtCommit: true, times: 30),
        Fault(name: "deadlock 1205", fault: .error(1_205), isAtCommit: false, times: 30),
        Fault(name: "throttled 40501", fault: .error(40_501, severity: 16), isAtCommit: false, times: 15),
        Fault(name: "unavailable 40613", fault: .error(40_613, severity: 16), isAtCommit: false, times: 15),
        Fault(name: "cut before a statement", fault: .dropRequest, isAtCommit: false, times: 15),
        Fault(name: "cut after a statement", fault: .dropResponse, isAtCommit: false, times: 15),
    ]

    private static func plan(_ generator: inout SeededGenerator) -> [Transfer] {
        (0..<tasks * transfersOfATask).map { id in
            let from = Int.random(in: 0..<accounts, using: &generator)
            let distance = Int.random(in: 1..<accounts, using: &generator)
            return Transfer(
                id: id, from: from, to: (from + distance) % accounts, amount: Int.random(in: 1...9, using: &generator))
        }
    }

    /// Every failure strikes: there is one COMMIT for each transfer at least, and four statements.
    private static func order(_ server: EmbeddedServer, _ generator: inout SeededGenerator) {
        let count = tasks * transfersOfATask
        for fault in faults {
            for _ in 0..<fault.times {
                let moment: EmbeddedServerFault.Moment =
                    fault.isAtCommit
                    ? .commit(Int.random(in: 1...count, using: &generator))
                    : .call(Int.random(in: 1...3 * count, using: &generator))
                server.faults.inject(fault.fault, on: moment)
            }
        }
    }

    private static func apply(_ transfer: Transfer, _ transaction: SQLServerConnection) async throws {
        try await transaction.execute(
            "UPDATE dbo.Accounts SET Balance -= \(transfer.amount) WHERE Id = \(transfer.from)")
        try await transaction.execute(
            "UPDATE dbo.Accounts SET Balance += \(transfer.amount) WHERE Id = \(transfer.to)")
        try await transaction.execute("INSERT dbo.Applied (Transfer) VALUES (\(transfer.id))")
    }

    private typealias Way = @Sendable (SQLServerClient, Transfer) async throws -> Void

    private static var policy: SQLRetryPolicy {
        var policy = SQLRetryPolicy.hasty
        policy.maximumAttempts = 100
        policy.maximumDelay = .milliseconds(20)
        return policy
    }

    private static let exactlyOnce: Way = { db, transfer in
        try await db.withTransaction(retry: .exactlyOnce(policy)) { try await apply(transfer, $0) }
    }

    private static let blindly: Way = { db, transfer in
        while true {
            do {
                try await db.withTransaction(retry: .policy(policy)) { try await apply(transfer, $0) }
                return
            } catch let error as SQLServerError where error.code == .commitOutcomeUnknown {
                // Again, as if it had not been done.
            }
        }
    }

    /// What became of the transfers.
    private struct Ledger {
        var wrongBalances = 0
        var total = 0
        var missing = 0
        var repeated = 0
        var statistics: SQLResilienceStatistics
        var pool: SQLPoolStatistics
    }

    private func run(_ engine: Engine, _ name: String, _ way: @escaping Way) async throws -> Ledger {
        var generator = SeededGenerator(seed: Self.seed)
        let transfers = Self.plan(&generator)
        var ledger: Ledger?
        let change: (inout SQLServerConfiguration) -> Void = {
            $0.maximumPoolSize = 8
            $0.connectTimeout = .seconds(60)
            $0.resilience.retryBudget = nil
            $0.resilience.circuitBreaker = nil
        }
        try await withRepeating(engine, change) { server, db in
            try await db.execute("CREATE TABLE dbo.Accounts (Id int NOT NULL PRIMARY KEY, Balance int NOT NULL)")
            try await db.execute("CREATE TABLE dbo.Applied (Transfer int NOT NULL)")
            for id in 0..<Self.accounts {
                try await db.execute("INSERT dbo.Accounts (Id, Balance) VALUES (\(id), \(Self.balance))")
            }
            try await db.prepareExactlyOnce()
            Self.order(server, &generator)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<Self.tasks {
                    group.addTask {
                        for transfer in transfers where transfer.id % Self.tasks == task { try await way(db, transfer) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.faults.count == 0)
            ledger = try await audit(db, transfers)
        }
        let result = try #require(ledger)
        show(name, result)
        return result
    }

    private func audit(_ db: SQLServerClient, _ transfers: [Transfer]) async throws -> Ledger {
        var expected = [Int](repeating: Self.balance, count: Self.accounts)
        for transfer in transfers {
            expected[transfer.from] -= transfer.amount
            expected[transfer.to] += transfer.amount
        }
        var ledger = Ledger(statistics: db.resilienceStatistics, pool: db.poolStatistics)
        let balances = try await db.query("SELECT Balance FROM dbo.Accounts ORDER BY Id").decode(Int.self)
        ledger.wrongBalances = zip(expected, balances).count { $0 != $1 }
        ledger.total = balances.reduce(0, +)
        var applied: [Int: Int] = [:]
        for id in try await db.query("SELECT Transfer FROM dbo.Applied").decode(Int.self) {
            applied[id, default: 0] += 1
        }
        ledger.missing = transfers.count - applied.count
        ledger.repeated = applied.values.count { $0 > 1 }
        return ledger
    }

    private func show(_ name: String, _ ledger: Ledger) {
        let faults = Self.faults.map { "  \($0.times) x \($0.name)" }.joined(separator: "\n")
        let now = ledger.statistics
        print(
            """
            chaos, \(name), CHAOS_SEED=\(Self.seed): \(Self.tasks * Self.transfersOfATask) transfers
            \(faults)
              repeated: \(now.retriedTransactions) transactions, \(now.retriedStatements) look-ups, \
            \(now.retriedConnects) connects; COMMITs found out: \(now.resolvedCommits)
              wrong balances: \(ledger.wrongBalances), transfers missing: \(ledger.missing), \
            applied more than once: \(ledger.repeated)
            """)
    }

    @Test(arguments: Engine.all) func everyTransferIsAppliedExactlyOnce(engine: Engine) async throws {
        let ledger = try await run(engine, "exactly once", Self.exactlyOnce)
        #expect(ledger.total == Self.accounts * Self.balance)
        #expect(ledger.wrongBalances == 0 && ledger.missing == 0 && ledger.repeated == 0)
        #expect(ledger.statistics.resolvedCommits > 0)
        #expect(ledger.statistics.callsUnderWay == 0 && ledger.statistics.callsWaiting == 0)
        #expect(ledger.pool.inUse == 0 && ledger.pool.open <= 8)
    }

    /// The proof that the check can fail.
    @Test(arguments: Engine.all) func blindRepetitionAppliesTransfersTwice(engine: Engine) async throws {
        let ledger = try await run(engine, "blind repetition", Self.blindly)
        #expect(ledger.repeated > 0)
        #expect(ledger.wrongBalances > 0)
        #expect(ledger.missing == 0)
    }
}
