import SQLValues

/// The value of a `sql_variant` that is not NULL: a value of a type of its own, its base type.
///
/// Among ``SQLValue``s and in SQLite it is one text: the code of the base type, a letter for the stored form (`i`, `t`
/// or `b`), and that form. Such texts are compared by the collation `TSQL_VARIANT`.
struct VariantValue: Equatable {
    var type: SQLType
    var value: SQLValue

    init(_ value: SQLValue, _ type: SQLType) {
        self.type = type
        self.value = value
    }

    /// The value that a text stands for; nil when it is no such text.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let code = Int64(parts[0]), let type = SQLType(code: code) else { return nil }
        let content = parts[1].dropFirst()
        let stored: StoredValue
        switch parts[1].first {
        case "i": stored = .integer(Int64(content) ?? 0)
        case "t": stored = .text(String(content))
        case "b": stored = .blob(Self.bytes(of: content.utf8))
        default: return nil
        }
        self.init(StoredForm.decode(StoredCell(stored), as: type), type)
    }

    /// The value that a `SQLValue` of the type `sql_variant` stands for; nil for NULL.
    init?(of value: SQLValue) {
        guard case .string(let text) = value else { return nil }
        self.init(text)
    }

    /// The value as one text.
    var text: String {
        switch StoredForm.encode(value, as: type) {
        case .null: "\(type.code):t"
        case .integer(let number): "\(type.code):i\(number)"
        case .text(let text): "\(type.code):t\(text)"
        case .blob(let bytes): "\(type.code):b" + Self.digits(of: bytes)
        }
    }

    private static func digits(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(of digits: Substring.UTF8View) -> [UInt8] {
        func number(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : digit - 0x57 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            if let first = high {
                bytes.append(first << 4 | number(digit))
                high = nil
            } else {
                high = number(digit)
            }
        }
        return bytes
    }
}

extension VariantValue {
    /// The hierarchy of families, from the lowest ("sql_variant (Transact-SQL)", Comparing sql_variant values).
    private var family: Int {
        switch type.kind {
        case .uniqueIdentifier: 0
        case .binary, .varBinary: 1
        case .char, .varChar, .nChar, .nVarChar: 2
        case .bit, .tinyInt, .smallInt, .int, .bigInt, .smallMoney, .money, .decimal, .numeric: 3
        case .real, .float: 4
        default: 5
        }
    }

    /// The order of two values: by family, and within a family by value; nil for two moments that do not convert.
    static func compare(_ a: VariantValue, _ b: VariantValue) -> Int? {
        if a.family != b.family { return a.family < b.family ? -1 : 1 }
        switch (a.value, b.value) {
        case (.uniqueIdentifier(let x), .uniqueIdentifier(let y)): return order(x, y)
        case (.bytes(let x), .bytes(let y)):
            let (left, right) = (withoutZeros(x), withoutZeros(y))
            return left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
        case (.string(let x), .string(let y)):
            let isNational = a.type.kind.isNational || b.type.kind.isNational
            return isNational ? LinguisticCollation.compare(x, y) : TextCollation.compare(x, y)
        case (.double(let x), .double(let y)): return order(x, y)
        default: break
        }
        if let x = a.number, let y = b.number { return order(x, y) }
        return compareMoments(a, b)
    }

    private static func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int { a < b ? -1 : a == b ? 0 : 1 }

    /// Binary values of any length compare as if zeros stood behind them.
    private static func withoutZeros(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix((bytes.lastIndex { $0 != 0 } ?? -1) + 1))
    }

    private var number: SQLDecimal? {
        switch value {
        case .bit(let flag): SQLDecimal(flag ? 1 : 0)
        case .int(let number): SQLDecimal(Int(number))
        case .decimal(let number): number
        default: nil
        }
    }

    private static let moments: [SQLType.Kind] = [.time, .date, .smallDateTime, .dateTime, .dateTimeOffset, .dateTime2]

    /// The value whose type is lower is converted to the other's type.
    private static func compareMoments(_ a: VariantValue, _ b: VariantValue) -> Int? {
        guard let x = moments.firstIndex(of: a.type.kind), let y = moments.firstIndex(of: b.type.kind) else {
            return nil
        }
        // With all digits of the finer type.
        let target =
            switch moments[max(x, y)] {
            case .dateTime2: SQLType.dateTime2(7)
            case .dateTimeOffset: SQLType.dateTimeOffset(7)
            default: x >= y ? a.type : b.type
            }
        guard TypeRules.allowance(from: a.type, to: target) != .never,
            TypeRules.allowance(from: b.type, to: target) != .never
        else { return nil }
        do throws(ServerMessage) {
            let left = try Conversion.convert(a.value, from: a.type, to: target)
            let right = try Conversion.convert(b.value, from: b.type, to: target)
            return order(left, right)
        } catch {
            return nil
        }
    }

    private static func order(_ a: SQLValue, _ b: SQLValue) -> Int? {
        switch (a, b) {
        case (.time(let x), .time(let y)): order(x, y)
        case (.date(let x), .date(let y)): order(x, y)
        case (.dateTime(let x), .dateTime(let y)): order(x, y)
        case (.dateTimeOffset(let x), .dateTimeOffset(let y)): order(x.utc, y.utc)
        default: nil
        }
    }
}

extension SystemView {
    /// A whole number as a `sql_variant` of a type of numbers; NULL when the type cannot hold it.
    static func variant(_ number: Int64, _ type: SQLType) -> SQLValue {
        do throws(ServerMessage) {
            let value = try Conversion.convert(.int(number), from: .bigInt, to: type)
            return .string(VariantValue(value, type).text)
        } catch {
            return .null
        }
    }
}

extension VariantValue {
    /// What SQL_VARIANT_PROPERTY tells, by the property's name in lower case; nil for NULL.
    ///
    /// Source: "SQL_VARIANT_PROPERTY (Transact-SQL)". It does not say what the types of 2008 have as precision and scale,
    /// nor how many bytes the metadata takes.
    func property(_ property: String) throws(ServerMessage) -> VariantValue? {
        let facts = TypeFacts(type)
        switch property {
        case "basetype": return VariantValue(.string(type.name), .nVarChar(128))
        case "precision", "scale":
            switch type.kind {
            case .date, .time, .dateTime2, .dateTimeOffset:
                throw .unsupported("SQL_VARIANT_PROPERTY '\(property)' of \(type.name)")
            default: return VariantValue(.int(Int64(property == "scale" ? facts.scale : facts.precision)), .int)
            }
        case "maxlength": return VariantValue(.int(Int64(facts.maxLength)), .int)
        case "collation":
            return type.isCharacter ? VariantValue(.string(SystemView.collationName), .nVarChar(128)) : nil
        case "totalbytes": throw .unsupported("SQL_VARIANT_PROPERTY 'TotalBytes'")
        default: return nil
        }
    }
}
