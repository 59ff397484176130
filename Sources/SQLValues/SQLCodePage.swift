/// The characters that `char` and `varchar` of a database can hold: those of its collation's code page.
///
/// A parameter declared with such a type is converted by the server, which turns what the code page lacks into a
/// look-alike or `?` without a word. So a connection asks the server for the code page of its database, once and only when
/// a text needs it, and refuses such a text before it is sent; the configuration can name the code page instead.
///
/// The double-byte code pages (932, 936, 949, 950) are not here; use `nvarchar`, or ``ascii``, which is a part of them.
///
/// ```swift
/// configuration.codePage = .windows1250
/// let fits = SQLCodePage.windows1250.byteCount(of: "Łódź") == 4
/// ```
public struct SQLCodePage: Sendable {
    /// The number that COLLATIONPROPERTY tells, such as 1252; 65001 for UTF-8 and 20127 for ASCII.
    public let number: Int
    private let bytes: [UInt16: UInt8]
    /// The characters of the bytes from 0x80; 0 where there is none.
    private let upper: [UInt16]
    private let isUTF8: Bool

    private init(_ number: Int, _ upper: [UInt16]) {
        self.number = number
        isUTF8 = false
        var bytes: [UInt16: UInt8] = [:]
        for (index, unit) in upper.enumerated() where unit > 0 { bytes[unit] = UInt8(0x80 + index) }
        self.bytes = bytes
        self.upper = upper
    }

    private init(utf8 number: Int) {
        self.number = number
        isUTF8 = true
        bytes = [:]
        upper = []
    }

    /// How many bytes a text takes in this code page; nil when it has a character that the code page lacks.
    ///
    /// ```swift
    /// SQLCodePage.windows1252.byteCount(of: "Zürich")    // 6
    /// SQLCodePage.windows1252.byteCount(of: "Łódź")      // nil
    /// SQLCodePage.utf8.byteCount(of: "Łódź")             // 7
    /// ```
    public func byteCount(of text: String) -> Int? {
        if isUTF8 { return text.utf8.count }
        var count = 0
        for unit in text.utf16 {
            guard byte(of: unit) != nil else { return nil }
            count += 1
        }
        return count
    }

    /// The text of bytes in this code page; nil when one of them stands for no character.
    ///
    /// ```swift
    /// SQLCodePage.windows1250.text(of: [0xA3, 0xF3, 0x64, 0x9F])    // Łódź
    /// SQLCodePage.ascii.text(of: [0xA3])                           // nil
    /// ```
    public func text(of bytes: some Collection<UInt8>) -> String? {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        if isUTF8 { return String(validating: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count)
        for byte in bytes {
            let index = Int(byte) - 0x80
            guard index >= 0 else {
                units.append(UInt16(byte))
                continue
            }
            guard index < upper.count, upper[index] > 0 else { return nil }
            units.append(upper[index])
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// The byte of a UTF-16 unit; nil when the code page lacks the character, and for UTF-8 beyond ASCII.
    package func byte(of unit: UInt16) -> UInt8? {
        unit < 0x80 ? UInt8(unit) : bytes[unit]
    }
}

extension SQLCodePage {
    /// Thai.
    public static let windows874 = SQLCodePage(874, CodePageTable.windows874)
    /// Central European: Polish, Czech, Hungarian, Croatian and others.
    public static let windows1250 = SQLCodePage(1250, CodePageTable.windows1250)
    /// Cyrillic.
    public static let windows1251 = SQLCodePage(1251, CodePageTable.windows1251)
    /// Western European: the code page of SQL_Latin1_General_CP1_CI_AS, the default collation of a server.
    public static let windows1252 = SQLCodePage(1252, CodePageTable.windows1252)
    /// Greek.
    public static let windows1253 = SQLCodePage(1253, CodePageTable.windows1253)
    /// Turkish.
    public static let windows1254 = SQLCodePage(1254, CodePageTable.windows1254)
    /// Hebrew.
    public static let windows1255 = SQLCodePage(1255, CodePageTable.windows1255)
    /// Arabic.
    public static let windows1256 = SQLCodePage(1256, CodePageTable.windows1256)
    /// Baltic.
    public static let windows1257 = SQLCodePage(1257, CodePageTable.windows1257)
    /// Vietnamese.
    public static let windows1258 = SQLCodePage(1258, CodePageTable.windows1258)
    /// UTF-8: the collations whose name ends in `_UTF8` (SQL Server 2019 and later).
    public static let utf8 = SQLCodePage(utf8: 65_001)
    /// ASCII, which every code page of SQL Server has.
    public static let ascii = SQLCodePage(20_127, [])
}

extension SQLCodePage: Hashable, CustomStringConvertible {
    /// Whether both are the same code page.
    public static func == (a: SQLCodePage, b: SQLCodePage) -> Bool { a.number == b.number }
    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
    /// The name, such as `code page 1252`.
    public var description: String { "code page \(number)" }
}

extension SQLCodePage {
    private static let all = [
        windows874, windows1250, windows1251, windows1252, windows1253, windows1254, windows1255, windows1256,
        windows1257, windows1258, utf8, ascii,
    ]

    /// The code page with a number; nil for one that is not here, such as a double-byte one.
    ///
    /// ```swift
    /// SQLCodePage(number: 1252)    // windows1252
    /// ```
    public init?(number: Int) {
        guard let known = Self.all.first(where: { $0.number == number }) else { return nil }
        self = known
    }
}
