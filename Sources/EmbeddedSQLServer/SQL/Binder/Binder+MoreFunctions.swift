import SQLValues
import TransactSQL

extension Binder {
    /// Functions of texts beyond the everyday ones; nil for other names.
    func textTool(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        func need(_ counts: ClosedRange<Int>) throws {
            guard counts.contains(arguments.count) else {
                throw wrongCount(
                    name, counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)",
                    line: line)
            }
        }
        func texts(_ range: Range<Int>) throws -> [BoundExpression] {
            try arguments[range].map { try textArgument($0, line: line) }
        }
        switch name {
        case "PATINDEX":
            try need(2...2)
            let inputs = try texts(0..<2)
            return call("ts_patindex", inputs, inputs[1].type.isMax ? .bigInt : .int)
        case "TRANSLATE":
            try need(3...3)
            let inputs = try texts(0..<3)
            return call("ts_translate", inputs, variableType(inputs[0].type))
        case "LTRIM", "RTRIM":
            guard arguments.count == 2 else { return nil }
            return try trim(arguments[0], arguments[1], name == "LTRIM" ? "LEADING" : "TRAILING", line: line)
        case "STRING_ESCAPE":
            try need(2...2)
            return call("ts_string_escape", try texts(0..<2), .nVarCharMax)
        case "SOUNDEX":
            try need(1...1)
            return call("ts_soundex", try texts(0..<1), .varChar(4))
        case "DIFFERENCE":
            try need(2...2)
            return call("ts_difference", try texts(0..<2), .int)
        case "STR":
            try need(1...3)
            var inputs = [try coerce(arguments[0], to: .float, line: line)]
            for place in 1...2 {
                inputs.append(
                    place < arguments.count
                        ? try coerce(arguments[place], to: .int, line: line)
                        : .constant(.int(place == 1 ? 10 : 0), .int))
            }
            guard case .constant(.int(let length)) = inputs[1].node, (1...8_000).contains(length) else {
                return call("ts_str", inputs, .varChar(8_000))
            }
            return call("ts_str", inputs, .varChar(Int(length)))
        case "ISNUMERIC":
            try need(1...1)
            return try isNumeric(arguments[0], line: line)
        case "PARSENAME":
            try need(2...2)
            let inputs = [try coerce(arguments[0], to: .nVarChar(4_000), line: line)]
            return call("ts_parsename", inputs + [try coerce(arguments[1], to: .int, line: line)], .nVarChar(128))
        case "FORMATMESSAGE":
            guard var format = arguments.first else { throw wrongCount(name, "1", line: line) }
            if !format.type.isCharacter {
                format = BoundExpression(
                    node: .stored("ts_lookup_user_message", [try coerce(format, to: .int, line: line)]),
                    type: .nVarChar(2_048), isNullable: true)
            }
            return call("ts_formatmessage", [format] + arguments.dropFirst(), .nVarChar(2_048))
        case "FORMAT": return try format(arguments, line: line)
        case "HASHBYTES":
            try need(2...2)
            guard arguments[1].type.isCharacter || arguments[1].type.isBinary || arguments[1].isUntypedNull else {
                throw invalidArgument(arguments[1].type, 2, "hashbytes", line: line)
            }
            return call("ts_hashbytes", try texts(0..<1) + [arguments[1]], .varBinary(8_000))
        default: return nil
        }
    }

    private func textArgument(_ expression: BoundExpression, line: Int) throws -> BoundExpression {
        if expression.isUntypedNull { return .constant(.null, .varChar(1)) }
        return expression.type.isCharacter ? expression : try coerce(expression, to: .varChar(8_000), line: line)
    }

    private func variableType(_ type: SQLType) -> SQLType { SQLType(kind: type.kind.variable, length: type.length) }

    private func isNumeric(_ value: BoundExpression, line: Int) throws -> BoundExpression {
        if value.isUntypedNull { return .constant(.int(0), .int) }
        if value.type.isCharacter { return call("ts_isnumeric", [value], .int) }
        guard value.type.isNumeric else { return .constant(.int(0), .int) }
        let isNull = BoundExpression.condition(.isNull(value, negated: false))
        let branch = BoundExpression.Branch(when: isNull, then: .constant(.int(0), .int))
        return BoundExpression(
            node: .caseWhen([branch], otherwise: .constant(.int(1), .int)), type: .int, isNullable: false)
    }

    /// TRIM, LTRIM and RTRIM of a set of characters.
    func trim(_ text: BoundExpression, _ characters: BoundExpression, _ side: String?, line: Int) throws
        -> BoundExpression
    {
        let inputs = [try textArgument(text, line: line), try textArgument(characters, line: line)]
        let sides: Int64 = side == "LEADING" ? 1 : side == "TRAILING" ? 2 : 3
        return call("ts_trim_set", inputs + [.constant(.int(sides), .int)], variableType(inputs[0].type))
    }

    /// Functions of angles, bits and the like; nil for other names.
    func numberTool(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        func need(_ count: Int) throws {
            guard arguments.count == count else { throw wrongCount(name, "\(count)", line: line) }
        }
        switch name {
        case "ACOS", "ASIN", "ATAN", "COT":
            try need(1)
            return call("ts_\(name.lowercased())", [try coerce(arguments[0], to: .float, line: line)], .float)
        case "ATN2":
            try need(2)
            return call("ts_atn2", try arguments.map { try coerce($0, to: .float, line: line) }, .float)
        case "LOG":
            guard arguments.count == 2 else { return nil }
            return call("ts_log_base", try arguments.map { try coerce($0, to: .float, line: line) }, .float)
        case "DEGREES", "RADIANS":
            try need(1)
            let type = arguments[0].type
            let isWhole = TypeRules.isInteger(type) && !arguments[0].isUntypedNull
            guard isWhole || type.kind == .float || type.kind == .real || type.isCharacter else {
                throw ServerMessage.unsupported("\(name) of \(type.name)", line: line)
            }
            let result: SQLType = isWhole ? (type.kind == .bigInt ? .bigInt : .int) : .float
            return call("ts_\(name.lowercased())", [try coerce(arguments[0], to: .float, line: line)], result)
        case "RAND":
            guard arguments.isEmpty else { throw ServerMessage.unsupported("RAND with a seed", line: line) }
            randomCount += 1
            return BoundExpression(
                node: .stored("ts_rand", [.constant(.int(Int64(randomCount)), .int)]), type: .float, isNullable: true)
        case "GREATEST", "LEAST":
            guard !arguments.isEmpty else {
                throw ServerMessage.error(
                    189, line: line, "The \(name.lowercased()) function requires 1 to 254 arguments.")
            }
            guard let type = commonType(arguments) else {
                return BoundExpression(node: .untypedNull, type: .int, isNullable: true)
            }
            if StoredForm.ignoresZeros(type) { throw ServerMessage.unsupported("\(name) of \(type.name)", line: line) }
            let inputs = try arguments.map { try coerce($0, to: type, line: line) }
            return call("ts_\(name.lowercased())", inputs, type)
        case "LEFT_SHIFT", "RIGHT_SHIFT":
            try need(2)
            return try shift(arguments[0], arguments[1], isLeft: name == "LEFT_SHIFT", line: line)
        case "BIT_COUNT", "GET_BIT", "SET_BIT": return try bitFunction(name, arguments, line: line)
        default: return nil
        }
    }

    /// The bits of an integer moved to the left or right; a negative count moves the other way.
    func shift(_ value: BoundExpression, _ count: BoundExpression, isLeft: Bool, line: Int) throws -> BoundExpression {
        guard TypeRules.isInteger(value.type), !value.isUntypedNull else {
            throw ServerMessage.unsupported("shifting of \(value.type.name)", line: line)
        }
        var places = try coerce(count, to: .int, line: line)
        if !isLeft { places = call("ts_neg", [convert(places, to: .bigInt)], .bigInt) }
        return call("ts_shift", [value, places], value.type)
    }

    private func bitFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression {
        let counts = name == "BIT_COUNT" ? 1...1 : name == "GET_BIT" ? 2...2 : 2...3
        guard counts.contains(arguments.count) else { throw wrongCount(name, "\(counts.upperBound)", line: line) }
        let isBytes = name == "BIT_COUNT" && arguments[0].type.isBinary
        guard TypeRules.isInteger(arguments[0].type) || isBytes, !arguments[0].isUntypedNull else {
            throw ServerMessage.unsupported("\(name) of \(arguments[0].type.name)", line: line)
        }
        if name == "BIT_COUNT" { return call("ts_bit_count", arguments, .bigInt) }
        var inputs = [arguments[0], try coerce(arguments[1], to: .int, line: line)]
        if name == "GET_BIT" { return call("ts_get_bit", inputs, .bit) }
        inputs.append(
            arguments.count == 3 ? try coerce(arguments[2], to: .bit, line: line) : .constant(.bit(true), .bit))
        return call("ts_set_bit", inputs, arguments[0].type)
    }
}
