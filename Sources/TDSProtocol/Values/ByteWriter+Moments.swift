import SQLValues

extension ByteWriter {
    /// The content of a date or time (MS-TDS 2.2.5.5.1.7, 2.2.5.5.1.8), cut to its scale.
    mutating func moment(_ value: SQLValue, as type: SQLType) throws(TDSProtocolError) {
        let scale = type.scale ?? 7
        switch (type.kind, value) {
        case (.date, .date(let date)): unsigned(UInt64(date.daysSinceYearOne), width: 3)
        case (.time, .time(let time)): self.time(time, scale)
        case (.dateTime2, .dateTime(let moment)): dateTime(moment, scale)
        case (.dateTimeOffset, .dateTimeOffset(let moment)):
            dateTime(moment.utc, scale)
            integer(Int16(truncatingIfNeeded: moment.offsetMinutes))
        case (.dateTime, .dateTime(let moment)):
            guard let (days, units) = moment.dateTimeFields else { throw outOfRange(moment, type) }
            integer(Int32(truncatingIfNeeded: days))
            integer(UInt32(truncatingIfNeeded: units))
        case (.smallDateTime, .dateTime(let moment)):
            let days = moment.date.daysSinceYearOne - SQLDate.daysTo1900
            guard let days = UInt16(exactly: days) else { throw outOfRange(moment, type) }
            integer(days)
            integer(UInt16(moment.time.hour * 60 + moment.time.minute))
        default: throw mismatch(value, type)
        }
    }

    private func outOfRange(_ moment: SQLDateTime, _ type: SQLType) -> TDSProtocolError {
        TDSProtocolError("\(moment) is out of the range of \(type)")
    }

    private mutating func time(_ time: SQLTime, _ scale: Int) {
        let steps = time.ticks / SQLTime.ticksPerStep(scale: scale)
        unsigned(UInt64(steps), width: TypeInfo.timeSize(scale))
    }

    private mutating func dateTime(_ moment: SQLDateTime, _ scale: Int) {
        time(moment.time, scale)
        unsigned(UInt64(moment.date.daysSinceYearOne), width: 3)
    }
}
