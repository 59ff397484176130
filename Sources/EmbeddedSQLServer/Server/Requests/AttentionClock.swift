/// Says when to look for an attention: a system call for each row would cost more than many rows.
struct AttentionClock {
    private var lastLook = ContinuousClock.now
    private var calls = 0
    private static let interval = Duration.milliseconds(5)

    /// Whether it is time to look; then the time starts again.
    mutating func isDue() -> Bool {
        calls &+= 1
        // The clock costs some 30 ns, so it is not read for every row either.
        guard calls % 8 == 1 else { return false }
        let now = ContinuousClock.now
        guard now - lastLook >= Self.interval else { return false }
        lastLook = now
        return true
    }
}
