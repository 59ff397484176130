import ConnectionPool

/// Everybody around a pool, in the simplest form: who holds, opens, checks and waits; and what the pool owes to each.
///
/// It follows the pool's actions and finds the ones that break a promise. `problem` is the first of these.
struct PoolModel {
    typealias Pool = PoolStateMachine<TestInstant, Int, Int, Int>

    /// A connection and what is known of it.
    struct Held {
        let id: PoolLeaseID
        let tenant: Int
    }

    struct Waiter {
        let number: Int
        let tenant: Int
        let deadline: TestInstant?
    }

    let configuration: PoolConfiguration
    /// The most connections that one tenant may hold.
    let limit: Int
    var pool: Pool
    var now = TestInstant()
    /// Attempts, with how often the pool had been cleared when they began.
    var attempts: [(id: PoolConnectionID, clears: Int)] = []
    var abandoned: [PoolConnectionID] = []
    /// In the order of their last use.
    var idle: [Int] = []
    var lent: [Int: Held] = [:]
    var checking: [Int: PoolConnectionID] = [:]
    var lastUse: [Int: TestInstant] = [:]
    var born: [Int: (at: TestInstant, expiry: TestInstant?, clears: Int)] = [:]
    var ended: [PoolLeaseID] = []
    var waiting: [Waiter] = []
    var waitingCounts = [0, 0, 0]
    var lentCounts = [0, 0, 0]
    var requests: [Int: PoolRequestID] = [:]
    var clears = 0
    var failures = 0
    var isShutDown = false
    var deadline: TestInstant?
    var isDrained = false
    var lastConnection = 0
    var lastWaiter = 0
    var turns = TurnModel()
    var problem: String?

    init(_ configuration: PoolConfiguration) {
        self.configuration = configuration
        limit = max(1, Int(Double(configuration.maximum) * configuration.tenantShare))
        pool = Pool(configuration, at: now)
    }

    /// Nobody in particular, and two tenants of different weights.
    static let tenants = [PoolTenant.default, PoolTenant("a"), PoolTenant("b", weight: 3)]

    var open: Int { idle.count + lent.count + checking.count + attempts.count + abandoned.count }

    /// How many of a tenant's waiters may have a connection.
    func servable(_ tenant: Int) -> Int {
        tenant == 0 ? waitingCounts[0] : min(waitingCounts[tenant], max(0, limit - lentCounts[tenant]))
    }

    var servable: Int { servable(0) + servable(1) + servable(2) }

    func isOver(_ connection: Int) -> Bool {
        guard let born = born[connection] else { return true }
        if let expiry = born.expiry, expiry <= now { return true }
        return configuration.maximumLifetime.map { born.at.advanced(by: $0) <= now } ?? false
    }

    mutating func fail(_ text: String) { if problem == nil { problem = text } }

    // MARK: What the pool does

    /// Follows the actions of an event, and looks at what must hold after it.
    ///
    /// - Parameters:
    ///   - actions: What the pool wants done.
    ///   - returning: A connection that the event may close or lend because it has just come.
    mutating func follow(_ actions: [Pool.Action], returning: Int? = nil) {
        var returning = returning
        if let connection = returning, isKept(connection, actions) {
            park(connection)
            returning = nil
        }
        noteTurns()
        for action in actions {
            switch action {
            case .lend(let lease, let waiter): serve(lease, waiter)
            case .fail(let waiter, let reason): refuse(waiter, reason)
            case .connect(let id): begin(id)
            case .close(let connection, let reason):
                if connection == returning { returning = nil } else { remove(connection, reason) }
                born[connection] = nil
            case .check(let id, let connection):
                guard let index = idle.firstIndex(of: connection) else { return fail("checks \(connection), not idle") }
                idle.remove(at: index)
                checking[connection] = id
            case .warnOfLeak(let holder):
                if let threshold = configuration.leakThreshold, holder.held >= threshold { continue }
                fail("warns of a short lease")
            case .drained:
                if let deadline, deadline <= now { (attempts, abandoned) = ([], []) }
                if !isShutDown || isDrained || open > 0 { fail("is drained while something is open") }
                isDrained = true
            }
            noteTurns()
        }
        if let returning { fail("loses \(returning)") }
        checkState()
    }

    /// Whether a connection that has come stays in the pool, as far as the first actions tell.
    private func isKept(_ connection: Int, _ actions: [Pool.Action]) -> Bool {
        !actions.contains {
            if case .close(connection, let reason) = $0 { return reason != .idle }
            return false
        }
    }

    mutating func park(_ connection: Int) {
        guard let use = lastUse[connection] else { return fail("parks the unknown \(connection)") }
        let index = idle.firstIndex { lastUse[$0].map { $0 > use } ?? false } ?? idle.endIndex
        idle.insert(connection, at: index)
    }

    mutating func lend(_ lease: PoolLease<Int>, to tenant: Int) {
        let connection = lease.connection
        guard connection == idle.popLast() else { return fail("lends \(connection), not the one used last") }
        guard let origin = born[connection], origin.clears == clears, !isOver(connection), !isShutDown else {
            return fail("lends \(connection), which is over")
        }
        lent[connection] = Held(id: lease.id, tenant: tenant)
        lentCounts[tenant] += 1
        if tenant > 0, lentCounts[tenant] > limit { fail("lends too many to \(tenant)") }
    }

    private mutating func serve(_ lease: PoolLease<Int>, _ number: Int) {
        if let tenant = waiting.first(where: { $0.number == number })?.tenant,
            waiting.first(where: { $0.tenant == tenant })?.number != number
        {
            fail("serves \(number) before others of its tenant")
        }
        guard let waiter = answer(number) else { return }
        turns.serve(waiter.tenant)
        lend(lease, to: waiter.tenant)
    }

    /// Takes a waiter out, who must be the first of its tenant.
    private mutating func answer(_ number: Int) -> Waiter? {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else {
            fail("answers \(number), who does not wait")
            return nil
        }
        waitingCounts[waiting[index].tenant] -= 1
        return waiting.remove(at: index)
    }

    private mutating func refuse(_ number: Int, _ reason: PoolRefusal<Int>) {
        let tenant = waiting.first { $0.number == number }?.tenant
        let isFirst = waiting.first { $0.tenant == tenant }?.number == number
        guard let waiter = answer(number) else { return }
        switch reason {
        case .timedOut(let timeout):
            guard let deadline = waiter.deadline, deadline <= now else { return fail("times \(number) out too early") }
            if timeout.maximum != configuration.maximum || timeout.inUse != lent.count { fail("tells wrong facts") }
        case .connectFailed:
            if failures == 0 { fail("tells \(number) of a failure that nobody had") }
            guard configuration.blockingPeriod != nil else {
                if !isFirst { fail("tells \(number) of a failure before others of its tenant") }
                return turns.serve(waiter.tenant)
            }
            if idle.count + lent.count + checking.count + attempts.count > 0 {
                fail("refuses \(number), who has hope")
            }
        case .shutDown: if !isShutDown { fail("refuses \(number) while open") }
        }
    }

    private mutating func begin(_ id: PoolConnectionID) {
        if isShutDown { fail("opens after the end") }
        if servable <= attempts.count, open >= configuration.minimum { fail("opens without need") }
        attempts.append((id, clears))
        if open > configuration.maximum { fail("opens \(open) of \(configuration.maximum)") }
        if attempts.count + abandoned.count > configuration.maximumConnecting { fail("opens too many at a time") }
    }

    /// A connection that was in the pool is closed.
    private mutating func remove(_ connection: Int, _ reason: PoolCloseReason) {
        if let index = idle.firstIndex(of: connection) {
            idle.remove(at: index)
            let isRightful =
                switch reason {
                case .idle:
                    lastUse[connection].map { use in
                        configuration.idleTimeout.map { use.advanced(by: $0) <= now } ?? false
                    } ?? false
                case .retired: isOver(connection)
                case .cleared, .broken: true
                case .shutDown: isShutDown
                case .forced, .late: false
                }
            if !isRightful { fail("closes the idle \(connection): \(reason)") }
        } else if let deadline, deadline <= now, let held = lent.removeValue(forKey: connection) {
            ended.append(held.id)
            lentCounts[held.tenant] -= 1
        } else if let deadline, deadline <= now, checking.removeValue(forKey: connection) != nil {
            // It is not waited for either.
        } else {
            fail("closes \(connection), which it does not have: \(reason)")
        }
    }

    private mutating func noteTurns() {
        for tenant in 0..<3 { turns.note(tenant, isServable: servable(tenant) > 0) }
        if let unfair = turns.unfairness { fail(unfair) }
    }

    private mutating func checkState() {
        let statistics = pool.statistics
        if statistics.idle != idle.count { fail("miscounts the idle ones") }
        if statistics.inUse != lent.count { fail("miscounts the lent ones") }
        if statistics.connecting != attempts.count + abandoned.count { fail("miscounts the attempts") }
        if statistics.checking != checking.count { fail("miscounts the checks") }
        if statistics.waiting != waiting.count { fail("miscounts those who wait") }
        let totals = statistics.totals
        if totals.leases - totals.returns != lent.count { fail("loses a lease") }
        if open > configuration.maximum { fail("has \(open) of \(configuration.maximum)") }
        let servable = servable
        if servable > 0, !idle.isEmpty { fail("lets someone wait beside an idle connection") }
        // Without failures, whoever can be served has an attempt made.
        guard failures == 0, !isShutDown, abandoned.isEmpty, servable > attempts.count else { return }
        if open < configuration.maximum, attempts.count < configuration.maximumConnecting { fail("opens nothing") }
    }
}

/// Who had a turn since when: the bound of start-time fair queueing.
///
/// While two tenants wait, the connections that they get, each divided by the weight, differ by no more than one of each.
struct TurnModel {
    private static let weights = PoolModel.tenants.map { Int($0.weight) }
    /// How many turns each had since both it and another could be served.
    private var served = [Int](repeating: 0, count: 9)
    private var isServable = [false, false, false]
    private(set) var unfairness: String?

    /// A tenant can be served, or not: then it starts anew beside the others.
    mutating func note(_ tenant: Int, isServable now: Bool) {
        guard isServable[tenant] != now else { return }
        isServable[tenant] = now
        for other in 0..<3 {
            served[3 * tenant + other] = 0
            served[3 * other + tenant] = 0
        }
    }

    /// A tenant had its turn.
    mutating func serve(_ tenant: Int) {
        for other in 0..<3 where other != tenant && isServable[other] {
            served[3 * tenant + other] += 1
            let (mine, theirs) = (Self.weights[tenant], Self.weights[other])
            // mine turns / my weight - their turns / their weight <= 1 / my weight + 1 / their weight
            if served[3 * tenant + other] * theirs - served[3 * other + tenant] * mine > theirs + mine {
                unfairness = "prefers tenant \(tenant) to \(other)"
            }
        }
    }
}
