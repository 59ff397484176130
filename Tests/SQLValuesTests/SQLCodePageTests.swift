import SQLValues
import Testing

/// Which characters a code page has, by the mapping tables of unicode.org (VENDORS/MICSFT/WINDOWS).
@Suite("A code page")
struct SQLCodePageTests {
    static let all: [SQLCodePage] = [
        .windows874, .windows1250, .windows1251, .windows1252, .windows1253, .windows1254, .windows1255, .windows1256,
        .windows1257, .windows1258, .utf8, .ascii,
    ]

    static let texts: [(SQLCodePage, String)] = [
        (.windows1252, "Zürich € Œ ž ™ ÿ \u{81}"), (.windows1250, "Łódź Příliš žluťoučký Ő € ˇ"),
        (.windows1251, "Пример Ё № €"), (.windows1253, "Ελληνικά ΐ €"), (.windows1254, "İstanbul ğ ş €"),
        (.windows1255, "שלום ₪ €"), (.windows1256, "مرحبا پ €"), (.windows1257, "Šķērsla ž €"),
        (.windows1258, "Ăă đ ₫ €"), (.windows874, "สวัสดี €"), (.utf8, "Łódź 🙂 中"), (.ascii, "plain\u{7F}\0"),
    ]

    @Test(arguments: texts.indices) func holdsItsOwnLanguages(index: Int) {
        let (page, text) = Self.texts[index]
        let bytes = page == .utf8 ? text.utf8.count : text.unicodeScalars.count
        #expect(page.byteCount(of: text) == bytes)
    }

    static let strangers: [(SQLCodePage, String)] = [
        (.windows1252, "Łódź"), (.windows1252, "Ω"), (.windows1252, "🙂"), (.windows1252, "\u{FF07}"),
        (.windows1252, "\u{02BC}"), (.windows1252, "e\u{301}"), (.windows1250, "ñ"), (.windows1251, "é"),
        (.windows1253, "я"), (.windows1254, "ı̈Ω"), (.windows1255, "я"), (.windows1256, "Ω"), (.windows1257, "я"),
        (.windows1258, "я"), (.windows874, "é"), (.ascii, "é"), (.ascii, "€"), (.windows1252, "\u{FFFD}"),
    ]

    @Test(arguments: strangers.indices) func lacksWhatIsNotInIt(index: Int) {
        #expect(Self.strangers[index].0.byteCount(of: Self.strangers[index].1) == nil)
    }

    @Test func hasASCIIWhicheverItIs() {
        let ascii = String(String.UnicodeScalarView((0..<128).compactMap(Unicode.Scalar.init)))
        for page in Self.all { #expect(page.byteCount(of: ascii) == 128) }
    }

    @Test func readsWhatItWrites() throws {
        for page in Self.all {
            for byte in UInt8.min...UInt8.max {
                guard let text = page.text(of: [byte]) else { continue }
                let unit = try #require(text.utf16.first)
                // UTF-8 has a byte of its own for ASCII only.
                #expect(page.byteCount(of: text) == 1 && page.byte(of: unit) == byte)
            }
        }
        #expect(SQLCodePage.windows1250.text(of: [0xA3, 0xF3, 0x64, 0x9F]) == "Łódź")
        #expect(SQLCodePage.windows1251.text(of: [0xCF, 0xF0, 0x41]) == "ПрA")
        #expect(SQLCodePage.utf8.text(of: Array("Łódź 🙂".utf8)) == "Łódź 🙂")
        #expect(SQLCodePage.windows1252.text(of: []) == "")
    }

    /// Bytes without a character, by the mapping tables; 1252 has one for each.
    @Test(arguments: [
        (SQLCodePage.windows1250, [0x81] as [UInt8]), (.windows1253, [0x41, 0xAA]), (.windows874, [0xDB]),
        (.ascii, [0x80]),
        (.utf8, [0xC3]), (.utf8, [0x41, 0xFF]),
    ])
    func hasNoTextForBytesWithoutACharacter(page: SQLCodePage, bytes: [UInt8]) {
        #expect(page.text(of: bytes) == nil)
    }

    @Test func westernHasACharacterForEveryByte() {
        #expect(SQLCodePage.windows1252.text(of: UInt8.min...UInt8.max)?.utf16.count == 256)
    }

    @Test func isToldApartByItsNumber() {
        #expect(Set(Self.all).count == 12)
        #expect(SQLCodePage.windows1252.number == 1252 && SQLCodePage.utf8.number == 65_001)
        #expect("\(SQLCodePage.windows1250)" == "code page 1250")
    }
}
