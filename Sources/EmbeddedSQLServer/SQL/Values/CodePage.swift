/// Windows code page 1252, in which the default collation keeps `varchar`.
enum CodePage {
    /// The characters of bytes 0x80 to 0x9F; the others are those of Unicode.
    private static let high: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]
    private static let bytes: [UInt32: UInt8] = {
        var table: [UInt32: UInt8] = [:]
        for (index, scalar) in high.enumerated() { table[scalar] = UInt8(0x80 + index) }
        return table
    }()

    private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
        return bytes[scalar.value]
    }

    /// The text as it comes back from a `varchar`: what the code page lacks is a look-alike or `?`, twice for what
    /// needs two UTF-16 units.
    static func narrowed(_ text: String) throws(ServerMessage) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard byte(of: scalar) == nil else {
                result.append(scalar)
                continue
            }
            switch bestFit(scalar) {
            case .character(let other): result.append(other)
            case .none: result.append(contentsOf: scalar.value > 0xFFFF ? "??".unicodeScalars : "?".unicodeScalars)
            case .unknown:
                throw .unsupported("the character U+\(String(scalar.value, radix: 16, uppercase: true)) in varchar")
            }
        }
        return String(result)
    }

    /// The bytes of a text.
    static func encode(_ text: String) throws(ServerMessage) -> [UInt8] {
        try narrowed(text).unicodeScalars.map { byte(of: $0) ?? UInt8(ascii: "?") }
    }

    /// The text of bytes.
    static func decode(_ bytes: [UInt8]) -> String {
        var result = String.UnicodeScalarView()
        for byte in bytes {
            let value = (0x80...0x9F).contains(byte) ? high[Int(byte) - 0x80] : UInt32(byte)
            if let scalar = Unicode.Scalar(value) { result.append(scalar) }
        }
        return String(result)
    }
}
