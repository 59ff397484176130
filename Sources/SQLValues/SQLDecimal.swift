/// An exact decimal number of up to 38 digits, the values of T-SQL's `decimal`, `numeric`, `money` and `smallmoney`.
///
/// The value is `coefficient` x 10^-`scale`. Equality and order are by value: 1.5 equals 1.50, although they differ
/// in scale.
///
/// ```swift
/// let price = try row.decode(SQLDecimal.self, at: "Price")
/// let total = try (price * 3 + shipping).rounded(to: 2)
/// print(price, price.scale)    // 19.90 2
/// ```
///
/// `+`, `-` and `*` are exact, and `/` cuts as SQL Server does. Arithmetic throws where another library would trap, wrap
/// or lose digits: ``SQLDecimalError/overflow`` beyond 38 digits, ``SQLDecimalError/divisionByZero``. One `try` covers an
/// expression.
public struct SQLDecimal: Sendable {
    /// The digits as one signed integer, at most 38 digits.
    public let coefficient: Int128
    /// How many of the digits stand after the point, 0 to 38.
    public let scale: Int

    /// The largest number of digits: 38.
    public static let maximumPrecision = 38
    /// 10^38, the first magnitude that is too large.
    package static let limit = power(38)

    /// `coefficient` x 10^-`scale`; nil if it has more than 38 digits or the scale is not within 0...38.
    ///
    /// ```swift
    /// let price = SQLDecimal(coefficient: 1_990, scale: 2)    // 19.90
    /// ```
    public init?(coefficient: Int128, scale: Int) {
        guard (0...38).contains(scale), coefficient.magnitude < UInt128(Self.limit) else { return nil }
        self.coefficient = coefficient
        self.scale = scale
    }

    /// A whole number.
    ///
    /// ```swift
    /// let dozen = SQLDecimal(12)    // 12, of scale 0
    /// ```
    public init(_ value: Int) {
        coefficient = Int128(value)
        scale = 0
    }

    /// Zero.
    public static let zero = SQLDecimal(0)

    /// 10 to the power of `exponent`, for 0 to 38.
    package static func power(_ exponent: Int) -> Int128 { powers[exponent] }

    private static let powers: [Int128] = {
        var list: [Int128] = [1]
        for _ in 0..<38 { list.append((list.last ?? 1) * 10) }
        return list
    }()

    /// The number of digits, at least 1 and at least `scale`.
    public var precision: Int {
        let magnitude = coefficient.magnitude
        var digits = 1
        while digits < 38, magnitude >= UInt128(Self.power(digits)) { digits += 1 }
        return max(digits, scale)
    }

    /// This number with another scale, rounded half away from zero as SQL Server rounds; nil if it then has more
    /// than 38 digits.
    ///
    /// ```swift
    /// let rounded = SQLDecimal("2.345")?.rescaled(to: 2)    // 2.35
    /// ```
    public func rescaled(to newScale: Int) -> SQLDecimal? {
        guard (0...38).contains(newScale) else { return nil }
        if newScale >= scale {
            let (product, overflow) = coefficient.multipliedReportingOverflow(by: Self.power(newScale - scale))
            return overflow ? nil : SQLDecimal(coefficient: product, scale: newScale)
        }
        let divisor = Self.power(scale - newScale)
        let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: divisor)
        let roundsUp = remainder.magnitude >= divisor.magnitude - remainder.magnitude
        let step: Int128 = roundsUp ? (coefficient < 0 ? -1 : 1) : 0
        return SQLDecimal(coefficient: quotient + step, scale: newScale)
    }

    /// This number without zeros at the end of its fraction.
    package var trimmed: SQLDecimal {
        var (value, places) = (coefficient, scale)
        while places > 0, value % 10 == 0 {
            value /= 10
            places -= 1
        }
        return SQLDecimal(coefficient: value, scale: places) ?? self
    }

    /// The nearest floating-point number.
    public var doubleValue: Double { Double(description) ?? .nan }
}

extension SQLDecimal: Hashable, Comparable {
    /// Whether both are the same number, whatever their scales.
    public static func == (a: SQLDecimal, b: SQLDecimal) -> Bool {
        let (x, y) = (a.trimmed, b.trimmed)
        return x.scale == y.scale && x.coefficient == y.coefficient
    }

    /// Hashes the number without its scale.
    public func hash(into hasher: inout Hasher) {
        let value = trimmed
        hasher.combine(value.coefficient)
        hasher.combine(value.scale)
    }

    /// Orders by value.
    public static func < (a: SQLDecimal, b: SQLDecimal) -> Bool {
        guard a.scale != b.scale else { return a.coefficient < b.coefficient }
        // Whole parts decide, unless they are equal; then both fractions fit when widened to 38 places.
        let (wholeA, restA) = a.coefficient.quotientAndRemainder(dividingBy: power(a.scale))
        let (wholeB, restB) = b.coefficient.quotientAndRemainder(dividingBy: power(b.scale))
        guard wholeA == wholeB else { return wholeA < wholeB }
        return restA * power(38 - a.scale) < restB * power(38 - b.scale)
    }
}

extension SQLDecimal: LosslessStringConvertible {
    /// Reads an optional sign, digits and an optional fraction, such as `-12.50`; nil for anything else or for more
    /// than 38 digits.
    ///
    /// ```swift
    /// let refund = SQLDecimal("-12.50")    // -12.50, of scale 2
    /// let noDecimal = SQLDecimal("1e3")    // nil
    /// ```
    public init?(_ description: String) {
        var bytes = Array(description.utf8)[...]
        let isNegative = bytes.first == 0x2D
        if isNegative || bytes.first == 0x2B { bytes = bytes.dropFirst() }
        var value: Int128 = 0
        var scale = 0
        var digits = 0
        var pointSeen = false
        for byte in bytes {
            if byte == 0x2E, !pointSeen {
                pointSeen = true
                continue
            }
            guard byte >= 0x30, byte <= 0x39, value < Self.limit / 10 else { return nil }
            value = value * 10 + Int128(byte - 0x30)
            digits += 1
            if pointSeen { scale += 1 }
        }
        guard digits > 0 else { return nil }
        self.init(coefficient: isNegative ? -value : value, scale: scale)
    }

    /// The number with all digits of its scale, such as `-12.50`.
    public var description: String {
        let digits = String(coefficient.magnitude)
        let sign = coefficient < 0 ? "-" : ""
        guard scale > 0 else { return sign + digits }
        let wide = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return sign + wide.dropLast(scale) + "." + wide.suffix(scale)
    }
}

extension SQLDecimal: ExpressibleByIntegerLiteral {
    /// A whole number.
    public init(integerLiteral value: Int) { self.init(value) }
}
