/// What is known of one error number: a row of the table of docs/resilience.md.
package struct SQLErrorFact: Sendable, Hashable {
    /// The number.
    package let number: Int
    /// What repeating can do about it.
    package let retryClass: SQLRetryClass
    /// What it means, in a few words.
    package let meaning: String
    /// Who lists it as worth repeating, as letters that docs/resilience.md explains.
    package let source: String

    /// The row of the table in docs/resilience.md.
    package var markdown: String { "| \(number) | \(retryClass) | \(meaning) | \(source) |" }

    /// Rows of one class.
    static func rows(_ retryClass: SQLRetryClass, _ rows: [(Int, String, String)]) -> [SQLErrorFact] {
        rows.map { SQLErrorFact(number: $0.0, retryClass: retryClass, meaning: $0.2, source: $0.1) }
    }
}
