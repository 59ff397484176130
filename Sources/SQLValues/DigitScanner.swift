/// Reads fixed-width decimal fields of a date or time text, byte by byte.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    /// Exactly `count` digits, or nil.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + count] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        position += count
        return value
    }

    /// One to seven digits read as a fraction of a second in 100 ns ticks, with the number of digits.
    mutating func fraction() -> (ticks: Int, digits: Int)? {
        var value = 0
        var count = 0
        while position < bytes.count, count < 7, bytes[position] >= 0x30, bytes[position] <= 0x39 {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<7 { value *= 10 }
        return (value, count)
    }

    /// Skips one character if it comes next.
    mutating func skip(_ character: Character) -> Bool {
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }
}

/// A non-negative number with leading zeros.
func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
