import ConnectionPool
import Testing

@Suite("Leases of a pool")
struct LeaseTests {
    @Test(arguments: [1, 2, 10]) func opensUpToItsMaximum(maximum: Int) {
        var pool = PoolBench(maximum: maximum) { $0.maximumConnecting = 100 }
        for waiter in 1...maximum { #expect(pool.acquire(waiter) == ["connect"]) }
        #expect(pool.acquire(99) == [])
        #expect(pool.pool.statistics.connecting == maximum)
        #expect(pool.pool.statistics.waiting == maximum + 1)
    }

    @Test(arguments: [0, -1, .min]) func hasRoomForOneAtLeast(maximum: Int) {
        var pool = PoolBench(maximum: maximum)
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.acquire(2) == [])
    }

    @Test func lendsANewConnectionToTheFirstWhoWaits() {
        var pool = PoolBench(maximum: 1)
        _ = pool.acquire(1)
        _ = pool.acquire(2)
        #expect(pool.connected("a") == ["lend a to 1"])
        #expect(pool.release("a") == ["lend a to 2"])
        #expect(pool.release("a") == [])
        #expect(pool.pool.statistics.idle == 1)
    }

    @Test func aConnectionThatComesBackServesTheOneWhoHadItsOwnOpened() {
        var pool = PoolBench.lending(["a"], maximum: 2)
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.release("a") == ["lend a to 1"])
        // What was opened for it is there for the next.
        #expect(pool.connected("b") == [])
        #expect(pool.tryAcquire() == "b")
    }

    @Test func lendsTheConnectionThatCameBackLast() {
        var pool = PoolBench.lending(["a", "b", "c"], maximum: 3)
        for name in ["a", "b", "c"] { #expect(pool.release(name) == []) }
        #expect(pool.tryAcquire() == "c")
        #expect(pool.tryAcquire() == "b")
        #expect(pool.release("b") == [])
        #expect(pool.tryAcquire() == "b")
        #expect(pool.tryAcquire() == "a")
        #expect(pool.tryAcquire() == nil)
    }

    @Test func servesOneWhoQueuedBesideAnIdleConnectionAtOnce() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        _ = pool.release("a")
        #expect(pool.acquire(1) == ["lend a to 1"])
    }

    @Test func servesWaitersInTheOrderTheyCame() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        for waiter in 1...3 { #expect(pool.acquire(waiter) == []) }
        for waiter in 1...3 { #expect(pool.release("a") == ["lend a to \(waiter)"]) }
        #expect(pool.release("a") == [])
    }

    @Test func forgetsAWaiterThatGivesUp() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        for waiter in 1...3 { _ = pool.acquire(waiter) }
        #expect(pool.cancel(2) == 2)
        #expect(pool.cancel(2) == nil)
        #expect(pool.release("a") == ["lend a to 1"])
        #expect(pool.cancel(1) == nil)
        #expect(pool.release("a") == ["lend a to 3"])
        #expect(pool.pool.statistics.totals.cancellations == 1)
    }

    @Test func aConnectionIsGivenBackOnce() throws {
        var pool = PoolBench.lending(["a"], maximum: 2)
        let id = try #require(pool.leases["a"])
        #expect(pool.release("a") == [])
        #expect(pool.pool.release(id, at: pool.now).isEmpty)
        #expect(pool.pool.discard(id, at: pool.now).isEmpty)
        #expect(pool.pool.statistics.idle == 1 && pool.pool.statistics.inUse == 0)
        // The name of an old lease does not end a later one, of the same connection or another.
        #expect(pool.tryAcquire() == "a")
        #expect(pool.pool.release(id, at: pool.now).isEmpty)
        #expect(pool.pool.statistics.inUse == 1)
        _ = pool.discard("a")
        _ = pool.acquire(1)
        _ = pool.connected("b")
        #expect(pool.pool.release(id, at: pool.now).isEmpty)
        #expect(pool.pool.statistics.inUse == 1)
    }

    @Test func opensInThePlaceOfAClosedConnection() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        #expect(pool.acquire(1) == [])
        #expect(pool.discard("a") == ["connect"])
        #expect(pool.connected("b") == ["lend b to 1"])
        #expect(pool.discard("b") == [])
        #expect(pool.pool.statistics.open == 0)
    }

    @Test func aDeadConnectionTakesThoseBesideItAlongAndItsBorrowerGoesFirst() {
        var pool = PoolBench.lending(["a", "b", "c"], maximum: 3) { $0.maximumConnecting = 1 }
        _ = pool.release("b")
        _ = pool.release("c")
        #expect(pool.tryAcquire() == "c")
        #expect(pool.failedValidation("c") == ["close b: broken"])
        #expect(pool.acquire(1) == ["connect"])
        #expect(pool.acquire(2, isReplacement: true) == [])
        #expect(pool.connected("d") == ["lend d to 2", "connect"])
        #expect(pool.pool.statistics.inUse == 2)
    }

    @Test(arguments: [(29, false), (30, false), (31, true)])
    func asksForAValidationOnlyAfterALongSilence(seconds: Int, needsValidation: Bool) {
        var pool = PoolBench.lending(["a"], maximum: 1) { $0.validationInterval = .seconds(30) }
        #expect(pool.validations["a"] == false)
        pool.wait(.seconds(100))
        // Its borrower had it until now.
        _ = pool.release("a")
        pool.wait(.seconds(seconds))
        #expect(pool.tryAcquire() == "a")
        #expect(pool.validations["a"] == needsValidation)
    }
}
