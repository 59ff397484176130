/// The places of a pool: each holds a connection, or an attempt to open one.
///
/// Every change costs a constant. Idle connections are in the order of their last use, lent ones in the order of their
/// leases, so that the next to lend, the one that was unused for the longest time and the longest holder are at the ends.
struct PlaceTable: Sendable {
    /// What happens in a place.
    enum Phase: Int, CaseIterable {
        case free
        /// A connection is being opened.
        case connecting
        /// Its attempt has failed for the pool, but has not ended.
        case abandoned
        /// It can be lent.
        case idle
        /// Someone has it.
        case lent
        /// The pool finds out whether it is alive.
        case checking
    }

    struct Place: Sendable {
        fileprivate(set) var serial: UInt64 = 0
        fileprivate(set) var phase = Phase.free
        /// How often the pool had been cleared when its attempt began.
        var generation = 0
        /// It is not lent from then on.
        var retireAt: Duration?
        var keepAlive: Duration?
        /// When it was lent, or used last.
        var since: Duration?
        /// The last sign of life.
        var provenAt: Duration?
        var borrower = PoolBorrower()
        var tenant = 0
        /// The number of its lease.
        fileprivate(set) var lease: UInt64 = 0
        var isReported = false
        /// When its timer comes up.
        var wakeUp: Duration?
    }

    private var places: [Place] = []
    private var freePlaces: [Int] = []
    private var counts = [Int](repeating: 0, count: Phase.allCases.count)
    private var links = ChainLinks()
    private var chains = [Chain](repeating: Chain(), count: Phase.allCases.count)
    private var lastSerial: UInt64 = 0
    private var lastLease: UInt64 = 0

    /// Places that are not free.
    var count: Int { places.count - freePlaces.count }

    /// How many places are in a phase.
    func count(_ phase: Phase) -> Int { counts[phase.rawValue] }

    /// The first of a phase, for idle and lent ones the oldest.
    func first(_ phase: Phase) -> Int? { chains[phase.rawValue].first }

    /// The last of a phase, for idle and lent ones the newest.
    func last(_ phase: Phase) -> Int? { chains[phase.rawValue].last }

    /// All of a phase, in its order.
    func indices(_ phase: Phase) -> [Int] {
        Array(
            sequence(state: first(phase)) { index in
                defer { index = index.flatMap(links.next) }
                return index
            })
    }

    /// A place by its index.
    subscript(index: Int) -> Place {
        _read { yield places[index] }
        _modify { yield &places[index] }
    }

    /// The name of what is in a place now.
    func id(_ index: Int) -> PoolConnectionID { PoolConnectionID(place: index, serial: places[index].serial) }

    /// The place with this name when it is in this phase; nil for a name that is over.
    func index(of id: PoolConnectionID, in phase: Phase) -> Int? {
        guard places.indices.contains(id.place), places[id.place].serial == id.serial else { return nil }
        return places[id.place].phase == phase ? id.place : nil
    }

    /// The place that this lease is of; nil for a lease that has ended.
    func index(of id: PoolLeaseID) -> Int? {
        guard places.indices.contains(id.place), places[id.place].phase == .lent else { return nil }
        return places[id.place].lease == id.number ? id.place : nil
    }

    /// Whether a timer is the one that a place waits for.
    func isCurrent(_ timer: TimerHeap<Duration>.Entry) -> Bool {
        places[timer.index].serial == timer.serial && places[timer.index].wakeUp == timer.at
    }

    /// Takes a free place for an attempt to connect.
    mutating func take(generation: Int) -> Int {
        let index = freePlaces.popLast() ?? places.count
        if index == places.count { places.append(Place()) }
        lastSerial += 1
        places[index].serial = lastSerial
        places[index].generation = generation
        enter(.connecting, index)
        return index
    }

    /// Moves a place to another phase; to `idle` in the order of `since`.
    mutating func move(_ index: Int, to phase: Phase) {
        leave(index)
        enter(phase, index)
    }

    /// Begins a lease of what is in a place.
    mutating func lend(_ index: Int) -> PoolLeaseID {
        lastLease += 1
        places[index].lease = lastLease
        places[index].isReported = false
        move(index, to: .lent)
        return PoolLeaseID(place: index, number: lastLease)
    }

    /// Frees a place, whose name is over.
    mutating func free(_ index: Int) {
        leave(index)
        places[index] = Place()
        freePlaces.append(index)
    }

    private mutating func leave(_ index: Int) {
        let phase = places[index].phase.rawValue
        counts[phase] -= 1
        links.remove(index, from: &chains[phase])
    }

    private mutating func enter(_ phase: Phase, _ index: Int) {
        places[index].phase = phase
        counts[phase.rawValue] += 1
        let next = phase == .idle ? firstIdle(usedAfter: places[index].since) : nil
        links.insert(index, into: &chains[phase.rawValue], before: next)
    }

    /// The first idle place that was used later; nil for the end, where what comes back from a lease goes.
    ///
    /// What was checked goes back to where it lay, near the begin: only that is searched for.
    private func firstIdle(usedAfter since: Duration?) -> Int? {
        guard let since, let newest = last(.idle).flatMap({ places[$0].since }), since < newest else { return nil }
        var index = first(.idle)
        while let place = index, let other = places[place].since, other <= since { index = links.next(of: place) }
        return index
    }
}
