#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A moment on the machine's monotonic clock, which no change of the time of day moves.
package struct Deadline: Sendable, Hashable, Comparable {
    /// Nanoseconds of the monotonic clock.
    let nanoseconds: UInt64

    init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// The moment after a duration from now; a negative duration is none.
    package static func after(_ duration: Duration) -> Deadline {
        let (seconds, attoseconds) = duration.components
        // A limit of centuries is as good as any longer one and cannot overflow.
        let whole = UInt64(max(0, min(seconds, 1 << 32))) * 1_000_000_000
        let rest = seconds < 0 ? 0 : UInt64(max(0, attoseconds) / 1_000_000_000)
        return Deadline(nanoseconds: now + whole + rest)
    }

    /// The monotonic clock now.
    static var now: UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Orders by time.
    package static func < (a: Deadline, b: Deadline) -> Bool { a.nanoseconds < b.nanoseconds }
}
