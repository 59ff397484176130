import ConnectionPool
import SeededRandom

/// An instant on a clock that the test turns.
struct TestInstant: InstantProtocol {
    var offset = Duration.zero

    func advanced(by duration: Duration) -> TestInstant { TestInstant(offset: offset + duration) }
    func duration(to other: TestInstant) -> Duration { other.offset - offset }
    static func < (a: TestInstant, b: TestInstant) -> Bool { a.offset < b.offset }
}

/// Random numbers that are all the least or all the greatest.
struct ConstantGenerator: RandomNumberGenerator {
    let value: UInt64
    mutating func next() -> UInt64 { value }
}

/// A pool whose connections are letters, whose waiters are numbers and whose failures are words.
typealias TestPool = PoolStateMachine<TestInstant, String, Int, String>

/// A pool on the test bench: its clock is turned by hand, and its actions are read as short sentences.
struct PoolBench {
    var pool: TestPool
    private(set) var now = TestInstant()
    private(set) var attempts: [PoolConnectionID] = []
    private(set) var leases: [String: PoolLeaseID] = [:]
    private(set) var checks: [String: PoolConnectionID] = [:]
    private(set) var validations: [String: Bool] = [:]
    private(set) var timeouts: [Int: PoolTimeout<String>] = [:]
    private(set) var requests: [Int: PoolRequestID] = [:]
    var random = ConstantGenerator(value: 0)

    /// A pool without time limits, so that each test turns on what it is about.
    init(minimum: Int = 0, maximum: Int, _ configure: (inout PoolConfiguration) -> Void = { _ in }) {
        var configuration = PoolConfiguration(minimum: minimum, maximum: maximum)
        configuration.acquireTimeout = nil
        configuration.idleTimeout = nil
        configuration.maximumLifetime = nil
        configuration.validationInterval = nil
        configuration.blockingPeriod = nil
        configure(&configuration)
        pool = TestPool(configuration, at: now)
    }

    /// A pool in which these connections are lent.
    static func lending(
        _ names: [String], minimum: Int = 0, maximum: Int, tenant: PoolTenant = .default,
        _ configure: (inout PoolConfiguration) -> Void = { _ in }
    ) -> PoolBench {
        var bench = PoolBench(minimum: minimum, maximum: maximum, configure)
        for (index, name) in names.enumerated() {
            _ = bench.acquire(-index - 1, tenant: tenant)
            _ = bench.connected(name)
        }
        return bench
    }

    // MARK: Events

    mutating func tryAcquire(tenant: PoolTenant = .default) -> String? {
        guard let lease = pool.tryAcquire(for: PoolBorrower(tenant: tenant), at: now) else { return nil }
        leases[lease.connection] = lease.id
        validations[lease.connection] = lease.needsValidation
        return lease.connection
    }

    mutating func acquire(
        _ waiter: Int, tenant: PoolTenant = .default, line: Int? = nil, limit: Duration? = nil,
        isReplacement: Bool = false
    ) -> [String] {
        let id = pool.makeRequestID()
        requests[waiter] = id
        let location = line.map { PoolSourceLocation(fileID: "Shop/Orders.swift", line: $0) }
        return read(
            pool.acquire(
                id, waiter, for: PoolBorrower(tenant: tenant, location: location), at: now, limit: limit,
                isReplacement: isReplacement))
    }

    mutating func cancel(_ waiter: Int) -> Int? { requests[waiter].flatMap { pool.cancel($0) } }

    /// The attempt that began first leads to a connection.
    mutating func connected(_ name: String, expiresAfter: Duration? = nil) -> [String] {
        connected(attempts.removeFirst(), name, expiresAfter: expiresAfter)
    }

    mutating func connected(_ id: PoolConnectionID, _ name: String, expiresAfter: Duration? = nil) -> [String] {
        read(pool.connected(id, name, expiresAt: expiresAfter.map { now.advanced(by: $0) }, at: now, using: &random))
    }

    /// The attempt that began first fails.
    mutating func connectFailed(_ failure: String = "down") -> [String] {
        read(pool.connectFailed(attempts.removeFirst(), failure, at: now))
    }

    /// The attempt that began first fails for those who wait, but does not end.
    mutating func connectAbandoned(_ failure: String = "slow") -> (id: PoolConnectionID, actions: [String]) {
        let id = attempts.removeFirst()
        return (id, read(pool.connectFailed(id, failure, at: now, isOver: false)))
    }

    mutating func attemptEnded(_ id: PoolConnectionID) -> [String] { read(pool.attemptEnded(id, at: now)) }

    mutating func release(_ name: String) -> [String] { end(name) { $0.release($1, at: $2) } }
    mutating func discard(_ name: String) -> [String] { end(name) { $0.discard($1, at: $2) } }
    mutating func failedValidation(_ name: String) -> [String] { end(name) { $0.failedValidation($1, at: $2) } }

    mutating func checked(_ name: String, isAlive: Bool) -> [String] {
        guard let id = checks.removeValue(forKey: name) else { return ["\(name) is not checked"] }
        return read(pool.checked(id, isAlive: isAlive, at: now))
    }

    mutating func clear() -> [String] { read(pool.clear(at: now)) }

    mutating func shutDown(after limit: Duration? = nil) -> [String] {
        read(pool.shutDown(at: now, deadline: limit.map { now.advanced(by: $0) }))
    }

    /// Time passes, and the timer comes up at its end.
    mutating func pass(_ duration: Duration) -> [String] {
        wait(duration)
        return read(pool.tick(now))
    }

    /// Time passes without a timer.
    mutating func wait(_ duration: Duration) { now = now.advanced(by: duration) }

    /// How long until the pool wants to be called.
    var untilWakeUp: Duration? {
        mutating get { pool.nextWakeUp().map { now.duration(to: $0) } }
    }

    private mutating func end(
        _ name: String, _ event: (inout TestPool, PoolLeaseID, TestInstant) -> [TestPool.Action]
    ) -> [String] {
        guard let id = leases.removeValue(forKey: name) else { return ["\(name) is not lent"] }
        return read(event(&pool, id, now))
    }

    // MARK: Actions

    private mutating func read(_ actions: [TestPool.Action]) -> [String] { actions.map { read($0) } }

    private mutating func read(_ action: TestPool.Action) -> String {
        switch action {
        case .lend(let lease, let waiter):
            leases[lease.connection] = lease.id
            validations[lease.connection] = lease.needsValidation
            return "lend \(lease.connection) to \(waiter)"
        case .fail(let waiter, .timedOut(let timeout)):
            timeouts[waiter] = timeout
            return "time out \(waiter)"
        case .fail(let waiter, .connectFailed(let failure)): return "fail \(waiter): \(failure ?? "expired")"
        case .fail(let waiter, .shutDown): return "refuse \(waiter)"
        case .connect(let id):
            attempts.append(id)
            return "connect"
        case .close(let connection, let reason): return "close \(connection): \(reason)"
        case .check(let id, let connection):
            checks[connection] = id
            return "check \(connection)"
        case .warnOfLeak(let holder):
            let place = holder.borrower.location.map { "\($0)" } ?? "unknown"
            return "leak at \(place) for \(holder.held)"
        case .drained: return "drained"
        }
    }
}
