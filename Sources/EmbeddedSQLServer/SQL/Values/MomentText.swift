import SQLValues

/// Dates and times as text, in the styles of CONVERT that this server has.
enum MomentText {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ value: SQLValue, type: SQLType, style: Int?) throws(ServerMessage) -> String {
        let scale = type.scale ?? 7
        switch value {
        case .date(let date):
            return try styled(SQLDateTime(date), type: type, style: style) ?? date.description
        case .time(let time):
            guard style == nil || style == 0 || style == 108 || style == 114 else { throw refused(style, type) }
            return style == 108 ? time.text(scale: 0) : style == 114 ? time.text(scale: 3) : time.text(scale: scale)
        case .dateTimeOffset(let moment):
            guard style == nil || style == 0 else { throw refused(style, type) }
            return moment.text(scale: scale)
        case .dateTime(let moment):
            if let text = try styled(moment, type: type, style: style) { return text }
            guard type.kind != .dateTime2 else { return moment.text(scale: scale) }
            return short(moment)
        default: return value.description
        }
    }

    private static func refused(_ style: Int?, _ type: SQLType) -> ServerMessage {
        .unsupported("CONVERT style \(style ?? 0) of \(type.name)")
    }

    /// The text of an explicit style; nil for the default.
    private static func styled(_ moment: SQLDateTime, type: SQLType, style: Int?) throws(ServerMessage) -> String? {
        guard let style, style != 0 else { return nil }
        let (year, month, day) = moment.date.components
        let time = moment.time
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let fullYear = String(String(10_000 + year).dropFirst())
        switch style {
        case 23: return moment.date.description
        case 101: return "\(two(month))/\(two(day))/\(fullYear)"
        case 102: return "\(fullYear).\(two(month)).\(two(day))"
        case 103: return "\(two(day))/\(two(month))/\(fullYear)"
        case 104: return "\(two(day)).\(two(month)).\(fullYear)"
        case 105: return "\(two(day))-\(two(month))-\(fullYear)"
        case 110: return "\(two(month))-\(two(day))-\(fullYear)"
        case 111: return "\(fullYear)/\(two(month))/\(two(day))"
        case 112: return "\(fullYear)\(two(month))\(two(day))"
        case 108 where type.kind != .date: return time.text(scale: 0)
        case 20, 120: return type.kind == .date ? moment.date.description : moment.text(scale: 0)
        case 21, 25, 121:
            if type.kind == .date { return moment.date.description }
            return moment.text(scale: type.kind == .dateTime2 ? type.scale ?? 7 : 3)
        case 126 where type.kind == .dateTime && time.fraction == 0: return "\(moment.date)T\(time.text(scale: 0))"
        case 126 where type.kind == .dateTime: return "\(moment.date)T\(time.text(scale: 3))"
        default: throw refused(style, type)
        }
    }

    /// Style 0: `Jan  2 2024  3:04PM`.
    private static func short(_ moment: SQLDateTime) -> String {
        let (year, month, day) = moment.date.components
        let time = moment.time
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let minute = time.minute < 10 ? "0\(time.minute)" : "\(time.minute)"
        let half = time.hour < 12 ? "AM" : "PM"
        return
            "\(months[month - 1]) \(day < 10 ? " " : "")\(day) \(year) \(hour < 10 ? " " : "")\(hour):\(minute)\(half)"
    }
}
