import SQLValues
import TransactSQL

/// Data type precedence, implicit conversion and the types of results.
///
/// Sources: "Data type precedence", "Data type conversion", "Precision, scale, and length".
enum TypeRules {
    private static let precedence: [SQLType.Kind] = [
        .udt, .variant, .xml, .dateTimeOffset, .dateTime2, .dateTime, .smallDateTime, .date, .time, .float, .real,
        .decimal, .numeric, .money, .smallMoney, .bigInt, .int, .smallInt, .tinyInt, .bit, .nText, .text, .image,
        .rowVersion, .uniqueIdentifier, .nVarChar, .nChar, .varChar, .char, .varBinary, .binary,
    ]
    private static let ranks: [SQLType.Kind: Int] = {
        var table: [SQLType.Kind: Int] = [:]
        for (rank, kind) in precedence.enumerated() { table[kind] = rank }
        return table
    }()

    static func rank(_ type: SQLType) -> Int { ranks[type.kind] ?? 99 }

    /// The type to which two operands are brought for a comparison, CASE, UNION and the like.
    static func common(_ a: SQLType, _ b: SQLType) -> SQLType {
        if a == b { return a }
        let (high, low) = rank(a) <= rank(b) ? (a, b) : (b, a)
        switch high.kind {
        case .decimal, .numeric:
            guard let shape = decimalShape(low), let own = decimalShape(high) else { return high }
            let scale = max(own.scale, shape.scale)
            let whole = max(own.precision - own.scale, shape.precision - shape.scale)
            if whole + scale > 38 {
                return SQLType(kind: high.kind, precision: 38, scale: max(0, 38 - whole))
            }
            return SQLType(kind: high.kind, precision: whole + scale, scale: scale)
        case .char, .varChar, .nChar, .nVarChar, .binary, .varBinary:
            guard low.isCharacter == high.isCharacter else { return high }
            guard let x = high.length, let y = low.length else { return SQLType(kind: high.kind.variable) }
            let limit = high.kind == .nChar || high.kind == .nVarChar ? 4_000 : 8_000
            return SQLType(kind: high.kind, length: min(limit, max(x, y)))
        case .dateTime2, .time, .dateTimeOffset:
            guard let x = high.scale else { return high }
            let other = low.kind == .dateTime ? 3 : low.scale ?? 0
            let isMoment = [.dateTime2, .time, .dateTimeOffset, .dateTime].contains(low.kind)
            return SQLType(
                kind: high.kind, scale: isMoment ? max(x, other == 3 && low.kind == .dateTime ? 7 : other) : x)
        default: return high
        }
    }

    /// Precision and scale of a number in decimal arithmetic; nil for other types.
    static func decimalShape(_ type: SQLType) -> (precision: Int, scale: Int)? {
        switch type.kind {
        case .decimal, .numeric: (type.precision ?? 18, type.scale ?? 0)
        case .money: (19, 4)
        case .smallMoney: (10, 4)
        case .bigInt: (19, 0)
        case .int: (10, 0)
        case .smallInt: (5, 0)
        case .tinyInt: (3, 0)
        case .bit: (1, 0)
        default: nil
        }
    }

    static func isMoment(_ type: SQLType) -> Bool {
        switch type.kind {
        case .date, .time, .smallDateTime, .dateTime, .dateTime2, .dateTimeOffset: true
        default: false
        }
    }

    static func isInteger(_ type: SQLType) -> Bool {
        switch type.kind {
        case .tinyInt, .smallInt, .int, .bigInt: true
        default: false
        }
    }
}

extension SQLType.Kind {
    /// The variable-length kind of a fixed-length one.
    var variable: SQLType.Kind {
        switch self {
        case .char: .varChar
        case .nChar: .nVarChar
        case .binary: .varBinary
        default: self
        }
    }

    /// Whether text of this kind is in UTF-16.
    var isNational: Bool { self == .nChar || self == .nVarChar || self == .nText }
}
