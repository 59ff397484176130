import SQLServer
import SeededRandom
import TestSupport

/// Random values for the tests of types; NULL where a value does not exist, which the tests would notice.
enum Random {
    /// Ticks of 100 ns in a day.
    static let day = 864_000_000_000

    /// Ticks in the last decimal place of a scale.
    static func step(_ scale: Int) -> Int { (scale..<7).reduce(1) { product, _ in product * 10 } }

    static func decimal(_ coefficient: Int128, _ scale: Int) -> SQLValue {
        SQLDecimal(coefficient: coefficient, scale: scale).map(SQLValue.decimal) ?? .null
    }

    /// Any finite number: most bit patterns are.
    static func double(_ generator: inout SeededGenerator) -> Double {
        while true {
            let value = Double(bitPattern: generator.next())
            // SQL Server's float has no subnormal numbers: its range is "2.23E - 308 to 1.79E + 308".
            if value.isNormal { return value }
        }
    }

    static func float(_ generator: inout SeededGenerator) -> Float {
        while true {
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            if value.isNormal { return value }
        }
    }

    static func date(_ days: Int) -> SQLValue { SQLDate(daysSinceYearOne: days).map(SQLValue.date) ?? .null }
    static func time(_ ticks: Int) -> SQLValue { SQLTime(ticks: ticks).map(SQLValue.time) ?? .null }
    static func moment(_ ticks: Int) -> SQLValue {
        SQLDateTime(ticksSinceYearOne: ticks).map(SQLValue.dateTime) ?? .null
    }
    static func offset(_ ticks: Int, _ minutes: Int) -> SQLValue {
        SQLDateTime(ticksSinceYearOne: ticks).flatMap { SQLDateTimeOffset(utc: $0, offsetMinutes: minutes) }
            .map(SQLValue.dateTimeOffset) ?? .null
    }
    static func dates(_ texts: [String]) -> [SQLValue] { texts.map { SQLDate($0).map(SQLValue.date) ?? .null } }
    static func moments(_ texts: [String]) -> [SQLValue] {
        texts.map { SQLDateTime($0).map(SQLValue.dateTime) ?? .null }
    }
    static func identifier(_ bytes: [UInt8]) -> SQLValue {
        SQLUniqueIdentifier(bytes: bytes).map(SQLValue.uniqueIdentifier) ?? .null
    }
    static func bytes(_ generator: inout SeededGenerator, _ count: ClosedRange<Int>) -> SQLValue {
        .bytes((0..<Int.random(in: count, using: &generator)).map { _ in .random(in: 0...255, using: &generator) })
    }

    /// A text of so many characters.
    static func text(
        _ generator: inout SeededGenerator, _ count: ClosedRange<Int>,
        _ scalar: (inout SeededGenerator) -> Unicode.Scalar
    ) -> SQLValue {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: count, using: &generator) { text.append(scalar(&generator)) }
        // Blanks at the end of a char column cannot be told from its padding.
        while text.last == " " { text.removeLast() }
        return .string(String(text))
    }

    /// The characters of code page 1252 from 0x80 to 0x9F, without the five that it does not define.
    static let westernExtras = Array("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".unicodeScalars)
    /// All 251 characters of code page 1252.
    static let westernCharacters =
        (0...0x7F).map { Unicode.Scalar(UInt8($0)) } + westernExtras + (0xA0...0xFF).map { Unicode.Scalar(UInt8($0)) }

    static func western(_ generator: inout SeededGenerator) -> Unicode.Scalar {
        // No NUL here: it has a test of its own.
        westernCharacters[Int.random(in: 1..<westernCharacters.count, using: &generator)]
    }

    /// Any character, with many from the first and the supplementary planes.
    static func any(_ generator: inout SeededGenerator) -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [
            0x01...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF,
        ]
        while true {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { return scalar }
        }
    }
}
