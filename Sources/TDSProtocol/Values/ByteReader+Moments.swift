import SQLValues

extension ByteReader {
    /// A date or time of `count` bytes; nil when they are none (MS-TDS 2.2.5.5.1.7, 2.2.5.5.1.8).
    mutating func moment(_ type: SQLType, _ count: Int) throws(TDSProtocolError) -> SQLValue? {
        let scale = type.scale ?? 7
        switch type.kind {
        case .date: return try date().map { .date($0) }
        case .time: return try time(scale, width: count).map { .time($0) }
        case .smallDateTime: return try smallDateTime().map { .dateTime($0) }
        case .dateTime:
            let days = Int(try integer(Int32.self))
            let units = Int(try integer(UInt32.self))
            return SQLDateTime(daysSince1900: days, threeHundredths: units).map { .dateTime($0) }
        case .dateTime2: return try dateTime(scale, width: count - 3).map { .dateTime($0) }
        default:
            guard let utc = try dateTime(scale, width: count - 5) else { return nil }
            let minutes = Int(try integer(Int16.self))
            return SQLDateTimeOffset(utc: utc, offsetMinutes: minutes).map { .dateTimeOffset($0) }
        }
    }

    private mutating func date() throws(TDSProtocolError) -> SQLDate? {
        SQLDate(daysSinceYearOne: Int(try unsigned(width: 3)))
    }

    private mutating func time(_ scale: Int, width: Int) throws(TDSProtocolError) -> SQLTime? {
        // With the width of its scale the product cannot overflow.
        guard width == TypeInfo.timeSize(scale) else { return nil }
        return SQLTime(ticks: Int(try unsigned(width: width)) * SQLTime.ticksPerStep(scale: scale))
    }

    private mutating func dateTime(_ scale: Int, width: Int) throws(TDSProtocolError) -> SQLDateTime? {
        guard let time = try time(scale, width: width), let date = try date() else { return nil }
        return SQLDateTime(date, time)
    }

    private mutating func smallDateTime() throws(TDSProtocolError) -> SQLDateTime? {
        let days = Int(try integer(UInt16.self))
        let minutes = Int(try integer(UInt16.self))
        guard let date = SQLDate(daysSinceYearOne: SQLDate.daysTo1900 + days),
            let time = SQLTime(hour: minutes / 60, minute: minutes % 60, second: 0)
        else { return nil }
        return SQLDateTime(date, time)
    }
}
