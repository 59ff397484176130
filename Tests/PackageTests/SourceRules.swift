/// The rules of style that a plain reading of the text can decide.
enum SourceRules {
    static let longestFile = 450

    private static let words = [
        "TODO", "FIXME", "XXX", "@testable", "@_spi", "open class", "open func", "open var", "open subscript", "try!",
        "try?", "fatalError",
    ]

    /// The sentences that say which rule a file breaks, and where; empty when it breaks none.
    static func violations(in file: SourceFile) -> [String] {
        // Most files hold none of the words, and need no closer reading.
        guard words.contains(where: file.text.contains) else { return tooLong(file) }
        let source = SourceText(file.text)
        let code = SourceFile.lines(of: source.code)
        let comments = SourceFile.lines(of: source.comments)
        return tooLong(file) + unfinished(file, comments) + access(file, code)
            + (file.isTest ? [] : swallowed(file, code, comments))
    }

    private static func tooLong(_ file: SourceFile) -> [String] {
        let count =
            file.text.split(separator: "\n", omittingEmptySubsequences: false).count
            - (file.text.hasSuffix("\n") ? 1 : 0)
        return count > longestFile ? ["\(file.path): \(count) lines; split it at \(longestFile)"] : []
    }

    private typealias Lines = [(number: Int, text: String)]

    private static func unfinished(_ file: SourceFile, _ comments: Lines) -> [String] {
        comments.filter { $0.text.contains(#/\b(TODO|FIXME|XXX)\b/#) }.map {
            "\(file.path):\($0.number): finish it, or write down a limit; no note to do it later"
        }
    }

    private static func access(_ file: SourceFile, _ code: Lines) -> [String] {
        code.flatMap { line -> [String] in
            // The brackets keep these very lines from breaking the rule.
            var found: [String] = []
            if line.text.contains(#/[@]testable\b/#) { found.append("no @testable: test through the door") }
            if line.text.contains(#/[@]_spi\b/#) { found.append("no @_spi: use package access") }
            if line.text.contains(#/\bopen\s+(?:class|func|var|subscript)\b/#) { found.append("no open declarations") }
            return found.map { "\(file.path):\(line.number): \($0)" }
        }
    }

    /// Failures that are thrown away or end the process, in the code of the library.
    private static func swallowed(_ file: SourceFile, _ code: Lines, _ comments: Lines) -> [String] {
        code.enumerated().flatMap { index, line -> [String] in
            var found: [String] = []
            if line.text.contains(#/\btry!/#) { found.append("no try!: throw the error") }
            if line.text.contains(#/\bfatalError\s*\(/#) { found.append("no fatalError: throw an error") }
            if line.text.contains(#/\btry\?/#) {
                // Dropping an error is a decision: the comment beside or above it says why.
                let isExplained = comments[max(0, index - 1)...index].contains { $0.text.contains(#/\w/#) }
                if !isExplained { found.append("no bare try?: handle the error, or say why it may be dropped") }
            }
            return found.map { "\(file.path):\(line.number): \($0)" }
        }
    }
}
