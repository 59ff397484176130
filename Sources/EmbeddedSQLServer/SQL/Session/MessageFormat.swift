import SQLValues

/// RAISERROR's substitution, as "RAISERROR (Transact-SQL)" describes it: `% [flag] [width] [.precision] [h|l|I64] type`.
struct MessageFormat {
    private var flags: Set<Character> = []
    private var width = 0
    private var precision: Int?
    private var kind: Character = "s"

    /// The longest message; a longer one ends in three points.
    private static let longest = 2_047

    /// A format with its arguments in it.
    static func text(_ format: String, _ arguments: [(value: SQLValue, type: SQLType)]) throws -> String {
        var result = ""
        var taken = 0
        var rest = format[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                result.append(character)
                continue
            }
            if rest.first == "%" {
                result.append(rest.removeFirst())
                continue
            }
            func next() -> (value: SQLValue, type: SQLType)? {
                defer { taken += 1 }
                return taken < arguments.count ? arguments[taken] : nil
            }
            let written = rest
            var item = MessageFormat()
            guard try item.read(&rest, next) else {
                throw ServerMessage.error(2787, "Invalid format specification: '%\(written)'.")
            }
            result += try item.apply(next(), place: taken)
        }
        guard result.units > longest else { return result }
        return result.prefixUnits(longest - 3) + "..."
    }

    /// Reads one specification; false when it is none.
    private mutating func read(_ rest: inout Substring, _ next: () -> (value: SQLValue, type: SQLType)?) throws -> Bool
    {
        while let flag = rest.first, "-+0# ".contains(flag) { flags.insert(rest.removeFirst()) }
        width = try Self.number(&rest, next) ?? 0
        if width < 0 {
            flags.insert("-")
            width = -width
        }
        if rest.first == "." {
            rest.removeFirst()
            precision = try Self.number(&rest, next) ?? 0
        }
        for prefix in ["I64", "h", "l"] where rest.hasPrefix(prefix) { rest.removeFirst(prefix.count) }
        guard let letter = rest.first, "diosuxX".contains(letter) else { return false }
        kind = rest.removeFirst()
        return true
    }

    /// Digits, or `*`, which takes an argument.
    private static func number(_ rest: inout Substring, _ next: () -> (value: SQLValue, type: SQLType)?) throws -> Int?
    {
        if rest.first == "*" {
            rest.removeFirst()
            guard case .int(let number)? = next()?.value else { return 0 }
            return Int(max(-Int64(longest), min(number, Int64(longest))))
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest.removeFirst(digits.count)
        return digits.isEmpty ? nil : min(Int(digits) ?? longest, longest)
    }

    private func apply(_ argument: (value: SQLValue, type: SQLType)?, place: Int) throws -> String {
        guard let argument else { return padded("(null)") }
        guard TypeRules.isInteger(argument.type) || argument.type.isCharacter || argument.type.isBinary else {
            throw ServerMessage.error(
                2748,
                "Cannot specify \(argument.type.name) data type (parameter \(place + 3)) as a substitution parameter.")
        }
        if argument.value.isNull { return padded("(null)") }
        switch (kind, argument.value) {
        case ("s", .string(let text)): return padded(precision.map { text.prefixUnits($0) } ?? text)
        case ("s", .bytes), ("s", .int): throw Self.mismatch(place)
        case (_, .int(let number)): return padded(digits(of: number, argument.type))
        default: throw Self.mismatch(place)
        }
    }

    private static func mismatch(_ place: Int) -> ServerMessage {
        .error(
            2786,
            "The data type of substitution parameter \(place) does not match the expected type of the format"
                + " specification.")
    }

    private func digits(of number: Int64, _ type: SQLType) -> String {
        let bits = type.kind == .bigInt ? UInt64(bitPattern: number) : UInt64(UInt32(truncatingIfNeeded: number))
        var text: String
        var sign = ""
        switch kind {
        case "o": text = (flags.contains("#") ? "0" : "") + String(bits, radix: 8)
        case "x": text = (flags.contains("#") ? "0x" : "") + String(bits, radix: 16)
        case "X": text = (flags.contains("#") ? "0X" : "") + String(bits, radix: 16, uppercase: true)
        case "u": text = String(bits)
        default:
            text = String(number.magnitude)
            sign = number < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
        }
        if let precision, text.count < precision { text = String(repeating: "0", count: precision - text.count) + text }
        if flags.contains("0"), !flags.contains("-"), precision == nil, text.count + sign.count < width {
            text = String(repeating: "0", count: width - text.count - sign.count) + text
        }
        return sign + text
    }

    private func padded(_ text: String) -> String {
        guard text.units < width else { return text }
        let blanks = String(repeating: " ", count: width - text.units)
        return flags.contains("-") ? text + blanks : blanks + text
    }
}
