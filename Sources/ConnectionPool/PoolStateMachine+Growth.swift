extension PoolStateMachine {
    /// An attempt led to a connection: the next waiter gets it, or it becomes idle.
    ///
    /// - Parameters:
    ///   - id: The attempt. When it is over already, the connection is closed.
    ///   - connection: The new connection.
    ///   - expiresAt: It is not lent from then on, such as shortly before its login expires.
    ///   - now: The time.
    ///   - random: Where the jitter comes from.
    /// - Returns: What to do.
    package mutating func connected(
        _ id: PoolConnectionID, _ connection: Connection, expiresAt: Instant? = nil, at now: Instant,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        guard let place = places.index(of: id, in: .connecting) else {
            totals.closes[.late, default: 0] += 1
            return [.close(connection, .late)]
        }
        let now = time(now)
        totals.connects += 1
        connections[place] = connection
        places[place].since = now
        places[place].provenAt = now
        let rest = 1 - configuration.lifetimeJitter * Double.random(in: 0..<1, using: &random)
        let ends = [expiresAt.map(time), configuration.maximumLifetime.map { now + $0 * rest }].compactMap { $0 }
        places[place].retireAt = ends.min()
        places[place].keepAlive = configuration.keepAliveInterval.map { $0 * rest }
        var actions: [Action] = []
        if isRetired(place, now) {
            // Opening another at once would get the same again.
            refuse(after: nil, now, &actions)
        } else {
            pause.reset()
            lastFailure = nil
        }
        park(place, now, &actions)
        settle(now, &actions)
        return actions
    }

    /// An attempt failed.
    ///
    /// During the pause that follows nothing is opened, and waiters fail at once unless a connection is lent that can
    /// still come back to them. Without a blocking period the next waiter gets the error and the others try again.
    ///
    /// - Parameters:
    ///   - id: The attempt. Nothing happens when it is over already.
    ///   - failure: Why, for those who wait.
    ///   - now: The time.
    ///   - isOver: Whether the attempt has ended. One that cannot be interrupted keeps its place until `attemptEnded`.
    /// - Returns: What to do.
    package mutating func connectFailed(
        _ id: PoolConnectionID, _ failure: Failure, at now: Instant, isOver: Bool = true
    ) -> [Action] {
        guard let place = places.index(of: id, in: .connecting) else { return [] }
        totals.connectFailures += 1
        let now = time(now)
        if isOver { _ = free(place) } else { places.move(place, to: .abandoned) }
        var actions: [Action] = []
        refuse(after: failure, now, &actions)
        settle(now, &actions)
        return actions
    }

    /// A failed attempt has ended: its place is free.
    package mutating func attemptEnded(_ id: PoolConnectionID, at now: Instant) -> [Action] {
        guard let place = places.index(of: id, in: .abandoned) else { return [] }
        _ = free(place)
        return settled(at: time(now))
    }

    private mutating func refuse(after failure: Failure?, _ now: Duration, _ actions: inout [Action]) {
        if let failure { lastFailure = failure }
        pause.advance(to: now)
        pause.begin(at: now)
        guard configuration.blockingPeriod == nil, let entry = queue.removeNext(isLending: false) else { return }
        totals.refusals += 1
        refuse(entry, .connectFailed(lastFailure), &actions)
    }

    /// Opens connections for those who wait and up to the minimum.
    mutating func grow(_ now: Duration, _ actions: inout [Action]) {
        let isBlocking = configuration.blockingPeriod != nil
        let limit = isBlocking && pause.isProbing ? 1 : configuration.maximumConnecting
        while places.count < configuration.maximum, places.count(.connecting) + places.count(.abandoned) < max(1, limit)
        {
            let isWaitedFor =
                places.count(.connecting) < queue.tenants.servableCount && !(isBlocking && pause.end != nil)
            guard isWaitedFor || (places.count < configuration.minimum && pause.end == nil) else { return }
            let place = places.take(generation: generation)
            if place == connections.count { connections.append(nil) }
            actions.append(.connect(places.id(place)))
        }
    }

    /// During a pause, tells those who wait that there is nothing to wait for, O(n).
    mutating func failHopeless(_ now: Duration, _ actions: inout [Action]) {
        guard configuration.blockingPeriod != nil, pause.end != nil, queue.count > 0 else { return }
        guard places.count == places.count(.abandoned) else { return }
        for entry in queue.removeAll() {
            totals.refusals += 1
            refuse(entry, .connectFailed(lastFailure), &actions)
        }
    }
}
