import BenchmarkHarness
import Testing

/// What is read from samples, and what bars make of it.
struct MetricTests {
    private static let sample = Sample(
        wall: 2, usage: ResourceUsage(user: 1.5, system: 0.5, peakMemory: 4_096), work: 1_000,
        memory: MemoryGrowth(before: 100, after: 125))

    @Test(arguments: [
        (Metric.wall, 2.0), (.rate, 500), (.cpuPerUnit, 0.002), (.work, 1_000), (.peakMemory, 4_096),
        (.memoryGrowth, 25), (.memoryRatio, 1.25),
    ])
    func readsASample(metric: Metric, value: Double) {
        #expect(metric.value(of: Self.sample) == value)
    }

    @Test(arguments: [
        (Metric.rate, Sample(wall: 0, usage: sample.usage, work: 1)),
        (.cpuPerUnit, Sample(wall: 1, usage: sample.usage, work: 0)),
        (.memoryGrowth, Sample(wall: 1, usage: sample.usage, work: 1)),
        (.memoryRatio, Sample(wall: 1, usage: sample.usage, work: 1, memory: MemoryGrowth(before: 0, after: 1))),
    ])
    func saysNothingWhereTheSampleDoesNot(metric: Metric, sample: Sample) {
        #expect(metric.value(of: sample) == nil)
    }

    private static let judgements: [(bar: Bar, measured: Double?, holds: Bool)] = [
        (.atMost(1.4, .cpuPerUnit, of: "a"), 1.4, true), (.atMost(1.4, .cpuPerUnit, of: "a"), 1.41, false),
        (.atLeast(300_000, .rate, of: "a"), 300_000, true), (.atLeast(300_000, .rate, of: "a"), 299_999, false),
        (.atMost(1, .wall, of: "a"), nil, false), (.atLeast(1, .wall, of: "a"), nil, false),
        (.atLeast(1, .wall, of: "a"), .nan, false),
    ]

    @Test(arguments: judgements)
    func barsIncludeTheirLimitAndNeedAValue(bar: Bar, measured: Double?, holds: Bool) {
        #expect(bar.holds(for: measured) == holds)
    }

    @Test func barsSayWhatTheyAsk() {
        let absolute = Bar.atLeast(300_000, .rate, of: "server")
        #expect(absolute.text(unit: "row") == "row per second >= 300 k")
        #expect(absolute.text(of: 412_345) == "412 k")
        let relative = Bar.atMost(1.4, .cpuPerUnit, of: "tuples", to: "C reader")
        #expect(relative.text(unit: "row") == "CPU per row <= 1.40 x C reader")
        #expect(relative.text(of: 1.234) == "1.23 x")
        #expect(relative.text(of: nil) == "not measured")
    }

    @Test func usageIsTheDifferenceAndThePeakThatOfTheProcess() {
        let later = ResourceUsage(user: 3, system: 2, peakMemory: 9)
        let used = later.since(ResourceUsage(user: 1, system: 0.5, peakMemory: 7))
        #expect(used == ResourceUsage(user: 2, system: 1.5, peakMemory: 9))
        #expect(used.cpu == 3.5)
    }
}
