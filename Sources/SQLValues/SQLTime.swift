/// A time of day in steps of 100 ns, the values of T-SQL's `time(7)`.
///
/// ```swift
/// if let closing = SQLTime("18:30:00.5") { print(closing.hour, closing.fraction) }    // 18 5000000
/// ```
public struct SQLTime: Sendable, Hashable, Comparable {
    /// 100 ns ticks since midnight, from 0 to 863,999,999,999.
    public let ticks: Int

    /// Ticks of 100 ns in a second.
    package static let ticksPerSecond = 10_000_000
    /// Ticks of 100 ns in a day.
    package static let ticksPerDay = 864_000_000_000

    /// Midnight.
    public static let midnight = SQLTime(uncheckedTicks: 0)

    private init(uncheckedTicks: Int) { ticks = uncheckedTicks }

    /// The time `ticks` x 100 ns after midnight, or nil if that is not within one day.
    ///
    /// ```swift
    /// let one = SQLTime(ticks: 36_000_000_000)    // 01:00:00.0000000
    /// let tooLate = SQLTime(ticks: 864_000_000_000)    // nil
    /// ```
    public init?(ticks: Int) {
        guard ticks >= 0, ticks < Self.ticksPerDay else { return nil }
        self.ticks = ticks
    }

    /// The time of an hour (0 to 23), minute, second (0 to 59) and fraction in 100 ns; nil when out of range.
    ///
    /// A leap second (60) is refused, because SQL Server has none.
    ///
    /// ```swift
    /// let last = SQLTime(hour: 23, minute: 59, second: 59, ticks: 9_999_999)    // 23:59:59.9999999
    /// ```
    public init?(hour: Int, minute: Int, second: Int, ticks fraction: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0..<Self.ticksPerSecond).contains(fraction)
        else { return nil }
        ticks = (hour * 3_600 + minute * 60 + second) * Self.ticksPerSecond + fraction
    }

    /// Hour (0 to 23).
    public var hour: Int { ticks / (3_600 * Self.ticksPerSecond) }
    /// Minute (0 to 59).
    public var minute: Int { ticks / (60 * Self.ticksPerSecond) % 60 }
    /// Second (0 to 59).
    public var second: Int { ticks / Self.ticksPerSecond % 60 }
    /// Fraction of the second in 100 ns ticks (0 to 9,999,999).
    public var fraction: Int { ticks % Self.ticksPerSecond }

    /// Ten to the power of `7 - scale`: the ticks in one step of a `time(scale)`.
    ///
    /// `scale` is clamped to 0...7.
    package static func ticksPerStep(scale: Int) -> Int {
        var step = 1
        for _ in max(0, min(7, scale))..<7 { step *= 10 }
        return step
    }

    /// Orders times within the day.
    public static func < (a: SQLTime, b: SQLTime) -> Bool { a.ticks < b.ticks }
}

extension SQLTime: LosslessStringConvertible {
    /// Reads `HH:mm:ss` with an optional fraction of one to seven digits; nil for anything else.
    ///
    /// ```swift
    /// let opening = SQLTime("08:05:00.25")    // 08:05:00.2500000
    /// let noSeconds = SQLTime("08:05")    // nil
    /// ```
    public init?(_ description: String) {
        var scanner = DigitScanner(description)
        guard let time = Self.read(from: &scanner), scanner.isAtEnd else { return nil }
        self = time
    }

    static func read(from scanner: inout DigitScanner) -> SQLTime? {
        guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), scanner.skip(":"),
            let second = scanner.digits(2)
        else { return nil }
        guard scanner.skip(".") else { return SQLTime(hour: hour, minute: minute, second: second) }
        guard let (fraction, _) = scanner.fraction() else { return nil }
        return SQLTime(hour: hour, minute: minute, second: second, ticks: fraction)
    }

    /// The time as `HH:mm:ss.fffffff`.
    public var description: String { text(scale: 7) }

    /// The time with `scale` digits after the seconds (0 to 7), cut, not rounded.
    package func text(scale: Int) -> String {
        let seconds = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        guard scale > 0 else { return seconds }
        return seconds + "." + padded(fraction, 7).prefix(scale)
    }
}
