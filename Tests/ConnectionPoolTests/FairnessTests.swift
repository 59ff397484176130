import ConnectionPool
import Testing

@Suite("Fairness of a pool")
struct FairnessTests {
    /// Serves everyone who waits with one connection and notes the order.
    private func order(_ pool: inout PoolBench, _ count: Int) -> [Int] {
        (0..<count).compactMap { _ in pool.release("a").first.flatMap { Int($0.dropFirst("lend a to ".count)) } }
    }

    @Test func tenantsTakeTurnsWhateverTheLengthOfTheirQueues() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        for waiter in 1...4 { _ = pool.acquire(waiter, tenant: PoolTenant("big")) }
        for waiter in 11...12 { _ = pool.acquire(waiter, tenant: PoolTenant("small")) }
        #expect(order(&pool, 6) == [1, 11, 2, 12, 3, 4])
    }

    @Test func aTenantGetsAsManyAsItsWeightSays() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        for waiter in 1...6 { _ = pool.acquire(waiter, tenant: PoolTenant("gold", weight: 2)) }
        for waiter in 11...16 { _ = pool.acquire(waiter, tenant: PoolTenant("iron")) }
        let served = order(&pool, 9)
        #expect(served.filter { $0 < 10 } == [1, 2, 3, 4, 5, 6])
        #expect(served.filter { $0 > 10 } == [11, 12, 13])
        #expect(order(&pool, 3) == [14, 15, 16])
    }

    @Test func whoDoesNotWaitSavesNothingUp() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        for waiter in 1...20 { _ = pool.acquire(waiter, tenant: PoolTenant("old")) }
        #expect(order(&pool, 10) == Array(1...10))
        for waiter in 101...105 { _ = pool.acquire(waiter, tenant: PoolTenant("new")) }
        let served = order(&pool, 10)
        #expect(served.filter { $0 > 100 }.count == 5)
        #expect(served.prefix(4).filter { $0 > 100 }.count == 2)
    }

    @Test func aTenantHoldsItsShareAtMost() throws {
        var pool = PoolBench(maximum: 4) {
            $0.tenantShare = 0.5
            $0.acquireTimeout = .seconds(30)
        }
        let acme = PoolTenant("acme")
        #expect(pool.acquire(1, tenant: acme) == ["connect"])
        #expect(pool.acquire(2, tenant: acme) == ["connect"])
        _ = pool.connected("a")
        _ = pool.connected("b")
        // Nothing is opened for what may not be lent.
        #expect(pool.acquire(3, tenant: acme) == [])
        #expect(pool.acquire(4, tenant: PoolTenant("other")) == ["connect"])
        _ = pool.connected("c")
        _ = pool.release("c")
        // It waits beside an idle connection.
        #expect(pool.tryAcquire(tenant: acme) == nil)
        #expect(pool.tryAcquire(tenant: PoolTenant("other")) == "c")
        _ = pool.release("c")
        #expect(pool.release("a") == ["lend a to 3"])
        #expect(pool.acquire(5, tenant: acme) == [])
        _ = pool.pass(.seconds(30))
        let timeout = try #require(pool.timeouts[5])
        #expect(timeout.tenant.0 == acme && timeout.tenant.inUse == 2 && timeout.tenant.limit == 2)
        #expect(timeout.maximum == 4)
    }

    @Test func aTenantMayAlwaysHoldOne() {
        var pool = PoolBench(maximum: 2) { $0.tenantShare = 0.01 }
        #expect(pool.acquire(1, tenant: PoolTenant("acme")) == ["connect"])
        #expect(pool.connected("a") == ["lend a to 1"])
        #expect(pool.acquire(2, tenant: PoolTenant("acme")) == [])
    }

    @Test func whatIsDoneForNobodyIsNotLimited() {
        var pool = PoolBench(maximum: 4) { $0.tenantShare = 0.25 }
        for waiter in 1...4 { #expect(pool.acquire(waiter) == ["connect"]) }
        for name in ["a", "b", "c", "d"] { #expect(pool.connected(name).count == 1) }
    }

    @Test func aTenantAtItsShareDoesNotHoldUpTheOthers() {
        var pool = PoolBench.lending(["a"], maximum: 2, tenant: PoolTenant("acme")) { $0.tenantShare = 0.5 }
        #expect(pool.acquire(1, tenant: PoolTenant("acme")) == [])
        #expect(pool.acquire(2, tenant: PoolTenant("other")) == ["connect"])
        #expect(pool.connected("b") == ["lend b to 2"])
        #expect(pool.acquire(3) == [])
        #expect(pool.release("b") == ["lend b to 3"])
        #expect(pool.release("b") == [])
        #expect(pool.release("a") == ["lend a to 1"])
    }

    /// A table that kept each name, or looked through all of them for each turn, would take minutes here.
    @Test func manyTenantsCostNoMore() {
        var pool = PoolBench.lending(["a"], maximum: 1)
        let count = 20_000
        for waiter in 0..<count { _ = pool.acquire(waiter, tenant: PoolTenant("\(waiter)")) }
        #expect(order(&pool, count) == Array(0..<count))
        for waiter in 0..<count { _ = pool.acquire(waiter, tenant: PoolTenant("\(waiter)")) }
        #expect((0..<count).allSatisfy { pool.cancel($0) == $0 })
        #expect(pool.release("a") == [])
    }
}
