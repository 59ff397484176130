import SQLValues

extension ScalarFunction {
    /// String functions; positions and lengths count UTF-16 units.
    static let strings: [ScalarFunction] = [
        .typed("ts_concat") { arguments in
            if arguments.hasNull { return .null }
            if arguments.result.isBinary {
                return .bytes(
                    arguments.values.flatMap { value -> [UInt8] in
                        if case .bytes(let bytes) = value { return bytes }
                        return []
                    })
            }
            return cut(arguments.text(0) + arguments.text(1), arguments.result)
        },
        .typed("ts_concat_all") { arguments in
            cut((0..<arguments.count).map { arguments.text($0) }.joined(), arguments.result)
        },
        .typed("ts_concat_ws") { arguments in
            let parts = (1..<arguments.count).filter { !arguments.values[$0].isNull }.map { arguments.text($0) }
            return cut(parts.joined(separator: arguments.text(0)), arguments.result)
        },
        nullable("ts_len") { .int(Int64($0.text(0).withoutTrailingBlanks.units)) },
        .typed("ts_datalength") { arguments in
            if let variant = arguments.types[0].kind == .variant ? VariantValue(of: arguments.values[0]) : nil {
                return dataLength(variant.value, variant.type)
            }
            return dataLength(arguments.values[0], arguments.types[0])
        },
        nullable("ts_variant_property") { arguments throws(ServerMessage) in
            guard let variant = VariantValue(of: arguments.values[0]),
                let answer = try variant.property(arguments.text(1).withoutTrailingBlanks.lowercased())
            else { return .null }
            return .string(answer.text)
        },
        nullable("ts_left") { arguments throws(ServerMessage) in
            guard arguments.integer(1) >= 0 else { throw invalidLength("left") }
            return .string(arguments.text(0).prefixUnits(arguments.integer(1)))
        },
        nullable("ts_right") { arguments throws(ServerMessage) in
            guard arguments.integer(1) >= 0 else { throw invalidLength("right") }
            let text = arguments.text(0)
            let count = min(arguments.integer(1), text.units)
            return .string(text.substringUnits(from: text.units - count, count: count))
        },
        nullable("ts_substring") { arguments throws(ServerMessage) in
            guard arguments.integer(2) >= 0 else { throw invalidLength("substring") }
            // A start before the text takes away from the length.
            let start = arguments.integer(1)
            let end = max(0, start - 1 + arguments.integer(2))
            let from = max(0, start - 1)
            if case .bytes(let bytes) = arguments.values[0] {
                return .bytes(Array(bytes.dropFirst(from).prefix(max(0, end - from))))
            }
            return .string(arguments.text(0).substringUnits(from: from, count: max(0, end - from)))
        },
        nullable("ts_upper") { .string(mapped($0.text(0)) { $0.properties.uppercaseMapping }) },
        nullable("ts_lower") { .string(mapped($0.text(0)) { $0.properties.lowercaseMapping }) },
        nullable("ts_ltrim") { .string($0.text(0).withoutLeadingBlanks) },
        nullable("ts_rtrim") { .string($0.text(0).withoutTrailingBlanks) },
        nullable("ts_trim") { .string($0.text(0).trimmedBlanks) },
        nullable("ts_reverse") { arguments throws(ServerMessage) in
            let scalars = arguments.text(0).unicodeScalars
            // SQL Server turns the two units of such a character round, which is no text any more.
            guard scalars.allSatisfy({ $0.value <= 0xFFFF }) else {
                throw .unsupported("REVERSE of characters of two units")
            }
            var reversed = String.UnicodeScalarView()
            reversed.append(contentsOf: scalars.reversed())
            return .string(String(reversed))
        },
        nullable("ts_replace") { arguments throws(ServerMessage) in
            try checkSearch(arguments, "REPLACE")
            return cut(replaced(arguments.text(0), arguments.text(1), arguments.text(2)), arguments.result)
        },
        nullable("ts_charindex") { arguments throws(ServerMessage) in
            try checkSearch(arguments, "CHARINDEX")
            let start = arguments.count > 2 ? max(1, arguments.integer(2)) : 1
            return .int(Int64(position(of: arguments.text(0), in: arguments.text(1), from: start)))
        },
        nullable("ts_replicate") { arguments in
            guard arguments.integer(1) >= 0 else { return .null }
            let text = arguments.text(0)
            let limit = arguments.result.length ?? Int(Int32.max / 4)
            let count = min(arguments.integer(1), text.isEmpty ? 0 : limit / max(1, text.units) + 1)
            return cut(String(repeating: text, count: count), arguments.result)
        },
        nullable("ts_space") { arguments in
            arguments.integer(0) < 0 ? .null : .string(String(repeating: " ", count: min(8_000, arguments.integer(0))))
        },
        nullable("ts_stuff") { arguments in
            let (text, start, count) = (arguments.text(0), arguments.integer(1), arguments.integer(2))
            guard start >= 1, count >= 0, start <= text.units else { return .null }
            let head = text.substringUnits(from: 0, count: start - 1)
            let tail = text.substringUnits(from: start - 1 + count, count: text.units)
            return cut(head + arguments.text(3) + tail, arguments.result)
        },
        nullable("ts_ascii") { arguments throws(ServerMessage) in
            try CodePage.encode(arguments.text(0)).first.map { .int(Int64($0)) } ?? .null
        },
        nullable("ts_unicode") { arguments in arguments.text(0).utf16.first.map { .int(Int64($0)) } ?? .null },
        nullable("ts_char") { arguments in
            guard let byte = UInt8(exactly: arguments.integer(0)) else { return .null }
            return .string(CodePage.decode([byte]))
        },
        nullable("ts_nchar") { arguments in
            guard let scalar = UInt16(exactly: arguments.integer(0)).flatMap({ Unicode.Scalar($0) }) else {
                return .null
            }
            return .string(String(Character(scalar)))
        },
        nullable("ts_quotename") { arguments in
            let text = arguments.text(0)
            guard text.units <= 128 else { return .null }
            let quote = arguments.count > 1 ? arguments.text(1) : "["
            switch quote {
            case "[", "]": return .string("[" + text.replacing("]", with: "]]") + "]")
            case "'", "\"", "`": return .string(quote + text.replacing(quote, with: quote + quote) + quote)
            case "(", ")": return .string("(" + text.replacing(")", with: "))") + ")")
            case "<", ">": return .string("<" + text.replacing(">", with: ">>") + ">")
            case "{", "}": return .string("{" + text.replacing("}", with: "}}") + "}")
            default: return .null
            }
        },
    ]

    /// LIKE and PATINDEX.
    static let textTests: [ScalarFunction] = [
        .stored("ts_like") { arguments, _ throws(ServerMessage) in try like(arguments, isNational: false) },
        .stored("ts_like_n") { arguments, _ throws(ServerMessage) in try like(arguments, isNational: true) },
        .stored("ts_bin") { arguments, _ throws(ServerMessage) in
            guard !arguments[0].isNull else { return .null }
            let bytes = arguments[0].bytes
            return .blob(Array(bytes.prefix((bytes.lastIndex { $0 != 0 } ?? -1) + 1)))
        },
    ]

    private static func like(_ arguments: StoredArguments, isNational: Bool) throws(ServerMessage) -> StoredValue {
        guard !arguments[0].isNull, !arguments[1].isNull, arguments.count < 3 || !arguments[2].isNull else {
            return .null
        }
        var escape: Unicode.Scalar?
        if arguments.count > 2 {
            let text = arguments[2].text
            guard text.unicodeScalars.count == 1 else {
                throw .error(506, "The invalid escape character \"\(text)\" was specified in a LIKE predicate.")
            }
            escape = text.unicodeScalars.first
        }
        if isNational { try checkSearch([arguments[0].text, arguments[1].text], "LIKE") }
        let pattern = LikePattern(arguments[1].text, escape: escape, isNational: isNational)
        return .integer(pattern.matches(arguments[0].text) ? 1 : 0)
    }

    /// Searches compare character by character, which `ß` and the like in nvarchar do not allow.
    private static func checkSearch(_ texts: [String], _ function: String) throws(ServerMessage) {
        for text in texts where !text.utf8.allSatisfy({ $0 < 0x80 }) {
            guard let special = text.precomposed.unicodeScalars.first(where: LinguisticCollation.isSpecial) else {
                continue
            }
            throw .unsupported(
                "\(function) with the character U+\(String(special.value, radix: 16, uppercase: true)) in nvarchar")
        }
    }

    static func checkSearch(_ arguments: FunctionArguments, _ function: String) throws(ServerMessage) {
        guard arguments.types.contains(where: \.kind.isNational) else { return }
        try checkSearch(arguments.values.indices.map { arguments.text($0) }, function)
    }

    static func nullable(
        _ name: String, _ body: @escaping @Sendable (FunctionArguments) throws(ServerMessage) -> SQLValue
    ) -> ScalarFunction {
        .typed(name) { arguments throws(ServerMessage) in arguments.hasNull ? .null : try body(arguments) }
    }

    private static func cut(_ text: String, _ type: SQLType) -> SQLValue {
        .string(type.length.map { text.prefixUnits($0) } ?? text)
    }

    private static func invalidLength(_ function: String) -> ServerMessage {
        function == "substring"
            ? .error(537, state: 3, "Invalid length parameter passed to the LEFT or SUBSTRING function.")
            : .error(536, state: 4, "Invalid length parameter passed to the \(function) function.")
    }

    /// Case mapping of single characters to single characters, as SQL Server does it.
    private static func mapped(_ text: String, _ mapping: (Unicode.Scalar) -> String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let other = mapping(scalar).unicodeScalars
            result.append(other.count == 1 ? other.first ?? scalar : scalar)
        }
        return String(result)
    }

    static func dataLength(_ value: SQLValue, _ type: SQLType) -> SQLValue {
        switch value {
        case .null: return .null
        case .string(let text):
            let isWide = type.kind == .nChar || type.kind == .nVarChar || type.kind == .nText
            return .int(Int64(text.units * (isWide ? 2 : 1)))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        default: return .int(Int64(fixedLength(type)))
        }
    }

    private static func fixedLength(_ type: SQLType) -> Int {
        let digits = type.precision ?? 18
        let scale = type.scale ?? 7
        switch type.kind {
        case .bit, .tinyInt: return 1
        case .smallInt: return 2
        case .int, .real, .smallMoney, .smallDateTime: return 4
        case .bigInt, .float, .money, .dateTime: return 8
        case .decimal, .numeric: return digits <= 9 ? 5 : digits <= 19 ? 9 : digits <= 28 ? 13 : 17
        case .date: return 3
        case .time: return scale <= 2 ? 3 : scale <= 4 ? 4 : 5
        case .dateTime2: return scale <= 2 ? 6 : scale <= 4 ? 7 : 8
        case .dateTimeOffset: return scale <= 2 ? 8 : scale <= 4 ? 9 : 10
        default: return 16
        }
    }

    /// The position of a text in another under the default collation, from 1; 0 when it is not there.
    static func position(of needle: String, in text: String, from start: Int) -> Int {
        let (small, large) = (Array(needle.utf16.map(folded)), Array(text.utf16.map(folded)))
        guard !small.isEmpty, large.count >= small.count else { return 0 }
        var index = start - 1
        while index + small.count <= large.count {
            if large[index..<index + small.count].elementsEqual(small) { return index + 1 }
            index += 1
        }
        return 0
    }

    private static func folded(_ unit: UInt16) -> UInt16 {
        if unit < 0x80 { return unit >= 0x41 && unit <= 0x5A ? unit + 32 : unit }
        guard let scalar = Unicode.Scalar(unit) else { return unit }
        let lower = scalar.properties.lowercaseMapping.utf16
        return lower.count == 1 ? lower.first ?? unit : unit
    }

    private static func replaced(_ text: String, _ needle: String, _ replacement: String) -> String {
        guard !needle.isEmpty else { return text }
        let width = needle.units
        var result = ""
        var start = 0
        while true {
            let found = position(of: needle, in: text, from: start + 1)
            guard found > 0 else { break }
            result += text.substringUnits(from: start, count: found - 1 - start) + replacement
            start = found - 1 + width
        }
        return result + text.substringUnits(from: start, count: text.units)
    }
}
