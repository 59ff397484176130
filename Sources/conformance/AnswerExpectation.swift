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
        /// An ERROR or INFO.
        case message(Message)
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
