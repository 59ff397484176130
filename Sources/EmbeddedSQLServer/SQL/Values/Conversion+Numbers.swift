import SQLValues

extension Conversion {
    /// 1/300 s in a day, the unit of `datetime`.
    static let unitsPerDay = 300 * 86_400

    /// A number as a `datetime`: days since 1900-01-01, the fraction being the time of day.
    static func dateTime(_ value: SQLValue, to: SQLType) throws(ServerMessage) -> SQLDateTime {
        let units: Double
        switch value {
        case .bit(let flag): units = flag ? Double(unitsPerDay) : 0
        case .int(let number): units = Double(number) * Double(unitsPerDay)
        case .decimal(let number):
            if let exact = number.rescaled(to: 15), exact.coefficient.magnitude < 1 << 90 {
                return try dateTime(units: exactUnits(exact.coefficient), to: to)
            }
            units = number.doubleValue * Double(unitsPerDay)
        case .double(let number): units = number * Double(unitsPerDay)
        default: throw .overflow(to)
        }
        guard units.magnitude < 1e15 else { throw .overflow(to) }
        return try dateTime(units: Int(units.rounded(.toNearestOrAwayFromZero)), to: to)
    }

    /// Units of a number of days with 15 places, rounded.
    private static func exactUnits(_ days: Int128) -> Int {
        let one = SQLDecimal.power(15)
        let product = days * Int128(unitsPerDay)
        let half = product < 0 ? -one / 2 : one / 2
        return Int(clamping: (product + half) / one)
    }

    /// A number of 1/300 s since 1900-01-01 as a value of `datetime` or `smalldatetime`.
    static func dateTime(units: Int, to: SQLType) throws(ServerMessage) -> SQLDateTime {
        var days = units / unitsPerDay
        var rest = units % unitsPerDay
        if rest < 0 {
            rest += unitsPerDay
            days -= 1
        }
        guard let moment = SQLDateTime(daysSince1900: days, threeHundredths: rest) else { throw .overflow(to) }
        guard to.kind == .smallDateTime else { return moment }
        guard let small = minutes(moment) else { throw .overflow(to) }
        return small
    }

    /// Whole minutes: 30 s and more round up, 29.998 s down; nil when outside `smalldatetime`.
    static func minutes(_ moment: SQLDateTime) -> SQLDateTime? {
        let minute = 60 * SQLTime.ticksPerSecond
        let ticks = (moment.ticksSinceYearOne + minute / 2) / minute * minute
        let days = ticks / SQLTime.ticksPerDay - SQLDate.daysTo1900
        return (0...65_535).contains(days) ? SQLDateTime(ticksSinceYearOne: ticks) : nil
    }

    /// A `datetime` or `smalldatetime` in 1/300 s since 1900-01-01.
    static func units(_ moment: SQLDateTime) -> Int {
        guard let fields = moment.dateTimeFields else { return 0 }
        return fields.daysSince1900 * unitsPerDay + fields.threeHundredths
    }

    /// A `datetime` as a number of days with a fraction, rounded to `scale` places.
    static func days(_ moment: SQLDateTime, scale: Int) -> SQLDecimal {
        let scaled = Int128(units(moment)) * SQLDecimal.power(min(scale, 20))
        let unit = Int128(unitsPerDay)
        let (quotient, rest) = scaled.quotientAndRemainder(dividingBy: unit)
        let step: Int128 = rest.magnitude * 2 >= unit.magnitude ? (scaled < 0 ? -1 : 1) : 0
        return SQLDecimal(coefficient: quotient + step, scale: min(scale, 20)) ?? .zero
    }

    /// A `datetime` as a floating-point number of days.
    static func days(_ moment: SQLDateTime) -> Double {
        guard let fields = moment.dateTimeFields else { return 0 }
        return Double(fields.daysSince1900) + Double(fields.threeHundredths) / Double(unitsPerDay)
    }
}
