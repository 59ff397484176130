extension PoolStateMachine {
    /// Lends the idle connection that was used last; nil when there is none for this borrower, who then has to queue.
    package mutating func tryAcquire(for borrower: PoolBorrower, at now: Instant) -> Lease? {
        let now = time(now)
        guard let place = places.last(.idle), let connection = connections[place], !isRetired(place, now)
        else { return nil }
        let tenant = queue.tenants.index(of: borrower.tenant)
        guard queue.tenants.mayBorrow(tenant) else { return nil }
        queue.tenants.change(tenant) { $0.inUse += 1 }
        return lend(place, connection, to: borrower, of: tenant, now)
    }

    /// Someone wants a connection and can wait for it.
    ///
    /// - Parameters:
    ///   - id: A new number.
    ///   - waiter: Gets a `.lend` or a `.fail` among these or later actions, unless it is cancelled.
    ///   - borrower: Who it is.
    ///   - now: The time.
    ///   - limit: How long it waits, instead of the acquire timeout.
    ///   - isReplacement: Whether it had a connection that failed its validation: then it goes to the front.
    /// - Returns: What to do.
    package mutating func acquire(
        _ id: PoolRequestID, _ waiter: Waiter, for borrower: PoolBorrower, at now: Instant, limit: Duration? = nil,
        isReplacement: Bool = false
    ) -> [Action] {
        totals.waits += 1
        guard !isShutDown else {
            totals.refusals += 1
            return [.fail(waiter, .shutDown)]
        }
        let now = time(now)
        let limit = limit ?? configuration.acquireTimeout
        let index = queue.add(
            id.number, for: borrower, since: now, until: limit.map { now + $0 }, isFirst: isReplacement)
        if index == waiters.count { waiters.append(waiter) } else { waiters[index] = waiter }
        return settled(at: now)
    }

    /// A waiter gives up; nil when it was answered already.
    package mutating func cancel(_ id: PoolRequestID) -> Waiter? {
        guard let entry = queue.remove(id: id.number) else { return nil }
        totals.cancellations += 1
        return take(entry)
    }

    /// A lent connection comes back in order: the next waiter gets it, or it becomes idle, or it is closed.
    ///
    /// Does nothing for a lease that has ended.
    package mutating func release(_ id: PoolLeaseID, at now: Instant) -> [Action] {
        guard let place = places.index(of: id) else { return [] }
        let now = time(now)
        endLease(place)
        places[place].since = now
        places[place].provenAt = now
        var actions: [Action] = []
        park(place, now, &actions)
        settle(now, &actions)
        return actions
    }

    /// A lent connection is of no more use, and its borrower closes it: its place is free.
    ///
    /// Does nothing for a lease that has ended.
    package mutating func discard(_ id: PoolLeaseID, at now: Instant) -> [Action] {
        guard let place = places.index(of: id) else { return [] }
        endLease(place)
        totals.discards += 1
        _ = free(place)
        return settled(at: time(now))
    }

    /// A lent connection turned out to be dead before it was used, and its borrower closes it.
    ///
    /// Those that lie idle are closed too, O(n): after a failover or a cut network they are dead as well, and trying one
    /// after another would cost a borrower as many timeouts. Does nothing for a lease that has ended.
    package mutating func failedValidation(_ id: PoolLeaseID, at now: Instant) -> [Action] {
        guard let place = places.index(of: id) else { return [] }
        endLease(place)
        totals.discards += 1
        _ = free(place)
        let now = time(now)
        var actions: [Action] = []
        for idle in places.indices(.idle) { close(idle, .broken, &actions) }
        settle(now, &actions)
        return actions
    }

    mutating func lend(
        _ place: Int, _ connection: Connection, to borrower: PoolBorrower, of tenant: Int, _ now: Duration
    ) -> Lease {
        places[place].since = now
        places[place].borrower = borrower
        places[place].tenant = tenant
        let id = places.lend(place)
        schedule(place)
        totals.leases += 1
        var needsValidation = false
        if let interval = configuration.validationInterval, let provenAt = places[place].provenAt {
            needsValidation = now - provenAt > interval
        }
        return Lease(id: id, connection: connection, needsValidation: needsValidation)
    }

    mutating func endLease(_ place: Int) {
        totals.returns += 1
        queue.tenants.change(places[place].tenant) { $0.inUse -= 1 }
    }

    /// Makes a connection idle that is not lent, unless it is over.
    mutating func park(_ place: Int, _ now: Duration, _ actions: inout [Action]) {
        if isShutDown { return close(place, .shutDown, &actions) }
        if places[place].generation != generation { return close(place, .cleared, &actions) }
        if isRetired(place, now) { return close(place, .retired, &actions) }
        places.move(place, to: .idle)
        schedule(place)
    }

    mutating func close(_ place: Int, _ reason: PoolCloseReason, _ actions: inout [Action]) {
        guard let connection = free(place) else { return }
        totals.closes[reason, default: 0] += 1
        actions.append(.close(connection, reason))
    }

    mutating func free(_ place: Int) -> Connection? {
        places.free(place)
        defer { connections[place] = nil }
        return connections[place]
    }

    func isRetired(_ place: Int, _ now: Duration) -> Bool {
        guard let retireAt = places[place].retireAt else { return false }
        return retireAt <= now
    }
}
