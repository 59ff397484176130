#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A command's two outputs: data on stdout, talk on stderr.
///
/// ```swift
/// let terminal = Terminal.standard(environment: ProcessInfo.processInfo.environment)
/// try terminal.write(json.text() + "\n")
/// terminal.say("3 rows in 12 ms")
/// ```
package struct Terminal: Sendable {
    /// For data, and nothing else.
    package let output: TextSink
    /// For a person: what is being done, and errors.
    package let talk: TextSink
    private let allowsColour: Bool

    /// A terminal on any two sinks.
    ///
    /// - Parameters:
    ///   - output: For data.
    ///   - talk: For a person.
    ///   - environment: `NO_COLOR` when not empty, and `TERM=dumb`, turn colours off (https://no-color.org).
    package init(output: TextSink, talk: TextSink, environment: [String: String]) {
        self.output = output
        self.talk = talk
        allowsColour = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// The process's stdout and stderr.
    ///
    /// From here on the process ignores SIGPIPE, so that a closed pipe is an error and not the end.
    package static func standard(environment: [String: String]) -> Terminal {
        _ = signal(SIGPIPE, SIG_IGN)
        return Terminal(
            output: .descriptor(STDOUT_FILENO), talk: .descriptor(STDERR_FILENO), environment: environment)
    }

    /// Writes data to stdout.
    package func write(_ text: String) throws(OutputError) {
        try output.write(text)
    }

    /// Writes a line of data to stdout.
    package func print(_ line: String) throws(OutputError) {
        try output.write(line + "\n")
    }

    /// Tells a person something in a line of its own.
    ///
    /// That nobody can read it is not an error.
    package func say(_ line: String) {
        tell(line + "\n")
    }

    /// Tells of something that may surprise.
    package func warn(_ message: String) {
        tell(styled("warning:", .yellow, on: talk) + " \(message)\n")
    }

    /// Tells what failed.
    package func fail(_ message: String) {
        tell(styled("error:", .red, on: talk) + " \(message)\n")
    }

    /// The text in a style where the sink is a terminal and colours are wanted, else as it is.
    package func styled(_ text: String, _ style: TextStyle, on sink: TextSink) -> String {
        sink.isTerminal && allowsColour ? style.applied(to: text) : text
    }

    /// A line on stderr that tells how far a long piece of work is.
    ///
    /// - Parameter clock: What measures the second after which it appears.
    /// - Returns: A line that starts to count now, and stays silent where nobody reads along.
    package func progress<C: Clock>(clock: C) -> ProgressLine<C> where C.Duration == Duration {
        ProgressLine(talk: talk, clock: clock)
    }

    /// Writes talk; there is nowhere to report that stderr is gone.
    private func tell(_ text: String) {
        do {
            try talk.write(text)
        } catch {
            return
        }
    }
}
