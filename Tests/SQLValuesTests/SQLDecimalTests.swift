import SQLValues
import Testing

@Suite("A decimal")
struct SQLDecimalTests {
    private static let nines = String(repeating: "9", count: 38)
    private static let edges = [
        nines, "-" + nines, "0." + nines, "-0." + nines, "1" + String(repeating: "0", count: 37),
        String(nines.prefix(19)) + "." + String(nines.prefix(19)), "0." + String(repeating: "0", count: 37) + "1",
    ]

    @Test(arguments: ["0", "1", "-1", "12.50", "-12.50", "0.05", "-0.05", "922337203685477.5807"] + edges)
    func isPrintedAsItWasRead(text: String) throws {
        #expect(try #require(SQLDecimal(text)).description == text)
    }

    @Test(arguments: [
        ("+7", "7"), ("007", "7"), ("-000.10", "-0.10"), ("-0", "0"), ("-0.00", "0.00"),
        (String(repeating: "0", count: 60) + "1", "1"),
    ])
    func dropsWhatIsNoPartOfTheNumber(text: String, printed: String) throws {
        #expect(try #require(SQLDecimal(text)).description == printed)
    }

    @Test(arguments: [
        "", "-", "+", ".", "-.", "1.2.3", "1e5", "1,5", " 1", "1 ", "--1", "0x10", "NaN", "١", "1\u{0}", nines + "0",
        "1" + String(repeating: "0", count: 38), "0." + nines + "1", "0." + String(repeating: "0", count: 39),
    ])
    func isNotReadFromAnythingElse(text: String) {
        #expect(SQLDecimal(text) == nil)
    }

    @Test func holdsAtMost38Digits() {
        let limit = SQLDecimal.power(38)
        #expect(SQLDecimal(coefficient: limit, scale: 0) == nil)
        #expect(SQLDecimal(coefficient: -limit, scale: 0) == nil)
        #expect(SQLDecimal(coefficient: limit - 1, scale: 0)?.precision == 38)
        #expect(SQLDecimal(coefficient: 1 - limit, scale: 38)?.precision == 38)
        #expect(SQLDecimal(coefficient: .min, scale: 0) == nil)
        #expect(SQLDecimal(coefficient: 1, scale: 39) == nil)
        #expect(SQLDecimal(coefficient: 1, scale: -1) == nil)
    }

    @Test(arguments: [
        ("0", 1), ("9", 1), ("10", 2), ("0.05", 2), ("0.00", 2), ("12.50", 4), ("-999.9", 4), (nines, 38),
        ("0." + nines, 38),
    ])
    func countsItsDigits(text: String, precision: Int) throws {
        #expect(try #require(SQLDecimal(text)).precision == precision)
    }

    // CAST and ROUND of a decimal round half away from zero.
    @Test(arguments: [
        ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("0.4", 0, "0"), ("-0.4", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "3"),
        ("-2.5", 0, "-3"), ("2.49", 1, "2.5"), ("2.45", 1, "2.5"), ("2.449", 1, "2.4"), ("-2.45", 1, "-2.5"),
        ("0.049", 1, "0.0"), ("0.05", 1, "0.1"), ("9.99", 1, "10.0"), ("1", 3, "1.000"), ("-7.1", 4, "-7.1000"),
        ("0." + nines, 0, "1"), ("0." + nines, 37, "1." + String(repeating: "0", count: 37)),
        ("0.5" + String(repeating: "0", count: 37), 0, "1"), ("0.4" + String(repeating: "9", count: 37), 0, "0"),
        ("-0.5" + String(repeating: "0", count: 37), 0, "-1"),
    ])
    func isRoundedHalfAwayFromZero(text: String, scale: Int, expected: String) throws {
        #expect(try #require(SQLDecimal(text)).rescaled(to: scale)?.description == expected)
    }

    @Test(arguments: [(nines, 1), ("1", 38), ("10.0", 37), ("1", 39), ("1", -1), ("-" + nines, 38)])
    func hasNoScaleThatNeedsMoreThan38Digits(text: String, scale: Int) throws {
        #expect(try #require(SQLDecimal(text)).rescaled(to: scale) == nil)
    }

    @Test(arguments: [
        ("1.5", "1.50"), ("0", "0.000"), ("-0.0", "0"), ("100", "100.0"), ("-2", "-2.00000000000000000000"),
        (nines, nines),
    ])
    func equalsTheSameNumberAtAnotherScale(a: String, b: String) throws {
        let (x, y) = (try #require(SQLDecimal(a)), try #require(SQLDecimal(b)))
        #expect(x == y)
        #expect(x.hashValue == y.hashValue)
        #expect(Set([x, y]).count == 1)
        #expect(!(x < y) && !(y < x))
    }

    @Test func isOrderedByValue() throws {
        let texts = [
            "-" + Self.nines, "-10", "-9.99", "-1.01", "-1." + String(repeating: "0", count: 36) + "1", "-1", "-0.5",
            "-0." + String(repeating: "0", count: 37) + "1", "0", "0." + String(repeating: "0", count: 37) + "1",
            "0.49", "0.5", "0." + Self.nines, "1", "1." + String(repeating: "0", count: 36) + "1", "1.01", "9.99", "10",
            String(Self.nines.dropLast()), Self.nines,
        ]
        let numbers = try texts.map { try #require(SQLDecimal($0)) }
        #expect(numbers.shuffled().sorted() == numbers)
        for (a, b) in zip(numbers, numbers.dropFirst()) {
            #expect(a < b)
            #expect(!(b < a))
            #expect(a != b)
        }
    }

    @Test(arguments: [
        ("0.1", 0.1), ("-2.5", -2.5), ("12345.678", 12345.678), ("1" + String(repeating: "0", count: 37), 1e37),
    ])
    func hasTheNearestDouble(text: String, expected: Double) throws {
        #expect(try #require(SQLDecimal(text)).doubleValue == expected)
    }

    @Test func isMadeOfEveryInt() {
        #expect(SQLDecimal(Int.min).description == "-9223372036854775808")
        #expect(SQLDecimal(Int.max).description == "9223372036854775807")
        #expect((-3 as SQLDecimal).coefficient == -3)
    }
}
