/// An operation on two decimals.
package enum SQLDecimalOperation: Sendable {
    case add, subtract, multiply, divide, modulo
}

extension SQLDecimal {
    /// Precision and scale of an operation's result.
    ///
    /// Source: "Precision, scale, and length (Transact-SQL)".
    package static func resultShape(
        _ operation: SQLDecimalOperation, _ a: (precision: Int, scale: Int), _ b: (precision: Int, scale: Int)
    ) -> (precision: Int, scale: Int) {
        switch operation {
        case .add, .subtract:
            let whole = max(a.precision - a.scale, b.precision - b.scale)
            let scale = max(a.scale, b.scale)
            let precision = whole + scale + 1
            // Room for the whole part comes before digits of the fraction.
            return precision <= 38 ? (precision, scale) : (38, min(scale, max(0, 38 - whole)))
        case .multiply: return limited(a.precision + b.precision + 1, a.scale + b.scale)
        case .divide:
            let scale = max(6, a.scale + b.precision + 1)
            return limited(a.precision - a.scale + b.scale + scale, scale)
        case .modulo:
            let scale = max(a.scale, b.scale)
            return (min(38, min(a.precision - a.scale, b.precision - b.scale) + scale), scale)
        }
    }

    private static func limited(_ precision: Int, _ scale: Int) -> (precision: Int, scale: Int) {
        guard precision > 38 else { return (precision, scale) }
        let whole = precision - scale
        if whole < 32 { return (38, min(scale, 38 - whole)) }
        return (38, min(scale, 6))
    }

    /// The result of an operation, rounded (a quotient: cut) to `scale`; nil when it has more than 38 digits.
    ///
    /// The divisor must not be 0.
    package func combined(_ operation: SQLDecimalOperation, with other: SQLDecimal, scale: Int) -> SQLDecimal? {
        switch operation {
        case .add: sum(other, isNegated: false, scale: scale)
        case .subtract: sum(other, isNegated: true, scale: scale)
        case .multiply: product(other, scale: scale)
        case .divide: quotient(other, scale: scale)
        case .modulo: remainder(other, scale: scale)
        }
    }

    private func sum(_ other: SQLDecimal, isNegated: Bool, scale: Int) -> SQLDecimal? {
        let common = max(self.scale, other.scale)
        let a = WideInteger.product(coefficient.magnitude, Self.power(common - self.scale).magnitude)
        let b = WideInteger.product(other.coefficient.magnitude, Self.power(common - other.scale).magnitude)
        let isNegative = coefficient < 0
        let isOtherNegative = (other.coefficient < 0) != isNegated
        if isNegative == isOtherNegative {
            guard let total = a.adding(b) else { return nil }
            return Self.rounded(total, isNegative: isNegative, from: common, to: scale)
        }
        if a.isLess(than: b) {
            return Self.rounded(b.subtracting(a), isNegative: isOtherNegative, from: common, to: scale)
        }
        return Self.rounded(a.subtracting(b), isNegative: isNegative, from: common, to: scale)
    }

    private func product(_ other: SQLDecimal, scale: Int) -> SQLDecimal? {
        let wide = WideInteger.product(coefficient.magnitude, other.coefficient.magnitude)
        let isNegative = (coefficient < 0) != (other.coefficient < 0)
        return Self.rounded(wide, isNegative: isNegative, from: self.scale + other.scale, to: scale)
    }

    private func quotient(_ other: SQLDecimal, scale: Int) -> SQLDecimal? {
        let divisor = other.coefficient.magnitude
        guard divisor != 0 else { return nil }
        var (result, rest) = coefficient.magnitude.quotientAndRemainder(dividingBy: divisor)
        let shift = scale + other.scale - self.scale
        for _ in 0..<max(0, shift) {
            let (digit, remainder) = WideInteger.product(rest, 10).divided(by: divisor)
            let (tens, overflow) = result.multipliedReportingOverflow(by: 10)
            guard !overflow, tens < Self.limit.magnitude else { return nil }
            result = tens + digit.low
            rest = remainder
        }
        for _ in shift..<max(shift, 0) { result /= 10 }
        let isNegative = (coefficient < 0) != (other.coefficient < 0)
        guard result < Self.limit.magnitude else { return nil }
        return SQLDecimal(coefficient: isNegative ? -Int128(result) : Int128(result), scale: scale)
    }

    private func remainder(_ other: SQLDecimal, scale: Int) -> SQLDecimal? {
        let common = max(self.scale, other.scale)
        guard let a = rescaled(to: common), let b = other.rescaled(to: common), b.coefficient != 0 else { return nil }
        return SQLDecimal(coefficient: a.coefficient % b.coefficient, scale: common)?.rescaled(to: scale)
    }

    /// A wide number of `scale` places as a decimal of fewer or more places, rounded half away from zero.
    private static func rounded(_ value: WideInteger, isNegative: Bool, from scale: Int, to target: Int) -> SQLDecimal?
    {
        var value = value
        var drop = scale - target
        while drop > 0 {
            let step = min(drop, 38)
            let divisor = power(step).magnitude
            let (quotient, remainder) = value.divided(by: divisor)
            drop -= step
            let roundsUp = drop == 0 && remainder >= divisor - remainder
            guard let next = quotient.adding(WideInteger(roundsUp ? 1 : 0)) else { return nil }
            value = next
        }
        guard value.high == 0, value.low < limit.magnitude else { return nil }
        let coefficient = isNegative ? -Int128(value.low) : Int128(value.low)
        return SQLDecimal(coefficient: coefficient, scale: min(scale, target))?.rescaled(to: target)
    }
}
