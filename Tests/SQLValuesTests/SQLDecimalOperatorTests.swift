import SQLValues
import Testing

/// Arithmetic of users: exact or an error, and `/` with the scale of "Precision, scale, and length (Transact-SQL)".
@Suite("Arithmetic with decimals") struct SQLDecimalOperatorTests {
    private static let nines = String(repeating: "9", count: 38)
    private static let smallest = "0." + String(repeating: "0", count: 37) + "1"

    private static func number(_ text: String) throws -> SQLDecimal { try #require(SQLDecimal(text)) }

    /// The printed result, or the error's name.
    private static func outcome(_ work: () throws(SQLDecimalError) -> SQLDecimal) -> String {
        do throws(SQLDecimalError) {
            return try work().description
        } catch {
            return error == .overflow ? "overflow" : error == .divisionByZero ? "divisionByZero" : "\(error)"
        }
    }

    @Test(arguments: [
        ("1.5", "2.25", "3.75", "-0.75"), ("0.10", "0.1", "0.20", "0.00"), ("-7", "7", "0", "-14"),
        (nines, "1", "overflow", "9999999999999999999999999999999999999" + "8"),
        (nines, "0.0", nines, nines), (nines, "0.5", "overflow", "overflow"),
        ("-" + nines, "1", "-9999999999999999999999999999999999999" + "8", "overflow"),
        ("1", smallest, "overflow", "0." + nines),
        (
            "1" + String(repeating: "0", count: 37), "0.00", "1" + String(repeating: "0", count: 37),
            "1" + String(repeating: "0", count: 37)
        ),
        (smallest, smallest, "0." + String(repeating: "0", count: 37) + "2", "0." + String(repeating: "0", count: 38)),
    ])
    func addsAndSubtractsExactly(a: String, b: String, sum: String, difference: String) throws {
        let (x, y) = (try Self.number(a), try Self.number(b))
        #expect(Self.outcome { () throws(SQLDecimalError) in try x + y } == sum)
        #expect(Self.outcome { () throws(SQLDecimalError) in try x - y } == difference)
    }

    @Test(arguments: [
        ("19.90", "3", "59.70"), ("-0.15", "0.5", "-0.075"), ("0", nines, "0"), (nines, "10", "overflow"),
        ("9999999999999999999", "9999999999999999999", "99999999999999999980000000000000000001"),
        // Zeros at the end of the fraction make room: 0.5 with 38 places, times 2.
        ("0.5" + String(repeating: "0", count: 37), "2", "1." + String(repeating: "0", count: 37)),
        (
            "0.50" + String(repeating: "0", count: 30), "0.20" + String(repeating: "0", count: 30),
            "0.1" + String(repeating: "0", count: 37)
        ),
        (smallest, "0.1", "overflow"), ("1.0", smallest, smallest), (nines, "-1.0", "-" + nines),
    ])
    func multipliesExactly(a: String, b: String, product: String) throws {
        let (x, y) = (try Self.number(a), try Self.number(b))
        #expect(Self.outcome { () throws(SQLDecimalError) in try x * y } == product)
        #expect(Self.outcome { () throws(SQLDecimalError) in try y * x } == product)
    }

    // The scale is max(6, s1 + p2 + 1), and what is behind it is cut.
    @Test(arguments: [
        ("1", "3", "0.333333"), ("2", "3", "0.666666"), ("-2", "3", "-0.666666"), ("7", "2", "3.500000"),
        ("1.00", "12345", "0.00008100"), ("10", "1000000", "0.00001000"), ("0", "3", "0.000000"),
        (nines, "1", nines), ("1" + String(repeating: "0", count: 37), "3", String(repeating: "3", count: 37) + ".3"),
        (nines, nines, "1.000000"), ("1", "0", "divisionByZero"), ("0", "0.00", "divisionByZero"),
        (nines, smallest, "overflow"), (nines, "0.1", "overflow"),
    ])
    func dividesAsTheServerDoes(a: String, b: String, quotient: String) throws {
        let (x, y) = (try Self.number(a), try Self.number(b))
        #expect(Self.outcome { () throws(SQLDecimalError) in try x / y } == quotient)
    }

    private static let rules: [FloatingPointRoundingRule] = [
        .toNearestOrAwayFromZero, .toNearestOrEven, .up, .down, .towardZero, .awayFromZero,
    ]

    // In the order of the rules.
    @Test(arguments: [
        ("2.5", 0, ["3", "2", "3", "2", "2", "3"]), ("3.5", 0, ["4", "4", "4", "3", "3", "4"]),
        ("-2.5", 0, ["-3", "-2", "-2", "-3", "-2", "-3"]), ("2.51", 0, ["3", "3", "3", "2", "2", "3"]),
        ("2.49", 0, ["2", "2", "3", "2", "2", "3"]), ("-2.49", 0, ["-2", "-2", "-2", "-3", "-2", "-3"]),
        ("2.0", 0, ["2", "2", "2", "2", "2", "2"]), ("1.005", 2, ["1.01", "1.00", "1.01", "1.00", "1.00", "1.01"]),
        ("1.2", 2, ["1.2", "1.2", "1.2", "1.2", "1.2", "1.2"]),
        ("1250", -2, ["1300", "1200", "1300", "1200", "1200", "1300"]),
        ("-49.9", -2, ["0", "0", "0", "-100", "0", "-100"]), ("0", -5, ["0", "0", "0", "0", "0", "0"]),
        ("2.5" + String(repeating: "0", count: 35) + "1", 0, ["3", "3", "3", "2", "2", "3"]),
        ("1", -100, ["0", "0", "overflow", "0", "0", "overflow"]),
        (
            nines, -1,
            [
                "overflow", "overflow", "overflow", String(nines.dropLast()) + "0", String(nines.dropLast()) + "0",
                "overflow",
            ]
        ),
    ])
    func roundsByTheRule(text: String, places: Int, expected: [String]) throws {
        let number = try Self.number(text)
        for (rule, result) in zip(Self.rules, expected) {
            #expect(Self.outcome { () throws(SQLDecimalError) in try number.rounded(to: places, rule) } == result)
        }
    }

    @Test(arguments: [
        ("1", "3", 4, ["0.3333", "0.3333", "0.3334", "0.3333", "0.3333", "0.3334"]),
        ("-1", "8", 2, ["-0.13", "-0.12", "-0.12", "-0.13", "-0.12", "-0.13"]),
        ("1", "8", 3, ["0.125", "0.125", "0.125", "0.125", "0.125", "0.125"]),
        ("250.00", "1", -2, ["300", "200", "300", "200", "200", "300"]),
        ("2500000001", "10000000", 0, ["250", "250", "251", "250", "250", "251"]),
        // Less than half by what only the remainder tells.
        ("1", "2.0000000000000000000000000001", 0, ["0", "0", "1", "0", "0", "1"]),
    ])
    func roundsAQuotientOnce(a: String, b: String, scale: Int, expected: [String]) throws {
        let (x, y) = (try Self.number(a), try Self.number(b))
        for (rule, result) in zip(Self.rules, expected) {
            let quotient = Self.outcome { () throws(SQLDecimalError) in
                try x.divided(by: y, scale: scale, rounding: rule)
            }
            #expect(quotient == result)
        }
    }

    @Test func roundsAProductOnce() throws {
        let rate = try Self.number("1.1499999999999999999999")
        #expect(try Self.number("0.1").multiplied(by: rate, scale: 2) == Self.number("0.11"))
        #expect(try Self.number("2.5").multiplied(by: 1, scale: 0, rounding: .toNearestOrEven) == 2)
        #expect(try Self.number("1.5").multiplied(by: 2, scale: 3).description == "3.000")
        #expect(throws: SQLDecimalError.overflow) { try SQLDecimal(1).multiplied(by: 1, scale: 39) }
        #expect(throws: SQLDecimalError.overflow) { try SQLDecimal(1).divided(by: 1, scale: 38) }
        #expect(throws: SQLDecimalError.divisionByZero) { try SQLDecimal(1).divided(by: 0, scale: 2) }
        #expect(throws: SQLDecimalError.overflow) { try SQLDecimal(1).divided(by: 3, scale: .max) }
        #expect(try SQLDecimal(1).divided(by: 3, scale: .min) == 0)
    }

    @Test func changesInPlaceAndOnlyWithAResult() throws {
        var total = try Self.number("10.50")
        try total += 2
        try total -= Self.number("0.25")
        try total *= 2
        try total /= 4
        let (expected, negative) = (try Self.number("6.125"), try Self.number("-6.125"))
        #expect(total == expected && -total == negative)
        #expect(throws: SQLDecimalError.divisionByZero) { try total /= 0 }
        #expect(total == expected)
        let sum = try [1, 2, 3].reduce(SQLDecimal.zero) { try $0 + SQLDecimal($1) }
        #expect(sum == 6)
    }
}
