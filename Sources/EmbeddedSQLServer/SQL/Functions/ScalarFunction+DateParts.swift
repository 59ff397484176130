import SQLValues

extension ScalarFunction {
    /// Functions that build, cut and move dates.
    static let dateParts: [ScalarFunction] = [
        .typed("ts_fromparts") { arguments throws(ServerMessage) in
            if arguments.hasNull { return .null }
            guard let value = fromParts(arguments.values.indices.map { arguments.integer($0) }, arguments.result) else {
                throw .error(
                    289,
                    "Cannot construct data type \(arguments.result.name), some of the arguments have values which are not"
                        + " valid.")
            }
            return value
        },
        .typed("ts_isdate") { arguments throws(ServerMessage) in
            guard case .string = arguments.values[0] else { return .int(arguments.hasNull ? 0 : 1) }
            if arguments.text(0).trimmedBlanks.isEmpty { return .int(0) }
            do throws(ServerMessage) {
                _ = try Conversion.convert(arguments.values[0], from: arguments.types[0], to: .dateTime)
                return .int(1)
            } catch {
                if error.number == 40517 { throw error }
                return .int(0)
            }
        },
        .typed("ts_switchoffset") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, case .dateTimeOffset(let moment) = arguments.values[0] else { return .null }
            guard let minutes = offset(arguments),
                let result = SQLDateTimeOffset(utc: moment.utc, offsetMinutes: minutes)
            else { throw invalidZone("switchoffset") }
            return .dateTimeOffset(result)
        },
        .typed("ts_todatetimeoffset") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let local = moment(arguments.values[0]) else { return .null }
            guard let minutes = offset(arguments),
                let result = SQLDateTimeOffset(local: local, offsetMinutes: minutes)
            else { throw invalidZone("todatetimeoffset") }
            return .dateTimeOffset(result)
        },
        .typed("ts_datetrunc") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let part = DatePart(rawValue: arguments.integer(0)),
                let moment = local(arguments.values[1])
            else { return .null }
            guard let start = truncated(moment, to: part) else {
                throw .unsupported("DATETRUNC before the first \(part.name)")
            }
            return try shaped(start, like: arguments.values[1], arguments.types[1], "DATETRUNC")
        },
        .typed("ts_datebucket") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let part = DatePart(rawValue: arguments.integer(0)),
                let moment = local(arguments.values[2])
            else { return .null }
            guard arguments.integer(1) > 0 else {
                throw .error(
                    9834,
                    "Invalid bucket width value passed to date_bucket function. Only positive values are allowed.")
            }
            let origin = arguments.count > 3 ? local(arguments.values[3]) : SQLDateTime(MomentParser.base)
            guard let start = bucket(moment, part, arguments.integer(1), origin ?? moment) else {
                throw .unsupported("DATE_BUCKET beyond the calendar")
            }
            return try shaped(start, like: arguments.values[2], arguments.types[2], "DATE_BUCKET")
        },
    ]

    private static func invalidZone(_ function: String) -> ServerMessage {
        .error(9812, state: 0, "The timezone provided to builtin function \(function) is invalid.")
    }

    /// Minutes as a number, or a text of the form `+hh:mm`.
    private static func offset(_ arguments: FunctionArguments) -> Int? {
        guard case .string(let text) = arguments.values[1] else {
            return (-840...840).contains(arguments.integer(1)) ? arguments.integer(1) : nil
        }
        let word = text.trimmedBlanks
        guard let sign = word.first, sign == "+" || sign == "-" else { return nil }
        let parts = word.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2, let hours = UInt8(parts[0]),
            let minutes = UInt8(parts[1]), hours <= 14, minutes < 60
        else { return nil }
        let total = Int(hours) * 60 + Int(minutes)
        return total > 840 ? nil : sign == "-" ? -total : total
    }

    private static func fromParts(_ parts: [Int], _ type: SQLType) -> SQLValue? {
        func fraction(_ value: Int, _ scale: Int) -> Int? {
            let step = SQLTime.ticksPerStep(scale: scale)
            return value >= 0 && value < SQLTime.ticksPerSecond / step ? value * step : nil
        }
        let scale = type.scale ?? 0
        switch type.kind {
        case .date: return SQLDate(year: parts[0], month: parts[1], day: parts[2]).map { .date($0) }
        case .time:
            guard let ticks = fraction(parts[3], scale) else { return nil }
            return SQLTime(hour: parts[0], minute: parts[1], second: parts[2], ticks: ticks).map { .time($0) }
        default: break
        }
        guard let date = SQLDate(year: parts[0], month: parts[1], day: parts[2]) else { return nil }
        if type.kind == .smallDateTime {
            guard let time = SQLTime(hour: parts[3], minute: parts[4], second: 0) else { return nil }
            return Conversion.minutes(SQLDateTime(date, time)).map { .dateTime($0) }
        }
        guard let ticks = fraction(parts[6], type.kind == .dateTime ? 3 : scale),
            let time = SQLTime(hour: parts[3], minute: parts[4], second: parts[5], ticks: ticks)
        else { return nil }
        let local = SQLDateTime(date, time)
        switch type.kind {
        case .dateTime:
            guard let fields = local.dateTimeFields else { return nil }
            return SQLDateTime(daysSince1900: fields.daysSince1900, threeHundredths: fields.threeHundredths).map {
                .dateTime($0)
            }
        case .dateTime2: return .dateTime(local)
        default:
            let (hours, minutes) = (parts[7], parts[8])
            guard hours.signum() * minutes.signum() >= 0, abs(minutes) < 60, abs(hours) <= 14 else { return nil }
            return SQLDateTimeOffset(local: local, offsetMinutes: hours * 60 + minutes).map { .dateTimeOffset($0) }
        }
    }

    /// The beginning of the part in which a moment lies; nil before year 1.
    private static func truncated(_ moment: SQLDateTime, to part: DatePart) -> SQLDateTime? {
        let (year, month, _) = moment.date.components
        let days = moment.date.daysSinceYearOne
        switch part {
        case .year: return SQLDate(year: year, month: 1, day: 1).map { SQLDateTime($0) }
        case .quarter: return SQLDate(year: year, month: (month - 1) / 3 * 3 + 1, day: 1).map { SQLDateTime($0) }
        case .month: return SQLDate(year: year, month: month, day: 1).map { SQLDateTime($0) }
        // Weeks begin on Sunday, those of ISO on Monday, as 0001-01-01 was.
        case .week: return SQLDate(daysSinceYearOne: days - (days + 1) % 7).map { SQLDateTime($0) }
        case .isoWeek: return SQLDate(daysSinceYearOne: days - days % 7).map { SQLDateTime($0) }
        default:
            let unit = part.ticks ?? 1
            return SQLDateTime(ticksSinceYearOne: moment.ticksSinceYearOne / unit * unit)
        }
    }

    /// The beginning of the bucket of `width` parts, counted from an origin, in which a moment lies.
    private static func bucket(_ moment: SQLDateTime, _ part: DatePart, _ width: Int, _ origin: SQLDateTime)
        -> SQLDateTime?
    {
        func floored(_ value: Int, _ unit: Int) -> Int { value - (value % unit + unit) % unit }
        if let months = part.months {
            let (size, overflow) = width.multipliedReportingOverflow(by: months)
            guard !overflow, size < 200_000 else { return nil }
            func count(_ moment: SQLDateTime) -> Int { moment.date.components.year * 12 + moment.date.components.month }
            var steps = floored(count(moment) - count(origin), size)
            guard let start = addingMonths(steps, to: origin) else { return nil }
            if start <= moment { return start }
            steps -= size
            return addingMonths(steps, to: origin)
        }
        guard let unit = part.ticks else { return nil }
        let (size, overflow) = width.multipliedReportingOverflow(by: unit)
        guard !overflow, size < Int.max / 4 else { return nil }
        let distance = floored(moment.ticksSinceYearOne - origin.ticksSinceYearOne, size)
        return SQLDateTime(ticksSinceYearOne: origin.ticksSinceYearOne + distance)
    }

    /// A local moment as a value of the kind that an argument had.
    private static func shaped(
        _ moment: SQLDateTime, like value: SQLValue, _ type: SQLType, _ function: String
    ) throws(ServerMessage) -> SQLValue {
        switch value {
        case .date: return .date(moment.date)
        case .time: return .time(moment.time)
        case .dateTimeOffset(let old):
            guard let result = SQLDateTimeOffset(local: moment, offsetMinutes: old.offsetMinutes) else {
                throw .unsupported("\(function) beyond the calendar")
            }
            return .dateTimeOffset(result)
        default:
            guard type.kind == .dateTime else { return .dateTime(moment) }
            return try Conversion.convert(.dateTime(moment), from: .dateTime2(7), to: type)
        }
    }
}
