import CommandLineTools
import SQLServer

/// Runs the batches of a script on one connection, in order.
struct ScriptRun {
    private let script: QueryScript
    private var printer: QueryPrinter
    private let goesOn: Bool
    private let terminal: Terminal

    /// - Parameters:
    ///   - script: What to run.
    ///   - printer: Where the results go.
    ///   - goesOn: Whether the next batch runs after one that failed.
    ///   - terminal: For what is to be said beside the results.
    init(script: QueryScript, printer: QueryPrinter, goesOn: Bool, terminal: Terminal) {
        self.script = script
        self.printer = printer
        self.goesOn = goesOn
        self.terminal = terminal
    }

    /// Runs everything.
    ///
    /// - Returns: Whether all batches succeeded.
    /// - Throws: ``CommandFailure`` when a batch got no complete answer, ``OutputError``.
    mutating func run(on connection: SQLServerConnection) async throws -> Bool {
        var succeeded = true
        var progress = terminal.progress(clock: ContinuousClock())
        for (index, batch) in script.batches.enumerated() {
            for _ in 0..<batch.count {
                progress.update("batch \(index + 1) of \(script.batches.count)")
                let outcome = try await outcome(of: batch, on: connection)
                progress.finish()
                try printer.show(outcome)
                guard outcome.hasFailed else { continue }
                succeeded = false
                guard goesOn else {
                    tellStop(after: index)
                    try printer.finish()
                    return false
                }
            }
        }
        try printer.finish()
        return succeeded
    }

    private mutating func outcome(
        of batch: QueryScript.Batch, on connection: SQLServerConnection
    ) async throws -> BatchOutcome {
        do throws(SQLServerError) {
            return BatchOutcome(try await connection.resultsAndErrors(of: batch.query), startLine: batch.startLine)
        } catch {
            let place = script.file.map { "\($0), batch of line \(batch.startLine): " } ?? ""
            try printer.finish(failure: error.message)
            throw CommandFailure(.failure, place + error.message)
        }
    }

    private func tellStop(after index: Int) {
        guard let file = script.file, index + 1 < script.batches.count else { return }
        let batch = script.batches[index]
        terminal.say(
            "Stopped after the batch of line \(batch.startLine) of \(file); \(script.batches.count - index - 1) more did "
                + "not run. --continue-on-error runs them.")
    }
}
