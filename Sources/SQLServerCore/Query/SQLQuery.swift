public import SQLValues

/// SQL text with its parameters, written as one string literal.
///
/// Values that are interpolated become parameters and never text, so a value cannot change the statement:
///
/// ```swift
/// let query: SQLQuery = "SELECT Name FROM dbo.Users WHERE Email = \(email) AND Age > \(18)"
/// // SELECT Name FROM dbo.Users WHERE Email = @p1 AND Age > @p2
/// ```
///
/// The literal parts must be literals of the program: a `String` made at run time is not a query. Names that are known
/// only at run time go through `\(identifier: name)`, which quotes them, and trusted text, such as a script from a
/// file, through `\(unsafe: text)`.
public struct SQLQuery: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
        case text(String)
        case parameter(SQLTypedValue)
    }

    var segments: [Segment] = []
    /// Parameters that the text names itself.
    var namedParameters: [SQLParameter] = []
    var failure: String?

    /// A query from trusted text, without parameters.
    ///
    /// Never give it text from outside the program.
    public init(unsafe text: String) {
        segments = [.text(text)]
    }

    /// The text and the parameters as they are sent, named `@p1`, `@p2` and so on.
    ///
    /// - Throws: `encoding` when an interpolated value or name cannot be sent; nothing was sent then.
    package func rendered() throws(SQLServerError) -> SQLRequest {
        if let failure { throw SQLServerError(.encoding, failure, query: text) }
        var parameters: [SQLParameter] = []
        for case .parameter(let value) in segments {
            parameters.append(SQLParameter(name: "@p\(parameters.count + 1)", value: value.value, type: value.type))
        }
        return SQLRequest(text: text, parameters: parameters + namedParameters)
    }

    /// The SQL text with parameter names in the places of the values.
    public var text: String {
        var text = ""
        var count = 0
        for segment in segments {
            switch segment {
            case .text(let part): text += part
            case .parameter:
                count += 1
                text += "@p\(count)"
            }
        }
        return text
    }
}

extension SQLQuery: CustomStringConvertible, CustomReflectable {
    /// The SQL text; the values of parameters are not shown.
    public var description: String { text }

    /// No children, so that `dump` shows no value either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension SQLQuery: ExpressibleByStringInterpolation {
    /// A query without parameters.
    public init(stringLiteral value: StaticString) {
        segments = [.text("\(value)")]
    }

    /// A query with interpolated parameters.
    public init(stringInterpolation: StringInterpolation) {
        segments = stringInterpolation.segments
        failure = stringInterpolation.failure
    }

    /// Collects the parts of a query literal.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        /// Literal parts are static, so that text made at run time cannot become SQL.
        public typealias StringLiteralType = StaticString

        var segments: [Segment] = []
        var failure: String?

        /// Prepares for a literal; called by the compiler.
        public init(literalCapacity: Int, interpolationCount: Int) {
            segments.reserveCapacity(2 * interpolationCount + 1)
        }

        /// Adds a literal part; called by the compiler.
        public mutating func appendLiteral(_ literal: StaticString) {
            segments.append(.text("\(literal)"))
        }

        /// A value as a parameter, declared with the type that belongs to its Swift type.
        public mutating func appendInterpolation(_ value: some SQLEncodable) {
            append { () throws(SQLServerError) in try value.encode() }
        }

        /// A value as a parameter, or NULL of its type.
        ///
        /// Beside the form for any value only because the compiler warns of an optional in a text without it.
        public mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            append { () throws(SQLServerError) in try value.encode() }
        }

        /// A value as a parameter of a given SQL type, such as `\(code, as: .varChar(10))`.
        ///
        /// A value that the type cannot hold exactly makes the query fail before anything is sent.
        public mutating func appendInterpolation(_ value: some SQLEncodable, as type: SQLType) {
            append { () throws(SQLServerError) in try value.encode().converted(to: type) }
        }

        /// A value as a parameter of a given SQL type, or NULL of that type.
        public mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?, as type: SQLType) {
            append { () throws(SQLServerError) in try value.encode().converted(to: type) }
        }

        /// A name in brackets: `\(identifier: "Order Details")` becomes `[Order Details]`.
        ///
        /// One part of a name: a schema and a table are two identifiers with a point between them.
        public mutating func appendInterpolation(identifier name: String) {
            guard !name.isEmpty, name.utf16.count <= 128, !name.utf8.contains(0) else {
                fail("an identifier has 1 to 128 characters and no NUL; this one has \(name.utf16.count)")
                return
            }
            // By scalars: as a Character a bracket with a combining mark is no bracket, but to the server it is one.
            var quoted = "[".unicodeScalars
            for scalar in name.unicodeScalars {
                quoted.append(scalar)
                if scalar == "]" { quoted.append(scalar) }
            }
            quoted.append("]")
            segments.append(.text(String(quoted)))
        }

        /// Text that becomes part of the statement as it is.
        ///
        /// Never use it for input from outside the program.
        public mutating func appendInterpolation(unsafe text: String) {
            segments.append(.text(text))
        }

        /// Another query as a part of this one, with its parameters.
        public mutating func appendInterpolation(_ fragment: SQLQuery) {
            segments += fragment.segments
            if !fragment.namedParameters.isEmpty {
                fail("a query whose text names its parameters cannot be a part of another query")
            }
            if let failure = fragment.failure { fail(failure) }
        }

        private mutating func append(_ make: () throws(SQLServerError) -> SQLTypedValue) {
            do {
                segments.append(.parameter(try make()))
            } catch {
                segments.append(.parameter(SQLTypedValue(.null, as: .int)))
                fail(error.message)
            }
        }

        private mutating func fail(_ reason: String) {
            if failure == nil { failure = reason }
        }
    }
}
