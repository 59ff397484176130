import SQLValues
import TransactSQL

extension Binder {
    static func name(of sign: BinaryOperator) -> String {
        switch sign {
        case .add, .concatenate: "add"
        case .subtract: "subtract"
        case .multiply: "multiply"
        case .divide: "divide"
        case .modulo: "modulo"
        case .bitwiseAnd: "'&'"
        case .bitwiseOr: "'|'"
        case .bitwiseXor: "'^'"
        case .shiftLeft: "'<<'"
        case .shiftRight: "'>>'"
        }
    }

    /// An operator between two values.
    func binary(_ sign: BinaryOperator, _ left: BoundExpression, _ right: BoundExpression, line: Int) throws
        -> BoundExpression
    {
        var (a, b) = (left, right)
        if a.isUntypedNull { a = .constant(.null, b.isUntypedNull ? .int : b.type) }
        if b.isUntypedNull { b = .constant(.null, a.type) }
        if a.type.kind == .variant || b.type.kind == .variant {
            throw ServerMessage.unsupported("\(Self.name(of: sign)) operator with sql_variant", line: line)
        }
        switch sign {
        case .concatenate: throw ServerMessage.unsupported("||", line: line)
        case .shiftLeft, .shiftRight: return try shift(a, b, isLeft: sign == .shiftLeft, line: line)
        default: break
        }
        if sign == .add, let result = try concatenation(a, b, line: line) { return result }
        if TypeRules.isMoment(a.type) || TypeRules.isMoment(b.type) { return try momentSum(sign, a, b, line: line) }
        // Text beside a number is read as that number's type.
        if a.type.isCharacter, b.type.isNumeric { a = try coerce(a, to: b.type, line: line) }
        if b.type.isCharacter, a.type.isNumeric { b = try coerce(b, to: a.type, line: line) }
        if a.type.isBinary, TypeRules.isInteger(b.type) { a = convert(a, to: b.type) }
        if b.type.isBinary, TypeRules.isInteger(a.type) { b = convert(b, to: a.type) }
        for operand in [a, b] where !operand.type.isNumeric {
            if !a.type.isNumeric, !b.type.isNumeric, a.type.kind != b.type.kind || a.type.isCharacter {
                throw incompatible(sign, a.type, b.type, line)
            }
            throw ServerMessage.error(
                8117, line: line,
                "Operand data type \(operand.type.name) is invalid for \(Self.name(of: sign)) operator.")
        }
        switch sign {
        case .bitwiseAnd, .bitwiseOr, .bitwiseXor: return try bitwise(sign, a, b, line: line)
        default: return try arithmetic(sign, a, b, line: line)
        }
    }

    func incompatible(_ sign: BinaryOperator, _ a: SQLType, _ b: SQLType, _ line: Int) -> ServerMessage {
        .error(
            402, line: line,
            "The data types \(a.name) and \(b.name) are incompatible in the \(Self.name(of: sign)) operator.")
    }

    private func concatenation(_ a: BoundExpression, _ b: BoundExpression, line: Int) throws -> BoundExpression? {
        guard a.type.isCharacter && b.type.isCharacter || a.type.isBinary && b.type.isBinary else { return nil }
        if [.text, .nText, .image].contains(a.type.kind) || [.text, .nText, .image].contains(b.type.kind) {
            throw incompatible(.add, a.type, b.type, line)
        }
        let type = Self.concatenatedType([a.type, b.type])
        if !concatNullYieldsNull, a.isNullable || b.isNullable {
            let operands = [a, b].map { operand in
                let empty = BoundExpression.constant(a.type.isBinary ? .bytes([]) : .string(""), operand.type)
                let node = BoundExpression.Node.coalesce([operand, empty])
                return operand.isNullable ? BoundExpression(node: node, type: operand.type, isNullable: false) : operand
            }
            return BoundExpression(node: .call("ts_concat", operands), type: type, isNullable: false)
        }
        return BoundExpression(node: .call("ts_concat", [a, b]), type: type, isNullable: a.isNullable || b.isNullable)
    }

    /// The type of texts or bytes set behind each other.
    static func concatenatedType(_ types: [SQLType]) -> SQLType {
        let isBinary = types.allSatisfy { $0.isBinary }
        let isWide = types.contains { $0.kind.isNational }
        let kind: SQLType.Kind = isBinary ? .varBinary : isWide ? .nVarChar : .varChar
        var total = 0
        for type in types {
            guard let length = type.length else { return SQLType(kind: kind) }
            total += length
        }
        return SQLType(kind: kind, length: min(isWide ? 4_000 : 8_000, max(1, total)))
    }

    private func bitwise(_ sign: BinaryOperator, _ a: BoundExpression, _ b: BoundExpression, line: Int) throws
        -> BoundExpression
    {
        let integers = [a, b].allSatisfy { TypeRules.isInteger($0.type) || $0.type.kind == .bit }
        guard integers else { throw incompatible(sign, a.type, b.type, line) }
        let type = TypeRules.common(a.type, b.type)
        let function = sign == .bitwiseAnd ? "ts_and" : sign == .bitwiseOr ? "ts_or" : "ts_xor"
        return BoundExpression(
            node: .integer(function, a, b), type: type, isNullable: a.isNullable || b.isNullable)
    }

    private func arithmetic(_ sign: BinaryOperator, _ a: BoundExpression, _ b: BoundExpression, line: Int) throws
        -> BoundExpression
    {
        let type = TypeRules.common(a.type, b.type)
        let isNullable = true
        switch type.kind {
        case .bit: throw incompatible(sign, a.type, b.type, line)
        case .tinyInt, .smallInt, .int, .bigInt:
            let functions: [BinaryOperator: String] = [
                .add: "ts_add", .subtract: "ts_sub", .multiply: "ts_mul", .divide: "ts_div", .modulo: "ts_mod",
            ]
            return BoundExpression(
                node: .integer(functions[sign] ?? "ts_add", a, b), type: type, isNullable: isNullable)
        case .float, .real:
            if sign == .modulo { throw incompatible(sign, a.type, b.type, line) }
            return number(sign, convert(a, to: type), convert(b, to: type), type)
        case .money, .smallMoney:
            return number(sign, convert(a, to: type), convert(b, to: type), type)
        default:
            guard let x = shape(a), let y = shape(b), let operation = Self.decimalOperation(sign) else {
                throw incompatible(sign, a.type, b.type, line)
            }
            let (precision, scale) = SQLDecimal.resultShape(operation, x, y)
            let result = SQLType.numeric(precision, scale)
            let left = convert(a, to: .numeric(x.precision, x.scale))
            let right = convert(b, to: .numeric(y.precision, y.scale))
            let kind = [a.type.kind, b.type.kind].contains(.decimal) ? SQLType.Kind.decimal : .numeric
            return number(sign, left, right, SQLType(kind: kind, precision: result.precision, scale: result.scale))
        }
    }

    /// An integer constant counts with its own digits.
    private func shape(_ expression: BoundExpression) -> (precision: Int, scale: Int)? {
        if case .constant(.int(let value)) = expression.node, expression.type == .int {
            return (String(value.magnitude).utf8.count, 0)
        }
        return TypeRules.decimalShape(expression.type)
    }

    private static func decimalOperation(_ sign: BinaryOperator) -> SQLDecimalOperation? {
        switch sign {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .modulo: .modulo
        default: nil
        }
    }

    private func number(_ sign: BinaryOperator, _ a: BoundExpression, _ b: BoundExpression, _ type: SQLType)
        -> BoundExpression
    {
        let functions: [BinaryOperator: String] = [
            .add: "ts_nadd", .subtract: "ts_nsub", .multiply: "ts_nmul", .divide: "ts_ndiv", .modulo: "ts_nmod",
        ]
        return BoundExpression(node: .call(functions[sign] ?? "ts_nadd", [a, b]), type: type, isNullable: true)
    }
}
