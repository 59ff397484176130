import SQLValues

/// Windows code page 1252, in which the default collation keeps `varchar`.
enum CodePage {
    private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        UInt16(exactly: scalar.value).flatMap(SQLCodePage.windows1252.byte)
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

    /// The text of bytes: the code page has a character for each.
    static func decode(_ bytes: [UInt8]) -> String { SQLCodePage.windows1252.text(of: bytes) ?? "" }
}
