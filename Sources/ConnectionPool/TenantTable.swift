/// The tenants that hold a connection or wait for one, and whose turn it is.
struct TenantTable: Sendable {
    /// What a tenant holds and waits for.
    struct Tenant: Sendable {
        fileprivate(set) var key: PoolTenant
        var inUse = 0
        var waiting = 0
        /// Those who wait, by their indices in the queue.
        var waiters = Chain()
        /// The virtual time at which its next connection starts.
        fileprivate var start: UInt64 = 0
        /// The turn that it is queued for; nil when it takes no part.
        fileprivate var turn: UInt64?
    }

    /// The most connections that a tenant may hold.
    let limit: Int
    /// Those who wait and whose tenants are below their limits, O(1).
    private(set) var servableCount = 0
    private var tenants = [Tenant(key: .default)]
    private var freeTenants: [Int] = []
    private var indices: [String: Int] = [:]
    /// By virtual time, then first come, first served.
    private var turns = TimerHeap<UInt64>()
    private var virtualTime: UInt64 = 0
    private var lastTurn: UInt64 = 0
    /// One connection of a tenant with weight 1.
    private static var unit: UInt64 { 1 << 20 }

    init(limit: Int) { self.limit = limit }

    /// A tenant by its index.
    subscript(index: Int) -> Tenant { tenants[index] }

    /// How many tenants are known.
    var count: Int { indices.count + 1 }

    /// The index of a tenant, which becomes known.
    ///
    /// The caller must let it hold or wait at once.
    mutating func index(of key: PoolTenant) -> Int {
        if key.isDefault { return 0 }
        if let index = indices[key.name] {
            if tenants[index].key.weight != key.weight { tenants[index].key = key }
            return index
        }
        let index = freeTenants.popLast() ?? tenants.count
        if index == tenants.count { tenants.append(Tenant(key: key)) } else { tenants[index] = Tenant(key: key) }
        indices[key.name] = index
        return index
    }

    /// How many connections a tenant holds, without making it known.
    func inUse(by key: PoolTenant) -> Int {
        if key.isDefault { return tenants[0].inUse }
        return indices[key.name].map { tenants[$0].inUse } ?? 0
    }

    /// Whether a tenant may have one more connection.
    func mayBorrow(_ index: Int) -> Bool { index == 0 || tenants[index].inUse < limit }

    /// How many connections a tenant may hold.
    func limit(of key: PoolTenant, maximum: Int) -> Int { key.isDefault ? maximum : limit }

    /// Changes what a tenant holds or waits for, and its place among those who take turns with it.
    ///
    /// A tenant that neither holds nor waits is forgotten, so that names that come once cost no memory.
    mutating func change(_ index: Int, _ body: (inout Tenant) -> Void) {
        servableCount -= servable(index)
        body(&tenants[index])
        let servable = servable(index)
        servableCount += servable
        if servable == 0 {
            tenants[index].turn = nil
        } else if tenants[index].turn == nil {
            queue(index)
        }
        guard index != 0, tenants[index].waiting == 0, tenants[index].inUse == 0 else { return }
        indices[tenants[index].key.name] = nil
        freeTenants.append(index)
    }

    /// The tenant whose turn it is; it moves on by one connection.
    ///
    /// The caller takes one of its waiters out.
    mutating func takeTurn() -> Int? {
        while let first = turns.first {
            turns.removeFirst()
            guard tenants[first.index].turn == first.serial else { continue }
            virtualTime = max(virtualTime, first.at)
            tenants[first.index].turn = nil
            tenants[first.index].start = first.at + Self.unit / UInt64(tenants[first.index].key.weight)
            return first.index
        }
        return nil
    }

    /// How many waiters of a tenant may have a connection now.
    private func servable(_ index: Int) -> Int {
        let tenant = tenants[index]
        return index == 0 ? tenant.waiting : min(tenant.waiting, max(0, limit - tenant.inUse))
    }

    private mutating func queue(_ index: Int) {
        lastTurn += 1
        tenants[index].start = max(virtualTime, tenants[index].start)
        tenants[index].turn = lastTurn
        turns.insert(.init(at: tenants[index].start, index: index, serial: lastTurn))
        turns.compact(needed: count) { tenants[$0.index].turn == $0.serial }
    }
}
