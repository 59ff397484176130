/// A date and time with its distance from UTC, the values of T-SQL's `datetimeoffset(7)`.
///
/// Two values are equal, as in SQL Server, when they are the same moment, whatever their offsets.
///
/// ```swift
/// let seen = try row.decode(SQLDateTimeOffset.self, at: "SeenAt")
/// print(seen.local.time, seen.utc, seen.offsetMinutes)
/// ```
public struct SQLDateTimeOffset: Sendable {
    /// The moment in UTC.
    public let utc: SQLDateTime
    /// Minutes from UTC, -840 (-14:00) to 840 (+14:00).
    public let offsetMinutes: Int

    /// The moment `utc`, shown at an offset in minutes; nil when the offset is beyond 14 hours or the local time
    /// leaves the years 1 to 9999.
    ///
    /// ```swift
    /// let noon = SQLDateTime(year: 2026, month: 3, day: 31, hour: 12)
    /// let inTokyo = noon.flatMap { SQLDateTimeOffset(utc: $0, offsetMinutes: 540) }    // … 21:00:00.0000000 +09:00
    /// ```
    public init?(utc: SQLDateTime, offsetMinutes: Int) {
        guard (-840...840).contains(offsetMinutes) else { return nil }
        let local = utc.ticksSinceYearOne + offsetMinutes * 60 * SQLTime.ticksPerSecond
        guard SQLDateTime(ticksSinceYearOne: local) != nil else { return nil }
        self.utc = utc
        self.offsetMinutes = offsetMinutes
    }

    /// The local date and time at an offset in minutes; nil when the offset is beyond 14 hours or the moment leaves
    /// the years 1 to 9999 in UTC.
    ///
    /// ```swift
    /// let noon = SQLDateTime(year: 2026, month: 3, day: 31, hour: 12)
    /// let inTokyo = noon.flatMap { SQLDateTimeOffset(local: $0, offsetMinutes: 540) }    // … 12:00:00.0000000 +09:00
    /// ```
    public init?(local: SQLDateTime, offsetMinutes: Int) {
        guard (-840...840).contains(offsetMinutes) else { return nil }
        let ticks = local.ticksSinceYearOne - offsetMinutes * 60 * SQLTime.ticksPerSecond
        guard let utc = SQLDateTime(ticksSinceYearOne: ticks) else { return nil }
        self.utc = utc
        self.offsetMinutes = offsetMinutes
    }

    /// The date and time on the clock at the offset.
    public var local: SQLDateTime {
        // In range: both initialisers checked it.
        SQLDateTime(ticksSinceYearOne: utc.ticksSinceYearOne + offsetMinutes * 60 * SQLTime.ticksPerSecond) ?? utc
    }
}

extension SQLDateTimeOffset: Hashable, Comparable {
    /// Whether both are the same moment.
    public static func == (a: SQLDateTimeOffset, b: SQLDateTimeOffset) -> Bool { a.utc == b.utc }
    /// Orders by moment.
    public static func < (a: SQLDateTimeOffset, b: SQLDateTimeOffset) -> Bool { a.utc < b.utc }
    /// Hashes the moment.
    public func hash(into hasher: inout Hasher) { hasher.combine(utc) }
}

extension SQLDateTimeOffset: LosslessStringConvertible {
    /// Reads `yyyy-MM-dd HH:mm:ss[.fffffff] ±HH:mm` (or `Z`); nil for anything else.
    ///
    /// ```swift
    /// let seen = SQLDateTimeOffset("2026-03-31T12:00:00+09:00")    // 2026-03-31 12:00:00.0000000 +09:00
    /// ```
    public init?(_ description: String) {
        var scanner = DigitScanner(description)
        guard let local = SQLDateTime.read(from: &scanner) else { return nil }
        _ = scanner.skip(" ")
        if scanner.skip("Z") {
            guard scanner.isAtEnd else { return nil }
            self.init(utc: local, offsetMinutes: 0)
            return
        }
        let isNegative = scanner.skip("-")
        guard isNegative || scanner.skip("+"), let hours = scanner.digits(2), scanner.skip(":"),
            let minutes = scanner.digits(2), minutes < 60, scanner.isAtEnd
        else { return nil }
        self.init(local: local, offsetMinutes: (hours * 60 + minutes) * (isNegative ? -1 : 1))
    }

    /// The local time and the offset as `yyyy-MM-dd HH:mm:ss.fffffff ±HH:mm`.
    public var description: String { text(scale: 7) }

    /// The value with `scale` digits after the seconds (0 to 7), cut, not rounded.
    package func text(scale: Int) -> String {
        let minutes = abs(offsetMinutes)
        let sign = offsetMinutes < 0 ? "-" : "+"
        return "\(local.text(scale: scale)) \(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }
}
