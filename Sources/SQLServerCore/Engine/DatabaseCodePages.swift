package import SQLValues

/// The code pages of the databases that a connection was in, each asked for when it was first needed.
///
/// A parameter of the type `char`, `varchar` or `text` travels as nvarchar, and the server converts it to the code page of
/// the current database's default collation. What that lacks becomes a look-alike or `?` without a word, so such a text is
/// checked before it is sent.
package struct DatabaseCodePages: Sendable {
    /// The one that the configuration names for every database.
    private let configured: SQLCodePage?
    /// Numbers by database.
    private var numbers: [String: Int] = [:]

    /// Nothing is known but what the configuration says.
    package init(_ configured: SQLCodePage? = nil) { self.configured = configured }

    /// The statement that asks for the number.
    static let question = SQLRequest(
        text: """
            SELECT CONVERT(int, COLLATIONPROPERTY(CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')), \
            'CodePage'));
            """)

    /// The number of a database's code page; nil when it must be asked for.
    func number(of database: String) -> Int? { configured?.number ?? numbers[database] }

    /// What the server said.
    mutating func note(_ number: Int, of database: String) { numbers[database] = number }

    /// Refuses texts that a code page does not hold, in characters or in length.
    static func check(_ texts: [SQLTypedValue], in number: Int) throws(SQLServerError) {
        guard let codePage = SQLCodePage(number: number) else {
            throw SQLServerError(
                .encoding,
                "a text with characters beyond ASCII cannot be declared as \(texts.first?.type.name ?? "varchar"): this "
                    + "library does not know code page \(number), that of the database; declare it as nvarchar")
        }
        for text in texts { _ = try text.converted(to: text.type, codePage: codePage) }
    }
}

extension SQLEngineConnection {
    /// Sends a request, inside a visit, when the database's code page has the characters of all its texts.
    ///
    /// - Throws: `encoding` with nothing sent; what ``start(_:)`` throws.
    package func send(_ request: SQLRequest) throws(SQLServerError) {
        if !request.narrowTexts.isEmpty {
            do throws(SQLServerError) {
                try DatabaseCodePages.check(request.narrowTexts, in: codePageNumber())
            } catch {
                throw error.during(query: request.text)
            }
        }
        try start(request)
    }

    /// The number of the current database's code page, asked for once.
    private func codePageNumber() throws(SQLServerError) -> Int {
        if let known = codePages.number(of: database) { return known }
        try start(DatabaseCodePages.question)
        var number: Int?
        while true {
            switch try next() {
            case .rows(let rows) where rows.columns.first?.type == .int:
                number = try rows[row: 0].decode(Int?.self, at: 0)
            case .end:
                if messages.contains(where: \.isError) { throw SQLServerError.server(messages) }
                guard let number else {
                    throw SQLServerError(
                        .encoding,
                        "the server does not tell the code page of the database, so that characters beyond ASCII cannot "
                            + "be checked: set codePage in the configuration, or declare the text as nvarchar")
                }
                codePages.note(number, of: database)
                return number
            default: continue
            }
        }
    }
}
