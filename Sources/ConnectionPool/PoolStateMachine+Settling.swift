extension PoolStateMachine {
    /// Closes what is idle now, and what is lent, opened or checked when it comes back, O(n): the server has changed.
    ///
    /// A pause is over, too.
    package mutating func clear(at now: Instant) -> [Action] {
        generation += 1
        pause.reset()
        let now = time(now)
        var actions: [Action] = []
        for place in places.indices(.idle) { close(place, .cleared, &actions) }
        settle(now, &actions)
        return actions
    }

    /// Nothing more is lent: waiters are refused, idle connections are closed, lent ones when they come back, O(n).
    ///
    /// ``PoolAction/drained`` follows when nothing is lent, opened or checked any more. A second call can only bring the
    /// deadline forward.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - deadline: What is still lent then is closed under its borrower; nil to wait for everyone.
    /// - Returns: What to do.
    package mutating func shutDown(at now: Instant, deadline: Instant? = nil) -> [Action] {
        var actions: [Action] = []
        isShutDown = true
        let now = time(now)
        if let deadline = deadline.map(time) { self.deadline = self.deadline.map { min($0, deadline) } ?? deadline }
        for entry in queue.removeAll() {
            totals.refusals += 1
            refuse(entry, .shutDown, &actions)
        }
        for place in places.indices(.idle) { close(place, .shutDown, &actions) }
        if let deadline = self.deadline, deadline <= now { forceDrain(&actions) }
        settle(now, &actions)
        return actions
    }

    /// Gives up everything that is still in use after a shutdown; what ends later finds its name over.
    mutating func forceDrain(_ actions: inout [Action]) {
        deadline = nil
        for place in places.indices(.lent) {
            endLease(place)
            close(place, .forced, &actions)
        }
        for place in places.indices(.checking) { close(place, .shutDown, &actions) }
        for place in places.indices(.connecting) + places.indices(.abandoned) { _ = free(place) }
    }

    /// The end of every event that needs nothing else.
    mutating func settled(at now: Duration) -> [Action] {
        var actions: [Action] = []
        settle(now, &actions)
        return actions
    }

    /// The end of every event: whatever it changed, what can be lent is lent, and what is needed is opened.
    mutating func settle(_ now: Duration, _ actions: inout [Action]) {
        guard !isShutDown else {
            guard places.count == 0, !isDrained else { return }
            isDrained = true
            deadline = nil
            return actions.append(.drained)
        }
        pause.advance(to: now)
        serve(now, &actions)
        failHopeless(now, &actions)
        grow(now, &actions)
    }

    /// Lends idle connections to those who wait.
    private mutating func serve(_ now: Duration, _ actions: inout [Action]) {
        while queue.tenants.servableCount > 0, let place = places.last(.idle),
            let connection = connections[place]
        {
            if isRetired(place, now) {
                close(place, .retired, &actions)
                continue
            }
            guard let entry = queue.removeNext(isLending: true), let waiter = take(entry) else { return }
            actions.append(.lend(lend(place, connection, to: entry.borrower, of: entry.tenant, now), to: waiter))
        }
    }
}
