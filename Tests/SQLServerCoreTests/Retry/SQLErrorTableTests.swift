import Foundation
import SQLServerCore
import Testing

/// The classes of error numbers, compared with a list that was written down on its own.
@Suite struct SQLErrorTableTests {
    /// The numbers that the drivers' sources list, with the class that follows from their meaning.
    static let expected: [(SQLRetryClass, [Int])] = [
        (
            .connection,
            [
                20, 64, 121, 203, 615, 921, 926, 982, 988, 997, 4221, 10_053, 10_054, 10_060, 10_061, 10_928, 10_936,
                11_001, 17_197, 18_401, 40_020, 40_143, 40_166, 40_197, 40_540, 42_108, 42_109,
            ]
        ),
        (.throttled, [233, 3_935, 10_929, 10_930, 40_501, 40_613, 49_918, 49_919, 49_920]),
        (.doubtful, [4_060]),
        (.statement, [1_204, 1_222, 8_628, 8_645, 8_651]),
        (.transaction, [1_205, 3_947, 3_948, 3_960, 3_966]),
        (.conflict, [41_301, 41_302, 41_305, 41_325, 41_839]),
        (.workload, [40_549, 40_550, 40_551, 40_552, 40_553]),
    ]

    /// The long tail: numbers whose text asks to try again.
    static let others = [
        539, 601, 617, 669, 927, 941, 952, 1_203, 1_215, 1_216, 1_221, 1_232, 1_404, 1_413, 1_421, 1_438, 1_532, 1_533,
        1_534, 1_535, 1_807, 2_021, 2_816, 3_429, 3_635, 3_941, 3_950, 3_953, 3_957, 3_980, 4_117, 4_184, 5_280, 5_529,
        6_292, 7_951, 9_020, 9_515, 9_985, 10_922, 11_539, 14_355, 14_817, 14_868, 14_906, 16_528, 16_554, 16_555,
        17_065, 17_066, 17_067, 17_889, 18_858, 19_413, 19_416, 19_494, 20_041, 21_503, 22_225, 22_226, 22_335, 22_353,
        22_355, 22_358, 22_427, 22_430, 22_491, 22_493, 22_498, 22_754, 22_758, 22_759, 22_760, 22_984, 25_003, 25_738,
        25_740, 30_080, 30_085, 33_123, 35_216, 35_218, 35_256, 35_293, 37_202, 37_327, 39_025, 39_108, 39_110, 39_151,
        39_152, 40_106, 40_189, 40_623, 40_642, 40_648, 40_671, 40_675, 40_890, 40_903, 40_918, 40_938, 41_339, 41_383,
        41_614, 41_619, 41_640, 41_700, 41_701, 41_823, 41_840, 42_029, 45_153, 45_156, 45_157, 45_161, 45_179, 45_182,
        45_319, 45_547, 47_132, 47_137, 47_139, 49_510, 49_802, 49_977, 49_983,
    ]

    /// Those of the long tail that a longer wait was asked for.
    static let patient: Set<Int> = [
        1_404, 3_950, 9_985, 14_355, 17_889, 22_335, 22_498, 25_738, 25_740, 30_085, 37_327, 39_108, 39_110, 40_189,
        40_642, 40_648, 40_675, 40_890, 40_903, 41_823, 41_840, 45_156, 45_157, 45_161, 45_182, 45_319, 49_977,
    ]

    @Test func everyNumberHasOneRowAndNoOtherIsThere() {
        let numbers = SQLErrorTable.facts.map(\.number)
        #expect(numbers == Set(numbers).sorted())
        #expect(Set(numbers) == Set(Self.expected.flatMap(\.1) + Self.others))
        #expect(Self.expected.reduce(0) { $0 + $1.1.count } == 57 && Self.others.count == 127)
    }

    @Test func theNumbersOfTheDriversHaveTheirClass() {
        for (retryClass, numbers) in Self.expected {
            for number in numbers { #expect(SQLRetryRules.standard[number] == retryClass, "\(number)") }
        }
    }

    @Test func theLongTailIsTransientAndSomeOfItPatient() {
        for number in Self.others {
            let retryClass = SQLRetryRules.standard[number]
            #expect(retryClass?.isTransient == true, "\(number)")
            #expect((retryClass == .throttled) == Self.patient.contains(number), "\(number)")
        }
    }

    @Test func everyRowSaysWhatItMeansAndWhoSaysSo() {
        for fact in SQLErrorTable.facts {
            #expect(fact.meaning.count >= 10 && !fact.meaning.contains("|"), "\(fact.number)")
            #expect(fact.source.wholeMatch(of: /(S|sx?|E\*?|J|R|T|A|O|k)( (S|sx?|E\*?|J|R|T|A|O|k))*/) != nil)
        }
    }

    /// Numbers that mean a mistake, a missing right or wrong data: no attempt more.
    @Test(arguments: [102, 207, 208, 229, 245, 515, 547, 2_601, 2_627, 2_628, 8_134, 8_152, 18_456, 3_902, 50_000, -2])
    func whatIsWrongStaysWrong(number: Int) {
        #expect(SQLRetryRules.standard[number] == nil)
        let message = SQLServerMessage(number: number, severity: 16, text: "x")
        #expect(SQLServerError(.server, "x", messages: [message]).retryClass == .never)
    }

    @Test func theNumbersOfFreeTDSAreThere() {
        let numbers: Set = [
            20_002, 20_003, 20_004, 20_006, 20_008, 20_009, 20_013, 20_017, 20_018, 20_019, 20_020, 20_047,
        ]
        #expect(numbers.isSubset(of: SQLErrorTable.freeTDS.map(\.number)))
        #expect(Set(SQLErrorTable.freeTDS.map(\.number)).count == SQLErrorTable.freeTDS.count)
        for failure in SQLErrorTable.freeTDS where failure.whileConnecting == nil {
            #expect(failure.whileRunning != nil, "\(failure.number)")
        }
    }

    /// `RENEW_GOLDEN=1 swift test --filter SQLErrorTableTests` writes the tables of the page anew.
    @Test(
        .serialized,
        arguments: [
            ("errors", SQLErrorTable.facts.map(\.markdown)), ("freetds", SQLErrorTable.freeTDS.map(\.markdown)),
        ])
    func thePageHasTheSameRows(name: String, rows: [String]) throws {
        let page = URL(filePath: #filePath).appending(path: "../../../../docs/resilience.md").standardized
        var text = try String(contentsOf: page, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- \(name): begin -->\n"))
        let end = try #require(text.range(of: "<!-- \(name): end -->"))
        // The first two lines are the table's head.
        let lines = text[begin.upperBound..<end.lowerBound].split(separator: "\n").map(String.init)
        if ProcessInfo.processInfo.environment["RENEW_GOLDEN"] != nil {
            let table = (lines.prefix(2) + rows).map { "\($0)\n" }.joined()
            text.replaceSubrange(begin.upperBound..<end.lowerBound, with: table)
            try text.write(to: page, atomically: true, encoding: .utf8)
        } else {
            #expect(Array(lines.dropFirst(2)) == rows)
        }
    }
}
