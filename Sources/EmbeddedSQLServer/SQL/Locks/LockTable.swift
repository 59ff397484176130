/// What can be locked.
package enum LockResource: Hashable, Sendable {
    /// The write lock of a database.
    case database(Int)
    /// A resource of sp_getapplock; its name is compared by its bytes.
    case application(database: Int, principal: String, name: String)

    /// The database in which the resource lies.
    package var databaseID: Int {
        switch self {
        case .database(let id), .application(let id, _, _): id
        }
    }
}

/// What ends a lock.
package enum LockOwner: Hashable, Sendable {
    case session, transaction, statement
}

/// The locks of a server and the sessions that wait for them: a graph without threads or clocks.
///
/// Requests are served in order; who already holds a lock and wants more of it goes first. A request that closes a
/// circle of waits ends one of them: the one of the lowest priority, and of those the one that wrote least.
package struct LockTable {
    /// A lock that a session holds.
    package struct Grant: Equatable, Sendable {
        package var session: Int32
        package var owner: LockOwner
        package var mode: LockMode
        /// How often it was asked for.
        package var count: Int
    }

    /// A request that is not yet granted; a session has one at most.
    package struct Wait: Equatable, Sendable {
        package var session: Int32
        package var owner: LockOwner
        package var mode: LockMode
        package var isConversion: Bool
    }

    /// What a session is worth when a deadlock is broken.
    package struct Worth: Comparable, Sendable {
        /// SET DEADLOCK_PRIORITY, -10 to 10.
        var priority: Int
        /// Rows that the transaction wrote.
        var cost: Int

        /// Both.
        package init(priority: Int = 0, cost: Int = 0) {
            self.priority = priority
            self.cost = cost
        }

        /// Orders sessions from the first to be ended.
        package static func < (one: Worth, other: Worth) -> Bool {
            (one.priority, one.cost) < (other.priority, other.cost)
        }
    }

    /// The answer to a request.
    package enum Answer: Equatable, Sendable {
        case granted, waiting, deadlock
    }

    /// How a wait ended.
    package enum Ending: Equatable, Sendable {
        case granted, deadlock
    }

    /// The locks that are held.
    package private(set) var grants: [LockResource: [Grant]] = [:]
    /// The requests that wait, in order.
    package private(set) var queues: [LockResource: [Wait]] = [:]
    /// Where each waiting session waits.
    private var places: [Int32: LockResource] = [:]
    private var worths: [Int32: Worth] = [:]
    private var endings: [Int32: Ending] = [:]

    /// No locks.
    package init() {}

    // MARK: Asking

    /// Whether a request would be granted at once.
    package func isFree(_ resource: LockResource, _ mode: LockMode, for session: Int32) -> Bool {
        let held = self.held(resource, by: session)
        if held.isSuperset(of: mode) { return true }
        guard blockers(resource, mode, of: session).isEmpty else { return false }
        return !held.isEmpty || (queues[resource] ?? []).isEmpty
    }

    /// The modes that a session holds, together.
    package func held(_ resource: LockResource, by session: Int32) -> LockMode {
        (grants[resource] ?? []).filter { $0.session == session }.reduce(into: LockMode()) { $0.formUnion($1.mode) }
    }

    /// The mode that one owner holds.
    package func held(_ resource: LockResource, by session: Int32, _ owner: LockOwner) -> LockMode {
        (grants[resource] ?? []).first { $0.session == session && $0.owner == owner }?.mode ?? []
    }

    private func blockers(_ resource: LockResource, _ mode: LockMode, of session: Int32) -> [Int32] {
        (grants[resource] ?? []).filter { $0.session != session && !$0.mode.isCompatible(with: mode) }.map(\.session)
    }

    /// The sessions that a waiting session waits for; those before it in the queue, too.
    package func sessions(blocking session: Int32) -> [Int32] {
        guard let resource = places[session], let queue = queues[resource],
            let index = queue.firstIndex(where: { $0.session == session })
        else { return [] }
        let ahead = queue[index].isConversion ? [] : queue[..<index].map(\.session)
        return blockers(resource, queue[index].mode, of: session) + ahead
    }

    // MARK: Requests

    /// Asks for a lock: it is granted, or the session waits from now on, or the wait would be a deadlock of its own.
    package mutating func request(
        _ resource: LockResource, _ mode: LockMode, owner: LockOwner, session: Int32, worth: Worth = Worth()
    ) -> Answer {
        if isFree(resource, mode, for: session) {
            grant(resource, mode, owner, session)
            return .granted
        }
        let isConversion = !held(resource, by: session).isEmpty
        let wait = Wait(session: session, owner: owner, mode: mode, isConversion: isConversion)
        var queue = queues[resource] ?? []
        let place = isConversion ? queue.firstIndex { !$0.isConversion } ?? queue.count : queue.count
        queue.insert(wait, at: place)
        queues[resource] = queue
        places[session] = resource
        worths[session] = worth
        breakCircles(from: session)
        guard let ending = endings.removeValue(forKey: session) else { return .waiting }
        return ending == .granted ? .granted : .deadlock
    }

    /// How the wait of a session ended; nil while it goes on.
    ///
    /// Asked once.
    package mutating func takeEnding(of session: Int32) -> Ending? { endings.removeValue(forKey: session) }

    /// Ends the wait of a session without the lock.
    ///
    /// - Returns: The ending that came before, if any: the session then has the lock.
    package mutating func cancel(_ session: Int32) -> Ending? {
        if let ending = endings.removeValue(forKey: session) { return ending }
        leaveQueue(session)
        return nil
    }

    private mutating func leaveQueue(_ session: Int32) {
        worths[session] = nil
        guard let resource = places.removeValue(forKey: session) else { return }
        queues[resource]?.removeAll { $0.session == session }
        serve(resource)
    }

    private mutating func grant(_ resource: LockResource, _ mode: LockMode, _ owner: LockOwner, _ session: Int32) {
        var list = grants[resource] ?? []
        if let index = list.firstIndex(where: { $0.session == session && $0.owner == owner }) {
            list[index].mode.formUnion(mode)
            list[index].count += 1
        } else {
            list.append(Grant(session: session, owner: owner, mode: mode, count: 1))
        }
        grants[resource] = list
    }

    // MARK: Releases

    /// Gives back one of as many requests as there were.
    ///
    /// - Returns: False when the owner does not hold the lock.
    package mutating func release(_ resource: LockResource, owner: LockOwner, session: Int32) -> Bool {
        guard var list = grants[resource],
            let index = list.firstIndex(where: { $0.session == session && $0.owner == owner })
        else { return false }
        list[index].count -= 1
        if list[index].count == 0 { list.remove(at: index) }
        keep(list, resource)
        return true
    }

    /// Ends all locks of the given owners of a session.
    package mutating func releaseAll(_ owners: Set<LockOwner>, of session: Int32) {
        for (resource, list) in grants {
            let left = list.filter { $0.session != session || !owners.contains($0.owner) }
            if left.count != list.count { keep(left, resource) }
        }
    }

    /// Forgets a session that has ended.
    package mutating func forget(_ session: Int32) {
        leaveQueue(session)
        endings[session] = nil
        releaseAll([.session, .transaction, .statement], of: session)
    }

    private mutating func keep(_ list: [Grant], _ resource: LockResource) {
        grants[resource] = list.isEmpty ? nil : list
        serve(resource)
    }

    /// Grants what can be granted now, in order.
    private mutating func serve(_ resource: LockResource) {
        while let first = queues[resource]?.first, blockers(resource, first.mode, of: first.session).isEmpty {
            queues[resource]?.removeFirst()
            places[first.session] = nil
            worths[first.session] = nil
            grant(resource, first.mode, first.owner, first.session)
            endings[first.session] = .granted
        }
        if queues[resource]?.isEmpty ?? false { queues[resource] = nil }
    }

    // MARK: Deadlocks

    private mutating func breakCircles(from session: Int32) {
        while let circle = circle(through: session) {
            // Of equals the one that closed the circle goes.
            let victim = circle.min {
                let (one, other) = (worths[$0] ?? Worth(), worths[$1] ?? Worth())
                return one == other ? $0 == session && $1 != session : one < other
            }
            guard let victim else { return }
            leaveQueue(victim)
            endings[victim] = .deadlock
            if victim == session { return }
        }
    }

    /// A circle of waits that a session is in.
    private func circle(through start: Int32) -> [Int32]? {
        var seen: Set<Int32> = []
        func search(_ session: Int32, _ path: [Int32]) -> [Int32]? {
            for next in sessions(blocking: session) {
                if next == start { return path }
                guard seen.insert(next).inserted else { continue }
                if let found = search(next, path + [next]) { return found }
            }
            return nil
        }
        return search(start, [start])
    }
}
