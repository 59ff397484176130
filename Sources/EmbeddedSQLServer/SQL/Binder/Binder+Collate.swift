import SQLValues
import TransactSQL

extension Binder {
    /// How a collation beside that of the database compares.
    private enum Collating {
        /// As the database does.
        case standard
        /// By code points.
        case binary
        /// By code points, in an order of its own: equality only.
        case oldBinary
        /// With case: equality only, because the order of letters that differ in case is not that of the database.
        case caseSensitive

        init?(_ name: String) {
            switch name.lowercased() {
            case "sql_latin1_general_cp1_ci_as", "database_default": self = .standard
            case "latin1_general_bin2", "latin1_general_100_bin2": self = .binary
            case "latin1_general_bin", "latin1_general_100_bin": self = .oldBinary
            case "latin1_general_cs_as", "latin1_general_100_cs_as", "sql_latin1_general_cp1_cs_as":
                self = .caseSensitive
            default: return nil
            }
        }
    }

    /// What stands before COLLATE, through parentheses.
    private func collation(of expression: SQLExpression) throws -> (
        inner: SQLExpression, name: String, kind: Collating
    )? {
        switch expression.kind {
        case .parenthesized(let inner): return try collation(of: inner)
        case .collate(let inner, let name):
            guard let kind = Collating(name.value) else {
                throw ServerMessage.unsupported("COLLATE \(name.value)", line: expression.range.line)
            }
            return (inner, name.value, kind)
        default: return nil
        }
    }

    /// Text that may have a collation (Msg 447).
    func collatable(_ value: BoundExpression, line: Int) throws -> BoundExpression {
        if value.isUntypedNull { return .constant(.null, .varChar(1)) }
        guard value.type.isCharacter else {
            throw ServerMessage.error(
                447, line: line, "Expression type \(value.type.name) is invalid for COLLATE clause.")
        }
        return value
    }

    /// A comparison in another collation than the database's; nil when neither side asks for one.
    func collatedComparison(
        _ sign: ComparisonOperator, _ a: SQLExpression, _ b: SQLExpression, _ scope: Scope, line: Int
    ) throws -> BoundExpression? {
        let (left, right) = (try collation(of: a), try collation(of: b))
        guard let chosen = left ?? right else { return nil }
        if let left, let right, left.name.lowercased() != right.name.lowercased() {
            throw ServerMessage.error(
                468, state: 9, line: line,
                "Cannot resolve the collation conflict between \"\(right.name)\" and \"\(left.name)\" in the"
                    + " \(Self.operatorName(sign.rawValue)) operation.")
        }
        if case .standard = chosen.kind { return nil }
        let isEquality = sign == .equal || sign == .notEqual
        let isBinary = if case .binary = chosen.kind { true } else { false }
        guard isBinary || isEquality, ansiNulls else {
            throw ServerMessage.unsupported("\(sign.rawValue) with COLLATE \(chosen.name)", line: line)
        }
        let operands = try [left?.inner ?? a, right?.inner ?? b].map { try bind($0, scope) }
        for (operand, side) in zip(operands, [left, right]) {
            if side != nil { _ = try collatable(operand, line: line) }
            guard operand.type.isCharacter || operand.isUntypedNull else {
                throw ServerMessage.unsupported("COLLATE \(chosen.name) beside \(operand.type.name)", line: line)
            }
        }
        let texts = try operands.map { try collatable($0, line: line) }
        let isWide = texts.contains { $0.type.kind.isNational }
        let mode: Int64 =
            if case .caseSensitive = chosen.kind { chosen.name.lowercased().hasPrefix("sql_") ? 1 : 2 } else { 0 }
        let order = BoundExpression(
            node: .stored(
                "ts_compare", texts + [.constant(.int(isWide ? 1 : 0), .int), .constant(.int(mode), .int)]),
            type: .int, isNullable: true)
        return .condition(.comparison(sign, order, .constant(.int(0), .int)))
    }

    /// What ORDER BY sorts by.
    func orderKey(_ expression: SQLExpression, _ scope: Scope, line: Int) throws -> BoundExpression {
        guard let found = try collation(of: expression) else { return try bind(expression, scope) }
        let value = try collatable(bind(found.inner, scope), line: line)
        switch found.kind {
        case .standard: return value
        case .binary:
            let isWide: Int64 = value.type.kind.isNational ? 1 : 0
            return BoundExpression(
                node: .stored("ts_sort_key", [value, .constant(.int(isWide), .int)]), type: .binary(8_000),
                isNullable: true)
        default: throw ServerMessage.unsupported("ORDER BY with COLLATE \(found.name)", line: line)
        }
    }
}
