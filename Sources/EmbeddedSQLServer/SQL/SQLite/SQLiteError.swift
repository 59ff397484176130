/// A failure that SQLite reports, with its extended result code.
struct SQLiteError: Error, Sendable {
    let code: Int32
    let message: String
    /// The statement that failed, for defects of ours only: it never reaches a client.
    let statement: String

    /// The result code without its extension.
    var primaryCode: Int32 { code & 0xFF }
}
