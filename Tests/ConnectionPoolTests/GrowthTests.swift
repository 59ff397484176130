import ConnectionPool
import Testing

@Suite("Growth of a pool")
struct GrowthTests {
    @Test func opensAFewAtATime() {
        var pool = PoolBench(maximum: 10) { $0.maximumConnecting = 2 }
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.acquire(2) == ["connect"])
        #expect(pool.acquire(3) == [])
        #expect(pool.acquire(4) == [])
        #expect(pool.connected("a") == ["lend a to 1", "connect"])
        #expect(pool.connected("b") == ["lend b to 2", "connect"])
        #expect(pool.connected("c") == ["lend c to 3"])
        #expect(pool.connected("d") == ["lend d to 4"])
    }

    @Test func opensNoMoreThanAreWaitedFor() {
        var pool = PoolBench.lending(["a"], maximum: 10)
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.cancel(1) == 1)
        // The attempt of the one who left is there for the next.
        #expect(pool.acquire(2) == [])
        #expect(pool.connected("b") == ["lend b to 2"])
    }

    @Test func warmsUpToItsMinimum() {
        var pool = PoolBench(minimum: 3, maximum: 5) { $0.maximumConnecting = 2 }
        #expect(pool.pass(.zero) == ["connect", "connect"])
        #expect(pool.connected("a") == ["connect"])
        #expect(pool.connected("b") == [])
        #expect(pool.connected("c") == [])
        #expect(pool.pool.statistics.idle == 3)
        // And comes back to it.
        #expect(pool.tryAcquire() == "c")
        #expect(pool.discard("c") == ["connect"])
    }

    @Test func aMinimumIsNoMoreThanTheMaximum() {
        var pool = PoolBench(minimum: 9, maximum: 2)
        #expect(pool.pass(.zero) == ["connect", "connect"])
    }

    @Test func anAttemptThatCannotBeStoppedKeepsItsPlace() {
        var pool = PoolBench(maximum: 1)
        _ = pool.acquire(1)
        let (id, actions) = pool.connectAbandoned("slow")
        #expect(actions == ["fail 1: slow"])
        #expect(pool.acquire(2) == [])
        #expect(pool.pool.statistics.open == 1)
        #expect(pool.attemptEnded(id) == ["connect"])
        #expect(pool.attemptEnded(id) == [])
        #expect(pool.connected("a") == ["lend a to 2"])
    }

    @Test func aConnectionThatComesTooLateIsClosed() {
        var pool = PoolBench(maximum: 1)
        _ = pool.acquire(1)
        let id = pool.connectAbandoned().id
        #expect(pool.connected(id, "a") == ["close a: late"])
        #expect(pool.pool.statistics.totals.closes[.late] == 1)
    }
}

@Suite("A pool that cannot connect")
struct ConnectFailureTests {
    @Test func withoutABlockingPeriodEachFailureHasOneAddressee() {
        var pool = PoolBench(maximum: 1)
        for waiter in 1...3 { _ = pool.acquire(waiter) }
        #expect(pool.connectFailed("one") == ["fail 1: one", "connect"])
        #expect(pool.connectFailed("two") == ["fail 2: two", "connect"])
        #expect(pool.connected("a") == ["lend a to 3"])
    }

    private func blocking(minimum: Int = 0, maximum: Int = 4, lent: [String] = []) -> PoolBench {
        .lending(lent, minimum: minimum, maximum: maximum) { $0.blockingPeriod = .standard }
    }

    @Test func everyoneFailsAtOnceDuringTheBlockingPeriod() {
        var pool = blocking(maximum: 1)
        _ = pool.acquire(1)
        _ = pool.acquire(2)
        #expect(pool.connectFailed("down") == ["fail 1: down", "fail 2: down"])
        pool.wait(.milliseconds(4_999))
        #expect(pool.acquire(3) == ["fail 3: down"])
        pool.wait(.milliseconds(1))
        #expect(pool.acquire(4) == ["connect"])
    }

    @Test func thePeriodDoublesUpToItsLimit() {
        var pool = blocking()
        for seconds in [5, 10, 20, 40, 60, 60] {
            #expect(pool.acquire(1) == ["connect"])
            #expect(pool.connectFailed() == ["fail 1: down"])
            pool.wait(.seconds(seconds) - .milliseconds(1))
            #expect(pool.acquire(2) == ["fail 2: down"])
            pool.wait(.milliseconds(1))
        }
        // A success makes it short again.
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.connected("a") == ["lend a to 1"])
        #expect(pool.acquire(2) == ["connect"])
        #expect(pool.discard("a") == [])
        #expect(pool.connectFailed() == ["fail 2: down"])
        pool.wait(.seconds(5))
        #expect(pool.acquire(3) == ["connect"])
    }

    @Test func afterThePeriodOneAttemptFindsOut() {
        var pool = blocking()
        _ = pool.acquire(1)
        _ = pool.connectFailed()
        pool.wait(.seconds(5))
        #expect(pool.acquire(2) == ["connect"])
        #expect(pool.acquire(3) == [])
        #expect(pool.connected("a") == ["lend a to 2", "connect"])
    }

    @Test func failuresOfAttemptsThatHadBegunBeforeDoNotMakeItLonger() {
        var pool = blocking()
        for waiter in 1...3 { #expect(pool.acquire(waiter) == ["connect"]) }
        // The others may still succeed, so nobody is refused yet.
        #expect(pool.connectFailed("one") == [])
        #expect(pool.connectFailed("two") == [])
        #expect(pool.connectFailed("three") == ["fail 1: three", "fail 2: three", "fail 3: three"])
        pool.wait(.seconds(5))
        #expect(pool.acquire(4) == ["connect"])
    }

    @Test func oneWhoCanGetALentConnectionWaitsForIt() {
        var pool = blocking(lent: ["a"])
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.connectFailed() == [])
        #expect(pool.acquire(2) == [])
        #expect(pool.release("a") == ["lend a to 1"])
        // The last hope goes with the last connection.
        #expect(pool.discard("a") == ["fail 2: down"])
    }

    @Test func thoseWhoStillWaitAtItsEndHaveAnAttemptMade() {
        var pool = blocking(lent: ["a"])
        _ = pool.acquire(1)
        _ = pool.connectFailed()
        #expect(pool.untilWakeUp == .seconds(5))
        #expect(pool.pass(.seconds(5)) == ["connect"])
    }

    @Test func theMinimumIsTriedAgainAtItsEnd() {
        var pool = blocking(minimum: 2)
        #expect(pool.pass(.zero) == ["connect", "connect"])
        #expect(pool.connectFailed() == [])
        #expect(pool.connectFailed() == [])
        #expect(pool.untilWakeUp == .seconds(5))
        #expect(pool.pass(.seconds(4)) == [])
        #expect(pool.pass(.seconds(1)) == ["connect"])
        #expect(pool.connected("a") == ["connect"])
    }

    @Test func theMinimumIsNotTriedAgainAtOnceWithoutABlockingPeriodEither() {
        var pool = PoolBench(minimum: 1, maximum: 2)
        #expect(pool.pass(.zero) == ["connect"])
        #expect(pool.connectFailed() == [])
        #expect(pool.untilWakeUp == .seconds(5))
        // Someone who asks is worth an attempt.
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.connectFailed() == ["fail 1: down"])
        #expect(pool.pass(.seconds(5)) == ["connect"])
    }

    @Test func aConnectionThatIsExpiredWhenItComesIsAFailure() {
        var pool = blocking(maximum: 1)
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.connected("a", expiresAfter: .zero) == ["close a: retired", "fail 1: expired"])
    }
}
