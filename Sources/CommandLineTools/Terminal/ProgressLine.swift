/// A line on stderr that tells how far a long piece of work is, and is gone when it ends.
///
/// It appears after one second, changes at most ten times a second, and only on a terminal.
///
/// ```swift
/// var progress = terminal.progress(clock: ContinuousClock())
/// for batch in batches {
///     progress.update("\(count) rows")
/// }
/// progress.finish()
/// ```
package struct ProgressLine<C: Clock>: Sendable where C.Duration == Duration {
    private let talk: TextSink
    private let clock: C
    private let start: C.Instant
    private var lastDrawn: C.Instant?

    init(talk: TextSink, clock: C) {
        self.talk = talk
        self.clock = clock
        start = clock.now
    }

    /// Shows the text, cut to a line, unless it is too early or too soon.
    package mutating func update(_ text: @autoclosure () -> String) {
        guard talk.isTerminal else { return }
        let now = clock.now
        guard start.duration(to: now) >= .seconds(1) else { return }
        if let lastDrawn, lastDrawn.duration(to: now) < .milliseconds(100) { return }
        lastDrawn = now
        draw(DisplayText.cut(DisplayText.escaped(text()), to: 79))
    }

    /// Wipes the line, before other talk and at the end.
    package mutating func finish() {
        guard lastDrawn != nil else { return }
        lastDrawn = nil
        draw("")
    }

    /// Back to the line's start, erase it, write (ECMA-48: CR, EL).
    private func draw(_ text: String) {
        do {
            try talk.write("\r\u{1B}[K" + text)
        } catch {
            // Nobody reads along any more.
            return
        }
    }
}
