import SQLValues

/// Dates and times as text, in the styles of CONVERT.
///
/// Source: "CAST and CONVERT (Transact-SQL)", date and time styles. The styles of the Hijri calendar are refused.
enum MomentText {
    private static let timeStyles: Set<Int> = [8, 14, 24, 108, 114]
    private static let fullStyles: Set<Int> = [0, 9, 13, 20, 21, 22, 25, 100, 109, 113, 120, 121, 126, 127]

    /// The text of a value; without a style, `datetime` and `smalldatetime` are written in style 0 and all others
    /// in style 121.
    static func text(_ value: SQLValue, type: SQLType, style: Int?) throws(ServerMessage) -> String {
        let isOld = type.kind == .dateTime || type.kind == .smallDateTime
        let style = style ?? (isOld ? 0 : 121)
        if style == 130 || style == 131 { throw refused(style, type) }
        switch value {
        case .date(let date):
            guard !timeStyles.contains(style) else { throw invalid(style, type) }
            return try dateText(date, style, type)
        case .time(let time):
            guard timeStyles.contains(style) || fullStyles.contains(style) else { throw invalid(style, type) }
            return try timeText(time, style, type)
        case .dateTime(let moment): return try both(moment, style, type)
        case .dateTimeOffset(let moment): return try withOffset(moment, style, type)
        default: return value.description
        }
    }

    private static func refused(_ style: Int, _ type: SQLType) -> ServerMessage {
        .unsupported("CONVERT style \(style) of \(type.name)")
    }

    private static func invalid(_ style: Int, _ type: SQLType) -> ServerMessage {
        .error(281, "\(style) is not a valid style number when converting from \(type.name) to a character string.")
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func blank(_ value: Int) -> String { value < 10 ? " \(value)" : "\(value)" }

    /// The date alone, as every style writes it.
    private static func dateText(_ date: SQLDate, _ style: Int, _ type: SQLType) throws(ServerMessage) -> String {
        let (year, month, day) = date.components
        let (m, d) = (two(month), two(day))
        let full = String(String(10_000 + year).dropFirst())
        let y = style < 100 ? two(year % 100) : full
        let name = DateConventions.current.language.shortMonths[month - 1]
        switch style {
        case 0, 9, 100, 109: return "\(name) \(blank(day)) \(full)"
        case 1, 101: return "\(m)/\(d)/\(y)"
        case 2, 102: return "\(y).\(m).\(d)"
        case 3, 103: return "\(d)/\(m)/\(y)"
        case 4, 104: return "\(d).\(m).\(y)"
        case 5, 105: return "\(d)-\(m)-\(y)"
        case 6, 106: return "\(d) \(name) \(y)"
        case 7, 107: return "\(name) \(d), \(y)"
        case 10, 110: return "\(m)-\(d)-\(y)"
        case 11, 111: return "\(y)/\(m)/\(d)"
        case 12, 112: return "\(y)\(m)\(d)"
        case 13, 113: return "\(d) \(name) \(full)"
        case 22: return "\(m)/\(d)/\(y)"
        case 20, 21, 23, 25, 120, 121, 126, 127: return date.description
        default: throw invalid(style, type)
        }
    }

    /// Fractions of the older types are milliseconds behind a colon; those of the newer types are not documented.
    private static func timeText(_ time: SQLTime, _ style: Int, _ type: SQLType) throws(ServerMessage) -> String {
        let isOld = type.kind == .dateTime || type.kind == .smallDateTime
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let half = time.hour < 12 ? "AM" : "PM"
        func colon() throws(ServerMessage) -> String {
            guard isOld || type.scale == 0 else { throw refused(style, type) }
            let milliseconds = String(String(1_000 + time.fraction / 10_000).dropFirst())
            return isOld ? ":" + milliseconds : ""
        }
        switch style {
        case 0, 100: return "\(type.kind == .time ? String(hour) : blank(hour)):\(two(time.minute))\(half)"
        case 9, 109: return "\(blank(hour)):\(two(time.minute)):\(two(time.second))\(try colon())\(half)"
        case 13, 14, 113, 114: return time.text(scale: 0) + (try colon())
        case 22: return "\(blank(hour)):\(two(time.minute)):\(two(time.second)) \(half)"
        case 8, 20, 24, 108, 120: return time.text(scale: 0)
        case 126, 127:
            if isOld { return time.text(scale: time.fraction == 0 ? 0 : 3) }
            guard type.scale == 0 || time.fraction != 0 else { throw refused(style, type) }
            return time.text(scale: type.scale ?? 7)
        default: return time.text(scale: isOld ? 3 : type.scale ?? 7)
        }
    }

    private static func both(_ moment: SQLDateTime, _ style: Int, _ type: SQLType) throws(ServerMessage) -> String {
        if timeStyles.contains(style) { return try timeText(moment.time, style, type) }
        let date = try dateText(moment.date, style, type)
        guard fullStyles.contains(style) else { return date }
        return date + (style == 126 || style == 127 ? "T" : " ") + (try timeText(moment.time, style, type))
    }

    private static func withOffset(_ moment: SQLDateTimeOffset, _ style: Int, _ type: SQLType) throws(ServerMessage)
        -> String
    {
        if style == 127 { return try both(moment.utc, 127, type) + "Z" }
        let text = try both(moment.local, style, type)
        guard fullStyles.contains(style) || timeStyles.contains(style) else { return text }
        guard !timeStyles.contains(style) else { throw refused(style, type) }
        return text + (style == 126 ? "" : " ") + offset(moment.offsetMinutes)
    }

    /// An offset as `+02:00`.
    static func offset(_ minutes: Int) -> String {
        let size = Int(minutes.magnitude)
        return "\(minutes < 0 ? "-" : "+")\(two(size / 60)):\(two(size % 60))"
    }
}
