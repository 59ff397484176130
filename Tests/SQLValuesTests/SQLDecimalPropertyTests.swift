import SQLValues
import Testing

/// Decimal arithmetic on digits as text, slow and plain: the oracle of the tests below.
private struct DigitText {
    var isNegative: Bool
    /// Without sign and point, at least one more than `scale`.
    var digits: [UInt8]
    var scale: Int

    static func random(using generator: inout SeededGenerator) -> DigitText {
        let count = Int.random(in: 1...38, using: &generator)
        let scale = Int.random(in: 0...count, using: &generator)
        var digits = (0..<count).map { _ in
            // Many nines, zeros and fives: carries and ties.
            ([0, 0, 5, 5, 9, 9] + Array(0...9) as [UInt8]).randomElement(using: &generator) ?? 0
        }
        while digits.count > scale + 1, digits.first == 0 { digits.removeFirst() }
        if digits.count == scale { digits.insert(0, at: 0) }
        let isNegative = Bool.random(using: &generator) && digits.contains { $0 != 0 }
        return DigitText(isNegative: isNegative, digits: digits, scale: scale)
    }

    var text: String {
        let all = digits.map(String.init).joined()
        let sign = isNegative ? "-" : ""
        return scale == 0 ? sign + all : sign + all.dropLast(scale) + "." + all.suffix(scale)
    }

    /// The text at another scale, rounded half away from zero by school arithmetic.
    func rounded(to newScale: Int) -> String {
        var copy = self
        if newScale >= scale {
            copy.digits += Array(repeating: 0, count: newScale - scale)
        } else {
            let cut = digits.count - (scale - newScale)
            let roundsUp = digits[cut] >= 5
            copy.digits = Array(digits[..<cut])
            if roundsUp { copy.increment() }
        }
        copy.scale = newScale
        if !copy.digits.contains(where: { $0 != 0 }) { copy.isNegative = false }
        return copy.text
    }

    private mutating func increment() {
        for index in digits.indices.reversed() {
            guard digits[index] == 9 else {
                digits[index] += 1
                return
            }
            digits[index] = 0
        }
        digits.insert(1, at: 0)
    }

    /// Sign and digits brought to 38 decimal places and 80 digits, in an order that text comparison understands.
    var magnitudeKey: String {
        let wide = digits.map(String.init).joined() + String(repeating: "0", count: 38 - scale)
        return String(repeating: "0", count: 80 - wide.count) + wide
    }

    func isLess(than other: DigitText) -> Bool {
        switch (isNegative, other.isNegative) {
        case (true, false): true
        case (false, true): false
        case (false, false): magnitudeKey < other.magnitudeKey
        case (true, true): magnitudeKey > other.magnitudeKey
        }
    }
}

@Suite("A decimal against arithmetic on text")
struct SQLDecimalPropertyTests {
    @Test(arguments: [1, 2, 3] as [UInt64]) func isReadPrintedAndRoundedLikeDigits(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let oracle = DigitText.random(using: &generator)
            let number = try #require(SQLDecimal(oracle.text), "\(oracle.text)")
            #expect(number.description == oracle.text)
            #expect(number.scale == oracle.scale)
            let scale = Int.random(in: 0...38, using: &generator)
            let rounded = oracle.rounded(to: scale)
            // More than 38 digits without leading zeros do not fit.
            let significant = rounded.filter(\.isNumber).drop { $0 == "0" }.count
            #expect(number.rescaled(to: scale)?.description == (significant > 38 ? nil : rounded), "\(oracle.text)")
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64]) func isComparedLikeDigits(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let (a, b) = (DigitText.random(using: &generator), DigitText.random(using: &generator))
            let (x, y) = (try #require(SQLDecimal(a.text)), try #require(SQLDecimal(b.text)))
            #expect((x < y) == a.isLess(than: b), "\(a.text) < \(b.text)")
            let isEqual = !a.isLess(than: b) && !b.isLess(than: a)
            #expect((x == y) == isEqual, "\(a.text) == \(b.text)")
        }
    }

    @Test func keepsItsValueAtAWiderScale() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let number = try #require(SQLDecimal(DigitText.random(using: &generator).text))
            for scale in number.scale...38 {
                guard let wider = number.rescaled(to: scale) else { continue }
                #expect(wider == number)
                #expect(wider.hashValue == number.hashValue)
                #expect(wider.rescaled(to: number.scale)?.coefficient == number.coefficient)
            }
        }
    }
}
