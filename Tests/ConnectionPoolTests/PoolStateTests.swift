import ConnectionPool
import Testing

/// A pool whose connections are letters and whose waiters are numbers.
typealias Pool = PoolState<String, Int>

@Suite("A pool")
struct PoolStateTests {
    /// A pool that lends these connections.
    private func pool(maximum: Int, lent: Int = 0) -> Pool {
        var pool = Pool(maximum: maximum)
        for id in 0..<lent {
            #expect(Step(pool.acquire(id: -id - 1, waiter: 0)) == .connect)
            #expect(pool.connected() == true)
        }
        return pool
    }

    @Test(arguments: [1, 2, 10]) func opensUpToItsMaximum(maximum: Int) {
        var pool = Pool(maximum: maximum)
        for id in 1...maximum { #expect(Step(pool.acquire(id: id, waiter: id)) == .connect) }
        #expect(Step(pool.acquire(id: 99, waiter: 99)) == .wait)
        #expect(pool.openCount == maximum && pool.lentCount == 0 && pool.waitingCount == 1)
    }

    @Test(arguments: [0, -1, .min]) func hasRoomForOneAtLeast(maximum: Int) {
        var pool = Pool(maximum: maximum)
        #expect(Step(pool.acquire(id: 1, waiter: 1)) == .connect)
        #expect(Step(pool.acquire(id: 2, waiter: 2)) == .wait)
    }

    @Test func lendsTheConnectionThatCameBackLast() {
        var pool = pool(maximum: 3, lent: 3)
        for name in ["a", "b", "c"] { #expect(Step(pool.release(name)) == .nothing) }
        #expect(pool.openCount == 3 && pool.lentCount == 0)
        #expect(Step(pool.acquire(id: 1, waiter: 1)) == .lend("c", nil))
        #expect(Step(pool.acquire(id: 2, waiter: 2)) == .lend("b", nil))
        #expect(Step(pool.release("b")) == .nothing)
        #expect(Step(pool.acquire(id: 3, waiter: 3)) == .lend("b", nil))
        #expect(Step(pool.acquire(id: 4, waiter: 4)) == .lend("a", nil))
    }

    @Test func givesUpItsIdleConnectionsAndTheirPlaces() {
        var pool = pool(maximum: 2, lent: 2)
        _ = pool.release("a")
        #expect(pool.removeIdle() == ["a"])
        #expect(pool.removeIdle().isEmpty)
        #expect(pool.openCount == 1 && pool.lentCount == 1)
        #expect(Step(pool.acquire(id: 1, waiter: 1)) == .connect)
        #expect(Step(pool.acquire(id: 2, waiter: 2)) == .wait)
    }

    @Test func servesWaitersInTheOrderTheyCame() {
        var pool = pool(maximum: 1, lent: 1)
        for id in 1...3 { #expect(Step(pool.acquire(id: id, waiter: id)) == .wait) }
        #expect(Step(pool.release("a")) == .lend("a", 1))
        #expect(Step(pool.release("a")) == .lend("a", 2))
        #expect(pool.lentCount == 1 && pool.waitingCount == 1)
        #expect(Step(pool.release("a")) == .lend("a", 3))
        #expect(Step(pool.release("a")) == .nothing)
    }

    @Test func letsAWaiterOpenInThePlaceOfAClosedConnection() {
        var pool = pool(maximum: 2, lent: 2)
        #expect(Step(pool.acquire(id: 1, waiter: 1)) == .wait)
        #expect(Step(pool.discarded()) == .connectFor(1))
        #expect(pool.openCount == 2)
        #expect(pool.connected() == true)
        #expect(Step(pool.discarded()) == .nothing)
        #expect(pool.openCount == 1)
    }

    @Test func passesTheTurnOnWhenOpeningFails() {
        var pool = Pool(maximum: 1)
        #expect(Step(pool.acquire(id: 1, waiter: 1)) == .connect)
        #expect(Step(pool.acquire(id: 2, waiter: 2)) == .wait)
        #expect(Step(pool.acquire(id: 3, waiter: 3)) == .wait)
        #expect(Step(pool.connectFailed()) == .connectFor(2))
        #expect(Step(pool.connectFailed()) == .connectFor(3))
        #expect(Step(pool.connectFailed()) == .nothing)
        #expect(pool.openCount == 0)
        #expect(Step(pool.acquire(id: 4, waiter: 4)) == .connect)
    }

    @Test func forgetsAWaiterThatGivesUp() {
        var pool = pool(maximum: 1, lent: 1)
        for id in 1...3 { #expect(Step(pool.acquire(id: id, waiter: id * 10)) == .wait) }
        #expect(pool.abandon(id: 2) == 20)
        #expect(pool.abandon(id: 2) == nil)
        #expect(pool.abandon(id: 77) == nil)
        #expect(Step(pool.release("a")) == .lend("a", 10))
        #expect(pool.abandon(id: 1) == nil)
        #expect(Step(pool.release("a")) == .lend("a", 30))
    }

    @Test func makesAWaiterOnlyWhenOneWaits() {
        var pool = Pool(maximum: 1)
        var made = 0
        func waiter() -> Int {
            made += 1
            return made
        }
        _ = pool.acquire(id: 1, waiter: waiter())
        #expect(made == 0)
        _ = pool.acquire(id: 2, waiter: waiter())
        #expect(made == 1)
    }

    @Test func handsOverEverythingWhenItIsShutDown() {
        var pool = pool(maximum: 3, lent: 3)
        #expect(Step(pool.release("a")) == .nothing)
        let first = pool.shutDown()
        #expect(first.idle == ["a"] && first.waiters.isEmpty)
        #expect(pool.openCount == 2)
        let second = pool.shutDown()
        #expect(second.idle.isEmpty && second.waiters.isEmpty)
    }

    @Test func tellsAllWaitersWhenItIsShutDown() {
        var pool = pool(maximum: 1, lent: 1)
        for id in 1...3 { #expect(Step(pool.acquire(id: id, waiter: id)) == .wait) }
        #expect(pool.shutDown().waiters == [1, 2, 3])
        #expect(pool.waitingCount == 0)
        #expect(pool.abandon(id: 1) == nil)
    }

    @Test func lendsNothingAfterItWasShutDown() {
        var pool = pool(maximum: 3, lent: 2)
        #expect(Step(pool.acquire(id: 1, waiter: 1)) == .connect)
        _ = pool.shutDown()
        #expect(Step(pool.acquire(id: 2, waiter: 2)) == .refuse)
        // A connection that comes back is closed, one that was opened too late as well.
        #expect(Step(pool.release("a")) == .close)
        #expect(pool.connected() == false)
        #expect(Step(pool.discarded()) == .nothing)
        #expect(Step(pool.discarded()) == .nothing)
        #expect(pool.openCount == 0)
    }
}

/// What the pool answered, in one comparable type.
enum Step: Hashable {
    case lend(String, Int?)
    case connect
    case connectFor(Int)
    case wait
    case refuse
    case nothing
    case close

    init(_ acquisition: Pool.Acquisition) {
        switch acquisition {
        case .lend(let connection): self = .lend(connection, nil)
        case .connect: self = .connect
        case .wait: self = .wait
        case .refuse: self = .refuse
        }
    }

    init(_ handover: Pool.Handover?) {
        switch handover {
        case .lend(let connection, let waiter): self = .lend(connection, waiter)
        case .connect(let waiter): self = .connectFor(waiter)
        case Pool.Handover.none?: self = .nothing
        case nil: self = .close
        }
    }
}
