/// What the runs of a benchmark came to.
package struct BenchmarkResult: Sendable {
    /// The runs of one variant, in order.
    package struct Runs: Sendable {
        /// The variant.
        package let name: String
        /// What each run took.
        package let samples: [Sample]

        /// All fields.
        package init(name: String, samples: [Sample]) {
            self.name = name
            self.samples = samples
        }

        /// The values of all runs; nil when a run does not tell.
        package func values(_ metric: Metric) -> [Double]? {
            let values = samples.compactMap { metric.value(of: $0) }
            return values.count == samples.count ? values : nil
        }

        /// The middle and the ends of a metric.
        package func statistics(_ metric: Metric) -> Statistics? { values(metric).flatMap { Statistics($0) } }
    }

    /// A bar with what was measured.
    package struct Verdict: Sendable, Equatable {
        /// The bar.
        package let bar: Bar
        /// The median, or the median ratio; nil when it could not be measured.
        package let measured: Double?

        /// Whether the bar is kept.
        package var holds: Bool { bar.holds(for: measured) }
    }

    package let name: String
    package let summary: String
    package let unit: String
    package let bars: [Bar]
    /// In the order of the benchmark.
    package let variants: [Runs]

    /// All fields.
    package init(name: String, summary: String, unit: String, bars: [Bar], variants: [Runs]) {
        self.name = name
        self.summary = summary
        self.unit = unit
        self.bars = bars
        self.variants = variants
    }

    /// What each bar says of the medians.
    package var verdicts: [Verdict] {
        bars.map { Verdict(bar: $0, measured: measured($0)) }
    }

    /// The median of a variant's ratios to the first variant, pair by pair; nil for the first and only one.
    package func ratio(_ metric: Metric, of variant: Runs) -> Double? {
        guard let first = variants.first, first.name != variant.name else { return nil }
        return ratio(metric, of: variant, to: first)
    }

    private func measured(_ bar: Bar) -> Double? {
        guard let variant = variants.first(where: { $0.name == bar.variant }) else { return nil }
        guard let name = bar.baseline else { return variant.statistics(bar.metric)?.median }
        return variants.first { $0.name == name }.flatMap { ratio(bar.metric, of: variant, to: $0) }
    }

    private func ratio(_ metric: Metric, of variant: Runs, to baseline: Runs) -> Double? {
        guard let values = variant.values(metric), let others = baseline.values(metric) else { return nil }
        return Statistics.ratios(of: values, to: others)?.median
    }
}
