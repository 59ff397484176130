/// One batch of a script: what stands between two GO lines.
package struct ScriptBatch: Sendable, Equatable {
    /// The text as written, without the GO line; blank lines at its start are kept, so that the line numbers of a
    /// server's messages count from ``startLine``.
    package let text: String
    /// The line of the script on which the text begins, counted from 1.
    package let startLine: Int
    /// How often the batch is to be run: the number after GO, or 1.
    package let count: Int

    package init(text: String, startLine: Int, count: Int = 1) {
        self.text = text
        self.startLine = startLine
        self.count = count
    }
}

/// Why a script cannot be split.
package struct ScriptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Sendable, Equatable {
        /// The text after GO is no count.
        case invalidGo(argument: String)
        /// The number after GO is 0 or larger than 2,147,483,647.
        case countOutOfRange(String)
        /// A block comment never ends.
        case unterminatedComment
    }

    package let reason: Reason
    /// The line of the script, counted from 1.
    package let line: Int

    package init(reason: Reason, line: Int) {
        self.reason = reason
        self.line = line
    }

    package var description: String {
        switch reason {
        case .invalidGo(let argument):
            "line \(line): 'GO \(argument)' is not a batch separator: after GO only a count and a comment may follow"
        case .countOutOfRange(let count):
            "line \(line): the count of 'GO \(count)' must be from 1 to 2147483647"
        case .unterminatedComment:
            "line \(line): the comment that begins here has no end: add '*/'"
        }
    }
}
