/// One thing that must come in an answer, with the line of the file in which it stands.
package struct AnswerExpectation: Sendable, Equatable {
    /// The line in the file.
    package var line: Int
    /// What must come.
    package var item: Item

    /// What must come.
    package enum Item: Sendable, Equatable {
        /// COLMETADATA.
        case columns([Column])
        /// A row; the texts of its values.
        case row([String])
        /// A DONE token with a count.
        case rows(UInt64)
        /// A DONE token with its kind, command and flags.
        case done(Done)
        /// RETURNSTATUS.
        case status(Int32)
        /// An ERROR or INFO.
        case message(Message)

        /// Whether it stands only in answers whose DONE tokens are all named.
        var namesEnds: Bool {
            switch self {
            case .done, .status: true
            default: false
            }
        }
    }

    /// The end of a statement, for cases that name them all.
    package struct Done: Sendable, Equatable {
        /// `DONE`, `DONEINPROC` or `DONEPROC`.
        package var kind: String
        /// CurCmd.
        package var command: UInt16
        /// Nil without a valid count.
        package var rows: UInt64?
        package var isError: Bool
    }

    /// A column of a result.
    package struct Column: Sendable, Equatable {
        /// Empty for a column without a name.
        package var name: String
        /// The type in T-SQL's words.
        package var type: String
        /// Whether NULL is allowed; nil when the case does not say.
        package var isNullable: Bool?
    }

    /// An error or information message.
    package struct Message: Sendable, Equatable {
        package var number: Int32
        package var level: UInt8
        /// Nil when no documentation fixes it.
        package var state: UInt8?
        package var procedure: String
        package var line: Int32
        /// Nil when the case does not say.
        package var text: String?
    }
}
