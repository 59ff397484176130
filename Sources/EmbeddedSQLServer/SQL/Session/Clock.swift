import SQLValues

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The wall clock in 100 ns ticks since year one.
enum Clock {
    /// Now in UTC or in the machine's time zone.
    static func ticks(utc: Bool) -> Int {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        let seconds = Int(now.tv_sec) + (utc ? 0 : offsetSeconds(now.tv_sec))
        let days1970 = 719_162
        return days1970 * SQLTime.ticksPerDay + seconds * SQLTime.ticksPerSecond + Int(now.tv_nsec) / 100
    }

    /// Seconds that the machine's time zone is ahead of UTC.
    static func offsetSeconds(_ seconds: time_t) -> Int {
        var copy = seconds
        var fields = unsafe tm()
        unsafe localtime_r(&copy, &fields)
        return unsafe fields.tm_gmtoff
    }

    /// Lets the thread sleep.
    static func sleep(milliseconds: Int) {
        var pause = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        unsafe nanosleep(&pause, nil)
    }

    static func offsetMinutes() -> Int {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return offsetSeconds(now.tv_sec) / 60
    }
}
