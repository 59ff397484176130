import Foundation

/// Numbers as SQL Server writes them.
enum NumberText {
    /// A float in CONVERT's style 0: six digits, with an exponent of three digits when it needs one.
    static func float(_ number: Double) -> String {
        if number == 0 { return "0" }
        let magnitude = number.magnitude
        let text = String(format: "%.5e", magnitude)
        let parts = text.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
        let sign = number < 0 ? "-" : ""
        if exponent >= -5, exponent < 6 {
            return sign + trimmed(String(format: "%.\(max(0, 5 - exponent))f", magnitude))
        }
        let digits = String(exponent.magnitude)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return sign + trimmed(String(parts[0])) + "e" + (exponent < 0 ? "-" : "+") + padded
    }

    /// A number with a fixed number of places.
    static func fixed(_ number: Double, places: Int) -> String { String(format: "%.\(places)f", number) }

    /// All significant digits without an exponent.
    static func plain(_ number: Double) -> String {
        let text = String(format: "%.16e", number)
        let parts = text.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
        let isNegative = parts[0].hasPrefix("-")
        var digits = parts[0].filter(\.isNumber)
        var point = 1 + exponent
        if point <= 0 {
            digits = String(repeating: "0", count: 1 - point) + digits
            point = 1
        }
        if point > digits.count { digits += String(repeating: "0", count: point - digits.count) }
        return (isNegative ? "-" : "") + digits.prefix(point) + "." + digits.dropFirst(point) + "0"
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var result = Substring(text)
        while result.last == "0" { result.removeLast() }
        if result.last == "." { result.removeLast() }
        return String(result)
    }
}
