import SQLValues
internal import TLS

extension ScalarFunction {
    /// Functions of texts beyond the everyday ones.
    static let textTools: [ScalarFunction] = [
        nullable("ts_patindex") { arguments throws(ServerMessage) in
            try checkSearch(arguments, "PATINDEX")
            return .int(Int64(patternPosition(arguments)))
        },
        nullable("ts_translate") { arguments throws(ServerMessage) in
            try checkSearch(arguments, "TRANSLATE")
            return try translated(arguments)
        },
        nullable("ts_trim_set") { arguments throws(ServerMessage) in try trimmed(arguments) },
        nullable("ts_string_escape") { arguments throws(ServerMessage) in
            guard arguments.text(1).lowercased() == "json" else {
                throw .unsupported("STRING_ESCAPE of type \(arguments.text(1))")
            }
            return .string(JSONWriter.escaped(arguments.text(0)))
        },
        nullable("ts_soundex") { arguments throws(ServerMessage) in .string(try soundex(arguments.text(0))) },
        nullable("ts_difference") { arguments throws(ServerMessage) in
            let (a, b) = (try soundex(arguments.text(0)), try soundex(arguments.text(1)))
            return .int(Int64(zip(a, b).count { $0 == $1 }))
        },
        nullable("ts_str") { arguments in str(arguments) },
        .typed("ts_isnumeric") { arguments throws(ServerMessage) in
            guard case .string(let text) = arguments.values[0] else { return .int(0) }
            return .int(try isNumeric(text) ? 1 : 0)
        },
        nullable("ts_parsename") { arguments in
            let parts = NameSplitter.parts(arguments.text(0))
            let index = parts.count - arguments.integer(1)
            guard parts.count <= 4, (1...4).contains(arguments.integer(1)), index >= 0, !parts[index].isEmpty else {
                return .null
            }
            return .string(parts[index])
        },
        .typed("ts_formatmessage") { arguments throws(ServerMessage) in
            guard case .string(let format) = arguments.values[0] else { return .null }
            let pairs = zip(arguments.values, arguments.types).dropFirst().map { (value: $0, type: $1) }
            do {
                return .string(try MessageFormat.text(format, pairs))
            } catch {
                throw error as? ServerMessage ?? .unsupported("FORMATMESSAGE")
            }
        },
        nullable("ts_hashbytes") { arguments throws(ServerMessage) in try hashed(arguments) },
    ]

    private static func hashed(_ arguments: FunctionArguments) throws(ServerMessage) -> SQLValue {
        let digest: MessageDigest
        switch arguments.text(0).uppercased() {
        case "MD5": digest = .md5
        case "SHA", "SHA1": digest = .sha1
        case "SHA2_256": digest = .sha256
        case "SHA2_512": digest = .sha512
        case "MD2", "MD4": throw .unsupported("HASHBYTES of \(arguments.text(0))")
        default: return .null
        }
        let bytes = try Conversion.bytes(
            arguments.values[1], from: arguments.types[1], to: .varBinaryMax, style: nil)
        guard let result = digest.digest(of: bytes) else { throw .unsupported("HASHBYTES of \(arguments.text(0))") }
        return .bytes(result)
    }

    /// Where a pattern that begins with `%` matches first, in UTF-16 units from 1; 0 when nowhere.
    private static func patternPosition(_ arguments: FunctionArguments) -> Int {
        let isNational = arguments.types.contains { $0.kind.isNational }
        let (written, text) = (arguments.text(0), arguments.text(1))
        let anchored = written.first != "%"
        let rest = anchored ? written : String(written.drop { $0 == "%" })
        let pattern = LikePattern(rest, escape: nil, isNational: isNational)
        if anchored { return pattern.matches(text) ? 1 : 0 }
        if rest.isEmpty { return 1 }
        guard let found = pattern.firstMatch(in: text) else { return 0 }
        return 1 + text.unicodeScalars.prefix(found).reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) }
    }

    private static func folded(_ scalar: Unicode.Scalar) -> String { scalar.properties.lowercaseMapping }

    private static func translated(_ arguments: FunctionArguments) throws(ServerMessage) -> SQLValue {
        let from = Array(arguments.text(1).unicodeScalars)
        let to = Array(arguments.text(2).unicodeScalars)
        guard from.count == to.count else {
            throw .error(
                9828,
                "The second and third arguments of the TRANSLATE built-in function must contain an equal number of"
                    + " characters.")
        }
        var result = String.UnicodeScalarView()
        for scalar in arguments.text(0).unicodeScalars {
            let place = from.firstIndex { folded($0) == folded(scalar) }
            result.append(place.map { to[$0] } ?? scalar)
        }
        return .string(String(result))
    }

    /// TRIM, LTRIM and RTRIM of a set of characters: text, set, sides (1 leading, 2 trailing, 3 both).
    private static func trimmed(_ arguments: FunctionArguments) throws(ServerMessage) -> SQLValue {
        let sides = arguments.integer(2)
        let exact = Set(arguments.text(1).unicodeScalars)
        let loose = Set(exact.map(folded))
        func trim(_ isInside: (Unicode.Scalar) -> Bool) -> String {
            var view = arguments.text(0).unicodeScalars[...]
            while sides & 1 != 0, let first = view.first, isInside(first) { view.removeFirst() }
            while sides & 2 != 0, let last = view.last, isInside(last) { view.removeLast() }
            return String(view)
        }
        let result = trim { exact.contains($0) }
        // Whether case counts is not documented.
        guard result == trim({ loose.contains(folded($0)) }) else {
            throw .unsupported("TRIM of letters that differ in case")
        }
        return .string(result)
    }

    /// The code of a word of ASCII letters; what other characters do is not documented.
    private static func soundex(_ text: String) throws(ServerMessage) -> String {
        let word = Array(text.trimmedBlanks.uppercased().utf8)
        guard word.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .unsupported("SOUNDEX of other than letters")
        }
        guard let first = word.first else { return "0000" }
        let codes = Array("01230120022455012623010202".utf8)
        var result = [first]
        var last = codes[Int(first) - 0x41]
        for letter in word.dropFirst() {
            // H and W do not part letters of one code, vowels do.
            if letter == UInt8(ascii: "H") || letter == UInt8(ascii: "W") { continue }
            let code = codes[Int(letter) - 0x41]
            if code != UInt8(ascii: "0"), code != last { result.append(code) }
            last = code
            if result.count == 4 { break }
        }
        return String(decoding: result + [UInt8](repeating: 0x30, count: 4 - result.count), as: UTF8.self)
    }

    /// STR(number, length, places).
    private static func str(_ arguments: FunctionArguments) -> SQLValue {
        let (length, places) = (arguments.integer(1), arguments.integer(2))
        guard (1...8_000).contains(length), places >= 0 else { return .null }
        let number = arguments.double(0)
        func text(_ places: Int) -> String {
            guard let decimal = NumberParser.decimal(number), let rounded = decimal.rescaled(to: places) else {
                return NumberText.fixed(number, places: places)
            }
            return rounded.description
        }
        let whole = text(0).utf8.count
        guard whole <= length else { return .string(String(repeating: "*", count: length)) }
        let shown = max(0, min(min(places, 16), length - whole - 1))
        let result = text(shown)
        return .string(String(repeating: " ", count: max(0, length - result.utf8.count)) + result)
    }

    /// Whether a text converts to some type of number; what is known of single signs, too.
    private static func isNumeric(_ text: String) throws(ServerMessage) -> Bool {
        let word = text.trimmedBlanks
        if word.isEmpty { return false }
        guard word.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 160 }) else {
            throw .unsupported("ISNUMERIC of control characters")
        }
        if ["+", "-", ".", ",", "$", "€", "£", "¥"].contains(word) { return true }
        if NumberParser.double(word) != nil || NumberParser.money(word) != nil { return true }
        let isOdd = word.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || "+-.,$eEdD ".utf8.contains($0) }
        let hasDigit = word.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
        let isDate = word.dropFirst().contains("-") || word.filter { $0 == "." }.count > 1
        if isOdd, !isDate || !hasDigit { throw .unsupported("ISNUMERIC of '\(word)'") }
        return false
    }
}
