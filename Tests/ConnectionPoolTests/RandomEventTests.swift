import ConnectionPool
import SeededRandom
import Testing

extension PoolModel {
    /// A pool with random limits.
    static func random(_ random: inout SeededGenerator) -> PoolModel {
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        let maximum = Int.random(in: 1...4, using: &random)
        var configuration = PoolConfiguration(
            minimum: max(0, .random(in: -2...maximum, using: &random)), maximum: maximum)
        configuration.maximumConnecting = .random(in: 1...3, using: &random)
        configuration.acquireTimeout = maybe(.seconds(10))
        configuration.idleTimeout = maybe(.seconds(20))
        configuration.maximumLifetime = maybe(.seconds(60))
        configuration.lifetimeJitter = 0
        configuration.validationInterval = maybe(.seconds(5))
        configuration.keepAliveInterval = maybe(.seconds(7))
        configuration.leakThreshold = maybe(.seconds(9))
        configuration.blockingPeriod = maybe(.standard)
        configuration.tenantShare = Bool.random(using: &random) ? 0.5 : 1
        return PoolModel(configuration)
    }

    /// Does one random event.
    mutating func step(_ random: inout SeededGenerator) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<28: acquire(&random)
        case 28..<35: tryAcquire(&random)
        case 35..<50: connected(&random)
        case 50..<55: connectFailed(&random)
        case 55..<57: if let id = abandoned.popLast() { follow(pool.attemptEnded(id, at: now)) }
        case 57..<75: endLease(&random) { $0.release($1, at: $2) }
        case 75..<79: endLease(&random) { $0.discard($1, at: $2) }
        case 79..<81: replace(&random)
        case 81..<85: cancel(&random)
        case 85..<91: pass(.seconds(.random(in: 0...12, using: &random)))
        case 91..<95: passToWakeUp()
        case 95..<97: checked(&random)
        case 97: clear()
        case 98: endTwice(&random)
        default: if Int.random(in: 0..<4, using: &random) == 0 { shutDown(&random) }
        }
    }

    private mutating func acquire(_ random: inout SeededGenerator, isReplacement: Bool = false) {
        lastWaiter += 1
        let tenant = Int.random(in: 0..<3, using: &random)
        let limit: Duration? = Int.random(in: 0..<4, using: &random) == 0 ? .seconds(3) : nil
        let id = pool.makeRequestID()
        requests[lastWaiter] = id
        let deadline = (limit ?? configuration.acquireTimeout).map { now.advanced(by: $0) }
        let waiter = Waiter(number: lastWaiter, tenant: tenant, deadline: deadline)
        waiting.insert(waiter, at: isReplacement ? 0 : waiting.endIndex)
        waitingCounts[tenant] += 1
        follow(
            pool.acquire(
                id, lastWaiter, for: PoolBorrower(tenant: Self.tenants[tenant]), at: now, limit: limit,
                isReplacement: isReplacement))
    }

    private mutating func tryAcquire(_ random: inout SeededGenerator) {
        let tenant = Int.random(in: 0..<3, using: &random)
        guard let lease = pool.tryAcquire(for: PoolBorrower(tenant: Self.tenants[tenant]), at: now) else {
            if let last = idle.last, !isOver(last), tenant == 0 || lentCounts[tenant] < limit {
                fail("does not lend \(last)")
            }
            return
        }
        lend(lease, to: tenant)
        follow([])
    }

    private mutating func connected(_ random: inout SeededGenerator, isHealthy: Bool = false) {
        guard !attempts.isEmpty else { return }
        let attempt = attempts.remove(at: .random(in: attempts.indices, using: &random))
        lastConnection += 1
        let seconds = Int.random(in: isHealthy ? 100...100 : 0...40, using: &random)
        let expiry: TestInstant? = isHealthy || seconds > 20 ? nil : now.advanced(by: .seconds(seconds))
        born[lastConnection] = (now, expiry, attempt.clears)
        lastUse[lastConnection] = now
        failures = isOver(lastConnection) ? failures + 1 : 0
        let actions = pool.connected(attempt.id, lastConnection, expiresAt: expiry, at: now, using: &random)
        follow(actions, returning: lastConnection)
    }

    private mutating func connectFailed(_ random: inout SeededGenerator) {
        guard !attempts.isEmpty else { return }
        let attempt = attempts.remove(at: .random(in: attempts.indices, using: &random))
        let isOver = Bool.random(using: &random)
        if !isOver { abandoned.append(attempt.id) }
        failures += 1
        follow(pool.connectFailed(attempt.id, failures, at: now, isOver: isOver))
    }

    private mutating func endLease(
        _ random: inout SeededGenerator, _ event: (inout Pool, PoolLeaseID, TestInstant) -> [Pool.Action]
    ) {
        guard let connection = lent.keys.sorted().randomElement(using: &random),
            let held = lent.removeValue(forKey: connection)
        else { return }
        ended.append(held.id)
        lentCounts[held.tenant] -= 1
        let before = pool.statistics.totals.discards
        let actions = event(&pool, held.id, now)
        lastUse[connection] = now
        if pool.statistics.totals.discards > before {
            born[connection] = nil
            follow(actions)
        } else {
            follow(actions, returning: connection)
        }
    }

    /// A dead connection is replaced, in front of everyone.
    private mutating func replace(_ random: inout SeededGenerator) {
        guard !lent.isEmpty else { return }
        endLease(&random) { $0.failedValidation($1, at: $2) }
        if !idle.isEmpty { fail("keeps what lies beside a dead connection") }
        acquire(&random, isReplacement: true)
    }

    private mutating func cancel(_ random: inout SeededGenerator) {
        guard let index = waiting.indices.randomElement(using: &random) else { return }
        let waiter = waiting.remove(at: index)
        waitingCounts[waiter.tenant] -= 1
        guard let id = requests[waiter.number], pool.cancel(id) == waiter.number else {
            return fail("does not know \(waiter.number)")
        }
        if pool.cancel(id) != nil { fail("cancels \(waiter.number) twice") }
        follow([])
    }

    private mutating func pass(_ duration: Duration) {
        now = now.advanced(by: duration)
        follow(pool.tick(now))
        if let next = pool.nextWakeUp(), next <= now { fail("wants to be woken at once, again") }
    }

    private mutating func passToWakeUp() {
        guard let next = pool.nextWakeUp() else { return }
        pass(max(.zero, now.duration(to: next)))
    }

    private mutating func checked(_ random: inout SeededGenerator) {
        guard let connection = checking.keys.sorted().randomElement(using: &random),
            let id = checking.removeValue(forKey: connection)
        else { return }
        follow(pool.checked(id, isAlive: .random(using: &random), at: now), returning: connection)
    }

    private mutating func clear() {
        clears += 1
        failures = 0
        follow(pool.clear(at: now))
        if !idle.isEmpty { fail("keeps what was cleared") }
    }

    /// Someone gives back what they no longer have.
    private mutating func endTwice(_ random: inout SeededGenerator) {
        guard let id = ended.randomElement(using: &random) else { return }
        if !pool.release(id, at: now).isEmpty || !pool.discard(id, at: now).isEmpty { fail("ends a lease twice") }
        follow([])
    }

    private mutating func shutDown(_ random: inout SeededGenerator) {
        isShutDown = true
        let limit: Duration? = Bool.random(using: &random) ? .seconds(5) : nil
        deadline = limit.map { now.advanced(by: $0) } ?? deadline
        follow(pool.shutDown(at: now, deadline: deadline))
        if !waiting.isEmpty || !idle.isEmpty { fail("keeps something after the end") }
    }

    /// Brings everything to its end without a fault: then nobody waits, and the pool is drained.
    mutating func drain(_ random: inout SeededGenerator) {
        var events = 0
        while problem == nil, events < 1_000,
            !(attempts.isEmpty && lent.isEmpty && abandoned.isEmpty && waiting.isEmpty)
        {
            events += 1
            if !attempts.isEmpty {
                connected(&random, isHealthy: true)
            } else if let id = abandoned.popLast() {
                follow(pool.attemptEnded(id, at: now))
            } else if !checking.isEmpty {
                checked(&random)
            } else if !lent.isEmpty {
                endLease(&random) { $0.release($1, at: $2) }
            } else {
                // A blocking period.
                pass(.seconds(1))
            }
        }
        if !waiting.isEmpty { fail("forgot \(waiting.map(\.number))") }
        while problem == nil, !checking.isEmpty { checked(&random) }
        if !isShutDown { shutDown(&random) }
        while problem == nil, !attempts.isEmpty { connected(&random, isHealthy: true) }
        if !isDrained { fail("is not drained") }
    }
}

@Suite("A pool in random use")
struct RandomEventTests {
    /// 25,000 sequences for each seed: from each of 1,250 states, which up to 40 random events lead to, 20 ways to go on.
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func keepsItsPromises(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var sequences = 0
        for run in 0..<1_250 {
            var origin = PoolModel.random(&random)
            for _ in 0..<Int.random(in: 4...40, using: &random) where origin.problem == nil { origin.step(&random) }
            for branch in 0..<20 {
                var model = origin
                for _ in 0..<4 where model.problem == nil { model.step(&random) }
                if branch % 5 == 0 { model.drain(&random) }
                if let problem = model.problem {
                    Issue.record("seed \(seed), run \(run), branch \(branch): the pool \(problem)")
                    return
                }
                sequences += 1
            }
        }
        #expect(sequences == 25_000)
    }
}
