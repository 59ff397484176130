import SQLValues

/// Numbers in the formats of .NET, for FORMAT in the culture en-US.
///
/// Source: "Standard numeric format strings" and "Custom numeric format strings" (.NET).
struct NumberFormat {
    private enum Token {
        case literal(String)
        /// A digit; one that is written even when it is 0.
        case digit(isZero: Bool)
        case point
    }

    private var tokens: [Token] = []
    private var wholePlaces = 0
    private var fractionPlaces = 0
    private var leastWhole = 0
    private var leastFraction = 0
    private var isGrouped = false
    private var thousands = 0
    private var percents = 0

    /// The text of a number; nil where .NET would throw and FORMAT gives NULL.
    static func text(_ number: SQLDecimal, type: SQLType, format: String) throws(ServerMessage) -> String? {
        let letters = Array(format)
        if format.isEmpty { return try standard("G", nil, number, type) }
        if let first = letters.first, first.isASCII, first.isLetter, letters.count <= 3,
            letters.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        {
            return try standard(first, Int(String(letters.dropFirst())), number, type)
        }
        return try custom(number, format)
    }

    private static func standard(_ letter: Character, _ places: Int?, _ number: SQLDecimal, _ type: SQLType)
        throws(ServerMessage) -> String?
    {
        let isWhole = TypeRules.isInteger(type)
        func fixed() throws(ServerMessage) -> String {
            guard let rounded = number.rescaled(to: places ?? 2) else {
                throw .unsupported("FORMAT with more than 38 digits")
            }
            return rounded.description
        }
        switch letter {
        case "N", "n": return NumberText.grouped(try fixed())
        case "F", "f": return try fixed()
        case "C", "c":
            let text = NumberText.grouped(try fixed())
            return text.hasPrefix("-") ? "($" + text.dropFirst() + ")" : "$" + text
        case "D", "d":
            guard isWhole else { return nil }
            let digits = String(number.coefficient.magnitude)
            let padding = String(repeating: "0", count: max(0, (places ?? 0) - digits.count))
            return (number.coefficient < 0 ? "-" : "") + padding + digits
        case "X", "x":
            guard isWhole else { return nil }
            let bits = UInt64(truncatingIfNeeded: number.coefficient)
            let width: UInt64 =
                switch type.kind {
                case .tinyInt: 8
                case .smallInt: 16
                case .int: 32
                default: 64
                }
            let value = width == 64 ? bits : bits & (1 << width - 1)
            let digits = String(value, radix: 16, uppercase: letter == "X")
            return String(repeating: "0", count: max(0, (places ?? 0) - digits.count)) + digits
        case "G", "g":
            guard type.kind != .float, type.kind != .real, places == nil || places == 0 else {
                throw .unsupported("FORMAT \(letter) of \(type.name)")
            }
            return number.description
        case "E", "e", "P", "p", "R", "r": throw .unsupported("FORMAT \(letter) of numbers")
        default: return nil
        }
    }

    private static func custom(_ number: SQLDecimal, _ format: String) throws(ServerMessage) -> String {
        let sections = try split(format)
        let isNegative = number.coefficient < 0
        var index = 0
        if number.coefficient == 0, sections.count > 2 { index = 2 }
        let usesSecond = isNegative && sections.count > 1 && !sections[1].isEmpty
        if usesSecond { index = 1 }
        let parsed = try NumberFormat(sections[index])
        let magnitude =
            SQLDecimal(
                coefficient: Int128(number.coefficient.magnitude), scale: number.scale) ?? number
        guard let text = parsed.apply(magnitude) else { throw .unsupported("FORMAT of such a number") }
        let isZero = !text.contains { $0.isNumber && $0 != "0" }
        return isNegative && !usesSecond && !isZero ? "-" + text : text
    }

    /// The sections between semicolons outside of quotes.
    private static func split(_ format: String) throws(ServerMessage) -> [String] {
        var sections = [""]
        var quote: Character?
        var isEscaped = false
        for character in format {
            let isPlain = quote == nil && !isEscaped
            if isPlain, character == ";" {
                sections.append("")
                continue
            }
            sections[sections.count - 1].append(character)
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
            }
        }
        return sections
    }

    private init(_ section: String) throws(ServerMessage) {
        var rest = Array(section)[...]
        var pointSeen = false
        var commas = 0
        while let character = rest.popFirst() {
            if character != ",", commas > 0, character == "0" || character == "#", !pointSeen {
                isGrouped = true
                commas = 0
            }
            switch character {
            case "0", "#": digit(character == "0", pointSeen)
            case ".":
                if !pointSeen { tokens.append(.point) }
                pointSeen = true
                thousands += commas
                commas = 0
            case ",": if wholePlaces > 0, !pointSeen { commas += 1 }
            case "%":
                percents += 1
                tokens.append(.literal("%"))
            case "\\": if let next = rest.popFirst() { tokens.append(.literal(String(next))) }
            case "'", "\"":
                var text = ""
                while let next = rest.popFirst(), next != character { text.append(next) }
                tokens.append(.literal(text))
            case "‰": throw .unsupported("FORMAT with ‰")
            case "E" where rest.first.map({ "+-0".contains($0) }) ?? false,
                "e" where rest.first.map({ "+-0".contains($0) }) ?? false:
                throw .unsupported("FORMAT with an exponent")
            default: tokens.append(.literal(String(character)))
            }
        }
        thousands += commas
    }

    private mutating func digit(_ isZero: Bool, _ isFraction: Bool) {
        tokens.append(.digit(isZero: isZero))
        if isFraction {
            fractionPlaces += 1
            if isZero { leastFraction = fractionPlaces }
        } else {
            wholePlaces += 1
            if isZero || leastWhole > 0 { leastWhole += 1 }
        }
    }

    private func apply(_ number: SQLDecimal) -> String? {
        let shift = 2 * percents - 3 * thousands
        let scale = number.scale - shift
        var value: SQLDecimal?
        if scale >= 0 {
            value = SQLDecimal(coefficient: number.coefficient, scale: scale)
        } else if -scale <= 38 {
            let (product, overflow) = number.coefficient.multipliedReportingOverflow(by: SQLDecimal.power(-scale))
            value = overflow ? nil : SQLDecimal(coefficient: product, scale: 0)
        }
        guard let value, let rounded = value.rescaled(to: min(fractionPlaces, max(0, value.scale))) else { return nil }
        let parts = rounded.description.split(separator: ".", omittingEmptySubsequences: false)
        var whole = String(parts[0].drop { $0 == "0" })
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        while fraction.count > leastFraction, fraction.last == "0" { fraction.removeLast() }
        fraction += String(repeating: "0", count: max(0, leastFraction - fraction.count))
        whole = String(repeating: "0", count: max(0, leastWhole - whole.count)) + whole
        return written(Array(whole), Array(fraction))
    }

    private func written(_ whole: [Character], _ fraction: [Character]) -> String {
        var result = ""
        var places = wholePlaces
        var taken = 0
        var fractionTaken = 0
        var pointSeen = false
        for token in tokens {
            switch token {
            case .literal(let text): result += text
            case .point:
                pointSeen = true
                if !fraction.isEmpty { result += "." }
            case .digit where pointSeen:
                if fractionTaken < fraction.count { result.append(fraction[fractionTaken]) }
                fractionTaken += 1
            case .digit:
                // The first place takes all digits for which there is no place.
                while whole.count - taken >= places, taken < whole.count {
                    result.append(whole[taken])
                    taken += 1
                    let left = whole.count - taken
                    if isGrouped, left > 0, left % 3 == 0 { result += "," }
                    if left < places { break }
                }
                places -= 1
            }
        }
        return result
    }
}
