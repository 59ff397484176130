import SQLValues

/// Conversion of values between SQL Server's types, as CAST does it.
///
/// Source: "CAST and CONVERT (Transact-SQL)".
enum Conversion {
    /// A value of one type as a value of another.
    static func convert(_ value: SQLValue, from: SQLType, to: SQLType, style: Int? = nil) throws(ServerMessage)
        -> SQLValue
    {
        if value.isNull { return .null }
        if from.kind == .variant, to.kind != .variant {
            guard let base = VariantValue(of: value) else { return .null }
            guard TypeRules.allowance(from: base.type, to: to) != .never else { throw impossible(base.type, to) }
            return try convert(base.value, from: base.type, to: to, style: style)
        }
        switch to.kind {
        case .variant: return from.kind == .variant ? value : .string(VariantValue(value, from).text)
        case .rowVersion: return try convert(value, from: from, to: .binary(8), style: style)
        case .bit: return try bit(value, from: from)
        case .tinyInt, .smallInt, .int, .bigInt: return .int(try integer(value, from: from, to: to))
        case .real, .float: return try float(value, from: from, to: to)
        case .decimal, .numeric, .money, .smallMoney: return .decimal(try decimal(value, from: from, to: to))
        case .char, .varChar, .text, .nChar, .nVarChar, .nText:
            return .string(try text(value, from: from, to: to, style: style))
        case .date, .time, .smallDateTime, .dateTime, .dateTime2, .dateTimeOffset:
            return try moment(value, from: from, to: to, style: style)
        case .binary, .varBinary, .image:
            return .bytes(try bytes(value, from: from, to: to, style: style))
        case .uniqueIdentifier: return try identifier(value, from: from)
        default:
            if from.kind == to.kind { return value }
            throw .unsupported("CAST to \(to)")
        }
    }

    /// The line 529 error, for pairs of types without any conversion.
    static func impossible(_ from: SQLType, _ to: SQLType) -> ServerMessage {
        .error(529, state: 2, "Explicit conversion from data type \(from.name) to \(to.name) is not allowed.")
    }

    private static func failed(_ text: String, _ from: SQLType, _ to: SQLType) -> ServerMessage {
        .error(245, "Conversion failed when converting the \(from.name) value '\(text)' to data type \(to.name).")
    }

    private static func bit(_ value: SQLValue, from: SQLType) throws(ServerMessage) -> SQLValue {
        switch value {
        case .bit: return value
        case .int(let number): return .bit(number != 0)
        case .double(let number): return .bit(number != 0)
        case .decimal(let number): return .bit(number.coefficient != 0)
        case .bytes(let bytes): return .bit(bytes.contains { $0 != 0 })
        case .string(let text):
            let word = text.trimmedBlanks
            if word.isEmpty { return .bit(false) }
            if word.lowercased() == "true" { return .bit(true) }
            if word.lowercased() == "false" { return .bit(false) }
            guard let number = NumberParser.integer(word) else { throw failed(text, from, .bit) }
            return .bit(number != 0)
        case .dateTime(let moment): return .bit(units(moment) != 0)
        default: throw impossible(from, .bit)
        }
    }

    static func integer(_ value: SQLValue, from: SQLType, to: SQLType) throws(ServerMessage) -> Int64 {
        let range = IntegerRange.of(to.kind)
        switch value {
        case .bit(let flag): return flag ? 1 : 0
        case .int(let number):
            if range.contains(number) { return number }
            if to.kind == .int || to.kind == .bigInt || from.kind == .bigInt { throw .overflow(to) }
            throw .error(
                220, state: to.kind == .tinyInt ? 2 : 1,
                "Arithmetic overflow error for data type \(to.name), value = \(number).")
        case .decimal(let number):
            let isMoney = from.kind == .money || from.kind == .smallMoney
            let whole = isMoney ? number.rescaled(to: 0)?.coefficient : number.truncated
            guard let whole, let result = Int64(exactly: whole), range.contains(result) else {
                throw .overflow(from: from, to: to)
            }
            return result
        case .double(let number):
            guard let result = Int64(exactly: number.rounded(.towardZero)), range.contains(result) else {
                throw .error(
                    232, state: 3,
                    "Arithmetic overflow error for type \(to.name), value = \(NumberText.fixed(number, places: 6)).")
            }
            return result
        case .bytes(let bytes):
            let width = to.kind == .bigInt ? 8 : to.kind == .int ? 4 : to.kind == .smallInt ? 2 : 1
            let bits = bytes.suffix(width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            switch width {
            case 8: return Int64(bitPattern: bits)
            case 4: return Int64(Int32(truncatingIfNeeded: bits))
            case 2: return Int64(Int16(truncatingIfNeeded: bits))
            default: return Int64(bits)
            }
        case .string(let text): return try parsed(text, from: from, to: to)
        case .dateTime(let moment):
            // Noon and later count as the next day.
            guard let result = Int64(exactly: days(moment, scale: 0).coefficient), range.contains(result) else {
                throw .overflow(to)
            }
            return result
        default: throw impossible(from, to)
        }
    }

    private static func parsed(_ text: String, from: SQLType, to: SQLType) throws(ServerMessage) -> Int64 {
        let word = text.trimmedBlanks
        if word.isEmpty { return 0 }
        guard let number = NumberParser.integer(word) else {
            if to.kind == .bigInt {
                throw .error(8114, state: 5, "Error converting data type \(from.name) to bigint.")
            }
            throw failed(text, from, to)
        }
        if let result = Int64(exactly: number), IntegerRange.of(to.kind).contains(result) { return result }
        let line = "The conversion of the \(from.name) value '\(text)' overflowed an "
        switch to.kind {
        case .tinyInt: throw .error(244, line + "INT1 column. Use a larger integer column.")
        case .smallInt: throw .error(244, state: 2, line + "INT2 column. Use a larger integer column.")
        case .int: throw .error(248, line + "int column.")
        default: throw .overflow(to)
        }
    }

    private static func float(_ value: SQLValue, from: SQLType, to: SQLType) throws(ServerMessage) -> SQLValue {
        let number: Double
        switch value {
        case .bit(let flag): number = flag ? 1 : 0
        case .int(let whole): number = Double(whole)
        case .double(let float): number = float
        case .decimal(let decimal): number = decimal.doubleValue
        case .string(let text):
            guard let parsed = NumberParser.double(text.trimmedBlanks) else {
                throw .error(8114, state: 5, "Error converting data type \(from.name) to \(to.name).")
            }
            number = parsed
        case .dateTime(let moment): number = days(moment)
        default: throw impossible(from, to)
        }
        guard to.kind == .real else { return .double(number) }
        let narrow = Double(Float(number))
        guard narrow.isFinite else { throw .overflow(to) }
        return .double(narrow)
    }

    static func decimal(_ value: SQLValue, from: SQLType, to: SQLType) throws(ServerMessage) -> SQLDecimal {
        let number: SQLDecimal
        switch value {
        case .bit(let flag): number = SQLDecimal(flag ? 1 : 0)
        case .int(let whole): number = SQLDecimal(Int(whole))
        case .decimal(let decimal): number = decimal
        case .double(let float):
            guard let decimal = NumberParser.decimal(float) else { throw .overflow(from: from, to: to) }
            number = decimal
        case .string(let text): number = try parsedDecimal(text, from: from, to: to)
        case .bytes(let bytes):
            guard to.kind == .money || to.kind == .smallMoney else {
                throw .unsupported("CAST from \(from.name) to \(to.name)")
            }
            let units = try integer(.bytes(bytes), from: from, to: to.kind == .money ? .bigInt : .int)
            number = SQLDecimal(coefficient: Int128(units), scale: 4) ?? .zero
        case .dateTime(let moment):
            // SQL Server goes through float: beyond nine places its digits are those of the float.
            guard to.scale ?? 4 <= 9 else { throw .unsupported("CAST from \(from.name) to \(to)") }
            number = days(moment, scale: to.scale ?? 4)
        default: throw impossible(from, to)
        }
        guard let result = fitted(number, to: to) else { throw .overflow(from: from, to: to) }
        return result
    }

    /// A number at a type's scale, or nil when the type has too few digits for it.
    static func fitted(_ number: SQLDecimal, to type: SQLType) -> SQLDecimal? {
        switch type.kind {
        case .money:
            guard let value = number.rescaled(to: 4), Int64(exactly: value.coefficient) != nil else { return nil }
            return value
        case .smallMoney:
            guard let value = number.rescaled(to: 4), Int32(exactly: value.coefficient) != nil else { return nil }
            return value
        default:
            let precision = max(1, min(38, type.precision ?? 18))
            guard let value = number.rescaled(to: type.scale ?? 0),
                precision == 38 || value.coefficient.magnitude < SQLDecimal.power(precision).magnitude
            else { return nil }
            return value
        }
    }

    private static func parsedDecimal(_ text: String, from: SQLType, to: SQLType) throws(ServerMessage) -> SQLDecimal {
        let isMoney = to.kind == .money || to.kind == .smallMoney
        let word = text.trimmedBlanks
        if isMoney {
            if word.isEmpty { return .zero }
            guard let number = NumberParser.money(word) else {
                throw to.kind == .money
                    ? .error(
                        235, state: 0, "Cannot convert a char value to money. The char value has incorrect syntax.")
                    : .error(
                        293, state: 0,
                        "Cannot convert char value to smallmoney. The char value has incorrect syntax.")
            }
            return number
        }
        guard let number = NumberParser.decimal(word) else {
            throw .error(8114, state: 5, "Error converting data type \(from.name) to numeric.")
        }
        return number
    }

    private static func identifier(_ value: SQLValue, from: SQLType) throws(ServerMessage) -> SQLValue {
        switch value {
        case .uniqueIdentifier: return value
        case .bytes(let bytes):
            let padded = Array((bytes + [UInt8](repeating: 0, count: 16)).prefix(16))
            return SQLUniqueIdentifier(wireBytes: padded).map { .uniqueIdentifier($0) } ?? .null
        case .string(let text):
            let length = text.hasPrefix("{") ? 38 : 36
            guard let id = SQLUniqueIdentifier(String(text.prefix(length))) else {
                throw .error(
                    8169, state: 2, "Conversion failed when converting from a character string to uniqueidentifier.")
            }
            return .uniqueIdentifier(id)
        default: throw impossible(from, .uniqueIdentifier)
        }
    }
}

extension SQLDecimal {
    /// The whole part.
    var truncated: Int128 { coefficient / Self.power(scale) }
}

extension String {
    /// Without blanks at both ends.
    var trimmedBlanks: String { withoutTrailingBlanks.withoutLeadingBlanks }
}
