/// An argument that is known by its place on the command line.
package struct CommandArgument: Sendable {
    /// How often an argument is given.
    package enum Count: Sendable, Equatable {
        /// Exactly once.
        case one
        /// Once or not at all.
        case optional
        /// Any number of times; the last argument only.
        case any
        /// At least once; the last argument only.
        case some
    }

    /// What the help and the parsed command call it, in capitals.
    package var name: String
    /// One sentence.
    package var summary: String
    /// How often it is given.
    package var count: Count

    package init(_ name: String, _ summary: String, count: Count = .one) {
        self.name = name
        self.summary = summary
        self.count = count
    }
}
