extension SQLExpression {
    /// The conditions that AND connects, in order; the expression itself when it is no AND.
    ///
    /// Long chains lean to the left, so walking them by recursion takes a stack frame for each operator; this does not.
    package var conjuncts: [SQLExpression] {
        var result: [SQLExpression] = []
        var rest = self
        while case .and(let left, let right) = rest.kind {
            result.append(right)
            rest = left
        }
        return [rest] + result.reversed()
    }

    /// The conditions that OR connects, in order; the expression itself when it is no OR.
    package var disjuncts: [SQLExpression] {
        var result: [SQLExpression] = []
        var rest = self
        while case .or(let left, let right) = rest.kind {
            result.append(right)
            rest = left
        }
        return [rest] + result.reversed()
    }

    /// The first operand of a chain of binary operators, and each operator with its right operand, in order.
    package var operands: (first: SQLExpression, rest: [(symbol: BinaryOperator, operand: SQLExpression)]) {
        var result: [(symbol: BinaryOperator, operand: SQLExpression)] = []
        var rest = self
        while case .binary(let symbol, let left, let right) = rest.kind {
            result.append((symbol, right))
            rest = left
        }
        return (rest, result.reversed())
    }
}
