#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the running statement shares with the functions that SQLite calls for it.
final class FunctionContext {
    /// The error that a function raised; SQLite itself only hears that there is one.
    var error: ServerMessage?
    /// An aggregate left out a NULL (Msg 8153).
    var sawNull = false
    /// Whether the client sent an attention.
    var isCancelled: () -> Bool = { false }
    /// The statement was ended by an attention.
    var wasCancelled = false
    /// Milliseconds to wait for a lock; -1 waits for ever (SET LOCK_TIMEOUT).
    var lockTimeout = -1
    /// The current values of local variables, for SELECTs that change what they read.
    var variable: (Int) -> StoredValue = { _ in .null }

    /// Answers the functions that look into the catalogue.
    var lookup: (String, [StoredValue]) -> StoredValue = { _, _ in .null }

    /// Runs a function of the user's.
    var invoke: (String, [StoredValue]) throws(ServerMessage) -> StoredValue = { _, _ in .null }

    /// Makes the rows of table-valued functions that the session answers, such as those of several statements.
    var rows: (String, [StoredValue]) throws -> [[StoredValue]] = { _, _ in [] }

    private var waitStarted: Int?
    private var randoms: [Int: Double] = [:]

    /// The random number of one call of RAND, the same for all rows of a statement.
    func random(at place: Int) -> Double {
        if let known = randoms[place] { return known }
        let number = Double.random(in: Double.leastNonzeroMagnitude..<1)
        randoms[place] = number
        return number
    }

    /// Makes ready for the next statement.
    func begin() {
        error = nil
        sawNull = false
        wasCancelled = false
        waitStarted = nil
        randoms = [:]
    }

    /// Asked by SQLite every few thousand steps.
    func mustStop() -> Bool {
        if isCancelled() { wasCancelled = true }
        return wasCancelled
    }

    /// Asked by SQLite when a lock is taken by another session: waits a little and says whether to try again.
    func waitsForLock() -> Bool {
        if mustStop() { return false }
        let now = Self.milliseconds()
        let start = waitStarted ?? now
        waitStarted = start
        if lockTimeout >= 0, now - start >= lockTimeout {
            waitStarted = nil
            return false
        }
        var pause = timespec(tv_sec: 0, tv_nsec: now - start < 20 ? 500_000 : 2_000_000)
        unsafe nanosleep(&pause, nil)
        return true
    }

    private static func milliseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000 + Int(time.tv_nsec) / 1_000_000
    }
}
