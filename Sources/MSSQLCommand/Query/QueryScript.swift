import CommandLineTools
import SQLServer
import TransactSQL

/// What `mssql query` is to run: one statement, or the batches of a file.
struct QueryScript {
    /// One batch.
    struct Batch {
        var query: SQLQuery
        /// The line of the file on which it begins, from 1.
        var startLine: Int
        /// How often it runs.
        var count: Int
    }

    var batches: [Batch]
    /// What messages call the file; nil for SQL on the command line.
    var file: String?

    /// One statement from the command line.
    init(statement: SQLQuery) {
        batches = [Batch(query: statement, startLine: 1, count: 1)]
    }

    /// A script, split at its GO lines.
    ///
    /// - Throws: ``CommandFailure`` when it is no text, or cannot be split.
    init(path: String, bytes: [UInt8]) throws(CommandFailure) {
        let name = path == "-" ? "stdin" : path
        let text = try ScriptText.decode(bytes, name: name)
        do throws(ScriptError) {
            batches = try ScriptSplitter.split(text).map {
                Batch(query: SQLQuery(unsafe: $0.text), startLine: $0.startLine, count: $0.count)
            }
        } catch {
            throw CommandFailure(.failure, "\(name): \(error)")
        }
        file = name
    }
}
