import SQLValues

/// Reads numbers as T-SQL's conversions from text do.
enum NumberParser {
    /// Optional sign and digits; nil for anything else.
    ///
    /// Numbers beyond 38 digits come back as the largest.
    static func integer(_ text: String) -> Int128? {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        while bytes.first == 0x20 { bytes = bytes.dropFirst() }
        guard !bytes.isEmpty else { return nil }
        var value: Int128 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            if value < SQLDecimal.power(37) { value = value * 10 + Int128(byte - 0x30) }
        }
        return isNegative ? -value : value
    }

    /// Sign, digits and fraction, without an exponent.
    static func decimal(_ text: String) -> SQLDecimal? {
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        let whole = first.drop { $0 == "0" }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard !(first.isEmpty && fraction.isEmpty) else { return nil }
        let kept = fraction.prefix(max(0, 38 - whole.utf8.count))
        guard fraction.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return SQLDecimal((isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole) + (kept.isEmpty ? "" : "." + kept))
    }

    /// Money: an optional currency sign, commas are left out.
    static func money(_ text: String) -> SQLDecimal? {
        var body = text.filter { $0 != "," }
        let isNegative = body.hasPrefix("-")
        if isNegative { body.removeFirst() }
        if let first = body.first, "$€£¥".contains(first) { body.removeFirst() }
        guard let number = decimal(body) else { return nil }
        return isNegative ? SQLDecimal(coefficient: -number.coefficient, scale: number.scale) : number
    }

    /// A floating-point number; an empty text is 0.
    static func double(_ text: String) -> Double? {
        if text.isEmpty { return 0 }
        let allowed = text.utf8.allSatisfy {
            ($0 >= 0x30 && $0 <= 0x39) || "+-.eE".utf8.contains($0)
        }
        guard allowed, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// A float as a decimal of its first 17 significant digits.
    static func decimal(_ number: Double) -> SQLDecimal? {
        guard number.isFinite, number.magnitude < 1e38 else { return nil }
        return decimal(NumberText.plain(number))
    }
}
