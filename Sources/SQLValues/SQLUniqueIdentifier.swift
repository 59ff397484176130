/// A `uniqueidentifier`: 16 bytes, ordered as SQL Server orders them.
///
/// The bytes are in RFC 4122 order, as in the text `6F9619FF-8B86-D011-B42D-00C04FC964FF`. On the wire SQL Server
/// sends the first three groups with their bytes reversed (MS-TDS 2.2.5.5.1.9).
///
/// ```swift
/// let id = try row.decode(SQLUniqueIdentifier.self, at: "Id")
/// let files = try await db.query("SELECT Name FROM dbo.Files WHERE Owner = \(id)")
/// ```
public struct SQLUniqueIdentifier: Sendable, Hashable {
    /// The first eight bytes of the text, most significant first.
    package let high: UInt64
    /// The last eight bytes of the text, most significant first.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The value of 16 bytes in the order of the text; nil for another number of bytes.
    ///
    /// ```swift
    /// let id = SQLUniqueIdentifier(bytes: 0..<16)    // 00010203-0405-0607-0809-0A0B0C0D0E0F
    /// ```
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The value of 16 bytes in the order of the wire; nil for another number of bytes.
    package init?(wireBytes: some Collection<UInt8>) {
        guard wireBytes.count == 16 else { return nil }
        let b = Array(wireBytes)
        self.init(bytes: [b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6]] + b[8...])
    }

    /// The 16 bytes in the order of the text.
    public var bytes: [UInt8] { Self.bigEndian(high) + Self.bigEndian(low) }

    /// The 16 bytes in the order of the wire.
    package var wireBytes: [UInt8] {
        let b = bytes
        return [b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6]] + b[8...]
    }

    private static func bigEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }
}

extension SQLUniqueIdentifier: Comparable {
    /// The bytes from most to least significant in SQL Server's order: the last group first, then the fourth, then
    /// the third, second and first group, each of these three from its last byte in the text.
    package var sortKey: [UInt8] {
        let b = wireBytes
        return [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3].map { b[$0] }
    }

    /// SQL Server's order, which is not the order of the text.
    public static func < (a: SQLUniqueIdentifier, b: SQLUniqueIdentifier) -> Bool {
        a.sortKey.lexicographicallyPrecedes(b.sortKey)
    }
}

extension SQLUniqueIdentifier: LosslessStringConvertible {
    /// Reads 32 hexadecimal digits in groups of 8-4-4-4-12, with or without braces; nil for anything else.
    ///
    /// ```swift
    /// let id = SQLUniqueIdentifier("{6f9619ff-8b86-d011-b42d-00c04fc964ff}")
    /// print(id?.description ?? "-")    // 6F9619FF-8B86-D011-B42D-00C04FC964FF
    /// ```
    public init?(_ description: String) {
        var text = description[...]
        if text.hasPrefix("{"), text.hasSuffix("}") { text = text.dropFirst().dropLast() }
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        let hex = Array(groups.joined().utf8)
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 32, by: 2) {
            guard let a = Self.nibble(hex[index]), let b = Self.nibble(hex[index + 1]) else { return nil }
            bytes.append(a << 4 | b)
        }
        self.init(bytes: bytes)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// The value in upper case, as SQL Server prints it.
    public var description: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(0x2D) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
