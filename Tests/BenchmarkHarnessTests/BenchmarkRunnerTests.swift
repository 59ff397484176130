import BenchmarkHarness
import CommandLineTools
import Synchronization
import Testing

/// Variants take turns, and medians and ratios come of it.
struct BenchmarkRunnerTests {
    /// A benchmark whose variants take the seconds of a list, one after the other; the order of the runs is kept.
    private final class Script: Sendable {
        let log = Mutex<[String]>([])

        func benchmark(_ times: [(String, [Double])], runs: Int? = nil, bars: [Bar] = []) -> Benchmark {
            Benchmark("scripted", "times from a list", unit: "row", runs: runs, bars: bars) {
                let variants = times.map { self.variant($0.0, $0.1) }
                return variants
            }
        }

        private func variant(_ name: String, _ times: [Double]) -> Variant {
            var rest = times[...]
            return Variant(name) {
                self.log.withLock { $0.append(name) }
                let time = rest.popFirst() ?? 0
                return Sample(
                    wall: time, usage: ResourceUsage(user: time, system: 0, peakMemory: 1), work: 10)
            }
        }
    }

    @Test(arguments: [
        (1, 3, "A0 A1 A2 A3"), (2, 3, "A0 B0 A1 B1 A2 B2 A3 B3"), (3, 2, "A0 B0 C0 A1 B1 C1 A2 B2 C2"), (2, 1, "A1 B1"),
        (2, 0, ""), (0, 7, ""),
    ])
    func variantsTakeTurns(variants: Int, runs: Int, order: String) {
        let turns = BenchmarkRunner.turns(variants: variants, runs: runs)
        #expect(turns.map { "\(["A", "B", "C"][$0.variant])\($0.run)" }.joined(separator: " ") == order)
    }

    @Test func theFirstRunOfEachDoesNotCount() async throws {
        let script = Script()
        let benchmark = script.benchmark([("C", [100, 2, 8, 4]), ("Swift", [900, 3, 12, 6])])
        let result = try await BenchmarkRunner(runs: 3).run(benchmark)
        #expect(script.log.withLock { $0 } == ["C", "Swift", "C", "Swift", "C", "Swift", "C", "Swift"])
        #expect(result.variants.map(\.name) == ["C", "Swift"])
        #expect(result.variants[0].values(.wall) == [2, 8, 4])
        #expect(result.variants[1].statistics(.wall)?.median == 6)
        #expect(result.ratio(.wall, of: result.variants[1]) == 1.5)
        #expect(result.ratio(.wall, of: result.variants[0]) == nil)
    }

    @Test func aBenchmarkMayRunOnce() async throws {
        let script = Script()
        let result = try await BenchmarkRunner(runs: 7).run(script.benchmark([("only", [5, 6])], runs: 1))
        #expect(result.variants[0].values(.wall) == [5])
    }

    @Test func runsAreAtLeastOne() {
        #expect(BenchmarkRunner(runs: 0).runs == 1)
        #expect(BenchmarkRunner().runs == BenchmarkRunner.usualRuns)
        #expect(BenchmarkRunner.usualRuns >= 7)
    }

    @Test func barsAreJudgedByMediansAndRatios() async throws {
        let bars: [Bar] = [
            .atMost(1.4, .cpuPerUnit, of: "Swift", to: "C"), .atMost(1.6, .cpuPerUnit, of: "Swift", to: "C"),
            .atLeast(0.25, .rate, of: "C"), .atMost(1, .wall, of: "nobody"), .atMost(1, .wall, of: "C", to: "nobody"),
            .atMost(1, .memoryGrowth, of: "C"),
        ]
        let benchmark = Script().benchmark(
            [("C", [10, 20, 80, 40]), ("Swift", [10, 30, 120, 60])], bars: bars)
        let verdicts = try await BenchmarkRunner(runs: 3).run(benchmark).verdicts
        #expect(verdicts.map(\.holds) == [false, true, true, false, false, false])
        #expect(verdicts.map(\.measured) == [1.5, 1.5, 0.25, nil, nil, nil])
    }
}

/// The report shows every figure, and its JSON is stable.
struct BenchmarkReportTests {
    private static let machine = MachineDescription(processor: "Z80", cores: 2, system: "CP/M", memory: 64_000)

    private static func report(limit: Double) -> BenchmarkReport {
        func runs(_ name: String, _ factor: Double) -> BenchmarkResult.Runs {
            let usage = ResourceUsage(user: factor, system: 0.5, peakMemory: 2_000_000)
            return BenchmarkResult.Runs(
                name: name,
                samples: [
                    Sample(
                        wall: 2 * factor, usage: usage, work: 1_000, driverCPU: 0.25,
                        memory: MemoryGrowth(before: 10, after: 11))
                ])
        }
        let result = BenchmarkResult(
            name: "rows", summary: "rows streamed", unit: "row", bars: [.atMost(limit, .wall, of: "Swift", to: "C")],
            variants: [runs("C", 1), runs("Swift", 1.5)])
        return BenchmarkReport(machine: machine, results: [result])
    }

    @Test func theTableShowsMediansRatiosAndBars() {
        #expect(
            Self.report(limit: 1.4).text == """
                Z80, 2 cores, 64 kB, CP/M

                benchmark  variant  runs  wall  min..max  units/s  unit  CPU/unit  driver  wall x   CPU x  peak memory
                ---------  -------  ----  ----  --------  -------  ----  --------  ------  ------  ------  -----------
                rows       C           1   2 s  2 s..2 s      500  row    1.50 ms  250 us                         2 MB
                           Swift       1   3 s  3 s..3 s      333  row       2 ms  250 us  1.50 x  1.33 x         2 MB

                bar   variant  limit                  measured  verdict
                ----  -------  ---------------------  --------  -------
                rows  Swift    wall time <= 1.40 x C  1.50 x    MISSED

                """)
    }

    @Test func aBenchmarkIsToldInALineForEachVariant() {
        #expect(
            Self.report(limit: 1.5).results.flatMap(BenchmarkReport.lines) == [
                "rows: C: wall time 2 s, row per second 500, CPU per row 1.50 ms, peak memory 2 MB",
                "rows: Swift: wall time 3 s, row per second 333, CPU per row 2 ms, peak memory 2 MB",
            ])
    }

    @Test func missedBarsAreSentences() {
        #expect(Self.report(limit: 1.5).missed == [])
        #expect(Self.report(limit: 1.4).missed == ["rows: Swift: wall time <= 1.40 x C, measured 1.50 x"])
    }

    @Test func jsonHasASchemaAndAllSamples() {
        let text = Self.report(limit: 1.5).json.text()
        #expect(
            text.hasPrefix(
                #"{"schema":"mssql.benchmark/1","machine":{"processor":"Z80","cores":2,"memory":64000,"system":"CP/M"},"#
            ))
        #expect(
            text.contains(
                #"{"wall":2.0,"user":1.0,"system":0.5,"peakMemory":2000000,"work":1000,"driverCPU":0.25,"#
                    + #""memoryBefore":10,"memoryAfter":11}"#))
        #expect(
            text.hasSuffix(
                #""bars":[{"variant":"Swift","metric":"wall","side":"atMost","limit":1.5,"baseline":"C","#
                    + #""measured":1.5,"holds":true}]}],"missed":0}"#))
    }
}
