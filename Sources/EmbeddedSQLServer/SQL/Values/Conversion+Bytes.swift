import SQLValues

extension Conversion {
    /// A value as bytes of a binary type: cut or padded as the type demands.
    static func bytes(_ value: SQLValue, from: SQLType, to: SQLType, style: Int?) throws(ServerMessage) -> [UInt8] {
        var bytes: [UInt8]
        var padsLeft = from.isNumeric
        switch value {
        case .bytes(let source): bytes = source
        case .bit(let flag): bytes = [flag ? 1 : 0]
        case .int(let number):
            bytes = bigEndian(
                UInt64(bitPattern: number),
                from.kind == .bigInt ? 8 : from.kind == .int ? 4 : from.kind == .smallInt ? 2 : 1)
        case .uniqueIdentifier(let id): bytes = id.wireBytes
        case .string(let text): bytes = try self.bytes(of: text, from: from, to: to, style: style)
        case .double(let number):
            bytes =
                from.kind == .real
                ? bigEndian(UInt64(Float(number).bitPattern), 4) : bigEndian(number.bitPattern, 8)
        case .decimal(let number):
            padsLeft = from.kind == .money || from.kind == .smallMoney
            bytes = self.bytes(of: number, from)
        default: bytes = try self.bytes(ofMoment: value, from: from)
        }
        guard let length = to.length else { return bytes }
        padsLeft = padsLeft || from.kind == .dateTime || from.kind == .smallDateTime
        if bytes.count > length { return Array(padsLeft ? bytes.suffix(length) : bytes.prefix(length)) }
        guard to.kind == .binary else { return bytes }
        let padding = [UInt8](repeating: 0, count: length - bytes.count)
        return padsLeft ? padding + bytes : bytes + padding
    }

    private static func bigEndian(_ bits: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64(width - 1 - $0))) }
    }

    private static func littleEndian(_ bits: UInt128, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }

    /// Precision, scale, 0, sign, and the magnitude in words of 32 bits; money is its number of 1/10,000.
    private static func bytes(of number: SQLDecimal, _ type: SQLType) -> [UInt8] {
        let units = (number.rescaled(to: type.scale ?? 4) ?? number).coefficient
        switch type.kind {
        case .money: return bigEndian(UInt64(truncatingIfNeeded: units), 8)
        case .smallMoney: return bigEndian(UInt64(truncatingIfNeeded: units), 4)
        default:
            let precision = type.precision ?? 18
            let width = precision <= 9 ? 4 : precision <= 19 ? 8 : precision <= 28 ? 12 : 16
            let head = [UInt8(precision), UInt8(type.scale ?? 0), 0, units < 0 ? 0 : 1]
            return head + littleEndian(units.magnitude, width)
        }
    }

    private static func bytes(of text: String, from: SQLType, to: SQLType, style: Int?) throws(ServerMessage)
        -> [UInt8]
    {
        switch style ?? 0 {
        case 0:
            guard from.kind.isNational else { return try CodePage.encode(text) }
            return text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case 1, 2:
            var digits = Array(text.withoutTrailingBlanks.utf8)[...]
            if style == 1 {
                guard digits.count >= 2, digits.first == 0x30, digits.dropFirst().first.map({ $0 | 0x20 }) == 0x78
                else { throw failedHexadecimal(from, to) }
                digits = digits.dropFirst(2)
            }
            guard digits.count % 2 == 0, let bytes = hexadecimal(digits) else { throw failedHexadecimal(from, to) }
            return bytes
        default: throw .unsupported("CONVERT style \(style ?? 0) to binary")
        }
    }

    private static func failedHexadecimal(_ from: SQLType, _ to: SQLType) -> ServerMessage {
        .error(8114, state: 5, "Error converting data type \(from.name) to \(to.name).")
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x41...0x46: value = digit - 0x37
            case 0x61...0x66: value = digit - 0x57
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    /// Dates and times as SQL Server stores them; the newer types begin with their scale.
    private static func bytes(ofMoment value: SQLValue, from: SQLType) throws(ServerMessage) -> [UInt8] {
        let scale = from.scale ?? 7
        let step = SQLTime.ticksPerStep(scale: scale)
        let width = scale <= 2 ? 3 : scale <= 4 ? 4 : 5
        func time(_ ticks: Int) -> [UInt8] { [UInt8(scale)] + littleEndian(UInt128(ticks / step), width) }
        func date(_ date: SQLDate) -> [UInt8] { littleEndian(UInt128(date.daysSinceYearOne), 3) }
        switch value {
        case .date(let day): return date(day)
        case .time(let moment): return time(moment.ticks)
        case .dateTime(let moment) where from.kind == .dateTime2:
            return time(moment.time.ticks) + date(moment.date)
        case .dateTimeOffset(let moment):
            let offset = UInt16(bitPattern: Int16(moment.offsetMinutes))
            return time(moment.utc.time.ticks) + date(moment.utc.date) + littleEndian(UInt128(offset), 2)
        case .dateTime(let moment):
            let days = moment.date.daysSinceYearOne - SQLDate.daysTo1900
            if from.kind == .smallDateTime {
                let minutes = moment.time.hour * 60 + moment.time.minute
                return bigEndian(UInt64(days), 2) + bigEndian(UInt64(minutes), 2)
            }
            guard let fields = moment.dateTimeFields else { return [] }
            return bigEndian(UInt64(UInt32(bitPattern: Int32(fields.daysSince1900))), 4)
                + bigEndian(UInt64(fields.threeHundredths), 4)
        default: throw .unsupported("CAST from \(from.name) to binary")
        }
    }

    /// The `datetime` or `smalldatetime` of bytes, of which the last eight or four count.
    static func moment(_ bytes: [UInt8], to: SQLType) throws(ServerMessage) -> SQLDateTime {
        let isSmall = to.kind == .smallDateTime
        let width = isSmall ? 4 : 8
        let bits = bytes.suffix(width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if isSmall {
            let (days, minutes) = (Int(bits >> 16 & 0xFFFF), Int(bits & 0xFFFF))
            guard minutes < 1_440 else { throw .overflow(to) }
            return try dateTime(units: days * unitsPerDay + minutes * 18_000, to: to)
        }
        let days = Int(Int32(truncatingIfNeeded: bits >> 32))
        let rest = Int(bits & 0xFFFF_FFFF)
        guard rest < unitsPerDay else { throw .overflow(to) }
        return try dateTime(units: days * unitsPerDay + rest, to: to)
    }
}
