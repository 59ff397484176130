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
        let (total, isNegative, common) = wideSum(other, isNegated: isNegated)
        return Self.rounded(total, isNegative: isNegative, from: common, to: scale)
    }

    /// The sum or difference; nil when it has more than 38 digits.
    func exactSum(_ other: SQLDecimal, isNegated: Bool) -> SQLDecimal? {
        let (total, isNegative, common) = wideSum(other, isNegated: isNegated)
        return Self.exact(total, isNegative: isNegative, scale: common)
    }

    /// The sum or difference of two numbers of less than 10^76 each, for which 256 bits have room.
    private func wideSum(_ other: SQLDecimal, isNegated: Bool) -> (WideInteger, isNegative: Bool, scale: Int) {
        let common = max(self.scale, other.scale)
        let a = WideInteger.product(coefficient.magnitude, Self.power(common - self.scale).magnitude)
        let b = WideInteger.product(other.coefficient.magnitude, Self.power(common - other.scale).magnitude)
        let isNegative = coefficient < 0
        let isOtherNegative = (other.coefficient < 0) != isNegated
        if isNegative == isOtherNegative { return (a.adding(b), isNegative, common) }
        return a.isLess(than: b)
            ? (b.subtracting(a), isOtherNegative, common) : (a.subtracting(b), isNegative, common)
    }

    /// The product rounded to a scale; nil when it then has more than 38 digits.
    func product(
        _ other: SQLDecimal, scale: Int, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> SQLDecimal? {
        let wide = WideInteger.product(coefficient.magnitude, other.coefficient.magnitude)
        let isNegative = (coefficient < 0) != (other.coefficient < 0)
        return Self.rounded(wide, isNegative: isNegative, from: self.scale + other.scale, to: scale, rule)
    }

    /// The product; nil when it has more than 38 digits.
    func exactProduct(_ other: SQLDecimal) -> SQLDecimal? {
        let wide = WideInteger.product(coefficient.magnitude, other.coefficient.magnitude)
        let isNegative = (coefficient < 0) != (other.coefficient < 0)
        return Self.exact(wide, isNegative: isNegative, scale: self.scale + other.scale)
    }

    /// The quotient rounded to a scale; nil when it then has more than 38 digits, or when the divisor is 0.
    func quotient(
        _ other: SQLDecimal, scale: Int, _ rule: FloatingPointRoundingRule = .towardZero
    ) -> SQLDecimal? {
        let divisor = other.coefficient.magnitude
        guard divisor != 0, scale <= Self.maximumPrecision else { return nil }
        let scale = max(scale, -Self.most)
        let isNegative = (coefficient < 0) != (other.coefficient < 0)
        var (result, rest) = coefficient.magnitude.quotientAndRemainder(dividingBy: divisor)
        let shift = scale + other.scale - self.scale
        for _ in 0..<max(0, shift) {
            let (digit, remainder) = WideInteger.product(rest, 10).divided(by: divisor)
            let (tens, overflow) = result.multipliedReportingOverflow(by: 10)
            guard !overflow, tens < Self.limit.magnitude else { return nil }
            result = tens + digit.low
            rest = remainder
        }
        // The digits before the place, and one more that stands for all behind it: 0, 1 to 4, 5, or 6 to 9.
        let (twice, carry) = rest.addingReportingOverflow(rest)
        let tail: UInt128 = rest == 0 ? 0 : carry || twice > divisor ? 6 : twice == divisor ? 5 : 1
        let digits = WideInteger.product(result, 10).adding(WideInteger(tail))
        return Self.rounded(digits, isNegative: isNegative, from: 1 + scale - min(0, shift), to: scale, rule)
    }

    private func remainder(_ other: SQLDecimal, scale: Int) -> SQLDecimal? {
        let common = max(self.scale, other.scale)
        guard let a = rescaled(to: common), let b = other.rescaled(to: common), b.coefficient != 0 else { return nil }
        return SQLDecimal(coefficient: a.coefficient % b.coefficient, scale: common)?.rescaled(to: scale)
    }
}

// MARK: - Digits that are too many

extension SQLDecimal {
    /// More digits than any number here has: a product has 76.
    private static let most = 80

    /// A wide number of `scale` places, without zeros at its end as far as 38 digits demand; nil if that is not enough.
    private static func exact(_ value: WideInteger, isNegative: Bool, scale: Int) -> SQLDecimal? {
        var (value, scale) = (value, scale)
        while scale > maximumPrecision || value.high > 0 || value.low >= limit.magnitude {
            let (tenth, digit) = value.divided(by: 10)
            guard digit == 0, scale > 0 else { return nil }
            value = tenth
            scale -= 1
        }
        return SQLDecimal(coefficient: isNegative ? -Int128(value.low) : Int128(value.low), scale: scale)
    }

    /// A wide number of `scale` places as a decimal of fewer or more places; nil when it then has more than 38 digits.
    ///
    /// Places below 0 are tens, hundreds and so on, of a decimal without places.
    static func rounded(
        _ value: WideInteger, isNegative: Bool, from scale: Int, to target: Int,
        _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> SQLDecimal? {
        var value = value
        let target = max(target, -most)
        var drop = max(0, scale - target)
        // Whether digits were dropped before the last step.
        var isMore = false
        while drop > 0 {
            let step = min(drop, maximumPrecision)
            drop -= step
            let divisor = power(step).magnitude
            let (quotient, rest) = value.divided(by: divisor)
            let isNext =
                drop == 0 && movesAway(rule, isNegative, isOdd: quotient.low % 2 == 1, rest, of: divisor, isMore)
            isMore = isMore || rest != 0
            value = quotient.adding(WideInteger(isNext ? 1 : 0))
        }
        guard value.high == 0, value.low < limit.magnitude else { return nil }
        let number = SQLDecimal(
            coefficient: isNegative ? -Int128(value.low) : Int128(value.low), scale: max(0, min(scale, target)))
        guard target < 0, value.low > 0 else { return number?.rescaled(to: max(0, target)) }
        guard target >= -maximumPrecision else { return nil }
        return SQLDecimal(coefficient: power(-target), scale: 0).flatMap { number?.exactProduct($0) }
    }

    /// Whether rounding moves a magnitude up to its next digit, when `rest` of an even `unit` is dropped; `isMore` tells
    /// that digits behind the rest were dropped before.
    private static func movesAway(
        _ rule: FloatingPointRoundingRule, _ isNegative: Bool, isOdd: Bool, _ rest: UInt128, of unit: UInt128,
        _ isMore: Bool
    ) -> Bool {
        let half = unit / 2
        let isSomething = rest > 0 || isMore
        switch rule {
        case .towardZero: return false
        case .awayFromZero: return isSomething
        case .up: return isSomething && !isNegative
        case .down: return isSomething && isNegative
        case .toNearestOrEven: return rest > half || rest == half && (isMore || isOdd)
        case .toNearestOrAwayFromZero: return rest >= half
        @unknown default: return rest >= half
        }
    }
}
