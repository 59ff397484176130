import SQLValues

/// SQL text with its parameters, written as one string literal.
///
/// Values that are interpolated become parameters and never text, so a value cannot change the statement:
///
/// ```swift
/// let query: SQLQuery = "SELECT Name FROM dbo.Users WHERE Email = \(email) AND Age > \(18)"
/// // SELECT Name FROM dbo.Users WHERE Email = @p1 AND Age > @p2
/// ```
///
/// The literal parts must be literals of the program: a `String` made at run time is not a query. Besides values, a
/// literal takes
/// - a value with its SQL type: `\(code, as: .varChar(10))`,
/// - a list: `WHERE Id IN (\(ids))`,
/// - a name that is known only at run time: `\(identifier: schema, table)`,
/// - another query as a fragment: `WHERE \(filter)`,
/// - trusted text, such as a script from a file: `\(unsafe: text)`.
public struct SQLQuery: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
        case text(String)
        case parameter(SQLTypedValue)
        case list(SQLValueList)
    }

    var segments: [Segment] = []
    /// Parameters that the text names itself.
    var namedParameters: [SQLParameter] = []
    var failure: String?

    init() {}

    /// A query from trusted text, without parameters.
    ///
    /// ```swift
    /// let script = SQLQuery(unsafe: try String(contentsOfFile: "cleanup.sql", encoding: .utf8))
    /// ```
    ///
    /// Never give it text from outside the program.
    public init(unsafe text: String) {
        segments = [.text(text)]
    }

    /// The SQL text with parameter names in the places of the values.
    ///
    /// ```swift
    /// let query: SQLQuery = "SELECT \(1) + \(2)"
    /// print(query.text)    // SELECT @p1 + @p2
    /// ```
    public var text: String { text(listShapes) }
}

extension SQLQuery {
    /// The most parameters that a statement can have: 2,100, of which `sp_executesql` takes two for itself.
    ///
    /// Source: "Maximum capacity specifications for SQL Server".
    package static let maximumParameters = 2_098

    /// The text and the parameters as they are sent, named `@p1`, `@p2` and so on.
    ///
    /// - Throws: `encoding` when an interpolated value or name cannot be sent; nothing was sent then.
    package func rendered() throws(SQLServerError) -> SQLRequest {
        let shapes = listShapes
        let text = text(shapes)
        if let failure { throw SQLServerError(.encoding, failure, query: text) }
        guard hasListsInPlaceOnly else {
            throw SQLServerError(.encoding, "a list of values belongs alone in the parentheses of IN (…)", query: text)
        }
        let parameters = parameters(shapes) + namedParameters
        guard parameters.count <= Self.maximumParameters else {
            throw SQLServerError(
                .encoding,
                "the statement has \(parameters.count) parameters; \(Self.maximumParameters) is the most that SQL Server "
                    + "takes: send the values as a list in IN (…), or in several statements", query: text)
        }
        let request = SQLRequest(text: text, parameters: parameters)
        let listed = listedTexts(shapes)
        guard !listed.isEmpty else { return request }
        return SQLRequest(
            request.kind, text: text, parameters: parameters, narrowTexts: request.narrowTexts + listed)
    }

    /// The form of each list: as parameters while the statement has room for them, else as JSON, the longest first.
    private var listShapes: [SQLValueList.Shape] {
        var shapes: [SQLValueList.Shape] = []
        var count = namedParameters.count
        for segment in segments {
            switch segment {
            case .text: break
            case .parameter: count += 1
            case .list(let list):
                shapes.append(list.shape)
                count += list.shape.parameterCount
            }
        }
        while count > Self.maximumParameters {
            let counts = shapes.map(\.parameterCount)
            guard let most = counts.max(), most > 1, let longest = counts.firstIndex(of: most) else { break }
            count -= most - 1
            shapes[longest] = .json
        }
        return shapes
    }

    private func text(_ shapes: [SQLValueList.Shape]) -> String {
        var text = ""
        var count = 0
        var shapes = shapes.makeIterator()
        for segment in segments {
            switch segment {
            case .text(let part): text += part
            case .parameter:
                count += 1
                text += "@p\(count)"
            case .list(let list):
                let shape = shapes.next() ?? .json
                text += list.text(shape, firstParameter: count + 1)
                count += shape.parameterCount
            }
        }
        return text
    }

    /// Texts in the JSON of lists that the server will convert to the code page of the database.
    private func listedTexts(_ shapes: [SQLValueList.Shape]) -> [SQLTypedValue] {
        var texts: [SQLTypedValue] = []
        var shapes = shapes.makeIterator()
        for case .list(let list) in segments where shapes.next() == .json {
            texts += list.values.lazy.map { SQLTypedValue($0, as: list.type) }.filter(\.needsCodePage)
        }
        return texts
    }

    private func parameters(_ shapes: [SQLValueList.Shape]) -> [SQLParameter] {
        var values: [SQLTypedValue] = []
        var shapes = shapes.makeIterator()
        for segment in segments {
            switch segment {
            case .text: break
            case .parameter(let value): values.append(value)
            case .list(let list): values += list.parameters(shapes.next() ?? .json)
            }
        }
        return values.enumerated().map { SQLParameter(name: "@p\($0 + 1)", value: $1.value, type: $1.type) }
    }

    /// Whether every list stands between `IN (` and `)`, where both of its forms mean the same.
    private var hasListsInPlaceOnly: Bool {
        segments.indices.allSatisfy { index in
            guard case .list = segments[index] else { return true }
            let before = Self.joinedText(segments[..<index].reversed().prefix(while: \.isText).reversed())
            let after = Self.joinedText(segments[(index + 1)...].prefix(while: \.isText))
            return Self.endsInOpening(before) && after.first { !Self.isBlank($0) } == UInt8(ascii: ")")
        }
    }

    private static func joinedText(_ segments: some Sequence<Segment>) -> [UInt8] {
        segments.flatMap { segment -> [UInt8] in
            guard case .text(let text) = segment else { return [] }
            return Array(text.utf8)
        }
    }

    /// Whether a text ends in `IN (`, with blanks anywhere but in the word.
    private static func endsInOpening(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        func trim() { while let last = rest.last, isBlank(last) { rest.removeLast() } }
        trim()
        guard rest.popLast() == UInt8(ascii: "(") else { return false }
        trim()
        guard rest.suffix(2).map({ $0 | 0x20 }).elementsEqual("in".utf8) else { return false }
        // A longer word would be a function of that name.
        return rest.dropLast(2).last.map { !isPartOfName($0) } ?? true
    }

    /// Whether a byte belongs to a regular identifier: a letter, a digit, `_`, `@`, `#`, `$`, or beyond ASCII.
    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: "_@#$".utf8.contains(byte)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension SQLQuery.Segment {
    var isText: Bool {
        if case .text = self { return true }
        return false
    }
}

extension SQLQuery: CustomStringConvertible, CustomReflectable {
    /// The SQL text; the values of parameters are not shown.
    public var description: String { text }

    /// No children, so that `dump` shows no value either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
