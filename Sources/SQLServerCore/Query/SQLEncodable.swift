public import SQLValues

/// A value with the SQL type that declares it as a parameter.
///
/// What ``SQLEncodable`` makes of Swift values, and what a program sends whose types are known only at run time:
///
/// ```swift
/// let fee = SQLTypedValue(.decimal(amount), as: .money)
/// try await db.execute("UPDATE dbo.Orders SET Fee = \(fee) WHERE Id = \(id)")
/// ```
public struct SQLTypedValue: Sendable, Hashable {
    /// The value, or NULL.
    public let value: SQLValue
    /// The declared type.
    public let type: SQLType

    /// A value with its declared type; whether it fits is checked when it is sent.
    ///
    /// ```swift
    /// let noPicture = SQLTypedValue(.null, as: .varBinaryMax)
    /// ```
    public init(_ value: SQLValue, as type: SQLType) {
        self.value = value
        self.type = type
    }

    /// The bytes that a `(max)` value can have: 2^31 - 1.
    static let maximumBytes = Int(Int32.max)

    /// Refuses a value of more bytes than the server stores.
    static func checkSize(_ count: Int) throws(SQLServerError) {
        guard count <= maximumBytes else {
            throw SQLServerError(
                .encoding, "a value of \(count) bytes cannot be sent: SQL Server's limit is 2^31 - 1; send it in parts")
        }
    }
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    /// The raw value's own.
    public static var sqlType: SQLType { RawValue.sqlType }
    /// The raw value.
    public func encode() throws(SQLServerError) -> SQLTypedValue { try rawValue.encode() }
}

/// A Swift type that can be a parameter.
///
/// Declared types have stable sizes, so that the same statement with other values keeps its plan: text is
/// `nvarchar(4000)` or `nvarchar(max)`, bytes `varbinary(8000)` or `(max)`, decimals come in a few buckets.
///
/// ```swift
/// struct Email: SQLEncodable {
///     let address: String
///     static var sqlType: SQLType { .nVarChar(320) }
///     func encode() throws(SQLServerError) -> SQLTypedValue { SQLTypedValue(.string(address), as: .nVarChar(320)) }
/// }
/// ```
public protocol SQLEncodable: Sendable {
    /// The type that declares a NULL of this Swift type.
    static var sqlType: SQLType { get }

    /// The value with its declared type.
    ///
    /// - Throws: `encoding` when no SQL value equals it, such as NaN.
    func encode() throws(SQLServerError) -> SQLTypedValue
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    /// The wrapped type's own.
    public static var sqlType: SQLType { Wrapped.sqlType }
    /// The value, or NULL of the wrapped type.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        guard let self else { return SQLTypedValue(.null, as: Wrapped.sqlType) }
        return try self.encode()
    }
}

extension Bool: SQLEncodable {
    /// `bit`.
    public static var sqlType: SQLType { .bit }
    /// A `bit`.
    public func encode() throws(SQLServerError) -> SQLTypedValue { SQLTypedValue(.bit(self), as: .bit) }
}

extension SQLEncodable where Self: FixedWidthInteger {
    /// The smallest integer type that holds every value of this Swift type; `decimal(20,0)` for 64 bits unsigned.
    public static var sqlType: SQLType {
        if Self.min < 0 {
            return Self.bitWidth <= 16 ? .smallInt : Self.bitWidth == 32 ? .int : .bigInt
        }
        switch Self.bitWidth {
        case 8: return .tinyInt
        case 16: return .int
        case 32: return .bigInt
        default: return .decimal(20, 0)
        }
    }

    /// The number.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        guard Self.sqlType.kind != .decimal else {
            guard let value = SQLDecimal(coefficient: Int128(self), scale: 0) else {
                throw SQLServerError(.encoding, "a \(Self.self) cannot be sent: it has more than 38 digits")
            }
            return SQLTypedValue(.decimal(value), as: Self.sqlType)
        }
        return SQLTypedValue(.int(Int64(self)), as: Self.sqlType)
    }
}

extension Int: SQLEncodable {}
extension Int8: SQLEncodable {}
extension Int16: SQLEncodable {}
extension Int32: SQLEncodable {}
extension Int64: SQLEncodable {}
extension UInt: SQLEncodable {}
extension UInt8: SQLEncodable {}
extension UInt16: SQLEncodable {}
extension UInt32: SQLEncodable {}
extension UInt64: SQLEncodable {}

extension Double: SQLEncodable {
    /// `float`.
    public static var sqlType: SQLType { .float }
    /// A `float`; NaN and infinities are refused, because SQL Server has none.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        guard isFinite else { throw SQLServerError(.encoding, "\(self) is not a number that SQL Server can hold") }
        return SQLTypedValue(.double(self), as: .float)
    }
}

extension Float: SQLEncodable {
    /// `real`.
    public static var sqlType: SQLType { .real }
    /// A `real`; NaN and infinities are refused, because SQL Server has none.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        guard isFinite else { throw SQLServerError(.encoding, "\(self) is not a number that SQL Server can hold") }
        return SQLTypedValue(.double(Double(self)), as: .real)
    }
}

extension String: SQLEncodable {
    /// `nvarchar(4000)`.
    public static var sqlType: SQLType { .nVarChar(4_000) }
    /// `nvarchar(4000)`, or `nvarchar(max)` above 4,000 UTF-16 units.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        // UTF-8 never has fewer bytes than UTF-16 has units, so short texts need no counting.
        let isShort = utf8.count <= 4_000 || utf16.count <= 4_000
        // UTF-16 takes at most twice the bytes of UTF-8.
        if utf8.count > SQLTypedValue.maximumBytes / 2 { try SQLTypedValue.checkSize(2 * utf16.count) }
        return SQLTypedValue(.string(self), as: isShort ? .nVarChar(4_000) : .nVarCharMax)
    }
}

extension Array: SQLEncodable where Element == UInt8 {
    /// `varbinary(8000)`.
    public static var sqlType: SQLType { .varBinary(8_000) }
    /// `varbinary(8000)`, or `varbinary(max)` above 8,000 bytes.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        try SQLTypedValue.checkSize(count)
        return SQLTypedValue(.bytes(self), as: count <= 8_000 ? .varBinary(8_000) : .varBinaryMax)
    }
}

extension SQLDecimal: SQLEncodable {
    /// `decimal(38,10)`.
    public static var sqlType: SQLType { .decimal(38, 10) }

    /// Scales that parameters are declared with, so that few plans serve all values.
    private static let scales = [0, 2, 4, 6, 10, 19, 28, 38]
    /// Precisions at which SQL Server's storage grows: 5, 9, 13 and 17 bytes.
    private static let precisions = [9, 19, 28, 38]

    /// The number at the nearest scale and precision of a small set that hold it exactly.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        let type = Self.parameterType(wholeDigits: precision - scale, scale: scale) ?? .decimal(38, scale)
        return SQLTypedValue(.decimal(rescaled(to: type.scale ?? scale) ?? self), as: type)
    }

    /// The smallest type of the set that holds so many digits before and after the point; nil when there are more
    /// than 38.
    static func parameterType(wholeDigits: Int, scale: Int) -> SQLType? {
        guard let chosen = scales.first(where: { $0 >= scale && wholeDigits + $0 <= 38 }) else {
            return wholeDigits + scale <= 38 ? .decimal(38, scale) : nil
        }
        return .decimal(precisions.first { $0 >= max(wholeDigits + chosen, 1) } ?? 38, chosen)
    }
}

extension SQLDate: SQLEncodable {
    /// `date`.
    public static var sqlType: SQLType { .date }
    /// A `date`.
    public func encode() throws(SQLServerError) -> SQLTypedValue { SQLTypedValue(.date(self), as: .date) }
}

extension SQLTime: SQLEncodable {
    /// `time(7)`.
    public static var sqlType: SQLType { .time(7) }
    /// A `time(7)`.
    public func encode() throws(SQLServerError) -> SQLTypedValue { SQLTypedValue(.time(self), as: .time(7)) }
}

extension SQLDateTime: SQLEncodable {
    /// `datetime2(7)`.
    public static var sqlType: SQLType { .dateTime2(7) }
    /// A `datetime2(7)`.
    ///
    /// A value read from a `datetime` column should go back as `\(value, as: .dateTime)`: since compatibility level
    /// 130 a `datetime` of .003 is .0033333 when compared with a `datetime2`, so the two would not be equal.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        SQLTypedValue(.dateTime(self), as: .dateTime2(7))
    }
}

extension SQLDateTimeOffset: SQLEncodable {
    /// `datetimeoffset(7)`.
    public static var sqlType: SQLType { .dateTimeOffset(7) }
    /// A `datetimeoffset(7)`.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        SQLTypedValue(.dateTimeOffset(self), as: .dateTimeOffset(7))
    }
}

extension SQLUniqueIdentifier: SQLEncodable {
    /// `uniqueidentifier`.
    public static var sqlType: SQLType { .uniqueIdentifier }
    /// A `uniqueidentifier`.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        SQLTypedValue(.uniqueIdentifier(self), as: .uniqueIdentifier)
    }
}
