/// Windows code page 1252, in which `varchar` data of Western European collations is stored.
package enum CodePage1252 {
    /// Unicode of the bytes 0x80 to 0x9F; the others are as in Latin-1.
    ///
    /// The five bytes without a character stand for the control characters of the same number, as in Windows.
    private static let high: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    private static let replacement: UInt8 = 0x3F

    /// The text of bytes.
    package static func string(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(
            decoding: bytes.map { (0x80...0x9F).contains($0) ? high[Int($0) - 0x80] : UInt16($0) }, as: UTF16.self)
    }

    /// The byte of a UTF-16 code unit; nil when the code page does not have it.
    package static func byte(_ unit: UInt16) -> UInt8? {
        if unit < 0x80 || (0xA0...0xFF).contains(unit) { return UInt8(unit) }
        return high.firstIndex(of: unit).map { UInt8($0 + 0x80) }
    }

    /// Appends a text; a character that the code page does not have becomes `?`, one beyond U+FFFF becomes `??`, as
    /// in SQL Server.
    package static func append(_ text: String, to writer: inout ByteWriter) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            writer.append(text.utf8)
        } else {
            for unit in text.utf16 { writer.byte(byte(unit) ?? replacement) }
        }
    }
}
