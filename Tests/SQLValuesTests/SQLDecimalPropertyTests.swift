import SQLValues
import SeededRandom
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

    /// The exact product by school multiplication, without zeros at either end; nil when it has more than 38 digits.
    func times(_ other: DigitText) -> String? {
        var columns = Array(repeating: 0, count: digits.count + other.digits.count)
        for (i, x) in digits.reversed().enumerated() {
            for (j, y) in other.digits.reversed().enumerated() { columns[i + j] += Int(x) * Int(y) }
        }
        for index in columns.indices.dropLast() {
            columns[index + 1] += columns[index] / 10
            columns[index] %= 10
        }
        let product = DigitText(
            isNegative: isNegative != other.isNegative, digits: columns.reversed().map(UInt8.init),
            scale: scale + other.scale)
        return product.plain
    }

    /// The text without zeros at either end; nil when it has more than 38 digits.
    private var plain: String? {
        var copy = self
        while copy.scale > 0, copy.digits.last == 0 {
            copy.digits.removeLast()
            copy.scale -= 1
        }
        while copy.digits.count > copy.scale + 1, copy.digits.first == 0 { copy.digits.removeFirst() }
        if !copy.digits.contains(where: { $0 != 0 }) { copy.isNegative = false }
        let significant = copy.digits.drop { $0 == 0 }.count
        return max(significant, copy.scale) > 38 ? nil : copy.text
    }

    static func plain(_ number: SQLDecimal) -> String {
        let text = number.description
        guard text.contains(".") else { return text }
        let cut = String(text.reversed().drop { $0 == "0" }.reversed())
        return cut.hasSuffix(".") ? String(cut.dropLast()) : cut
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

    @Test(arguments: [8, 9, 10] as [UInt64]) func isMultipliedLikeDigits(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<700 {
            let (a, b) = (DigitText.random(using: &generator), DigitText.random(using: &generator))
            let (x, y) = (try #require(SQLDecimal(a.text)), try #require(SQLDecimal(b.text)))
            let exact = a.times(b)
            let product: SQLDecimal?
            do { product = try x * y } catch { product = nil }
            #expect(product.map(DigitText.plain) == exact, "\(a.text) * \(b.text)")
        }
    }

    @Test func sumsAndQuotientsAgreeWithProducts() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let limit = SQLDecimal.power(12)
            let x = try #require(SQLDecimal(coefficient: .random(in: -limit...limit, using: &generator), scale: 4))
            let y = try #require(SQLDecimal(coefficient: .random(in: 1...limit, using: &generator), scale: 3))
            let unit = try #require(SQLDecimal(coefficient: 1, scale: 6))
            #expect(try (x + y) - y == x && x - y == -(y - x) && x + x == x * 2)
            let low = try x.divided(by: y, scale: 6, rounding: .down)
            #expect(try low * y <= x && x < (low + unit) * y)
            let high = try x.divided(by: y, scale: 6, rounding: .up)
            #expect(try x <= high * y && (high - unit) * y < x)
            let near = try x.divided(by: y, scale: 6, rounding: .toNearestOrEven)
            #expect(near == low || near == high)
        }
    }
}
