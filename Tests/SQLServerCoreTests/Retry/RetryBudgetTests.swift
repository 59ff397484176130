import SQLServerCore
import SeededRandom
import Testing

/// What a random sequence has shown; thrown instead of an expectation in each of its thousand steps, which is slow.
struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ what: String) { description = what }
}

/// Retries are a small part of the work, whatever happens.
@Suite struct RetryBudgetTests {
    /// Asks for so many retries, and returns how many were allowed.
    private func withdraw(_ budget: SQLRetryBudget, _ count: Int) -> Int {
        (0..<count).count { _ in budget.withdraw() }
    }

    @Test func aRetryCostsATokenAndASuccessEarnsAPart() {
        let budget = SQLRetryBudget(capacity: 2, successesPerRetry: 10)
        #expect(budget.tokens == 2)
        let atFirst = withdraw(budget, 3)
        #expect(atFirst == 2 && budget.tokens == 0 && budget.refusedRetries == 1)
        for _ in 0..<9 { budget.succeeded() }
        let tooEarly = withdraw(budget, 1)
        budget.succeeded()
        let afterTen = withdraw(budget, 2)
        #expect(tooEarly == 0 && afterTen == 1)
    }

    @Test func theBucketHoldsNoMoreThanItsCapacity() {
        let budget = SQLRetryBudget(capacity: 3, successesPerRetry: 1)
        for _ in 0..<1_000 { budget.succeeded() }
        #expect(budget.tokens == 3)
    }

    @Test func theBucketOfTheProcessHoldsAHundredTokens() {
        #expect(SQLRetryBudget().tokens == 100)
        #expect(SQLResilienceOptions().retryBudget == SQLRetryBudget.process)
        #expect(SQLRetryBudget() != SQLRetryBudget.process)
    }

    /// For any sequence: retries granted never exceed the capacity and what was earned.
    @Test(arguments: UInt64(1)...100) func retriesAreBoundedBySuccesses(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 0...50, using: &generator)
        let price = Int.random(in: 1...30, using: &generator)
        let budget = SQLRetryBudget(capacity: capacity, successesPerRetry: price)
        var (granted, successes, asked) = (0, 0, 0)
        for _ in 0..<2_000 {
            if Bool.random(using: &generator) {
                asked += 1
                let tokens = budget.tokens
                let isGranted = budget.withdraw()
                guard isGranted == (tokens >= 1) else { throw Broken("granted \(isGranted) with \(tokens) tokens") }
                granted += isGranted ? 1 : 0
            } else {
                successes += 1
                budget.succeeded()
            }
            guard (0...capacity).contains(budget.tokens), granted * price <= capacity * price + successes
            else { throw Broken("\(granted) granted after \(successes) successes, \(budget.tokens) left") }
        }
        #expect(budget.refusedRetries == asked - granted)
    }

    @Test func aBudgetSharedByManyTasksGrantsNoMoreThanItHas() async {
        let budget = SQLRetryBudget(capacity: 500, successesPerRetry: 1_000_000)
        let granted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { withdraw(budget, 200) } }
            return await group.reduce(0, +)
        }
        #expect(granted == 500 && budget.refusedRetries == 1_100)
    }
}
