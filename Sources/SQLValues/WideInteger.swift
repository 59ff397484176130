/// An unsigned integer of 256 bits, wide enough for the product of two decimals of 38 digits.
struct WideInteger: Equatable {
    var high: UInt128
    var low: UInt128

    init(_ value: UInt128) {
        high = 0
        low = value
    }

    init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    /// The product of two numbers.
    static func product(_ a: UInt128, _ b: UInt128) -> WideInteger {
        let (high, low) = a.multipliedFullWidth(by: b)
        return WideInteger(high: high, low: low)
    }

    /// The sum, which must not need more than 256 bits: those of two products of 38 digits do not.
    func adding(_ other: WideInteger) -> WideInteger {
        let (sum, carry) = low.addingReportingOverflow(other.low)
        return WideInteger(high: high &+ other.high &+ (carry ? 1 : 0), low: sum)
    }

    /// The difference; `other` must not be greater.
    func subtracting(_ other: WideInteger) -> WideInteger {
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        return WideInteger(high: high &- other.high &- (borrow ? 1 : 0), low: difference)
    }

    func isLess(than other: WideInteger) -> Bool { high == other.high ? low < other.low : high < other.high }

    /// Quotient and remainder; the divisor must not be 0.
    func divided(by divisor: UInt128) -> (quotient: WideInteger, remainder: UInt128) {
        let (upper, rest) = high.quotientAndRemainder(dividingBy: divisor)
        let (lower, remainder) = divisor.dividingFullWidth((rest, low))
        return (WideInteger(high: upper, low: lower), remainder)
    }
}
