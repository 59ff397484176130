/// The pause after failed attempts to connect, which doubles with each failure in a row.
struct ConnectPause: Sendable {
    private let period: PoolBlockingPeriod
    private var last: Duration?
    /// When the pause is over; nil when there is none.
    private(set) var end: Duration?

    init(_ period: PoolBlockingPeriod) { self.period = period }

    /// Whether the last attempts failed, so that one at a time is enough to find out whether that is over.
    var isProbing: Bool { last != nil }

    /// An attempt failed.
    ///
    /// One that had begun before the pause does not make it longer.
    mutating func begin(at now: Duration) {
        guard end == nil else { return }
        let pause = last.map { min($0 * 2, period.longest) } ?? period.first
        last = pause
        end = now + pause
    }

    /// Ends the pause when its time has come.
    mutating func advance(to now: Duration) {
        if let end, end <= now { self.end = nil }
    }

    /// An attempt succeeded: there is no pause, and the next one is short again.
    mutating func reset() {
        last = nil
        end = nil
    }
}
