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
    private func withdraw(_ budget: inout RetryBudget, _ count: Int) -> Int {
        (0..<count).count { _ in budget.withdraw() }
    }

    @Test func aRetryCostsATokenAndASuccessEarnsAPart() {
        var budget = RetryBudget(.init(capacity: 2, earnings: 100))
        #expect(budget.tokens == 2)
        let atFirst = withdraw(&budget, 3)
        #expect(atFirst == 2 && budget.tokens == 0 && budget.refused == 1)
        for _ in 0..<9 { budget.succeeded() }
        let tooEarly = withdraw(&budget, 1)
        budget.succeeded()
        let afterTen = withdraw(&budget, 2)
        #expect(tooEarly == 0 && afterTen == 1)
    }

    @Test func theBucketHoldsNoMoreThanItsCapacity() {
        var budget = RetryBudget(.init(capacity: 3, earnings: 1_000))
        for _ in 0..<1_000 { budget.succeeded() }
        #expect(budget.tokens == 3)
    }

    @Test func withoutSettingsEveryRetryIsAllowed() {
        var budget = RetryBudget(nil)
        let allowed = withdraw(&budget, 10_000)
        #expect(allowed == 10_000)
        #expect(budget.tokens == nil && budget.refused == 0)
    }

    /// For any sequence: retries granted never exceed the capacity and what was earned.
    @Test(arguments: UInt64(1)...100) func retriesAreBoundedBySuccesses(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 0...50, using: &generator)
        let earnings = Int.random(in: 0...1_500, using: &generator)
        var budget = RetryBudget(.init(capacity: capacity, earnings: earnings))
        var (granted, successes, asked) = (0, 0, 0)
        for _ in 0..<2_000 {
            if Bool.random(using: &generator) {
                asked += 1
                let tokens = budget.tokens ?? 0
                let isGranted = budget.withdraw()
                guard isGranted == (tokens >= 1) else { throw Broken("granted \(isGranted) with \(tokens) tokens") }
                granted += isGranted ? 1 : 0
            } else {
                successes += 1
                budget.succeeded()
            }
            guard let tokens = budget.tokens, (0...capacity).contains(tokens),
                granted * 1_000 <= capacity * 1_000 + successes * earnings
            else { throw Broken("\(granted) granted after \(successes) successes: \(budget)") }
        }
        #expect(budget.refused == asked - granted)
    }
}
