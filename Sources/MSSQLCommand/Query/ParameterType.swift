import SQLServer

/// The SQL type of a parameter on the command line, and how its values are written.
struct ParameterType: Sendable {
    /// Without size, such as `decimal`.
    let name: String
    /// What a value looks like, for errors.
    let form: String
    /// The size that was given: length, or precision and scale; nil when none was.
    private let declared: SQLType?
    private let family: Family

    /// How a type's size is written.
    private enum Size: Sendable {
        case none
        case length(ClosedRange<Int>, hasMax: Bool, @Sendable (Int) -> SQLType)
        case scale(@Sendable (Int) -> SQLType)
        case precision
    }

    private struct Family: Sendable {
        let size: Size
        let form: String
        /// The type of a NULL without a size.
        let usual: SQLType
        let read: @Sendable (String) -> (any SQLEncodable)?
    }

    /// Plain text: what a parameter without a type is.
    static let text = ParameterType("nvarchar")

    /// The names, in the order of the help.
    static let names = families.map(\.name)

    /// A type as written behind the colon, in any case; nil for one that is not known or has a wrong size.
    init?(_ text: String) {
        let text = text.lowercased().filter { $0 != " " }
        let name = text.prefix { $0 != "(" }
        guard let family = Self.families.first(where: { $0.name == name })?.family else { return nil }
        let size = text[name.endIndex...]
        if size.isEmpty {
            declared = nil
        } else {
            guard size.hasPrefix("("), size.hasSuffix(")"),
                let type = Self.sized(family.size, String(size.dropFirst().dropLast()), family)
            else { return nil }
            declared = type
        }
        self.name = String(name)
        self.family = family
        form = family.form
    }

    /// NULL of this type.
    var null: SQLTypedValue { SQLTypedValue(.null, as: declared ?? family.usual) }

    /// The value that a text stands for; nil when it is not written as this type's values are.
    ///
    /// - Throws: `encoding` when the type cannot hold it.
    func value(of text: String) throws(SQLServerError) -> SQLTypedValue? {
        guard let read = family.read(text) else { return nil }
        let value = try read.encode()
        if let declared { return try value.converted(to: declared) }
        switch family.size {
        // Of types with a precision the encoder chooses the one that fits; of types with a length the largest serves.
        case .precision: return value
        case .length(_, let hasMax, _):
            let isLarge = hasMax && value.type.isMax
            return try value.converted(to: isLarge ? Self.maximum(family.usual) : family.usual)
        case .none, .scale: return try value.converted(to: family.usual)
        }
    }

    /// The type that reads text for a column; nil for a type without a text form here.
    init?(of type: SQLType) {
        let names = ["numeric": "decimal", "smallmoney": "money", "image": "varbinary"]
        self.init(names[type.name] ?? type.name)
    }

    /// The value that a text stands for, as it is written; nil when it is not written as this type's values are.
    ///
    /// - Throws: `encoding` when no type holds it.
    func parsed(_ text: String) throws(SQLServerError) -> SQLTypedValue? { try family.read(text)?.encode() }

    private static func maximum(_ type: SQLType) -> SQLType {
        type.isBinary ? .varBinaryMax : type.name == "nvarchar" ? .nVarCharMax : .varCharMax
    }

    private static func sized(_ size: Size, _ text: String, _ family: Family) -> SQLType? {
        switch size {
        case .none: return nil
        case .length(let range, let hasMax, let make):
            if text == "max" { return hasMax ? maximum(family.usual) : nil }
            return Int(text).flatMap { range.contains($0) ? make($0) : nil }
        case .scale(let make): return Int(text).flatMap { (0...7).contains($0) ? make($0) : nil }
        case .precision:
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
            guard (1...2).contains(numbers.count), let precision = numbers.first, (1...38).contains(precision) else {
                return nil
            }
            let scale = numbers.count == 2 ? numbers[1] : 0
            return (0...precision).contains(scale) ? .decimal(precision, scale) : nil
        }
    }
}

// MARK: - The types

extension ParameterType {
    private static let families: [(name: String, family: Family)] = numbers + moments + texts

    private static let numbers: [(name: String, family: Family)] = [
        ("bit", Family(size: .none, form: "write 0, 1, true or false", usual: .bit, read: bit)),
        ("tinyint", whole(.tinyInt)), ("smallint", whole(.smallInt)), ("int", whole(.int)), ("bigint", whole(.bigInt)),
        (
            "decimal",
            Family(size: .precision, form: exact, usual: .decimal(38, 10)) { SQLDecimal($0) }
        ),
        ("money", Family(size: .none, form: exact, usual: .money) { SQLDecimal($0) }),
        ("float", Family(size: .none, form: "write a number such as 1.5e3", usual: .float) { Double($0) }),
        ("real", Family(size: .none, form: "write a number such as 1.5e3", usual: .real) { Float($0) }),
    ]

    private static let moments: [(name: String, family: Family)] = [
        ("date", Family(size: .none, form: "write yyyy-MM-dd", usual: .date) { SQLDate($0) }),
        (
            "time",
            Family(size: .scale(SQLType.time), form: "write HH:mm:ss", usual: .time(7)) { SQLTime($0) }
        ),
        ("datetime2", Family(size: .scale(SQLType.dateTime2), form: moment, usual: .dateTime2(7), read: dateTime)),
        ("datetime", Family(size: .none, form: moment, usual: .dateTime, read: dateTime)),
        ("smalldatetime", Family(size: .none, form: moment, usual: .smallDateTime, read: dateTime)),
        (
            "datetimeoffset",
            Family(
                size: .scale(SQLType.dateTimeOffset), form: "write yyyy-MM-dd HH:mm:ss +01:00",
                usual: .dateTimeOffset(7)
            ) { SQLDateTimeOffset($0) }
        ),
    ]

    private static let texts: [(name: String, family: Family)] = [
        (
            "uniqueidentifier",
            Family(size: .none, form: "write 32 hexadecimal digits in groups", usual: .uniqueIdentifier) {
                SQLUniqueIdentifier($0)
            }
        ),
        ("nvarchar", characters(1...4_000, hasMax: true, SQLType.nVarChar, usual: .nVarChar(4_000))),
        ("varchar", characters(1...8_000, hasMax: true, SQLType.varChar, usual: .varChar(8_000))),
        ("nchar", characters(1...4_000, hasMax: false, SQLType.nChar, usual: .nChar(4_000))),
        ("char", characters(1...8_000, hasMax: false, SQLType.char, usual: .char(8_000))),
        ("varbinary", bytes(hasMax: true, SQLType.varBinary)), ("binary", bytes(hasMax: false, SQLType.binary)),
    ]

    private static let exact = "write a number such as 12.50"
    private static let moment = "write yyyy-MM-dd HH:mm:ss, with a fraction if need be"

    private static func whole(_ type: SQLType) -> Family {
        Family(size: .none, form: "write a whole number", usual: type) { Int64($0) }
    }

    private static func characters(
        _ range: ClosedRange<Int>, hasMax: Bool, _ make: @escaping @Sendable (Int) -> SQLType, usual: SQLType
    ) -> Family {
        Family(size: .length(range, hasMax: hasMax, make), form: "write text", usual: usual) { $0 }
    }

    private static func bytes(hasMax: Bool, _ make: @escaping @Sendable (Int) -> SQLType) -> Family {
        Family(
            size: .length(1...8_000, hasMax: hasMax, make), form: "write 0x and an even number of hexadecimal digits",
            usual: make(8_000), read: hexadecimal)
    }

    private static func bit(_ text: String) -> (any SQLEncodable)? {
        switch text.lowercased() {
        case "1", "true": true
        case "0", "false": false
        default: nil
        }
    }

    /// A date alone is its midnight.
    private static func dateTime(_ text: String) -> (any SQLEncodable)? {
        SQLDateTime(text) ?? SQLDate(text).map { SQLDateTime($0) }
    }

    private static func hexadecimal(_ text: String) -> (any SQLEncodable)? {
        guard text.lowercased().hasPrefix("0x"), text.utf8.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var rest = text.utf8.dropFirst(2)
        while let high = rest.popFirst(), let low = rest.popFirst() {
            guard let high = nibble(high), let low = nibble(low) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
