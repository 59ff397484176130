/// Keys in the order of instants, and of their serial numbers when these are the same.
///
/// Entries are not taken out when they are no longer needed: their owner recognises them by the serial number and
/// drops them when they come up, or all at once when they outnumber the others. So adding costs O(log n), a constant
/// when instants only grow, and cancelling costs nothing.
struct TimerHeap<Instant: Comparable & Sendable>: Sendable {
    struct Entry: Sendable {
        let at: Instant
        let index: Int
        let serial: UInt64

        fileprivate func isBefore(_ other: Entry) -> Bool {
            at < other.at || at == other.at && serial < other.serial
        }
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }

    /// The entry that is due next, O(1).
    var first: Entry? { entries.first }

    /// Adds an entry, O(log n).
    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].isBefore(entries[parent]) else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the entry that is due next, O(log n).
    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        sink(0)
    }

    /// Drops entries that are not needed when they are more than `needed` and a few, amortised O(1) for an insertion.
    mutating func compact(needed: Int, _ isNeeded: (Entry) -> Bool) {
        guard entries.count > 2 * needed + 64 else { return }
        entries = entries.filter(isNeeded)
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            let left = 2 * parent + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].isBefore(entries[left]) ? right : left
            guard entries[child].isBefore(entries[parent]) else { return }
            entries.swapAt(child, parent)
            parent = child
        }
    }
}
