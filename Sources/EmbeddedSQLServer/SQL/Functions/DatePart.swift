import SQLValues

/// A part of a date, as DATEADD, DATEDIFF and DATEPART name it.
enum DatePart: Int {
    case year, quarter, month, dayOfYear, day, week, weekday, hour, minute, second, millisecond, microsecond,
        nanosecond, isoWeek, offset

    private static let names: [(words: [String], part: DatePart)] = [
        (["year", "yy", "yyyy"], .year), (["quarter", "qq", "q"], .quarter), (["month", "mm", "m"], .month),
        (["dayofyear", "dy", "y"], .dayOfYear), (["day", "dd", "d"], .day), (["week", "wk", "ww"], .week),
        (["weekday", "dw", "w"], .weekday), (["hour", "hh"], .hour), (["minute", "mi", "n"], .minute),
        (["second", "ss", "s"], .second), (["millisecond", "ms"], .millisecond),
        (["microsecond", "mcs"], .microsecond),
        (["nanosecond", "ns"], .nanosecond), (["iso_week", "isowk", "isoww"], .isoWeek), (["tzoffset", "tz"], .offset),
    ]

    /// The part of a name or abbreviation, or nil.
    init?(name: String) {
        let word = name.lowercased()
        guard let found = Self.names.first(where: { $0.words.contains(word) }) else { return nil }
        self = found.part
    }

    /// The part's full name.
    var name: String { Self.names.first { $0.part == self }?.words[0] ?? "" }

    /// Whether the part is smaller than a day.
    var isTime: Bool {
        switch self {
        case .hour, .minute, .second, .millisecond, .microsecond, .nanosecond: true
        default: false
        }
    }

    /// Whether the part is finer than `datetime` and `smalldatetime`.
    var isFine: Bool { self == .microsecond || self == .nanosecond }

    /// Ticks of 100 ns in one unit; nil for parts of the calendar and for nanoseconds.
    var ticks: Int? {
        switch self {
        case .week, .isoWeek: 7 * SQLTime.ticksPerDay
        case .dayOfYear, .day, .weekday: SQLTime.ticksPerDay
        case .hour: 3_600 * SQLTime.ticksPerSecond
        case .minute: 60 * SQLTime.ticksPerSecond
        case .second: SQLTime.ticksPerSecond
        case .millisecond: 10_000
        case .microsecond: 10
        default: nil
        }
    }

    /// Months in one unit; nil for parts of fixed length.
    var months: Int? {
        switch self {
        case .year: 12
        case .quarter: 3
        case .month: 1
        default: nil
        }
    }
}
