/// Those who wait for a connection: in the order they came for each tenant, in proportion to weights between tenants.
///
/// Between tenants this is start-time fair queueing (Goyal, Vin, Cheng 1996) over connections handed out: a tenant that
/// begins to wait starts at the virtual time of the queue, each connection moves it on by 1/weight, and the tenant with
/// the smallest start is next. Tenants at their limit do not take part until a connection of theirs comes back.
///
/// Adding, serving and cancelling a waiter cost a constant, plus O(log k) for k tenants that wait and O(log n) for
/// deadlines that are not in the order of arrival.
struct FairQueue: Sendable {
    /// Someone who waits; whoever keeps the waiters has this one at the index.
    struct Entry: Sendable {
        let index: Int
        let id: UInt64
        let borrower: PoolBorrower
        let tenant: Int
        let since: Duration
    }

    private var entries: [Entry?] = []
    private var freeEntries: [Int] = []
    private var links = ChainLinks()
    private var places: [UInt64: Int] = [:]
    private var deadlines = TimerHeap<Duration>()
    var tenants: TenantTable

    /// An empty queue in which a tenant may hold `limit` connections.
    init(limit: Int) { tenants = TenantTable(limit: limit) }

    /// How many wait, O(1).
    var count: Int { places.count }

    /// Adds a waiter to its tenant's queue, at the end or at the front.
    ///
    /// - Returns: The index to keep the waiter at.
    mutating func add(
        _ id: UInt64, for borrower: PoolBorrower, since: Duration, until deadline: Duration?, isFirst: Bool
    ) -> Int {
        let tenant = tenants.index(of: borrower.tenant)
        let index = freeEntries.popLast() ?? entries.count
        if index == entries.count { entries.append(nil) }
        entries[index] = Entry(index: index, id: id, borrower: borrower, tenant: tenant, since: since)
        tenants.change(tenant) {
            links.insert(index, into: &$0.waiters, before: isFirst ? $0.waiters.first : nil)
            $0.waiting += 1
        }
        places[id] = index
        guard let deadline else { return index }
        deadlines.insert(.init(at: deadline, index: index, serial: id))
        deadlines.compact(needed: places.count) { places[$0.serial] == $0.index }
        return index
    }

    /// Takes out the waiter whose turn it is; nil when nobody waits who may have a connection.
    ///
    /// - Parameter isLending: Whether it gets a connection, which counts for its tenant from now on.
    /// - Returns: The waiter.
    mutating func removeNext(isLending: Bool) -> Entry? {
        guard let tenant = tenants.takeTurn(), let first = tenants[tenant].waiters.first else { return nil }
        return remove(at: first, isLending: isLending)
    }

    /// Takes out a waiter by its number; nil when it does not wait.
    mutating func remove(id: UInt64) -> Entry? {
        guard let index = places[id] else { return nil }
        return remove(at: index, isLending: false)
    }

    /// Takes out everyone, in the order of their numbers, O(n log n).
    mutating func removeAll() -> [Entry] {
        places.values.sorted { (entries[$0]?.id ?? 0) < (entries[$1]?.id ?? 0) }.compactMap {
            remove(at: $0, isLending: false)
        }
    }

    /// Takes out those whose deadline has come, in its order.
    mutating func removeExpired(at now: Duration) -> [Entry] {
        var expired: [Entry] = []
        while let deadline = nextDeadline(), deadline <= now, let first = deadlines.first {
            if let entry = remove(at: first.index, isLending: false) { expired.append(entry) }
        }
        return expired
    }

    /// When the next of those who wait gives up.
    mutating func nextDeadline() -> Duration? {
        while let first = deadlines.first {
            if places[first.serial] == first.index { return first.at }
            deadlines.removeFirst()
        }
        return nil
    }

    private mutating func remove(at index: Int, isLending: Bool) -> Entry? {
        guard let entry = entries[index] else { return nil }
        entries[index] = nil
        freeEntries.append(index)
        places[entry.id] = nil
        tenants.change(entry.tenant) {
            links.remove(index, from: &$0.waiters)
            $0.waiting -= 1
            if isLending { $0.inUse += 1 }
        }
        return entry
    }
}
