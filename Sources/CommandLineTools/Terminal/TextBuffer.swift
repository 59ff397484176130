import Synchronization

/// Keeps what is written, for tests.
///
/// ```swift
/// let output = TextBuffer()
/// let terminal = Terminal(output: output.sink(), talk: TextBuffer().sink(), environment: [:])
/// ```
package final class TextBuffer: Sendable {
    private let state = Mutex("")
    private let limit: Int?

    /// - Parameter limit: The bytes after which the buffer acts like a pipe that the reader closed.
    package init(closesAfter limit: Int? = nil) {
        self.limit = limit
    }

    /// All that was written.
    package var text: String { state.withLock { $0 } }

    /// A sink that writes here, and acts like a terminal if asked.
    package func sink(isTerminal: Bool = false) -> TextSink {
        TextSink(isTerminal: isTerminal) { [self] text throws(OutputError) in
            let isClosed = state.withLock { written in
                if let limit, written.utf8.count + text.utf8.count > limit { return true }
                written += text
                return false
            }
            if isClosed { throw .closed }
        }
    }
}
