/// One condition of a filter as a caller of an API wrote it: nothing about it is checked yet.
///
/// ```swift
/// let term = SQLFilterTerm("total[ge]", "100")    // from total[ge]=100
/// ```
public struct SQLFilterTerm: Sendable, Hashable {
    /// The name of the column.
    public let column: String
    /// The name of the operator.
    public let `operator`: String
    /// The value in text form.
    public let value: String

    /// A condition from its parts.
    ///
    /// ```swift
    /// SQLFilterTerm(column: "total", operator: "ge", value: "100")
    /// ```
    public init(column: String, operator: String, value: String) {
        self.column = column
        self.operator = `operator`
        self.value = value
    }

    /// A condition from an item of a query string: `name=value` asks for equality, `name[operator]=value` for more.
    ///
    /// ```swift
    /// let terms = components.queryItems?.map { SQLFilterTerm($0.name, $0.value ?? "") } ?? []
    /// ```
    public init(_ name: String, _ value: String) {
        self.value = value
        guard name.last == "]", let bracket = name.firstIndex(of: "[") else {
            (column, `operator`) = (name, SQLFilterOperator.eq.rawValue)
            return
        }
        column = String(name[..<bracket])
        `operator` = String(name[name.index(after: bracket)...].dropLast())
    }

    /// The items of a query string, decoded as forms encode them: `%xx`, and `+` for a blank.
    ///
    /// ```swift
    /// let terms = try SQLFilterTerm.terms(ofQuery: "name=O%27Neil&age[ge]=18")
    /// ```
    ///
    /// - Parameter query: What stands behind the `?` of a URL.
    /// - Returns: One term for each item, in order.
    /// - Throws: `invalidRequest` when a `%` lacks its two digits, or the bytes are not UTF-8.
    public static func terms(ofQuery query: String) throws(SQLServerError) -> [SQLFilterTerm] {
        var terms: [SQLFilterTerm] = []
        for item in query.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            var decoded: [String] = []
            for part in parts {
                let plain = String(Substring(part)).replacing("+", with: " ")
                guard let text = PercentDecoding.decode(plain) else {
                    throw SQLServerError(
                        .invalidRequest, "the query string is damaged: each % needs two hexadecimal digits, and UTF-8")
                }
                decoded.append(text)
            }
            terms.append(SQLFilterTerm(decoded[0], decoded.count > 1 ? decoded[1] : ""))
        }
        return terms
    }
}

/// Text of a caller as a message shows it: short, in quotes, without control characters.
func quoted(_ text: String) -> String {
    let short = text.unicodeScalars.prefix(64)
    let shown = short.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : String($0) }.joined()
    return "'\(shown)\(text.unicodeScalars.count > 64 ? "…" : "")'"
}
