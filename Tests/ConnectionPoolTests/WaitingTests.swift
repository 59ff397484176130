import ConnectionPool
import SeededRandom
import Testing

@Suite("Waiting for a pool")
struct WaitingTests {
    @Test func whoWaitsTooLongIsToldWhatTheyWaitedFor() throws {
        var pool = PoolBench(maximum: 3) { $0.acquireTimeout = .seconds(30) }
        _ = pool.acquire(1, tenant: PoolTenant("acme"), line: 7)
        _ = pool.connected("a")
        pool.wait(.seconds(5))
        _ = pool.acquire(2, line: 8)
        _ = pool.connected("b")
        _ = pool.acquire(3)
        _ = pool.connectFailed("login failed")
        #expect(pool.acquire(4) == ["connect"])
        #expect(pool.acquire(5) == [])
        #expect(pool.untilWakeUp == .seconds(30))
        #expect(pool.pass(.seconds(30)) == ["time out 4", "time out 5"])
        let timeout = try #require(pool.timeouts[4])
        #expect(timeout.maximum == 3 && timeout.inUse == 2 && timeout.connecting == 1 && timeout.waiting == 2)
        #expect(timeout.waited == .seconds(30))
        #expect(timeout.longestHolder?.held == .seconds(35))
        #expect(timeout.longestHolder?.borrower.location?.description == "Shop/Orders.swift:7")
        #expect(timeout.longestHolder?.borrower.tenant.name == "acme")
        #expect(timeout.lastFailure == "login failed")
    }

    @Test func aFailureThatIsOverIsNotTold() throws {
        var pool = PoolBench(maximum: 1) { $0.acquireTimeout = .seconds(30) }
        _ = pool.acquire(1)
        _ = pool.connectFailed("login failed")
        _ = pool.acquire(2)
        _ = pool.connected("a")
        _ = pool.acquire(3)
        _ = pool.pass(.seconds(30))
        #expect(try #require(pool.timeouts[3]).lastFailure == nil)
    }

    @Test func aCallMayHaveALimitOfItsOwn() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.acquireTimeout = .seconds(30) }
        _ = pool.acquire(1)
        _ = pool.acquire(2, limit: .seconds(1))
        _ = pool.acquire(3, limit: .zero)
        #expect(pool.untilWakeUp == .zero)
        #expect(pool.pass(.zero) == ["time out 3"])
        #expect(pool.pass(.seconds(1)) == ["time out 2"])
        #expect(pool.pass(.seconds(28)) == [])
        #expect(pool.pass(.seconds(1)) == ["time out 1"])
    }

    @Test func whoIsServedIsNotTimedOut() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.acquireTimeout = .seconds(30) }
        _ = pool.acquire(1)
        _ = pool.release("a")
        #expect(pool.untilWakeUp == nil)
        #expect(pool.pass(.seconds(100)) == [])
        #expect(pool.pool.statistics.totals.timeouts == 0)
    }

    @Test func whoGivesUpIsNotTimedOut() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.acquireTimeout = .seconds(30) }
        _ = pool.acquire(1)
        #expect(pool.cancel(1) == 1)
        #expect(pool.untilWakeUp == nil)
        #expect(pool.pass(.seconds(100)) == [])
    }

    /// A queue whose cost grew with its length would take minutes here.
    @Test func aHundredThousandCanWaitAndLeaveInAnyOrder() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.acquireTimeout = .seconds(30) }
        var generator = SeededGenerator(seed: 1)
        let count = 100_000
        for waiter in 0..<count { _ = pool.acquire(waiter) }
        let leaving = Array(0..<count).shuffled(using: &generator).prefix(count / 2)
        let left = leaving.filter { pool.cancel($0) == $0 }
        #expect(left.count == count / 2)
        let staying = Set(0..<count).subtracting(leaving).sorted()
        let served = staying.map { _ in pool.release("a") }
        #expect(served == staying.map { ["lend a to \($0)"] })
        #expect(pool.pool.statistics.waiting == 0)
    }
}
