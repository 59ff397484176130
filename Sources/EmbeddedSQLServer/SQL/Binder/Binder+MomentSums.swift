import SQLValues
import TransactSQL

extension Binder {
    /// Sums and differences of `datetime` and `smalldatetime` with each other and with numbers, which count as days.
    ///
    /// Source: "+ (Addition)" and "- (Subtraction)"; the other types of date and time have no arithmetic.
    func momentSum(_ sign: BinaryOperator, _ a: BoundExpression, _ b: BoundExpression, line: Int) throws
        -> BoundExpression
    {
        let olds = [a, b].filter { $0.type.kind == .dateTime || $0.type.kind == .smallDateTime }
        let newer = [a, b].first { TypeRules.isMoment($0.type) && !olds.contains($0) }
        if let newer { throw momentRefusal(sign, a.type, b.type, newer.type, line) }
        guard sign == .add || sign == .subtract else {
            if [.bitwiseAnd, .bitwiseOr, .bitwiseXor].contains(sign) {
                throw incompatible(sign, a.type, b.type, line)
            }
            throw invalid(olds.first?.type ?? a.type, sign, line)
        }
        let type: SQLType = olds.contains { $0.type.kind == .dateTime } ? .dateTime : .smallDateTime
        let operands = try [a, b].map { operand in
            // Days before 1900 are no smalldatetime, but may be added to one.
            try coerce(operand, to: operand.type.kind == .smallDateTime ? .smallDateTime : .dateTime, line: line)
        }
        return BoundExpression(
            node: .call(sign == .add ? "ts_dtadd" : "ts_dtsub", operands), type: type, isNullable: true)
    }

    private func invalid(_ type: SQLType, _ sign: BinaryOperator, _ line: Int) -> ServerMessage {
        .error(
            8117, line: line, "Operand data type \(type.name) is invalid for \(Self.name(of: sign)) operator.")
    }

    private func momentRefusal(_ sign: BinaryOperator, _ a: SQLType, _ b: SQLType, _ newer: SQLType, _ line: Int)
        -> ServerMessage
    {
        if a.kind == b.kind { return invalid(newer, sign, line) }
        if TypeRules.isMoment(a) && TypeRules.isMoment(b) || a.isCharacter || b.isCharacter {
            return incompatible(sign, a, b, line)
        }
        return .error(206, state: 2, line: line, "Operand type clash: \(a.name) is incompatible with \(b.name)")
    }
}
