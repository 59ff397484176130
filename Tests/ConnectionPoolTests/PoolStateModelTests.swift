import ConnectionPool
import SeededRandom
import Testing

/// Everybody around a pool: who holds, who opens, who waits; and what the pool owes to each.
private struct OldPoolModel {
    let maximum: Int
    var pool: PoolState<Int, Int>
    var idle: [Int] = []
    var lent: [Int] = []
    var opening = 0
    var waiting: [Int] = []
    var isShutDown = false
    var nextConnection = 0
    var nextWaiter = 0
    var served: Set<Int> = []

    init(maximum: Int) {
        self.maximum = maximum
        pool = PoolState(maximum: maximum)
    }

    /// Does one random event; a sentence when the pool broke a promise.
    mutating func step(_ generator: inout SeededGenerator) -> String? {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<40: acquire()
        case 40..<55: opening > 0 ? opened() : nil
        case 55..<62: opening > 0 ? openingFailed() : nil
        case 62..<80: lent.isEmpty ? nil : release(lent.remove(at: .random(in: lent.indices, using: &generator)))
        case 80..<88: lent.isEmpty ? nil : discard(lent.remove(at: .random(in: lent.indices, using: &generator)))
        case 88..<99: waiting.randomElement(using: &generator).flatMap { abandon($0) }
        default: Int.random(in: 0..<4, using: &generator) == 0 ? shutDown() : nil
        }
    }

    private mutating func acquire() -> String? {
        let id = nextWaiter
        nextWaiter += 1
        switch pool.acquire(id: id, waiter: id) {
        case .refuse: return isShutDown ? nil : "refused while open"
        case .lend(let connection):
            if isShutDown { return "lent after the end" }
            guard connection == idle.popLast() else { return "lent \(connection), not the last that came back" }
            lent.append(connection)
        case .connect:
            if isShutDown || !idle.isEmpty || !waiting.isEmpty { return "opens without need" }
            opening += 1
        case .wait:
            if isShutDown || !idle.isEmpty || opening + lent.count < maximum { return "waits without need" }
            waiting.append(id)
        }
        return nil
    }

    private mutating func opened() -> String? {
        opening -= 1
        lent.append(nextConnection)
        nextConnection += 1
        guard pool.connected() else {
            guard isShutDown, let late = lent.popLast() else { return "refuses a connection while open" }
            return discard(late)
        }
        return isShutDown ? "takes a connection after the end" : nil
    }

    private mutating func openingFailed() -> String? {
        opening -= 1
        return place(pool.connectFailed())
    }

    private mutating func discard(_ connection: Int) -> String? { place(pool.discarded()) }

    /// A place became free: it belongs to the first waiter.
    private mutating func place(_ handover: PoolState<Int, Int>.Handover) -> String? {
        switch handover {
        case .lend: return "lends what was closed"
        case .connect(let waiter):
            opening += 1
            return serve(waiter)
        case .none: return waiting.isEmpty ? nil : "leaves a waiter beside a free place"
        }
    }

    private mutating func release(_ connection: Int) -> String? {
        switch pool.release(connection) {
        case nil: return isShutDown ? nil : "closes a good connection"
        case .lend(let lentOut, let waiter)?:
            if isShutDown || lentOut != connection { return "lends something else" }
            lent.append(connection)
            return serve(waiter)
        case .connect?: return "opens beside a good connection"
        case PoolState<Int, Int>.Handover.none?:
            if isShutDown || !waiting.isEmpty { return "parks a connection beside a waiter" }
            idle.append(connection)
            return nil
        }
    }

    private mutating func serve(_ waiter: Int) -> String? {
        guard waiter == waiting.first else { return "serves \(waiter) before \(waiting.first ?? -1)" }
        waiting.removeFirst()
        return served.insert(waiter).inserted ? nil : "serves \(waiter) twice"
    }

    private mutating func abandon(_ waiter: Int) -> String? {
        waiting.removeAll { $0 == waiter }
        guard pool.abandon(id: waiter) == waiter else { return "does not know the waiter \(waiter)" }
        return pool.abandon(id: waiter) == nil ? nil : "knows \(waiter) after it left"
    }

    mutating func shutDown() -> String? {
        let (closed, told) = pool.shutDown()
        defer { (idle, waiting, isShutDown) = ([], [], true) }
        return closed == idle && told == waiting ? nil : "loses something at the end"
    }

    /// What must hold after every event.
    var brokenPromise: String? {
        if pool.openCount > maximum { return "has \(pool.openCount) of \(maximum)" }
        if pool.openCount != idle.count + lent.count + opening { return "miscounts the open ones" }
        if pool.lentCount != lent.count { return "miscounts the lent ones" }
        if pool.waitingCount != waiting.count { return "miscounts those who wait" }
        if !waiting.isEmpty, pool.openCount < maximum || !idle.isEmpty { return "lets someone wait for nothing" }
        return nil
    }

    /// Brings everything back in order; at the end nobody may wait and nothing be lent.
    mutating func drain(_ generator: inout SeededGenerator) -> String? {
        while opening > 0 || !lent.isEmpty {
            let problem =
                opening > 0
                ? (Bool.random(using: &generator) ? opened() : openingFailed()) : release(lent.removeLast())
            if let problem = problem ?? brokenPromise { return problem }
        }
        return waiting.isEmpty ? nil : "forgot \(waiting)"
    }
}

@Suite("A pool in random use")
struct PoolStateModelTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func keepsItsPromises(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for run in 0..<5_500 {
            var model = OldPoolModel(maximum: Int.random(in: 1...4, using: &generator))
            for event in 0..<Int.random(in: 40...60, using: &generator) {
                if let problem = model.step(&generator) ?? model.brokenPromise {
                    Issue.record("seed \(seed), run \(run), event \(event): the pool \(problem)")
                    return
                }
            }
            if let problem = model.drain(&generator) {
                Issue.record("seed \(seed), run \(run), at the end: the pool \(problem)")
                return
            }
        }
    }
}
