public import SQLValues

/// A Swift type that can be read from a column.
///
/// A conversion never loses anything: a value that does not fit is an error with column, SQL type and Swift type.
/// Optionals, the integers, `Bool`, `Double`, `Float`, `String`, `[UInt8]`, the `SQL…` values, Foundation's `Data`,
/// `Date`, `Decimal` and `UUID`, and ``SQLJSON`` conform. An enumeration with a raw value of one of them needs only to
/// say so; another type reads itself from one that conforms:
///
/// ```swift
/// enum Level: Int, SQLDecodable { case low = 1, high = 2 }
///
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

    /// The cell's value, nil for NULL: how an optional of the type is read. There is a default.
    ///
    /// A requirement, so that reading `Int?` runs machine code that was made for `Int`.
    ///
    /// - Throws: `decoding`, as ``decode(_:)`` does.
    static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Self?
}

extension SQLDecodable {
    /// Nil for NULL, else what ``decode(_:)`` returns.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Self? {
        cell.isNull ? nil : try decode(cell)
    }
}

extension SQLCell {
    /// The error for a value that a Swift type cannot hold; `reason` must not show the value.
    ///
    /// ```swift
    /// guard let code = CountryCode(text) else { throw cell.mismatch(CountryCode.self, "it is no country code") }
    /// ```
    public func mismatch<Value>(_ type: Value.Type, _ reason: String) -> SQLServerError {
        let name = column.name.isEmpty ? "\(columnIndex)" : "'\(column.name)'"
        return SQLServerError(.decoding, "column \(name) (\(column.type)) cannot be read as \(type): \(reason)")
    }

    /// What the cell holds, as it is stored, for a Swift type that is read from a layout.
    ///
    /// - Throws: `decoding` when the cell is NULL or has another layout.
    @inline(__always)
    func stored<Stored: BitwiseCopyable, Value>(
        _ stored: Stored.Type, _ layout: ColumnLayout, for type: Value.Type
    ) throws(SQLServerError) -> Stored {
        guard let value = storage.load(stored, ofLayout: layout, columnIndex, rowIndex) else { throw refusal(type) }
        return value
    }

    /// Why a cell of this layout, or NULL, cannot be read as a type.
    @inline(never)
    func refusal<Value>(_ type: Value.Type) -> SQLServerError {
        isNull
            ? mismatch(type, "the value is NULL; read it as \(type)? instead") : mismatch(type, hint(for: layout))
    }

    /// What to read the cell as instead.
    private func hint(for layout: ColumnLayout) -> String {
        let fitting =
            switch layout {
            case .bit: "Bool"
            case .integer: "an integer, SQLDecimal or Decimal"
            case .double: column.type == .real ? "Float or Double" : "Double"
            case .money, .decimal: "SQLDecimal or Decimal"
            case .date: "SQLDate"
            case .time: "SQLTime"
            case .dateTime: "SQLDateTime or Date"
            case .dateTimeOffset: "SQLDateTimeOffset or Date"
            case .uniqueIdentifier: "UUID or SQLUniqueIdentifier"
            case .text: "String"
            case .bytes: "Data or [UInt8]"
            }
        return "the types do not match; read it as \(fitting)"
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Nil for NULL, else the value.
    @inlinable
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Wrapped? {
        try Wrapped.decodeIfPresent(cell)
    }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    /// The case with the column's value.
    ///
    /// - Throws: `decoding` when there is no such case, or the value does not fit the raw type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Self {
        if cell.isNull { throw cell.refusal(Self.self) }
        guard let value = Self(rawValue: try RawValue.decode(cell)) else {
            throw cell.mismatch(Self.self, "the value is none of the type's")
        }
        return value
    }
}

extension Bool: SQLDecodable {
    /// A `bit`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Bool {
        try cell.stored(Int64.self, .bit, for: Bool.self) != 0
    }
}

extension SQLCell {
    // The public functions below are not generic, so that code in other modules calls machine code made for its type.
    @inline(__always)
    fileprivate func integer<Value: FixedWidthInteger>() throws(SQLServerError) -> Value {
        try exactly(try stored(Int64.self, .integer, for: Value.self))
    }

    @inline(__always)
    fileprivate func integerIfPresent<Value: FixedWidthInteger>() throws(SQLServerError) -> Value? {
        guard let number = storage.load(Int64.self, ofLayout: .integer, columnIndex, rowIndex) else {
            if isNull { return nil }
            throw refusal(Value.self)
        }
        return try exactly(number)
    }

    @inline(__always)
    private func exactly<Value: FixedWidthInteger>(_ number: Int64) throws(SQLServerError) -> Value {
        guard let value = Value(exactly: number) else { throw mismatch(Value.self, "the value is out of range") }
        return value
    }
}

extension Int: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Int { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Int? { try cell.integerIfPresent() }
}

extension Int8: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Int8 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Int8? { try cell.integerIfPresent() }
}

extension Int16: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Int16 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Int16? { try cell.integerIfPresent() }
}

extension Int32: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Int32 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Int32? { try cell.integerIfPresent() }
}

extension Int64: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Int64 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> Int64? { try cell.integerIfPresent() }
}

extension UInt: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UInt { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> UInt? { try cell.integerIfPresent() }
}

extension UInt8: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UInt8 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> UInt8? { try cell.integerIfPresent() }
}

extension UInt16: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UInt16 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> UInt16? {
        try cell.integerIfPresent()
    }
}

extension UInt32: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UInt32 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> UInt32? {
        try cell.integerIfPresent()
    }
}

extension UInt64: SQLDecodable {
    /// Any integer type, when the value is in range.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UInt64 { try cell.integer() }
    /// The same, or nil for NULL.
    public static func decodeIfPresent(_ cell: SQLCell) throws(SQLServerError) -> UInt64? {
        try cell.integerIfPresent()
    }
}

extension Double: SQLDecodable {
    /// A `float` or `real`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Double {
        try cell.stored(Double.self, .double, for: Double.self)
    }
}

extension Float: SQLDecodable {
    /// A `real`.
    ///
    /// A `float` has more digits and must be read as `Double`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Float {
        let value = try cell.stored(Double.self, .double, for: Float.self)
        guard cell.column.type == .real else { throw cell.mismatch(Float.self, "read a float as Double") }
        return Float(value)
    }
}

extension String: SQLDecodable {
    /// A character type or `xml`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> String {
        cell.storage.text(try cell.stored((Int, Int).self, .text, for: String.self))
    }
}

extension Array: SQLDecodable where Element == UInt8 {
    /// A binary type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> [UInt8] {
        cell.storage.bytes(try cell.stored((Int, Int).self, .bytes, for: [UInt8].self))
    }
}

extension SQLValue: SQLDecodable {
    /// A value of any type, NULL included.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLValue { cell.value }
}
