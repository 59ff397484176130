import Threads
import TransactSQL

extension EmbeddedServer {
    /// Showplan documents that answer SET SHOWPLAN_XML and SET STATISTICS XML.
    ///
    /// The embedded server has no optimizer, so it has no plans of its own: a statement without a document is refused
    /// (Msg 40517).
    ///
    /// ```swift
    /// server.plans.set(document, for: "SELECT * FROM dbo.orders WHERE customer_id = @p1")
    /// ```
    public final class Plans: Sendable {
        private let documents = Lock<[String: String]>([:])

        init() {}

        /// Gives a statement its document.
        ///
        /// - Parameters:
        ///   - document: The showplan, as XML in the schema of SQL Server; it is sent as it is.
        ///   - statement: The statement, or the whole batch for SHOWPLAN_XML. Case, white space, comments and a last
        ///     semicolon do not count.
        public func set(_ document: String, for statement: String) {
            documents.withLock { $0[Self.key(statement)] = document }
        }

        /// Forgets all documents.
        public func removeAll() { documents.withLock { $0 = [:] } }

        /// The document of a statement.
        func document(for statement: String) -> String? {
            let key = Self.key(statement)
            return documents.withLock { $0[key] }
        }

        /// The statement's tokens; texts keep their case.
        private static func key(_ statement: String) -> String {
            let source = Array(statement.utf8)
            var words: [String] = []
            for token in Lexer.tokens(of: source) where token.kind != .endOfText {
                let word = TokenText.written(token, in: source)
                let isText = token.kind == .string || token.kind == .nationalString
                words.append(isText ? word : word.lowercased())
            }
            while words.last == ";" { words.removeLast() }
            return words.joined(separator: " ")
        }
    }
}
