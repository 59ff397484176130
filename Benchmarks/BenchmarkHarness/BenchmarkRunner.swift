/// Runs benchmarks: A B A B, after a run of each that does not count.
package struct BenchmarkRunner: Sendable {
    /// The runs below which a median says little.
    package static let usualRuns = 7

    /// How often each variant runs.
    package var runs: Int

    /// A runner that runs each variant so many times, at least once.
    package init(runs: Int = BenchmarkRunner.usualRuns) { self.runs = max(1, runs) }

    /// Runs a benchmark.
    ///
    /// What slows the machine for a while meets all variants, since they take turns within each round. A benchmark that
    /// runs only once is not warmed up.
    ///
    /// - Parameter benchmark: What to measure.
    /// - Returns: All samples.
    /// - Throws: What a variant throws.
    package func run(_ benchmark: Benchmark) async throws -> BenchmarkResult {
        let variants = try await benchmark.makeVariants()
        let count = benchmark.runs ?? runs
        var samples = Array(repeating: [Sample](), count: variants.count)
        for turn in Self.turns(variants: variants.count, runs: count) {
            let sample = try await variants[turn.variant].run()
            if turn.run > 0 { samples[turn.variant].append(sample) }
        }
        let runs = zip(variants, samples).map { BenchmarkResult.Runs(name: $0.name, samples: $1) }
        return BenchmarkResult(
            name: benchmark.name, summary: benchmark.summary, unit: benchmark.unit, bars: benchmark.bars, variants: runs
        )
    }

    /// Who runs when: the variants in turn, in each round; round 0 warms up when there are others.
    package static func turns(variants: Int, runs: Int) -> [(variant: Int, run: Int)] {
        let first = runs > 1 ? 0 : 1
        guard runs >= first else { return [] }
        return (first...runs).flatMap { run in (0..<variants).map { ($0, run) } }
    }
}
