import SQLValues

extension Conversion {
    /// A date, time or moment of another type.
    static func moment(_ value: SQLValue, from: SQLType, to: SQLType, style: Int? = nil) throws(ServerMessage)
        -> SQLValue
    {
        let local: SQLDateTime
        var offset = 0
        switch value {
        case .date(let date):
            if to.kind == .time { throw impossible(from, to) }
            local = SQLDateTime(date)
        case .time(let time):
            if to.kind == .date { throw impossible(from, to) }
            // A time alone is a time on 1900-01-01.
            local = SQLDateTime(SQLDate(daysSinceYearOne: SQLDate.daysTo1900) ?? MomentParser.base, time)
        case .dateTime(let moment): local = exact(moment, from: from)
        case .dateTimeOffset(let moment):
            local = moment.local
            offset = moment.offsetMinutes
        case .string(let text):
            let parsed = try MomentParser.parse(text, from: from, to: to, style: style)
            local = parsed.local
            offset = parsed.offsetMinutes
        case .bytes(let bytes):
            guard to.kind == .dateTime || to.kind == .smallDateTime else {
                throw .unsupported("CAST from \(from.name) to \(to.name)")
            }
            return .dateTime(try moment(bytes, to: to))
        default:
            guard from.isNumeric, to.kind == .dateTime || to.kind == .smallDateTime else { throw impossible(from, to) }
            return .dateTime(try dateTime(value, to: to))
        }
        return try shaped(local, offset: offset, from: from, to: to)
    }

    /// `datetime` shows milliseconds but holds 1/300 s, which is what other types get.
    private static func exact(_ moment: SQLDateTime, from: SQLType) -> SQLDateTime {
        guard from.kind == .dateTime, let fields = moment.dateTimeFields else { return moment }
        let days = fields.daysSince1900 + SQLDate.daysTo1900
        let ticks = (fields.threeHundredths * 100_000 + 1) / 3
        return SQLDateTime(ticksSinceYearOne: days * SQLTime.ticksPerDay + ticks) ?? moment
    }

    private static func shaped(_ local: SQLDateTime, offset: Int, from: SQLType, to: SQLType) throws(ServerMessage)
        -> SQLValue
    {
        switch to.kind {
        case .date: return .date(local.date)
        case .time:
            let ticks = rounded(local.time.ticks, scale: to.scale ?? 7) % SQLTime.ticksPerDay
            return SQLTime(ticks: ticks).map { .time($0) } ?? .null
        case .dateTime2:
            let ticks = rounded(local.ticksSinceYearOne, scale: to.scale ?? 7)
            guard let moment = SQLDateTime(ticksSinceYearOne: ticks) else { throw outOfRange(from, to) }
            return .dateTime(moment)
        case .dateTime:
            guard let fields = local.dateTimeFields,
                let moment = SQLDateTime(daysSince1900: fields.daysSince1900, threeHundredths: fields.threeHundredths)
            else { throw outOfRange(from, to) }
            return .dateTime(moment)
        case .smallDateTime:
            // Through 1/300 s, so that 29.999 s round up.
            guard let fields = local.dateTimeFields,
                let rounded = SQLDateTime(daysSince1900: fields.daysSince1900, threeHundredths: fields.threeHundredths),
                let moment = minutes(rounded)
            else { throw outOfRange(from, to) }
            return .dateTime(moment)
        default:
            let ticks = rounded(local.ticksSinceYearOne, scale: to.scale ?? 7)
            guard let moment = SQLDateTime(ticksSinceYearOne: ticks),
                let value = SQLDateTimeOffset(local: moment, offsetMinutes: offset)
            else { throw outOfRange(from, to) }
            return .dateTimeOffset(value)
        }
    }

    private static func rounded(_ ticks: Int, scale: Int) -> Int {
        let step = SQLTime.ticksPerStep(scale: scale)
        return (ticks + step / 2) / step * step
    }

    private static func outOfRange(_ from: SQLType, _ to: SQLType) -> ServerMessage {
        .error(
            242, state: 3,
            "The conversion of a \(from.name) data type to a \(to.name) data type resulted in an out-of-range value.")
    }
}
