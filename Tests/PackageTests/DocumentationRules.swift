/// The rule that whoever uses the library is shown how: every public type, function, initialiser and subscript has an
/// example of its own, a block fenced as swift, in its documentation comment.
///
/// Three kinds of declarations need none:
/// - a property, a case or a type alias: the example of its type is the place to show it;
/// - the requirement of a protocol: the protocol has one;
/// - a member that a protocol asks for, if its name is among ``witnesses``: nobody calls it by that name, or the
///   protocol shows it.
///
/// A plain reading of the text decides: declarations say `public` themselves, so a `public extension`, whose members do
/// not, is refused. Whether the examples compile is not checked here.
enum DocumentationRules {
    /// The targets that the product SQLServer shows to its users.
    static let targets: Set<String> = ["SQLServer", "SQLServerCore", "SQLValues", "Telemetry"]

    /// How the declarations begin that only meet a requirement: of Swift's protocols for values, coding, literals,
    /// collections and sequences, and of SQLEncodable, SQLDecodable, SQLExecutor, SQLBulkCopying (whose members beside
    /// its requirement are generic, `bulkCopy<`) and SQLCursorSigner.
    static let witnesses = [
        "func ==(", "func <(", "func hash(into", "init(from decoder", "func encode(to encoder",
        "init(integerLiteral", "init(stringLiteral", "init(stringInterpolation", "init(literalCapacity",
        "func appendLiteral(", "func makeIterator(", "func makeAsyncIterator(", "func next(", "struct AsyncIterator",
        "func encode() throws(SQLServerError)", "func decode(_ cell: SQLCell)", "func decodeIfPresent(_ cell: SQLCell)",
        "func results(of query: SQLQuery, options: SQLCallOptions)",
        "func bulkCopy(", "func authenticationCode(for", "func isAuthentic(",
    ]

    /// The sentences that say which declarations lack an example, and where; empty when none does.
    static func violations(in file: SourceFile) -> [String] {
        guard targets.contains(file.target), file.path.hasPrefix("Sources/") else { return [] }
        // A reading that takes text in strings for code finds too much, never too little: most files need no other.
        let written = SourceFile.lines(of: file.text)
        if violations(in: file, written, code: written).isEmpty { return [] }
        return violations(in: file, written, code: SourceFile.lines(of: SourceText(file.text).code))
    }

    private typealias Lines = [(number: Int, text: String)]

    private static func violations(in file: SourceFile, _ lines: Lines, code: Lines) -> [String] {
        var found: [String] = []
        var comment: [Substring] = []
        for (line, code) in zip(lines, code) {
            let written = line.text.drop(while: \.isWhitespace)
            if written.hasPrefix("///") {
                comment.append(written)
                continue
            }
            // An attribute may stand between the comment and the declaration.
            if written.hasPrefix("@"), !written.contains(#/\bpublic\s/#) { continue }
            if let violation = violation(of: code.text, comment) {
                found.append("\(file.path):\(line.number): \(violation)")
            }
            comment = []
        }
        return found
    }

    private static func violation(of line: String, _ comment: [Substring]) -> String? {
        guard let start = line.firstRange(of: #/\bpublic\s+/#)?.upperBound else { return nil }
        if line[start...].hasPrefix("extension") { return "no public extension: say public at each member" }
        let kinds = #/\b(?:struct|class|enum|protocol|actor|func|init|subscript)\b/#
        let others = #/^(?:import|var|let|typealias)\b|^[^=:{]*?\b(?:var|let)\b/#
        guard !line[start...].contains(others), let kind = line[start...].firstRange(of: kinds) else { return nil }
        // Operators are read without the blank behind them, as the list writes them.
        let declaration = line[kind.lowerBound...].replacing(" (", with: "(")
        if witnesses.contains(where: declaration.hasPrefix) || hasExample(comment) { return nil }
        let name = declaration.prefix { !"{=".contains($0) }.prefix(60).split(separator: " ").joined(separator: " ")
        return "\(name): give its documentation comment an example, a block fenced as swift"
    }

    /// Whether a documentation comment has a block fenced as swift that is not empty and is closed.
    private static func hasExample(_ comment: [Substring]) -> Bool {
        let lines = comment.map { $0.dropFirst(3).drop(while: \.isWhitespace) }
        guard let start = lines.firstIndex(of: "```swift") else { return false }
        let block = lines[(start + 1)...].prefix { $0 != "```" }
        return block.endIndex < lines.endIndex && block.contains { !$0.isEmpty }
    }
}
