import BenchmarkHarness
import CommandLineTools
import Foundation

/// Runs benchmarks, prints their figures, and says which bars are not kept.
struct BenchProgram {
    static let description = CommandDescription(
        name: "bench",
        summary: "Measures speed and size, and compares them with the bars.",
        discussion: """
            Every benchmark runs its variants in turn (A B A B), after a run of each that does not count, and gives \
            medians. Figures count in a release build on a machine that does nothing else: docs/performance.md.

            Exit codes: 0 all bars kept, 1 a bar missed or a benchmark failed, 2 the command line is wrong.
            """,
        options: [
            .repeated("filter", "NAME", "Only benchmarks whose name contains this; may be given again."),
            .value(
                "runs", "N", "Runs of each variant that count.", default: "\(BenchmarkRunner.usualRuns)"),
            .flag("no-bars", "Ends with 0 even when a bar is missed."),
            .flag("list", "Lists the benchmarks and runs none."),
            .value("format", "FORMAT", "table or json.", default: "table", choices: ["table", "json"]),
        ])

    /// All benchmarks, in the order of the report.
    static let benchmarks = LexerBenchmarks.all + ServerBenchmarks.all + ClientBenchmarks.all + BulkBenchmarks.all

    private let command: ParsedCommand
    private let terminal: Terminal

    /// Reads the command line and runs.
    ///
    /// Away from the main actor, where the top level of a program runs: a service's code does not run there either, and
    /// each statement would cost two changes of thread more.
    @concurrent
    static func run(_ arguments: [String]) async -> ExitCode {
        let terminal = Terminal.standard(environment: ProcessInfo.processInfo.environment)
        do {
            switch try CommandParser(description).parse(arguments) {
            case .show(let text):
                try terminal.write(text)
                return .success
            case .run(let command): return try await BenchProgram(command: command, terminal: terminal).run()
            }
        } catch let error as UsageError {
            terminal.fail(error.description)
            return error.exitCode
        } catch OutputError.closed {
            return .success
        } catch {
            terminal.fail("\(error)")
            return .failure
        }
    }

    private func run() async throws -> ExitCode {
        let chosen = try chosenBenchmarks()
        if command.flag("list") {
            for benchmark in chosen { try terminal.print("\(benchmark.name): \(benchmark.summary)") }
            return .success
        }
        #if DEBUG
            terminal.warn("this is a debug build: its figures say nothing. Use `make bench`.")
        #endif
        let runs = try command.integer("runs", in: 1...1_000) ?? BenchmarkRunner.usualRuns
        let runner = BenchmarkRunner(runs: runs)
        var results: [BenchmarkResult] = []
        for benchmark in chosen {
            if let reason = benchmark.obstacle() {
                terminal.warn("\(benchmark.name) is left out: \(reason)")
                continue
            }
            let result = try await runner.run(benchmark)
            for line in BenchmarkReport.lines(of: result) { terminal.say("bench: \(line)") }
            results.append(result)
        }
        return try tell(BenchmarkReport(machine: .current, results: results))
    }

    private func chosenBenchmarks() throws -> [Benchmark] {
        let filters = command.values("filter")
        let chosen = Self.benchmarks.filter { benchmark in
            filters.isEmpty || filters.contains { benchmark.name.contains($0) }
        }
        guard !chosen.isEmpty else {
            throw command.usageError("No benchmark matches; --list names them.")
        }
        return chosen
    }

    private func tell(_ report: BenchmarkReport) throws -> ExitCode {
        let isTable = command.value("format") != "json"
        try terminal.write(isTable ? report.text : report.json.text(pretty: true) + "\n")
        for sentence in report.missed { terminal.warn("a bar is missed: \(sentence)") }
        return report.missed.isEmpty || command.flag("no-bars") ? .success : .failure
    }
}
