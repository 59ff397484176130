import BenchmarkHarness
import Testing

/// The statistics are those of a textbook.
struct StatisticsTests {
    @Test(arguments: [
        ([3.0], 3.0, 3.0, 3.0), ([1, 2], 1.5, 1, 2), ([9, 1, 5], 5, 1, 9), ([4, 1, 3, 2], 2.5, 1, 4),
        ([7, 7, 7, 1_000, 7, 7, 7], 7, 7, 1_000), ([-2, 0, -1], -1, -2, 0),
    ])
    func medianAndEnds(values: [Double], median: Double, minimum: Double, maximum: Double) throws {
        let statistics = try #require(Statistics(values))
        #expect(statistics.median == median)
        #expect(statistics.minimum == minimum)
        #expect(statistics.maximum == maximum)
        #expect(statistics.count == values.count)
    }

    @Test(arguments: [[], [Double.nan], [1, .nan, 2]])
    func nothingComesOfNothing(values: [Double]) {
        #expect(Statistics(values) == nil)
    }

    /// A machine that slows down fourfold from run to run changes no ratio.
    @Test func ratiosAreTakenPairByPair() {
        let slowing = Statistics.ratios(of: [3, 12, 48], to: [2, 8, 32])
        #expect(slowing?.median == 1.5)
        #expect(slowing?.minimum == 1.5)
        #expect(slowing?.maximum == 1.5)
        #expect(Statistics.ratios(of: [4, 1, 9], to: [2, 2, 3])?.median == 2)
    }

    @Test(arguments: [([1.0, 2], [1.0]), ([1, 2], [1, 0]), ([], [])])
    func thereAreNoRatiosWithoutPairs(values: [Double], baseline: [Double]) {
        #expect(Statistics.ratios(of: values, to: baseline) == nil)
    }
}

/// Numbers are short and carry their unit.
struct QuantityTests {
    @Test(arguments: [
        (0.0, "0 ns"), (1.2345, "1.23 s"), (0.0567, "56.7 ms"), (0.0009, "900 us"), (45e-9, "45 ns"),
        (2e-10, "0.20 ns"), (312, "312 s"), (.infinity, "inf"),
    ])
    func secondsAreScaled(value: Double, text: String) {
        #expect(Quantity.seconds(value) == text)
    }

    @Test(arguments: [
        (1_000_000.0, "1 MB"), (1_520_000_000, "1.52 GB"), (-4_096, "-4.10 kB"), (12, "12 B"),
    ])
    func bytesAreScaledByThousands(value: Double, text: String) {
        #expect(Quantity.bytes(value) == text)
    }

    @Test(arguments: [(300_000.0, "300 k"), (123_456_789, "123 M"), (7.25, "7.25"), (1_000, "1 k")])
    func countsAreScaled(value: Double, text: String) {
        #expect(Quantity.count(value) == text)
    }
}
