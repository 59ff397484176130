/// The clock of a command's context, for what shows progress.
struct UptimeClock: Clock {
    struct Instant: InstantProtocol {
        let uptime: Duration

        func advanced(by duration: Duration) -> Instant { Instant(uptime: uptime + duration) }
        func duration(to other: Instant) -> Duration { other.uptime - uptime }
        static func < (left: Instant, right: Instant) -> Bool { left.uptime < right.uptime }
    }

    /// The time since an arbitrary moment.
    let uptime: @Sendable () -> Duration

    var now: Instant { Instant(uptime: uptime()) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance)
    }
}
