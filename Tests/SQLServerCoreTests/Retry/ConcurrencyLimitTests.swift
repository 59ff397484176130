import SQLServerCore
import SeededRandom
import Testing

/// Additive increase, multiplicative decrease.
@Suite struct ConcurrencyLimitTests {
    private static func overload(_ number: Int) -> SQLServerError {
        SQLServerError(.server, "x", messages: [SQLServerMessage(number: number, severity: 16, text: "x")])
    }

    /// Starts so many requests as may start.
    private func start(_ limit: inout ConcurrencyLimit) -> [ConcurrencyLimit.Permit] {
        var permits: [ConcurrencyLimit.Permit] = []
        while permits.count < 1_000, let permit = limit.start() { permits.append(permit) }
        return permits
    }

    @Test func noMoreThanTheLimitAreUnderWay() {
        var limit = ConcurrencyLimit(.init(minimum: 1, maximum: 8))
        let permits = start(&limit)
        #expect(permits.count == 8 && limit.underWay == 8)
        let room = limit.finish(permits[0], .nothing)
        let started = start(&limit).count
        #expect(room == 1 && started == 1)
    }

    @Test(arguments: [10_928, 10_929, 40_501]) func anOverloadShrinksTheLimit(number: Int) {
        var limit = ConcurrencyLimit(.init(minimum: 1, maximum: 100, decrease: 70))
        let permits = start(&limit)
        _ = limit.finish(permits[0], .of(Self.overload(number)))
        #expect(limit.limit == 70)
    }

    @Test(arguments: [1_205, 2_627, 8_645]) func otherErrorsDoNot(number: Int) {
        var limit = ConcurrencyLimit(.init(minimum: 1, maximum: 100))
        let permits = start(&limit)
        _ = limit.finish(permits[0], .of(Self.overload(number)))
        #expect(limit.limit == 100)
        #expect(ConcurrencyLimit.Outcome.of(SQLServerError(.cancelled, "x")) == .nothing)
    }

    @Test func oneOverloadCountsOnce() {
        var limit = ConcurrencyLimit(.init(minimum: 1, maximum: 100, decrease: 50))
        for permit in start(&limit) { _ = limit.finish(permit, .overloaded) }
        #expect(limit.limit == 50 && limit.epoch == 1)
        // Those that began under the new limit count again.
        for permit in start(&limit) { _ = limit.finish(permit, .overloaded) }
        #expect(limit.limit == 25 && limit.epoch == 2)
    }

    @Test func aSmallRequestThatWaitsShrinksTheLimit() {
        var limit = ConcurrencyLimit(.init(minimum: 1, maximum: 100, decrease: 50, maximumWait: .seconds(2)))
        var permits = start(&limit)
        _ = limit.finish(permits.removeLast(), .answered(waited: .seconds(2)))
        #expect(limit.limit == 100)
        _ = limit.finish(permits.removeLast(), .answered(waited: .milliseconds(2_001)))
        #expect(limit.limit == 50)
        var errorsOnly = ConcurrencyLimit(.init(maximum: 100, maximumWait: nil))
        permits = start(&errorsOnly)
        _ = errorsOnly.finish(permits.removeLast(), .answered(waited: .seconds(500)))
        #expect(errorsOnly.limit == 100)
    }

    @Test func aFullRoundOfSuccessesAddsAboutOne() {
        var limit = ConcurrencyLimit(.init(minimum: 10, maximum: 100, decrease: 1))
        for permit in start(&limit) { _ = limit.finish(permit, .overloaded) }
        #expect(limit.limit == 10)
        for rounds in 1...5 {
            let permits = start(&limit)
            for permit in permits.reversed() {
                _ = limit.finish(permit, .answered(waited: nil))
                _ = limit.start()
            }
            // The requests that were started in between end without a word.
            for permit in permits { _ = limit.finish(permit, .nothing) }
            #expect((10 + rounds - 1...10 + rounds).contains(limit.limit ?? 0), "\(rounds)")
        }
    }

    @Test func aLimitThatIsNotUsedDoesNotGrow() {
        var limit = ConcurrencyLimit(.init(minimum: 10, maximum: 100, decrease: 1))
        for permit in start(&limit) { _ = limit.finish(permit, .overloaded) }
        for _ in 0..<10_000 {
            guard let permit = limit.start() else { break }
            _ = limit.finish(permit, .answered(waited: nil))
        }
        #expect(limit.limit == 10 && limit.underWay == 0)
    }

    @Test func withoutSettingsThereIsNoLimit() {
        var limit = ConcurrencyLimit(nil)
        let started = start(&limit).count
        #expect(started == 1_000 && limit.limit == nil)
    }

    /// For any sequence: the limit stays within its bounds, a request starts exactly when there is room, what `finish`
    /// says is the room that there is, and a server that is well gets all of its limit back.
    @Test(arguments: UInt64(1)...40) func itKeepsItsPromisesForAnySequence(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let minimum = Int.random(in: 1...10, using: &generator)
        let maximum = minimum + .random(in: 0...40, using: &generator)
        var limit = ConcurrencyLimit(
            .init(minimum: minimum, maximum: maximum, decrease: .random(in: 1...99, using: &generator)))
        var permits: [ConcurrencyLimit.Permit] = []
        for _ in 0..<2_000 {
            if Int.random(in: 0..<5, using: &generator) < 3 {
                let hasRoom = permits.count < limit.limit ?? 0
                let permit = limit.start()
                guard (permit != nil) == hasRoom else { throw Broken("started \(permit != nil), room \(hasRoom)") }
                if let permit { permits.append(permit) }
            } else if let index = permits.indices.randomElement(using: &generator) {
                let outcomes = [ConcurrencyLimit.Outcome.answered(waited: nil), .overloaded, .nothing]
                let outcome = outcomes.randomElement(using: &generator) ?? .nothing
                let room = limit.finish(permits.remove(at: index), outcome)
                guard room == max(0, (limit.limit ?? 0) - permits.count) else { throw Broken("room \(room)") }
            }
            guard let now = limit.limit, (minimum...maximum).contains(now), limit.underWay == permits.count else {
                throw Broken("\(limit)")
            }
        }
        for permit in permits { _ = limit.finish(permit, .nothing) }
        for _ in 0..<maximum * 4 {
            for permit in start(&limit) { _ = limit.finish(permit, .answered(waited: nil)) }
        }
        #expect(limit.limit == maximum)
    }
}
