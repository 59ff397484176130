extension PoolStateMachine {
    /// When ``tick(_:)`` is to be called at the latest, amortised O(log n).
    ///
    /// Nil when nothing is to happen by itself.
    package mutating func nextWakeUp() -> Instant? {
        while let timer = timers.first, !places.isCurrent(timer) { timers.removeFirst() }
        var next = timers.first?.at
        func consider(_ time: Duration?) {
            guard let time else { return }
            next = next.map { min($0, time) } ?? time
        }
        consider(queue.nextDeadline())
        consider(nextEviction)
        consider(deadline)
        let isAwaited = configuration.blockingPeriod != nil && queue.count > 0 || places.count < configuration.minimum
        if isAwaited, !isShutDown { consider(pause.end) }
        return next.map { origin.advanced(by: $0) }
    }

    /// Does what is due: waiters whose time is over, connections that are too old or unused, checks, warnings, growth.
    ///
    /// The first call opens the minimum of connections.
    package mutating func tick(_ now: Instant) -> [Action] {
        let now = time(now)
        var actions: [Action] = []
        expireWaiters(now, &actions)
        while let place = places.first(.idle), let eviction = nextEviction, eviction <= now {
            close(place, isRetired(place, now) ? .retired : .idle, &actions)
        }
        while let timer = timers.first, timer.at <= now {
            timers.removeFirst()
            guard places.isCurrent(timer) else { continue }
            places[timer.index].wakeUp = nil
            wake(timer.index, now, &actions)
        }
        if let deadline, deadline <= now { forceDrain(&actions) }
        settle(now, &actions)
        return actions
    }

    /// A check has ended.
    ///
    /// Does nothing when it is over already.
    package mutating func checked(_ id: PoolConnectionID, isAlive: Bool, at now: Instant) -> [Action] {
        guard let place = places.index(of: id, in: .checking) else { return [] }
        let now = time(now)
        var actions: [Action] = []
        if isAlive {
            places[place].provenAt = now
            park(place, now, &actions)
        } else {
            close(place, .broken, &actions)
        }
        settle(now, &actions)
        return actions
    }

    /// When the connection that was unused for the longest time is closed; what is still being opened does not replace it.
    private var nextEviction: Duration? {
        let open = places.count(.idle) + places.count(.lent) + places.count(.checking)
        guard let timeout = configuration.idleTimeout, open > configuration.minimum,
            let since = places.first(.idle).flatMap({ places[$0].since })
        else { return nil }
        return since + timeout
    }

    private mutating func expireWaiters(_ now: Duration, _ actions: inout [Action]) {
        guard let first = queue.nextDeadline(), first <= now else { return }
        let waiting = queue.count
        let longest = longestHolder(now)
        for entry in queue.removeExpired(at: now) {
            totals.timeouts += 1
            let key = entry.borrower.tenant
            let timeout = PoolTimeout(
                maximum: configuration.maximum, inUse: places.count(.lent),
                connecting: places.count(.connecting) + places.count(.abandoned), waiting: waiting,
                waited: now - entry.since,
                tenant: (
                    key, inUse: queue.tenants.inUse(by: key),
                    limit: queue.tenants.limit(of: key, maximum: configuration.maximum)
                ),
                longestHolder: longest, lastFailure: lastFailure)
            refuse(entry, .timedOut(timeout), &actions)
        }
    }

    private func longestHolder(_ now: Duration) -> PoolHolder? {
        guard let place = places.first(.lent), let since = places[place].since else { return nil }
        return PoolHolder(borrower: places[place].borrower, held: now - since)
    }

    /// The timer of a place has come up.
    private mutating func wake(_ place: Int, _ now: Duration, _ actions: inout [Action]) {
        guard let due = due(place), due <= now else { return schedule(place) }
        switch places[place].phase {
        case .idle where isRetired(place, now): close(place, .retired, &actions)
        case .idle:
            guard let connection = connections[place] else { return }
            places.move(place, to: .checking)
            actions.append(.check(places.id(place), connection))
        case .lent:
            guard let since = places[place].since else { return }
            places[place].isReported = true
            totals.leaks += 1
            actions.append(.warnOfLeak(PoolHolder(borrower: places[place].borrower, held: now - since)))
        case .free, .connecting, .abandoned, .checking: return
        }
    }

    /// When something is to happen to a place in its phase.
    private func due(_ place: Int) -> Duration? {
        switch places[place].phase {
        case .idle:
            let retireAt = places[place].retireAt
            guard let interval = places[place].keepAlive, let check = places[place].provenAt.map({ $0 + interval })
            else { return retireAt }
            return retireAt.map { min($0, check) } ?? check
        case .lent:
            guard let threshold = configuration.leakThreshold, !places[place].isReported else { return nil }
            return places[place].since.map { $0 + threshold }
        case .free, .connecting, .abandoned, .checking: return nil
        }
    }

    /// Sees to it that a place's timer comes up in time.
    ///
    /// A timer that would come up too early is left as it is and renewed when it does: so a connection that is lent and
    /// comes back a thousand times a second costs no timers.
    mutating func schedule(_ place: Int) {
        guard let due = due(place) else { return }
        if let wakeUp = places[place].wakeUp, wakeUp <= due { return }
        places[place].wakeUp = due
        let id = places.id(place)
        timers.insert(.init(at: due, index: place, serial: id.serial))
        timers.compact(needed: places.count) { places.isCurrent($0) }
    }
}
