import ConnectionPool
import Testing

@Suite("The end of connections and pools")
struct EndingTests {
    @Test func clearingClosesWhatIsIdleNowAndWhatIsLentWhenItComesBack() {
        var pool = PoolBench.lending(["a", "b"], maximum: 3)
        _ = pool.release("a")
        #expect(pool.clear() == ["close a: cleared"])
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.connected("c") == ["lend c to 1"])
        #expect(pool.release("b") == ["close b: cleared"])
        // What was opened afterwards stays.
        #expect(pool.release("c") == [])
        #expect(pool.tryAcquire() == "c")
    }

    @Test func clearingReplacesWhatWasBeingOpened() {
        var pool = PoolBench(maximum: 1)
        _ = pool.acquire(1)
        #expect(pool.clear() == [])
        #expect(pool.connected("old") == ["close old: cleared", "connect"])
        #expect(pool.connected("new") == ["lend new to 1"])
    }

    @Test func clearingClosesWhatIsBeingChecked() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.keepAliveInterval = .seconds(30) }
        _ = pool.release("a")
        #expect(pool.pass(.seconds(30)) == ["check a"])
        #expect(pool.clear() == [])
        #expect(pool.checked("a", isAlive: true) == ["close a: cleared"])
    }

    @Test func clearingEndsABlockingPeriod() {
        var pool = PoolBench(maximum: 1) { $0.blockingPeriod = .standard }
        _ = pool.acquire(1)
        _ = pool.connectFailed()
        #expect(pool.clear() == [])
        #expect(pool.acquire(2) == ["connect"])
    }

    @Test func aPoolThatIsShutDownRefusesAndClosesAndThenIsDrained() {
        var pool = PoolBench.lending(["a", "b", "c"], maximum: 4) { $0.keepAliveInterval = .seconds(30) }
        _ = pool.release("b")
        #expect(pool.pass(.seconds(30)) == ["check b"])
        _ = pool.release("a")
        #expect(pool.acquire(1) == ["lend a to 1"])
        _ = pool.acquire(2)
        _ = pool.acquire(3)
        #expect(pool.shutDown() == ["refuse 2", "refuse 3"])
        #expect(pool.tryAcquire() == nil)
        #expect(pool.acquire(4) == ["refuse 4"])
        #expect(pool.release("a") == ["close a: shutDown"])
        #expect(pool.discard("c") == [])
        #expect(pool.connected("d") == ["close d: shutDown"])
        #expect(pool.checked("b", isAlive: true) == ["close b: shutDown", "drained"])
        #expect(pool.pool.statistics.open == 0)
        #expect(pool.untilWakeUp == nil)
        #expect(pool.shutDown() == [])
    }

    @Test func anEmptyPoolIsDrainedAtOnce() {
        var pool = PoolBench(minimum: 1, maximum: 2)
        #expect(pool.shutDown() == ["drained"])
        #expect(pool.pass(.seconds(1)) == [])
    }

    @Test func whatIsIdleIsClosedAtTheShutdown() {
        var pool = PoolBench.lending(["a", "b"], minimum: 2, maximum: 2)
        _ = pool.release("a")
        _ = pool.release("b")
        #expect(pool.shutDown() == ["close a: shutDown", "close b: shutDown", "drained"])
    }

    @Test func whatIsLentAtTheDeadlineIsClosed() {
        var pool = PoolBench.lending(["a", "b"], maximum: 3)
        _ = pool.acquire(1)
        #expect(pool.shutDown(after: .seconds(10)) == ["refuse 1"])
        #expect(pool.untilWakeUp == .seconds(10))
        #expect(pool.release("b") == ["close b: shutDown"])
        #expect(pool.pass(.seconds(9)) == [])
        let attempt = pool.attempts[0]
        #expect(pool.pass(.seconds(1)) == ["close a: forced", "drained"])
        // What comes afterwards finds nothing.
        #expect(pool.release("a") == [])
        #expect(pool.connected(attempt, "c") == ["close c: late"])
        #expect(pool.pool.statistics.open == 0 && pool.pool.statistics.waiting == 0)
    }

    @Test func aSecondShutdownBringsTheDeadlineForward() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        #expect(pool.shutDown() == [])
        #expect(pool.untilWakeUp == nil)
        #expect(pool.shutDown(after: .seconds(10)) == [])
        #expect(pool.shutDown(after: .seconds(20)) == [])
        #expect(pool.untilWakeUp == .seconds(10))
        #expect(pool.shutDown(after: .zero) == ["close a: forced", "drained"])
    }

    @Test func countsWhatItDid() {
        var pool = PoolBench.lending(["a", "b"], maximum: 2) { $0.acquireTimeout = .seconds(30) }
        _ = pool.release("a")
        _ = pool.tryAcquire()
        _ = pool.discard("b")
        _ = pool.acquire(3)
        _ = pool.connectFailed()
        _ = pool.acquire(4)
        _ = pool.cancel(4)
        _ = pool.connectFailed()
        _ = pool.acquire(5)
        _ = pool.pass(.seconds(30))
        _ = pool.shutDown()
        _ = pool.acquire(6)
        let totals = pool.pool.statistics.totals
        #expect(totals.connects == 2 && totals.connectFailures == 2)
        #expect(totals.leases == 3 && totals.returns == 2 && totals.discards == 1)
        #expect(totals.waits == 6 && totals.timeouts == 1 && totals.cancellations == 1 && totals.refusals == 2)
    }
}
