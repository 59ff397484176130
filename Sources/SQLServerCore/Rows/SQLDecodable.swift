public import SQLValues

/// A Swift type that can be read from a column.
///
/// A conversion never loses anything: a value that does not fit is an error with column, SQL type and Swift type.
///
/// ```swift
/// struct UserID: SQLDecodable {
///     let number: Int
///     static func decode(_ cell: SQLCell) throws(SQLServerError) -> UserID { UserID(number: try Int.decode(cell)) }
/// }
/// ```
public protocol SQLDecodable: SendableMetatype {
    /// The cell's value.
    ///
    /// - Throws: `decoding` when the column's type or its value does not fit; NULL fits only an optional.
    static func decode(_ cell: SQLCell) throws(SQLServerError) -> Self
}

extension SQLCell {
    /// The error for a value that a Swift type cannot hold; `reason` must not show the value.
    package func mismatch<Value>(_ type: Value.Type, _ reason: String) -> SQLServerError {
        let name = column.name.isEmpty ? "\(columnIndex)" : "'\(column.name)'"
        return SQLServerError(.decoding, "column \(name) (\(column.type)) cannot be read as \(type): \(reason)")
    }

    /// Checks that the cell is not NULL and lies in one of the layouts that a Swift type can be read from.
    func require<Value>(_ layouts: ColumnLayout..., for type: Value.Type) throws(SQLServerError) {
        if isNull { throw mismatch(type, "the value is NULL; read it as \(type)? instead") }
        guard layouts.contains(layout) else { throw mismatch(type, "the types do not match") }
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Nil for NULL, else the value.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Wrapped? {
        cell.isNull ? nil : try Wrapped.decode(cell)
    }
}

extension Bool: SQLDecodable {
    /// A `bit`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Bool {
        try cell.require(.integer, for: Bool.self)
        guard cell.column.type == .bit else { throw cell.mismatch(Bool.self, "only bit is a truth value") }
        return cell.load(Int64.self) != 0
    }
}

extension SQLDecodable where Self: FixedWidthInteger {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Self {
        try cell.require(.integer, for: Self.self)
        guard cell.column.type != .bit else { throw cell.mismatch(Self.self, "a bit is a Bool") }
        guard let value = Self(exactly: cell.load(Int64.self)) else {
            throw cell.mismatch(Self.self, "the value is out of range")
        }
        return value
    }
}

extension Int: SQLDecodable {}
extension Int8: SQLDecodable {}
extension Int16: SQLDecodable {}
extension Int32: SQLDecodable {}
extension Int64: SQLDecodable {}
extension UInt: SQLDecodable {}
extension UInt8: SQLDecodable {}
extension UInt16: SQLDecodable {}
extension UInt32: SQLDecodable {}
extension UInt64: SQLDecodable {}

extension Double: SQLDecodable {
    /// A `float` or `real`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Double {
        try cell.require(.double, for: Double.self)
        return cell.load(Double.self)
    }
}

extension Float: SQLDecodable {
    /// A `real`.
    ///
    /// A `float` has more digits and must be read as `Double`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Float {
        try cell.require(.double, for: Float.self)
        guard cell.column.type == .real else { throw cell.mismatch(Float.self, "read a float as Double") }
        return Float(cell.load(Double.self))
    }
}

extension String: SQLDecodable {
    /// A character type or `xml`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> String {
        try cell.require(.text, for: String.self)
        return cell.text
    }
}

extension Array: SQLDecodable where Element == UInt8 {
    /// A binary type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> [UInt8] {
        try cell.require(.bytes, for: [UInt8].self)
        return cell.bytes
    }
}

extension SQLValue: SQLDecodable {
    /// A value of any type, NULL included.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLValue { cell.value }
}

extension SQLDecimal: SQLDecodable {
    /// A `decimal`, `money` or integer type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDecimal {
        try cell.require(.decimal, .money, .integer, for: SQLDecimal.self)
        switch cell.value {
        case .decimal(let value): return value
        case .int(let value): return SQLDecimal(Int(value))
        default: throw cell.mismatch(SQLDecimal.self, "the types do not match")
        }
    }
}

extension SQLDate: SQLDecodable {
    /// A `date`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDate {
        guard case .date(let value) = cell.value else {
            throw try cell.failure(SQLDate.self, .date)
        }
        return value
    }
}

extension SQLTime: SQLDecodable {
    /// A `time`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLTime {
        guard case .time(let value) = cell.value else { throw try cell.failure(SQLTime.self, .time) }
        return value
    }
}

extension SQLDateTime: SQLDecodable {
    /// A `datetime2`, `datetime` or `smalldatetime`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDateTime {
        guard case .dateTime(let value) = cell.value else { throw try cell.failure(SQLDateTime.self, .dateTime) }
        return value
    }
}

extension SQLDateTimeOffset: SQLDecodable {
    /// A `datetimeoffset`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDateTimeOffset {
        guard case .dateTimeOffset(let value) = cell.value else {
            throw try cell.failure(SQLDateTimeOffset.self, .dateTimeOffset)
        }
        return value
    }
}

extension SQLUniqueIdentifier: SQLDecodable {
    /// A `uniqueidentifier`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLUniqueIdentifier {
        guard case .uniqueIdentifier(let value) = cell.value else {
            throw try cell.failure(SQLUniqueIdentifier.self, .uniqueIdentifier)
        }
        return value
    }
}

extension SQLCell {
    /// Why the cell is not of a layout: NULL or another type.
    ///
    /// Throws that reason itself when it is NULL.
    func failure<Value>(_ type: Value.Type, _ layout: ColumnLayout) throws(SQLServerError) -> SQLServerError {
        try require(layout, for: type)
        return mismatch(type, "the value is out of range")
    }
}
