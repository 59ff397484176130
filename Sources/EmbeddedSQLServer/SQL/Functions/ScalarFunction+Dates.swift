import SQLValues

extension ScalarFunction {
    /// Date functions: the part comes as its number.
    static let dates: [ScalarFunction] = [
        sum("ts_dtadd", sign: 1), sum("ts_dtsub", sign: -1),
        .typed("ts_dateadd") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let part = DatePart(rawValue: arguments.integer(0)) else { return .null }
            return try added(part, arguments.integer(1), to: arguments.values[2], type: arguments.types[2])
        },
        .typed("ts_datediff") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let part = DatePart(rawValue: arguments.integer(0)),
                let start = moment(arguments.values[1]), let end = moment(arguments.values[2])
            else { return .null }
            for index in 1...2 { try checkFraction(part, arguments.values[index], arguments.types[index]) }
            guard let count = difference(part, start, end),
                IntegerRange.of(arguments.result.kind).contains(Int64(count))
            else {
                let name = arguments.result == .bigInt ? "datediff_big" : "datediff"
                throw .error(
                    535, state: 0,
                    "The \(name) function resulted in an overflow. The number of dateparts separating two date/time"
                        + " instances is too large. Try to use \(name) with a less precise datepart.")
            }
            return .int(Int64(count))
        },
        .typed("ts_datepart") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let part = DatePart(rawValue: arguments.integer(0)),
                let moment = local(arguments.values[1])
            else { return .null }
            if part == .offset, case .dateTimeOffset(let value) = arguments.values[1] {
                return .int(Int64(value.offsetMinutes))
            }
            try checkFraction(part, arguments.values[1], arguments.types[1])
            return .int(Int64(value(of: part, in: moment, dateFirst: arguments.count > 2 ? arguments.integer(2) : 7)))
        },
        .typed("ts_datename") { arguments throws(ServerMessage) in
            guard !arguments.hasNull, let part = DatePart(rawValue: arguments.integer(0)),
                let moment = local(arguments.values[1])
            else { return .null }
            if part == .offset, case .dateTimeOffset(let value) = arguments.values[1] {
                return .string(MomentText.offset(value.offsetMinutes))
            }
            try checkFraction(part, arguments.values[1], arguments.types[1])
            return .string(name(of: part, in: moment, dateFirst: arguments.count > 2 ? arguments.integer(2) : 7))
        },
        .typed("ts_eomonth") { arguments throws(ServerMessage) in
            guard case .date(let date) = arguments.values[0] else { return .null }
            let months = arguments.count > 1 ? arguments.integer(1) : 0
            let moved = try added(.month, months, to: .date(date), type: .date)
            guard case .date(let result) = moved else { return .null }
            let (year, month, _) = result.components
            return SQLDate(year: year, month: month, day: SQLDate.days(inMonth: month, of: year)).map { .date($0) }
                ?? .null
        },
    ]

    /// Days since 1900 of one `datetime` added to or taken from those of another.
    private static func sum(_ name: String, sign: Int) -> ScalarFunction {
        .typed(name) { arguments throws(ServerMessage) in
            guard case .dateTime(let a) = arguments.values[0], case .dateTime(let b) = arguments.values[1] else {
                return .null
            }
            let units = Conversion.units(a) + sign * Conversion.units(b)
            return .dateTime(try Conversion.dateTime(units: units, to: arguments.result))
        }
    }

    /// Microseconds of a `datetime` that is no multiple of 10 ms differ between versions and are refused.
    private static func checkFraction(_ part: DatePart, _ value: SQLValue, _ type: SQLType) throws(ServerMessage) {
        guard part.isFine, type.kind == .dateTime, case .dateTime(let moment) = value,
            moment.time.fraction % 100_000 != 0
        else { return }
        throw .unsupported("\(part.name) of datetime")
    }

    /// A value by the clock of its own offset.
    static func local(_ value: SQLValue) -> SQLDateTime? {
        if case .dateTimeOffset(let moment) = value { return moment.local }
        return moment(value)
    }

    static func moment(_ value: SQLValue) -> SQLDateTime? {
        switch value {
        case .date(let date): SQLDateTime(date)
        case .time(let time): SQLDateTime(MomentParser.base, time)
        case .dateTime(let moment): moment
        case .dateTimeOffset(let moment): moment.utc
        default: nil
        }
    }

    static func added(_ part: DatePart, _ count: Int, to value: SQLValue, type: SQLType) throws(ServerMessage)
        -> SQLValue
    {
        let failure = ServerMessage.error(
            517, "Adding a value to a '\(type.name)' column caused an overflow.")
        guard let start = local(value) else { return .null }
        if case .time(let time) = value {
            // A time goes round the clock.
            let ticks = part == .nanosecond ? Int128(count + (count < 0 ? -50 : 50)) / 100 : Int128(part.ticks ?? 0)
            let moved = Int128(time.ticks) + (part == .nanosecond ? ticks : ticks * Int128(count))
            let day = Int128(SQLTime.ticksPerDay)
            return SQLTime(ticks: Int((moved % day + day) % day)).map { .time($0) } ?? .null
        }
        let sum: SQLDateTime?
        if let unit = part.ticks {
            let (product, overflow) = count.multipliedReportingOverflow(by: unit)
            let (ticks, more) = start.ticksSinceYearOne.addingReportingOverflow(product)
            sum = overflow || more ? nil : SQLDateTime(ticksSinceYearOne: ticks)
        } else if part == .nanosecond {
            let half = count < 0 ? -50 : 50
            sum = SQLDateTime(ticksSinceYearOne: start.ticksSinceYearOne + (count + half) / 100)
        } else {
            let (months, overflow) = count.multipliedReportingOverflow(by: part.months ?? 1)
            sum = overflow ? nil : addingMonths(months, to: start)
        }
        guard let sum else { throw failure }
        switch value {
        case .date: return .date(sum.date)
        case .dateTimeOffset(let moment):
            guard let result = SQLDateTimeOffset(local: sum, offsetMinutes: moment.offsetMinutes) else { throw failure }
            return .dateTimeOffset(result)
        default:
            guard type.kind == .dateTime || type.kind == .smallDateTime else { return .dateTime(sum) }
            do throws(ServerMessage) {
                return try Conversion.convert(.dateTime(sum), from: .dateTime2(7), to: type)
            } catch { throw failure }
        }
    }

    static func addingMonths(_ months: Int, to start: SQLDateTime) -> SQLDateTime? {
        let (year, month, day) = start.date.components
        let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, total >= 12 else { return nil }
        let (newYear, newMonth) = (total / 12, total % 12 + 1)
        guard newYear <= 9999 else { return nil }
        let lastDay = SQLDate.days(inMonth: newMonth, of: newYear)
        return SQLDate(year: newYear, month: newMonth, day: min(day, lastDay)).map { SQLDateTime($0, start.time) }
    }

    /// The number of boundaries of a part between two moments.
    private static func difference(_ part: DatePart, _ start: SQLDateTime, _ end: SQLDateTime) -> Int? {
        let (a, b) = (start.date.components, end.date.components)
        switch part {
        case .year: return b.year - a.year
        case .quarter: return (b.year * 4 + (b.month - 1) / 3) - (a.year * 4 + (a.month - 1) / 3)
        case .month: return (b.year * 12 + b.month) - (a.year * 12 + a.month)
        // Weeks begin on Sunday whatever DATEFIRST says; 0001-01-01 was a Monday.
        case .week, .isoWeek: return (end.date.daysSinceYearOne + 1) / 7 - (start.date.daysSinceYearOne + 1) / 7
        case .nanosecond:
            let (product, overflow) = (end.ticksSinceYearOne - start.ticksSinceYearOne)
                .multipliedReportingOverflow(by: 100)
            return overflow ? nil : product
        default:
            let unit = part.ticks ?? 1
            return end.ticksSinceYearOne / unit - start.ticksSinceYearOne / unit
        }
    }

    private static func value(of part: DatePart, in moment: SQLDateTime, dateFirst: Int = 7) -> Int {
        let (year, month, day) = moment.date.components
        let days = moment.date.daysSinceYearOne
        let yearStart = SQLDate(year: year, month: 1, day: 1)?.daysSinceYearOne ?? days
        switch part {
        case .year: return year
        case .quarter: return (month - 1) / 3 + 1
        case .month: return month
        case .dayOfYear: return days - yearStart + 1
        case .day: return day
        case .week:
            // 0001-01-01 was a Monday.
            let shift = 8 - dateFirst
            return (days + shift) / 7 - (yearStart + shift) / 7 + 1
        case .weekday: return (days + 1) % 7 + 1
        case .hour: return moment.time.hour
        case .minute: return moment.time.minute
        case .second: return moment.time.second
        case .millisecond: return moment.time.fraction / 10_000
        case .microsecond: return moment.time.fraction / 10
        case .nanosecond: return moment.time.fraction * 100
        case .offset: return 0
        case .isoWeek:
            // The week of the Thursday.
            let thursday = days - days % 7 + 3
            let isoYear = SQLDate(daysSinceYearOne: thursday)?.components.year ?? year
            let first = SQLDate(year: isoYear, month: 1, day: 1)?.daysSinceYearOne ?? yearStart
            return (thursday - first) / 7 + 1
        }
    }

    private static func name(of part: DatePart, in moment: SQLDateTime, dateFirst: Int) -> String {
        let language = DateConventions.current.language
        let number = value(of: part, in: moment, dateFirst: dateFirst)
        switch part {
        case .month: return language.months[number - 1]
        case .weekday: return language.days[(number + 5) % 7]
        default: return String(number)
        }
    }
}
