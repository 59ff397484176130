/// Something to measure, in one or several ways that are compared with each other.
///
/// ```swift
/// Benchmark("lexer", "T-SQL into tokens", unit: "byte", bars: [.atLeast(100e6, .rate, of: "lexer")]) {
///     let text = makeText()
///     return [Variant("lexer") { try await Sample.measuring { Lexer.tokens(of: text).count; return text.count } }]
/// }
/// ```
package struct Benchmark: Sendable {
    /// A short name for filters and JSON, such as `rows.four-integers`.
    package let name: String
    /// What is measured, in a few words.
    package let summary: String
    /// One unit of work: `row`, `byte`, `statement`.
    package let unit: String
    /// How often each variant runs; nil for as often as the run was asked for.
    ///
    /// Only for what takes minutes and is not about time.
    package let runs: Int?
    /// What must hold.
    package let bars: [Bar]
    /// Why it cannot be run here, such as a program that is missing; nil when it can.
    package let obstacle: @Sendable () -> String?
    /// Makes what is measured; the first variant is what the others are compared with.
    ///
    /// What the variants hold, such as a server, lives until the benchmark has run.
    package let makeVariants: @Sendable () async throws -> [Variant]

    /// All fields.
    package init(
        _ name: String, _ summary: String, unit: String, runs: Int? = nil, bars: [Bar] = [],
        obstacle: @escaping @Sendable () -> String? = { nil },
        variants makeVariants: @escaping @Sendable () async throws -> [Variant]
    ) {
        self.name = name
        self.summary = summary
        self.unit = unit
        self.runs = runs
        self.bars = bars
        self.obstacle = obstacle
        self.makeVariants = makeVariants
    }
}

/// One way to do the work of a benchmark.
package struct Variant {
    /// What it is: `lexer`, `C reader`.
    package let name: String
    /// Does the work once and tells what it took.
    package let run: () async throws -> Sample

    /// All fields.
    package init(_ name: String, run: @escaping () async throws -> Sample) {
        self.name = name
        self.run = run
    }
}
