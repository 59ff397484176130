import ConnectionPool
import Testing

@Suite("A pool and time")
struct TimeTests {
    @Test func closesWhatIsUnusedForTooLong() {
        var pool = PoolBench.lending(["a", "b", "c"], minimum: 1, maximum: 3) { $0.idleTimeout = .seconds(60) }
        _ = pool.release("a")
        #expect(pool.pass(.seconds(10)) == [])
        _ = pool.release("b")
        _ = pool.release("c")
        #expect(pool.untilWakeUp == .seconds(50))
        #expect(pool.pass(.seconds(50)) == ["close a: idle"])
        #expect(pool.untilWakeUp == .seconds(10))
        // The minimum stays open.
        #expect(pool.pass(.seconds(1_000)) == ["close b: idle"])
        #expect(pool.untilWakeUp == nil)
        #expect(pool.tryAcquire() == "c")
    }

    @Test func whatIsBeingOpenedDoesNotReplaceWhatIsOpen() {
        var pool = PoolBench.lending(["a"], minimum: 1, maximum: 2) { $0.idleTimeout = .seconds(60) }
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.cancel(1) == 1)
        _ = pool.release("a")
        #expect(pool.pass(.seconds(100)) == [])
        #expect(pool.connected("b") == [])
        #expect(pool.pass(.zero) == ["close a: idle"])
        #expect(pool.pool.statistics.idle == 1)
    }

    @Test func closesWhatIsTooOldWhenItIsIdle() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.maximumLifetime = .seconds(100) }
        pool.wait(.seconds(60))
        _ = pool.release("a")
        #expect(pool.untilWakeUp == .seconds(40))
        #expect(pool.pass(.seconds(39)) == [])
        #expect(pool.pass(.seconds(1)) == ["close a: retired"])
    }

    @Test func closesWhatIsTooOldWhenItComesBack() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.maximumLifetime = .seconds(100) }
        #expect(pool.pass(.seconds(200)) == [])
        #expect(pool.acquire(1) == [])
        #expect(pool.release("a") == ["close a: retired", "connect"])
    }

    @Test func neverLendsWhatIsTooOld() {
        var pool = PoolBench.lending(["a", "b"], maximum: 2) { $0.maximumLifetime = .seconds(100) }
        _ = pool.release("a")
        _ = pool.release("b")
        // The timer is late.
        pool.wait(.seconds(100))
        #expect(pool.tryAcquire() == nil)
        #expect(pool.acquire(1) == ["close b: retired", "close a: retired", "connect"])
    }

    @Test func replacesWhatIsTooOldUpToTheMinimum() {
        var pool = PoolBench.lending(["a"], minimum: 1, maximum: 1) { $0.maximumLifetime = .seconds(100) }
        _ = pool.release("a")
        #expect(pool.pass(.seconds(100)) == ["close a: retired", "connect"])
    }

    @Test(arguments: [(0, 100), (UInt64.max, 80)]) func chanceShortensALifetime(random: UInt64, seconds: Int) {
        var pool = PoolBench(maximum: 1) {
            $0.maximumLifetime = .seconds(100)
            $0.lifetimeJitter = 0.2
        }
        pool.random = ConstantGenerator(value: random)
        _ = pool.acquire(1)
        _ = pool.connected("a")
        _ = pool.release("a")
        let left = pool.untilWakeUp ?? .zero
        #expect(left <= .seconds(seconds) + .milliseconds(1) && left >= .seconds(seconds) - .milliseconds(1))
    }

    @Test func neverLendsWhatExpires() {
        var pool = PoolBench(maximum: 1) { $0.maximumLifetime = .seconds(1_000) }
        _ = pool.acquire(1)
        #expect(pool.connected("a", expiresAfter: .seconds(50)) == ["lend a to 1"])
        _ = pool.release("a")
        #expect(pool.untilWakeUp == .seconds(50))
        pool.wait(.seconds(49))
        #expect(pool.tryAcquire() == "a")
        pool.wait(.seconds(1))
        #expect(pool.release("a") == ["close a: retired"])
    }

    @Test func checksWhatLiesIdle() {
        var pool = PoolBench.lending(["a", "b"], maximum: 2) { $0.keepAliveInterval = .seconds(30) }
        _ = pool.release("a")
        pool.wait(.seconds(10))
        _ = pool.release("b")
        #expect(pool.pass(.seconds(20)) == ["check a"])
        // Nobody gets it meanwhile, and it keeps its place in the pool.
        #expect(pool.tryAcquire() == "b")
        #expect(pool.acquire(1) == [])
        #expect(pool.pool.statistics.checking == 1 && pool.pool.statistics.open == 2)
        #expect(pool.checked("a", isAlive: true) == ["lend a to 1"])
    }

    @Test func whatWasCheckedKeepsItsAge() {
        var pool = PoolBench.lending(["a", "b", "c"], maximum: 3) {
            $0.keepAliveInterval = .seconds(30)
            $0.idleTimeout = .seconds(100)
        }
        for name in ["a", "b", "c"] {
            _ = pool.release(name)
            pool.wait(.seconds(1))
        }
        #expect(pool.pass(.seconds(28)) == ["check a", "check b"])
        #expect(pool.checked("b", isAlive: true) == [])
        #expect(pool.checked("a", isAlive: true) == [])
        #expect(pool.tryAcquire() == "c")
        #expect(pool.tryAcquire() == "b")
        #expect(pool.tryAcquire() == "a")
        for name in ["a", "b", "c"] {
            _ = pool.release(name)
            pool.wait(.seconds(1))
        }
        #expect(Set(pool.pass(.seconds(30))) == ["check a", "check b", "check c"])
        for name in ["c", "b", "a"] { #expect(pool.checked(name, isAlive: true) == []) }
        // A check is no use.
        #expect(pool.pass(.seconds(69)) == ["close a: idle", "close b: idle", "close c: idle"])
    }

    @Test func whatFailsItsCheckIsReplaced() {
        var pool = PoolBench.lending(["a"], minimum: 1, maximum: 1) { $0.keepAliveInterval = .seconds(30) }
        _ = pool.release("a")
        #expect(pool.pass(.seconds(30)) == ["check a"])
        #expect(pool.checked("a", isAlive: false) == ["close a: broken", "connect"])
    }

    @Test func aCheckIsASignOfLife() {
        var pool = PoolBench.lending(["a"], maximum: 1) {
            $0.keepAliveInterval = .seconds(30)
            $0.validationInterval = .seconds(30)
        }
        _ = pool.release("a")
        _ = pool.pass(.seconds(30))
        _ = pool.checked("a", isAlive: true)
        pool.wait(.seconds(20))
        #expect(pool.tryAcquire() == "a")
        #expect(pool.validations["a"] == false)
    }

    @Test func warnsOnceOfALeaseThatIsHeldForTooLong() {
        var pool = PoolBench(maximum: 1) { $0.leakThreshold = .seconds(60) }
        _ = pool.acquire(1, line: 42)
        _ = pool.connected("a")
        #expect(pool.untilWakeUp == .seconds(60))
        #expect(pool.pass(.seconds(59)) == [])
        #expect(pool.pass(.seconds(2)) == ["leak at Shop/Orders.swift:42 for \(Duration.seconds(61))"])
        #expect(pool.pass(.seconds(100)) == [])
        _ = pool.release("a")
        // The next lease is another.
        #expect(pool.tryAcquire() == "a")
        #expect(pool.pass(.seconds(60)) == ["leak at unknown for \(Duration.seconds(60))"])
        #expect(pool.pool.statistics.totals.leaks == 2)
    }

    @Test func doesNotWarnOfManyShortLeases() {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.leakThreshold = .seconds(60) }
        for _ in 0..<10 {
            #expect(pool.pass(.seconds(50)) == [])
            _ = pool.release("a")
            _ = pool.tryAcquire()
        }
    }
}
