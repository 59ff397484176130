/// A SQL Server data type with its length, precision or scale.
///
/// Made by static members that read like T-SQL: `.int`, `.nVarChar(50)`, `.nVarCharMax`, `.decimal(19, 4)`,
/// `.dateTime2(7)`. Lengths are in characters (UTF-16 units) for `nChar` and `nVarChar`, in bytes for all others.
/// Sizes are not checked here: one that SQL Server does not have is an `encoding` error of the query that uses it.
/// Source: "Data types (Transact-SQL)".
///
/// ```swift
/// let type: SQLType = .decimal(19, 4)
/// print(type, type.scale ?? 0)    // decimal(19,4) 4
/// ```
public struct SQLType: Sendable, Hashable {
    /// The family of a type, without length, precision or scale.
    package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        case bit, tinyInt, smallInt, int, bigInt
        case real, float
        case smallMoney, money
        case decimal, numeric
        case date, time, smallDateTime, dateTime, dateTime2, dateTimeOffset
        case char, varChar, text
        case nChar, nVarChar, nText
        case binary, varBinary, image
        case uniqueIdentifier, rowVersion, xml, variant, udt
    }

    package let kind: Kind
    /// Length of a character or binary type; nil for `max` types and for types without a length.
    public let length: Int?
    /// Digits of a decimal; nil for other types.
    public let precision: Int?
    /// Digits after the point of a decimal or of a time's seconds; nil for other types.
    public let scale: Int?

    package init(kind: Kind, length: Int? = nil, precision: Int? = nil, scale: Int? = nil) {
        self.kind = kind
        self.length = length
        self.precision = precision
        self.scale = scale
    }
}

extension SQLType {
    /// `bit`: 0 or 1.
    public static let bit = SQLType(kind: .bit)
    /// `tinyint`: 0 to 255.
    public static let tinyInt = SQLType(kind: .tinyInt)
    /// `smallint`: 16 bits, signed.
    public static let smallInt = SQLType(kind: .smallInt)
    /// `int`: 32 bits, signed.
    public static let int = SQLType(kind: .int)
    /// `bigint`: 64 bits, signed.
    public static let bigInt = SQLType(kind: .bigInt)
    /// `real`: 32-bit floating point.
    public static let real = SQLType(kind: .real)
    /// `float`: 64-bit floating point.
    public static let float = SQLType(kind: .float)
    /// `smallmoney`: four decimal places in 32 bits.
    public static let smallMoney = SQLType(kind: .smallMoney)
    /// `money`: four decimal places in 64 bits.
    public static let money = SQLType(kind: .money)
    /// `date`: years 1 to 9999.
    public static let date = SQLType(kind: .date)
    /// `smalldatetime`: minutes, years 1900 to 2079.
    public static let smallDateTime = SQLType(kind: .smallDateTime)
    /// `datetime`: 1/300 s, years 1753 to 9999.
    public static let dateTime = SQLType(kind: .dateTime)
    /// `uniqueidentifier`: 16 bytes.
    public static let uniqueIdentifier = SQLType(kind: .uniqueIdentifier)
    /// `rowversion` (`timestamp`): 8 bytes, set by the server.
    public static let rowVersion = SQLType(kind: .rowVersion, length: 8)
    /// `xml`.
    public static let xml = SQLType(kind: .xml)
    /// `sql_variant`: a value that carries its own type.
    public static let variant = SQLType(kind: .variant)
    /// `text`: legacy large text.
    public static let text = SQLType(kind: .text)
    /// `ntext`: legacy large Unicode text.
    public static let nText = SQLType(kind: .nText)
    /// `image`: legacy large binary.
    public static let image = SQLType(kind: .image)
    /// `varchar(max)`.
    public static let varCharMax = SQLType(kind: .varChar)
    /// `nvarchar(max)`.
    public static let nVarCharMax = SQLType(kind: .nVarChar)
    /// `varbinary(max)`.
    public static let varBinaryMax = SQLType(kind: .varBinary)

    /// `decimal(precision, scale)`: up to 38 digits.
    ///
    /// ```swift
    /// try await db.execute("UPDATE dbo.Items SET Price = \(price, as: .decimal(19, 4)) WHERE Id = \(id)")
    /// ```
    public static func decimal(_ precision: Int, _ scale: Int) -> SQLType {
        SQLType(kind: .decimal, precision: precision, scale: scale)
    }

    /// `numeric(precision, scale)`: the same values as `decimal`.
    ///
    /// ```swift
    /// let columns = [SQLType.int, .numeric(10, 2)]    // int, numeric(10,2)
    /// ```
    public static func numeric(_ precision: Int, _ scale: Int) -> SQLType {
        SQLType(kind: .numeric, precision: precision, scale: scale)
    }

    /// `time(scale)`: time of day with 0 to 7 decimal places.
    ///
    /// ```swift
    /// try await db.execute("UPDATE dbo.Shops SET OpensAt = \(opening, as: .time(0)) WHERE Id = \(id)")
    /// ```
    public static func time(_ scale: Int) -> SQLType { SQLType(kind: .time, scale: scale) }

    /// `datetime2(scale)`: date and time with 0 to 7 decimal places.
    ///
    /// ```swift
    /// let rows = try await db.query("SELECT Id FROM dbo.Orders WHERE PlacedAt >= \(start, as: .dateTime2(3))")
    /// ```
    public static func dateTime2(_ scale: Int) -> SQLType { SQLType(kind: .dateTime2, scale: scale) }

    /// `datetimeoffset(scale)`: date, time and minutes from UTC.
    ///
    /// ```swift
    /// let results = try await db.call("dbo.NextRun", .output("@at", as: .dateTimeOffset(0)))
    /// ```
    public static func dateTimeOffset(_ scale: Int) -> SQLType { SQLType(kind: .dateTimeOffset, scale: scale) }

    /// `char(length)`, length in bytes.
    ///
    /// ```swift
    /// let towns = try await db.query("SELECT Name FROM dbo.Towns WHERE Country = \(country, as: .char(2))")
    /// ```
    public static func char(_ length: Int) -> SQLType { SQLType(kind: .char, length: length) }

    /// `varchar(length)`, length in bytes, up to 8,000.
    ///
    /// ```swift
    /// let rows = try await db.query("SELECT Id FROM dbo.Products WHERE Code IN (\(codes, as: .varChar(10)))")
    /// ```
    public static func varChar(_ length: Int) -> SQLType { SQLType(kind: .varChar, length: length) }

    /// `nchar(length)`, length in UTF-16 units.
    ///
    /// ```swift
    /// let currency: SQLQuery = "Symbol = \(symbol, as: .nChar(3))"
    /// ```
    public static func nChar(_ length: Int) -> SQLType { SQLType(kind: .nChar, length: length) }

    /// `nvarchar(length)`, length in UTF-16 units, up to 4,000.
    ///
    /// ```swift
    /// try await db.execute("INSERT dbo.Users (Name) VALUES (\(name, as: .nVarChar(50)))")    // 51 units: an error
    /// ```
    public static func nVarChar(_ length: Int) -> SQLType { SQLType(kind: .nVarChar, length: length) }

    /// `binary(length)`.
    ///
    /// ```swift
    /// let files = try await db.query("SELECT Id FROM dbo.Files WHERE Digest = \(digest, as: .binary(32))")
    /// ```
    public static func binary(_ length: Int) -> SQLType { SQLType(kind: .binary, length: length) }

    /// `varbinary(length)`, up to 8,000.
    ///
    /// ```swift
    /// try await db.execute("UPDATE dbo.Users SET Salt = \(salt, as: .varBinary(16)) WHERE Id = \(id)")
    /// ```
    public static func varBinary(_ length: Int) -> SQLType { SQLType(kind: .varBinary, length: length) }
}

extension SQLType {
    /// Whether this is `varchar(max)`, `nvarchar(max)` or `varbinary(max)`.
    public var isMax: Bool {
        switch kind {
        case .varChar, .nVarChar, .varBinary: length == nil
        default: false
        }
    }

    /// Whether values of this type are text.
    public var isCharacter: Bool {
        switch kind {
        case .char, .varChar, .text, .nChar, .nVarChar, .nText, .xml: true
        default: false
        }
    }

    /// Whether values of this type are bytes.
    public var isBinary: Bool {
        switch kind {
        case .binary, .varBinary, .image, .rowVersion, .udt: true
        default: false
        }
    }

    /// Whether values of this type are numbers.
    public var isNumeric: Bool { kind.rawValue <= Kind.numeric.rawValue }

    /// The type's T-SQL name without length, precision or scale, such as `nvarchar`.
    public var name: String {
        switch kind {
        case .dateTimeOffset: "datetimeoffset"
        case .rowVersion: "timestamp"
        case .variant: "sql_variant"
        default: "\(kind)".lowercased()
        }
    }
}

extension SQLType: CustomStringConvertible {
    /// The type as written in a T-SQL declaration, such as `nvarchar(50)`, `decimal(19,4)` or `varbinary(max)`.
    public var description: String {
        switch kind {
        case .decimal, .numeric: "\(name)(\(precision ?? 18),\(scale ?? 0))"
        case .time, .dateTime2, .dateTimeOffset: "\(name)(\(scale ?? 7))"
        case .char, .nChar, .binary: "\(name)(\(length ?? 1))"
        case .varChar, .nVarChar, .varBinary: "\(name)(\(length.map(String.init) ?? "max"))"
        default: name
        }
    }
}
