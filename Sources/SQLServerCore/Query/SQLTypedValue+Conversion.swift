package import SQLValues

extension SQLTypedValue {
    /// The same value declared with another type, when that type holds it exactly.
    ///
    /// - Parameters:
    ///   - target: The type to declare.
    ///   - codePage: The code page of `char`, `varchar` and `text` on the server; nil when it is not known yet, so that
    ///     the characters are checked when the value is sent.
    /// - Returns: The value, declared so.
    /// - Throws: `encoding` when the value does not fit or the type does not exist; the message names the type and the
    ///   reason but not the value.
    package func converted(
        to target: SQLType, codePage: SQLCodePage? = nil
    ) throws(SQLServerError) -> SQLTypedValue {
        guard target.exists else {
            throw SQLServerError(.encoding, "\(target), the type of a parameter, does not exist in SQL Server")
        }
        let converted: SQLValue?
        switch (value, target.kind) {
        case (.null, _): converted = .null
        case (.bit, .bit): converted = value
        case (.int(let number), _): converted = Self.integer(number, as: target)
        case (.decimal(let number), _): converted = Self.decimal(number, as: target)
        case (.double(let number), .real): converted = Double(Float(number)) == number ? value : nil
        case (.double, .float): converted = value
        case (.string(let text), _): converted = Self.string(text, as: target, codePage)
        case (.bytes(let bytes), _): converted = Self.bytes(bytes, as: target)
        case (.uniqueIdentifier, .uniqueIdentifier): converted = value
        case (.date, .date): converted = value
        case (.date(let date), .dateTime2), (.date(let date), .dateTime), (.date(let date), .smallDateTime):
            converted = Self.dateTime(SQLDateTime(date), as: target)
        case (.time(let time), .time): converted = Self.fits(time.ticks, scale: target.scale) ? value : nil
        case (.dateTime(let moment), _): converted = Self.dateTime(moment, as: target)
        case (.dateTimeOffset(let moment), .dateTimeOffset):
            converted = Self.fits(moment.utc.ticksSinceYearOne, scale: target.scale) ? value : nil
        default: converted = nil
        }
        guard let converted else {
            let reason = whyNot(target, codePage)
            let what = type == target ? "the value" : "the \(type) value"
            throw SQLServerError(.encoding, "\(what) of a parameter does not fit \(target): \(reason)")
        }
        return SQLTypedValue(converted, as: target)
    }

    private static func integer(_ number: Int64, as target: SQLType) -> SQLValue? {
        switch target.kind {
        case .bit: number == 0 || number == 1 ? .bit(number == 1) : nil
        case .tinyInt: UInt8(exactly: number) == nil ? nil : .int(number)
        case .smallInt: Int16(exactly: number) == nil ? nil : .int(number)
        case .int: Int32(exactly: number) == nil ? nil : .int(number)
        case .bigInt: .int(number)
        case .real: Int64(exactly: Float(number)) == number ? .double(Double(number)) : nil
        case .float: Int64(exactly: Double(number)) == number ? .double(Double(number)) : nil
        default: decimal(SQLDecimal(Int(number)), as: target)
        }
    }

    private static func decimal(_ number: SQLDecimal, as target: SQLType) -> SQLValue? {
        let (precision, scale): (Int, Int)
        switch target.kind {
        case .decimal, .numeric: (precision, scale) = (target.precision ?? 18, target.scale ?? 0)
        case .money: (precision, scale) = (19, 4)
        case .smallMoney: (precision, scale) = (10, 4)
        case .bit, .tinyInt, .smallInt, .int, .bigInt:
            // Also how unsigned Swift integers of 64 bits come here.
            guard let whole = number.rescaled(to: 0), whole == number else { return nil }
            return Int64(exactly: whole.coefficient).flatMap { integer($0, as: target) }
        default: return nil
        }
        guard let value = number.rescaled(to: scale), value == number, value.precision <= precision else { return nil }
        if target.kind == .money, Int64(exactly: value.coefficient) == nil { return nil }
        if target.kind == .smallMoney, Int32(exactly: value.coefficient) == nil { return nil }
        return .decimal(value)
    }

    private static func string(_ text: String, as target: SQLType, _ codePage: SQLCodePage?) -> SQLValue? {
        switch target.kind {
        case .nChar, .nVarChar: return target.length.map { text.utf16.count <= $0 } ?? true ? .string(text) : nil
        case .char, .varChar, .text:
            // No code page has a character of fewer bytes than it has UTF-16 units.
            let bytes = codePage.map { $0.byteCount(of: text) } ?? text.utf16.count
            guard let count = bytes else { return nil }
            return target.length.map { count <= $0 } ?? true ? .string(text) : nil
        case .xml, .nText: return .string(text)
        default: return nil
        }
    }

    /// The reason for which a type cannot hold the value.
    private func whyNot(_ target: SQLType, _ codePage: SQLCodePage?) -> String {
        switch (value, target.kind) {
        case (.string(let text), .char), (.string(let text), .varChar), (.string(let text), .text):
            if let codePage, codePage.byteCount(of: text) == nil {
                "it has a character that \(codePage), that of the database, lacks; declare it as nvarchar"
            } else {
                "it is too long"
            }
        case (.string, .nChar), (.string, .nVarChar), (.bytes, .binary), (.bytes, .varBinary): "it is too long"
        case (.int, _) where target.isNumeric, (.decimal, _) where target.isNumeric:
            "it is out of range or has more decimal places"
        case (.double, .real): "it has more digits than a real keeps"
        case (.date, .dateTime), (.date, .smallDateTime), (.time, .time),
            (.dateTime, _) where target.isMoment,
            (.dateTimeOffset, .dateTimeOffset):
            "it is out of range, or finer than the steps of the type"
        default: "a value of this kind is not converted to it"
        }
    }

    private static func bytes(_ bytes: [UInt8], as target: SQLType) -> SQLValue? {
        guard target.isBinary else { return nil }
        return target.length.map { bytes.count <= $0 } ?? true ? .bytes(bytes) : nil
    }

    private static func dateTime(_ moment: SQLDateTime, as target: SQLType) -> SQLValue? {
        switch target.kind {
        case .dateTime2: return fits(moment.ticksSinceYearOne, scale: target.scale) ? .dateTime(moment) : nil
        case .dateTime:
            guard let fields = moment.dateTimeFields else { return nil }
            let back = SQLDateTime(daysSince1900: fields.daysSince1900, threeHundredths: fields.threeHundredths)
            return back == moment ? .dateTime(moment) : nil
        case .smallDateTime:
            let isWholeMinute = moment.ticksSinceYearOne % (60 * SQLTime.ticksPerSecond) == 0
            // 1900-01-01 to 2079-06-06 is 65,536 days.
            let days = moment.date.daysSinceYearOne - SQLDate.daysTo1900
            return isWholeMinute && (0..<65_536).contains(days) ? .dateTime(moment) : nil
        case .date: return moment.time == .midnight ? .date(moment.date) : nil
        case .dateTimeOffset:
            guard fits(moment.ticksSinceYearOne, scale: target.scale) else { return nil }
            return SQLDateTimeOffset(utc: moment, offsetMinutes: 0).map(SQLValue.dateTimeOffset)
        default: return nil
        }
    }

    private static func fits(_ ticks: Int, scale: Int?) -> Bool {
        ticks % SQLTime.ticksPerStep(scale: scale ?? 7) == 0
    }
}

extension SQLTypedValue {
    /// Whether the server converts this to a code page, and it has characters beyond ASCII.
    var needsCodePage: Bool {
        switch type.kind {
        case .char, .varChar, .text:
            guard case .string(let text) = value else { return false }
            return !text.utf8.allSatisfy { $0 < 0x80 }
        default: return false
        }
    }
}

extension SQLType {
    /// Whether values of this type are dates or times.
    fileprivate var isMoment: Bool {
        switch kind {
        case .date, .time, .smallDateTime, .dateTime, .dateTime2, .dateTimeOffset: true
        default: false
        }
    }

    /// Whether SQL Server has the type with this length, precision and scale.
    ///
    /// Sources: "char and varchar", "nchar and nvarchar", "binary and varbinary", "decimal and numeric", "datetime2".
    package var exists: Bool {
        switch kind {
        case .char, .binary: (1...8_000).contains(length ?? 1)
        case .varChar, .varBinary: length.map { (1...8_000).contains($0) } ?? true
        case .nChar: (1...4_000).contains(length ?? 1)
        case .nVarChar: length.map { (1...4_000).contains($0) } ?? true
        case .decimal, .numeric: (1...38).contains(precision ?? 18) && (0...(precision ?? 18)).contains(scale ?? 0)
        case .time, .dateTime2, .dateTimeOffset: (0...7).contains(scale ?? 7)
        default: true
        }
    }
}
