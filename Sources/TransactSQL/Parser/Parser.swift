/// A recursive descent parser for one batch of T-SQL.
///
/// It reads the first error of a batch in SQL Server's words. What it knows by its keywords but has no tree for becomes
/// an ``UnsupportedStatement``. Nesting is bounded (Msg 191), so that no text overflows the stack.
package struct Parser {
    /// How deep expressions, queries and blocks may nest.
    static let maximumDepth = 170
    /// How many operators may chain on one level (`a + b + c …`), each of which makes the tree one higher.
    static let maximumHeight = 1_000

    let source: [UInt8]
    private(set) var tokens: [Token]
    /// Whether `"text"` is a name in what is read now.
    private var quotedIdentifier: Bool
    var position = 0
    /// The end of the last token taken.
    var previousEnd = 0
    private(set) var depth = 0
    /// The view or module whose definition is being read, for messages.
    var moduleName = ""
    /// Whether the query of a cursor is being read.
    var isInCursor = false
    /// Whether the elements of CREATE SCHEMA are being read.
    var isInSchema = false
    /// The run of opening parentheses that ``startsQuery`` looked at last.
    var parentheses = 0..<0
    /// The height of the highest chain of operators among the operands read since it was last set.
    var height = 0

    private init(_ text: String, quotedIdentifier: Bool) {
        source = Array(text.utf8)
        tokens = Lexer.tokens(of: source, quotedIdentifier: quotedIdentifier)
        self.quotedIdentifier = quotedIdentifier
    }

    /// Reads the rest of a batch under another QUOTED_IDENTIFIER, which takes effect where a batch is parsed.
    ///
    /// A definition is read under the setting with which it began ("SET QUOTED_IDENTIFIER (Transact-SQL)").
    mutating func read(quotedIdentifier isOn: Bool) {
        guard isOn != quotedIdentifier, moduleName.isEmpty else { return }
        quotedIdentifier = isOn
        let rest = current
        tokens.removeSubrange(position...)
        tokens += Lexer.tokens(of: source, quotedIdentifier: isOn, from: rest.start, line: rest.line)
    }

    /// The statements of one batch.
    ///
    /// - Parameters:
    ///   - batch: The text, without GO.
    ///   - quotedIdentifier: Whether `"text"` is a name (SET QUOTED_IDENTIFIER ON) or a string.
    /// - Returns: The statements in order; none for white space and comments.
    /// - Throws: ``SyntaxError`` for the first error.
    package static func parse(
        batch: String, quotedIdentifier: Bool = true
    ) throws(SyntaxError) -> [Statement] {
        var parser = Parser(batch, quotedIdentifier: quotedIdentifier)
        do throws(Fault) {
            return try parser.batch()
        } catch {
            throw parser.syntaxError(of: error)
        }
    }

    /// The tokens of one batch as they are read, where SET QUOTED_IDENTIFIER changes what `"text"` is.
    ///
    /// - Parameters:
    ///   - batch: The text, without GO.
    ///   - quotedIdentifier: Whether `"text"` is a name where the batch begins.
    /// - Returns: All tokens; the last one is the end of the text.
    /// - Throws: ``SyntaxError`` for the first error.
    package static func tokens(
        ofBatch batch: String, quotedIdentifier: Bool = true
    ) throws(SyntaxError) -> [Token] {
        var parser = Parser(batch, quotedIdentifier: quotedIdentifier)
        do throws(Fault) {
            _ = try parser.batch()
            return parser.tokens
        } catch {
            throw parser.syntaxError(of: error)
        }
    }

    /// The parameters that sp_executesql declares: `@p1 nvarchar(4000), @p2 int OUTPUT`.
    ///
    /// - Parameter declarations: The second argument of sp_executesql; may be empty.
    /// - Returns: The parameters in order.
    /// - Throws: ``SyntaxError`` for the first error.
    package static func parse(
        parameters declarations: String
    ) throws(SyntaxError) -> [ParameterDeclaration] {
        var parser = Parser(declarations, quotedIdentifier: true)
        do throws(Fault) {
            guard !parser.at(.endOfText) else { return [] }
            let parameters = try parser.commaList { parser throws(Fault) in try parser.parameter() }
            guard parser.at(.endOfText) else { throw parser.unexpected() }
            return parameters
        } catch {
            throw parser.syntaxError(of: error)
        }
    }

    /// The name of an object in a text, as `EXECUTE @name` reads it.
    ///
    /// - Parameter name: Up to four parts, each with or without delimiters.
    /// - Returns: The name.
    /// - Throws: ``SyntaxError`` when the text is anything else.
    package static func parse(objectName name: String) throws(SyntaxError) -> MultipartName {
        var parser = Parser(name, quotedIdentifier: true)
        do throws(Fault) {
            let name = try parser.objectName()
            guard parser.at(.endOfText) else { throw parser.unexpected() }
            return name
        } catch {
            throw parser.syntaxError(of: error)
        }
    }

    private func syntaxError(of fault: Fault) -> SyntaxError {
        switch fault {
        case .syntax(let error): error
        case .unsupported(let construct, let range):
            // Statements turn this fault into a node; only a parameter list lets it through.
            SyntaxError(number: 102, message: "Incorrect syntax near '\(construct)'.", position: range.start)
        }
    }

    // MARK: - Tokens

    var current: Token { tokens[position] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    func at(_ kind: TokenKind) -> Bool { tokens[position].kind == kind }

    func at(_ word: Word) -> Bool { tokens[position].word == word }

    func at(_ first: Word, _ second: Word) -> Bool { at(first) && peek().word == second }

    func isAny(of words: Set<Word>) -> Bool { words.contains(current.word) }

    /// Whether the token is a name: not a reserved word, or delimited.
    func isName(_ token: Token) -> Bool {
        switch token.kind {
        case .name, .bracketedName, .quotedName: true
        default: false
        }
    }

    var atName: Bool { isName(current) }

    /// Takes the current token.
    @discardableResult
    mutating func advance() -> Token {
        let token = tokens[position]
        if token.kind != .endOfText {
            position += 1
            previousEnd = token.end
        }
        return token
    }

    mutating func accept(_ kind: TokenKind) -> Bool {
        guard at(kind) else { return false }
        advance()
        return true
    }

    mutating func accept(_ word: Word) -> Bool {
        guard at(word) else { return false }
        advance()
        return true
    }

    mutating func accept(_ first: Word, _ second: Word) -> Bool {
        guard at(first, second) else { return false }
        advance()
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ kind: TokenKind) throws(Fault) -> Token {
        guard at(kind) else { throw unexpected() }
        return advance()
    }

    @discardableResult
    mutating func expect(_ word: Word) throws(Fault) -> Token {
        guard at(word) else { throw unexpected() }
        return advance()
    }

    /// The range from a token to the last one taken.
    func range(from token: Token) -> SourceRange { range(from: token.position) }

    func range(from start: SourcePosition) -> SourceRange {
        SourceRange(start: start, end: max(start.offset, previousEnd))
    }

    func text(_ token: Token) -> String { TokenText.value(token, in: source) }

    func written(_ token: Token) -> String { TokenText.written(token, in: source) }

    /// A token in upper case, for lists of words.
    func upperText(_ token: Token) -> String {
        token.kind == .name || token.kind == .keyword ? written(token).uppercased() : written(token)
    }

    // MARK: - Bounds

    /// Goes deeper by one level, or by more for what takes more stack; pair with ``leave(_:)``.
    mutating func enter(_ levels: Int = 1) throws(Fault) {
        guard depth + levels <= Parser.maximumDepth else { throw nestedTooDeeply(current) }
        depth += levels
    }

    mutating func leave(_ levels: Int = 1) { depth -= levels }

    /// The height of a chain after one more operator.
    func higher(_ left: Int, _ right: Int, at token: Token) throws(Fault) -> Int {
        let result = max(left, right) + 1
        guard result <= Parser.maximumHeight else { throw nestedTooDeeply(token) }
        return result
    }

    // MARK: - Lists

    /// One or more items with commas between them.
    mutating func commaList<Item>(_ item: (inout Parser) throws(Fault) -> Item) throws(Fault) -> [Item] {
        var items = [try item(&self)]
        while accept(.comma) { items.append(try item(&self)) }
        return items
    }

    /// One or more items with commas between them, in parentheses.
    mutating func parenthesizedList<Item>(_ item: (inout Parser) throws(Fault) -> Item) throws(Fault) -> [Item] {
        try expect(.leftParenthesis)
        let items = try commaList(item)
        try expect(.rightParenthesis)
        return items
    }
}
