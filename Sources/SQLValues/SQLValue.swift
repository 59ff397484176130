/// One value as SQL Server knows it, or NULL.
///
/// The SQL type stands beside it (in a column's or a parameter's description), so one case serves a family of types:
/// `int` all integers, `decimal` also money, `string` all character types and xml, `bytes` all binary types.
/// New cases may be added, so a `switch` needs a `default`.
///
/// ```swift
/// for value in row.values {
///     if case .string(let text) = value { print(text.count) } else { print(value) }
/// }
/// ```
public enum SQLValue: Sendable, Hashable {
    /// NULL of any type.
    case null
    /// `bit`.
    case bit(Bool)
    /// `tinyint`, `smallint`, `int` or `bigint`.
    case int(Int64)
    /// `real` or `float`.
    case double(Double)
    /// `decimal`, `numeric`, `money` or `smallmoney`.
    case decimal(SQLDecimal)
    /// Any character type, or `xml`.
    case string(String)
    /// Any binary type, `rowversion` or a CLR type's bytes.
    case bytes([UInt8])
    /// `uniqueidentifier`.
    case uniqueIdentifier(SQLUniqueIdentifier)
    /// `date`.
    case date(SQLDate)
    /// `time`.
    case time(SQLTime)
    /// `datetime2`, `datetime` or `smalldatetime`.
    case dateTime(SQLDateTime)
    /// `datetimeoffset`.
    case dateTimeOffset(SQLDateTimeOffset)

    /// Whether this is NULL.
    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }
}

extension SQLValue: CustomStringConvertible {
    /// The value as text for people: `NULL`, numbers in full, dates in ISO form, bytes as `0x…`.
    public var description: String {
        switch self {
        case .null: "NULL"
        case .bit(let value): value ? "1" : "0"
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .decimal(let value): value.description
        case .string(let value): value
        case .bytes(let value): Self.hexadecimal(value)
        case .uniqueIdentifier(let value): value.description
        case .date(let value): value.description
        case .time(let value): value.description
        case .dateTime(let value): value.description
        case .dateTimeOffset(let value): value.description
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return "0x" + String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
