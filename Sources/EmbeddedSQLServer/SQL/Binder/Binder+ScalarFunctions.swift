import SQLValues
import TransactSQL

extension Binder {
    /// An argument as text; numbers and dates are converted as CAST converts them.
    private func text(_ expression: BoundExpression, line: Int) throws -> BoundExpression {
        if expression.isUntypedNull { return .constant(.null, .varChar(1)) }
        if expression.type.isCharacter { return expression }
        return try coerce(expression, to: .varChar(8_000), line: line)
    }

    private func integer(_ expression: BoundExpression, line: Int) throws -> BoundExpression {
        try coerce(expression, to: TypeRules.isInteger(expression.type) ? expression.type : .int, line: line)
    }

    /// The variable-length type of a text.
    private func variable(_ type: SQLType) -> SQLType {
        SQLType(
            kind: type.kind == .text ? .varChar : type.kind == .nText ? .nVarChar : type.kind.variable,
            length: type.length)
    }

    private func wide(_ type: SQLType) -> SQLType {
        if type.isMax { return type }
        return type.kind.isNational ? .nVarChar(4_000) : .varChar(8_000)
    }

    /// String functions; nil for other names.
    func textFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        func need(_ counts: ClosedRange<Int>) throws {
            guard counts.contains(arguments.count) else {
                throw wrongCount(
                    name, counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)",
                    line: line)
            }
        }
        switch name {
        case "LEN":
            try need(1...1)
            let value = try text(arguments[0], line: line)
            return call("ts_len", [value], value.type.isMax ? .bigInt : .int)
        case "DATALENGTH":
            try need(1...1)
            return call("ts_datalength", arguments, arguments[0].type.isMax ? .bigInt : .int)
        case "UPPER", "LOWER", "LTRIM", "RTRIM", "TRIM", "REVERSE":
            try need(1...1)
            let value = try text(arguments[0], line: line)
            return call("ts_\(name.lowercased())", [value], variable(value.type))
        case "LEFT", "RIGHT":
            try need(2...2)
            let value = try text(arguments[0], line: line)
            return call(
                "ts_\(name.lowercased())", [value, try integer(arguments[1], line: line)], variable(value.type))
        case "SUBSTRING":
            try need(3...3)
            let isBinary = arguments[0].type.isBinary && !arguments[0].isUntypedNull
            let value = isBinary ? arguments[0] : try text(arguments[0], line: line)
            let numbers = try arguments[1...].map { try integer($0, line: line) }
            let type = isBinary ? SQLType(kind: .varBinary, length: value.type.length) : variable(value.type)
            return call("ts_substring", [value] + numbers, type)
        case "REPLACE":
            try need(3...3)
            let texts = try arguments.map { try text($0, line: line) }
            let isWide = texts.contains { $0.type.kind.isNational }
            let type: SQLType =
                texts.contains { $0.type.isMax }
                ? (isWide ? .nVarCharMax : .varCharMax) : (isWide ? .nVarChar(4_000) : .varChar(8_000))
            return call("ts_replace", texts, type)
        case "CHARINDEX":
            try need(2...3)
            var inputs = try arguments.prefix(2).map { try text($0, line: line) }
            if arguments.count == 3 { inputs.append(try integer(arguments[2], line: line)) }
            return call("ts_charindex", inputs, inputs[1].type.isMax ? .bigInt : .int)
        case "REPLICATE":
            try need(2...2)
            let value = try text(arguments[0], line: line)
            return call("ts_replicate", [value, try integer(arguments[1], line: line)], wide(value.type))
        case "SPACE":
            try need(1...1)
            return call("ts_space", [try integer(arguments[0], line: line)], .varChar(8_000))
        case "STUFF":
            try need(4...4)
            let value = try text(arguments[0], line: line)
            let numbers = try arguments[1...2].map { try integer($0, line: line) }
            let insert = try text(arguments[3], line: line)
            return call(
                "ts_stuff", [value] + numbers + [insert], wide(Self.concatenatedType([value.type, insert.type])))
        case "ASCII", "UNICODE":
            try need(1...1)
            return call("ts_\(name.lowercased())", [try text(arguments[0], line: line)], .int)
        case "CHAR", "NCHAR":
            try need(1...1)
            let type: SQLType = name == "CHAR" ? .char(1) : .nChar(1)
            return call("ts_\(name.lowercased())", [try integer(arguments[0], line: line)], type)
        case "QUOTENAME":
            try need(1...2)
            return call("ts_quotename", try arguments.map { try text($0, line: line) }, .nVarChar(258))
        case "CONCAT", "CONCAT_WS":
            let minimum = name == "CONCAT" ? 2 : 3
            guard arguments.count >= minimum else {
                throw ServerMessage.error(
                    189, line: line, "The \(name.lowercased()) function requires \(minimum) to 254 arguments.")
            }
            let texts = try arguments.map { argument in
                // Lengths of numbers and dates as text follow "CONCAT (Transact-SQL)".
                argument.type.isCharacter || argument.isUntypedNull
                    ? try text(argument, line: line) : try coerce(argument, to: .varChar(50), line: line)
            }
            let type = Self.concatenatedType(texts.map(\.type))
            let result = name == "CONCAT" ? call("ts_concat_all", texts, type) : call("ts_concat_ws", texts, wide(type))
            return BoundExpression(node: result.node, type: result.type, isNullable: false)
        default: return nil
        }
    }

    /// Mathematical functions; nil for other names.
    func numberFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        switch name {
        case "ABS", "SIGN", "FLOOR", "CEILING":
            guard arguments.count == 1 else { throw wrongCount(name, "1", line: line) }
            let value = try number(arguments[0], name, line: line)
            guard name == "FLOOR" || name == "CEILING", let precision = value.type.precision else {
                return call("ts_\(name.lowercased())", [value], value.type)
            }
            return call(
                "ts_\(name.lowercased())", [value], SQLType(kind: value.type.kind, precision: precision, scale: 0))
        case "ROUND":
            guard (2...3).contains(arguments.count) else { throw wrongCount(name, "2 to 3", line: line) }
            let value = try number(arguments[0], name, line: line)
            let places = try arguments[1...].map { try integer($0, line: line) }
            return call("ts_round", [value] + places, value.type)
        case "POWER":
            guard arguments.count == 2 else { throw wrongCount(name, "2", line: line) }
            let base = try number(arguments[0], name, line: line)
            let inputs = try [base, arguments[1]].map { try coerce($0, to: .float, line: line) }
            let isDecimal = base.type.kind == .decimal || base.type.kind == .numeric
            return call("ts_power", inputs, isDecimal ? .numeric(38, base.type.scale ?? 0) : base.type)
        case "SQRT", "EXP", "LOG10", "SIN", "COS", "TAN", "SQUARE", "LOG":
            guard arguments.count == 1 else { throw wrongCount(name, "1", line: line) }
            return call("ts_\(name.lowercased())", [try coerce(arguments[0], to: .float, line: line)], .float)
        default: return nil
        }
    }

    /// A number with the type that mathematical functions give back.
    private func number(_ expression: BoundExpression, _ name: String, line: Int) throws -> BoundExpression {
        switch expression.type.kind {
        case .bit, .real: return try coerce(expression, to: .float, line: line)
        case .tinyInt, .smallInt: return try coerce(expression, to: .int, line: line)
        case .smallMoney: return try coerce(expression, to: .money, line: line)
        case .char, .varChar, .nChar, .nVarChar: return try coerce(expression, to: .float, line: line)
        default:
            guard expression.type.isNumeric else {
                throw ServerMessage.error(
                    8116, line: line,
                    "Argument data type \(expression.type.name) is invalid for argument 1 of \(name.lowercased()) function."
                )
            }
            return expression.isUntypedNull ? .constant(.null, .float) : expression
        }
    }
}
