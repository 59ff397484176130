extension SQLDecimal {
    /// The sum, exact, with the larger of both scales.
    ///
    /// Zeros at the end of the fraction are dropped where the sum would not fit otherwise.
    ///
    /// ```swift
    /// let total = try lines.reduce(0) { try $0 + $1.price }
    /// ```
    ///
    /// - Throws: `overflow` when the exact sum has more than 38 digits.
    public static func + (a: SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) -> SQLDecimal {
        try value(a.exactSum(b, isNegated: false))
    }

    /// The difference, exact, with the larger of both scales.
    ///
    /// ```swift
    /// let rest = try invoice.total - invoice.paid
    /// ```
    ///
    /// - Throws: `overflow` when the exact difference has more than 38 digits.
    public static func - (a: SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) -> SQLDecimal {
        try value(a.exactSum(b, isNegated: true))
    }

    /// The product, exact, with the sum of both scales.
    ///
    /// Zeros at the end of the fraction are dropped where the product would not fit otherwise. For a product that is to
    /// be rounded use ``multiplied(by:scale:rounding:)``.
    ///
    /// ```swift
    /// let net = try price * 3    // 59.70 for 19.90
    /// ```
    ///
    /// - Throws: `overflow` when the exact product has more than 38 digits.
    public static func * (a: SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) -> SQLDecimal {
        try value(a.exactProduct(b))
    }

    /// The quotient, cut as SQL Server cuts it: at least six decimal places.
    ///
    /// The scale is that of T-SQL's `/` for decimals of both precisions and scales, max(6, s1 + p2 + 1) if 38 digits have
    /// room for it, and less where the whole part needs the room. For another scale, or a rounded quotient, use
    /// ``divided(by:scale:rounding:)``.
    ///
    /// ```swift
    /// let third = try 1 / SQLDecimal(3)    // 0.333333
    /// ```
    ///
    /// - Throws: `divisionByZero`; `overflow` when the whole part has more than 38 digits.
    public static func / (a: SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) -> SQLDecimal {
        let whole = try a.divided(by: b, scale: 0, rounding: .towardZero)
        let digits = whole.coefficient == 0 ? 0 : whole.precision
        let shape = resultShape(.divide, (a.precision, a.scale), (b.precision, b.scale))
        return try a.divided(by: b, scale: min(shape.scale, maximumPrecision - digits), rounding: .towardZero)
    }

    /// Adds a number; see ``+(_:_:)``.
    ///
    /// ```swift
    /// for try await (_, balance) in accounts { try total += balance }
    /// ```
    public static func += (a: inout SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) { a = try a + b }

    /// Subtracts a number; see ``-(_:_:)``.
    ///
    /// ```swift
    /// try balance -= amount
    /// ```
    public static func -= (a: inout SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) { a = try a - b }

    /// Multiplies by a number; see ``*(_:_:)``.
    ///
    /// ```swift
    /// try amount *= 2
    /// ```
    public static func *= (a: inout SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) { a = try a * b }

    /// Divides by a number; see ``/(_:_:)``.
    ///
    /// ```swift
    /// try share /= SQLDecimal(heirs.count)
    /// ```
    public static func /= (a: inout SQLDecimal, b: SQLDecimal) throws(SQLDecimalError) { a = try a / b }

    /// The number with the other sign.
    ///
    /// ```swift
    /// let refund = -payment
    /// ```
    public static prefix func - (a: SQLDecimal) -> SQLDecimal {
        // 38 digits are far from the ends of Int128.
        SQLDecimal(coefficient: -a.coefficient, scale: a.scale) ?? a
    }

    /// The product, rounded once to so many decimal places.
    ///
    /// ```swift
    /// let tax = try net.multiplied(by: rate, scale: 2)
    /// ```
    ///
    /// - Parameters:
    ///   - other: The other factor.
    ///   - scale: How many decimal places the product has, 0 to 38.
    ///   - rounding: How what is more is rounded; half away from zero unless given, as SQL Server rounds.
    /// - Returns: The product, with that scale.
    /// - Throws: `overflow` when the result has more than 38 digits.
    public func multiplied(
        by other: SQLDecimal, scale: Int, rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) throws(SQLDecimalError) -> SQLDecimal {
        try Self.value(product(other, scale: scale, rounding))
    }

    /// The quotient, rounded once to so many decimal places.
    ///
    /// ```swift
    /// let average = try total.divided(by: SQLDecimal(count), scale: 2, rounding: .toNearestOrEven)
    /// ```
    ///
    /// - Parameters:
    ///   - other: The divisor.
    ///   - scale: How many decimal places the quotient has, 0 to 38.
    ///   - rounding: How what is more is rounded; half away from zero unless given, as SQL Server rounds.
    /// - Returns: The quotient, with that scale.
    /// - Throws: `divisionByZero`; `overflow` when the result has more than 38 digits.
    public func divided(
        by other: SQLDecimal, scale: Int, rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) throws(SQLDecimalError) -> SQLDecimal {
        guard other.coefficient != 0 else { throw .divisionByZero }
        return try Self.value(quotient(other, scale: scale, rounding))
    }

    /// The number rounded to so many decimal places; one with fewer places stays as it is.
    ///
    /// ```swift
    /// let price = try gross.rounded(to: 2, .toNearestOrEven)
    /// let thousands = try population.rounded(to: -3)
    /// ```
    ///
    /// - Parameters:
    ///   - places: Decimal places; less than 0 rounds to tens, hundreds and so on, as T-SQL's ROUND does.
    ///   - rule: How; half away from zero unless given, as SQL Server rounds.
    /// - Returns: The number, with at most that many decimal places.
    /// - Throws: `overflow` when rounding up a number of 38 digits gives one of 39.
    public func rounded(
        to places: Int, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) throws(SQLDecimalError) -> SQLDecimal {
        guard places < scale else { return self }
        let magnitude = WideInteger(coefficient.magnitude)
        return try Self.value(Self.rounded(magnitude, isNegative: coefficient < 0, from: scale, to: places, rule))
    }

    private static func value(_ result: SQLDecimal?) throws(SQLDecimalError) -> SQLDecimal {
        guard let result else { throw .overflow }
        return result
    }
}
