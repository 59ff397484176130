/// Says when to look for an attention: a system call for each row would cost more than most rows.
struct AttentionClock {
    private var lastLook = ContinuousClock.now
    private static let interval = Duration.milliseconds(5)

    /// Whether it is time to look; then the time starts again.
    mutating func isDue() -> Bool {
        let now = ContinuousClock.now
        guard now - lastLook >= Self.interval else { return false }
        lastLook = now
        return true
    }
}
