import Foundation
import SQLValues

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
        if exponent >= -4, exponent < 6 {
            return sign + trimmed(String(format: "%.\(max(0, 5 - exponent))f", magnitude))
        }
        let digits = String(exponent.magnitude)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return sign + trimmed(String(parts[0])) + "e" + (exponent < 0 ? "-" : "+") + padded
    }

    /// A float in one of CONVERT's styles: 1 has 8 digits, 2 has 16 and 3 has 17, all with an exponent.
    static func float(_ number: Double, style: Int, isReal: Bool) throws(ServerMessage) -> String {
        let places: Int
        switch style {
        case 0: return float(number)
        case 1: places = 7
        case 2: places = 15
        case 3 where !isReal: places = 16
        default: throw .unsupported("CONVERT style \(style) of \(isReal ? "real" : "float")")
        }
        let parts = String(format: "%.\(places)e", number).split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "0" }
        return parts[0] + "e" + (exponent < 0 ? "-" : "+") + String(String(1_000 + exponent.magnitude).dropFirst())
    }

    /// Money in one of CONVERT's styles: two places, with commas in style 1; four places in styles 2 and 126.
    static func money(_ number: SQLDecimal, style: Int) throws(ServerMessage) -> String {
        switch style {
        case 0: return (number.rescaled(to: 2) ?? number).description
        case 1: return grouped((number.rescaled(to: 2) ?? number).description)
        case 2, 126: return (number.rescaled(to: 4) ?? number).description
        default: throw .unsupported("CONVERT style \(style) of money")
        }
    }

    /// A number with commas between thousands.
    static func grouped(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return (isNegative ? "-" : "") + ([Substring(whole)] + parts.dropFirst()).joined(separator: ".")
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
