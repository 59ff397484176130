import Foundation

/// Holds the README's Swift examples and the compiled file side by side.
///
/// The compiled file marks each example with a `// README` line before and after it. An example's import lines are
/// compared with the imports of that file; the rest must be one marked region, letter by letter, but for indentation.
enum ReadmeExamples {
    static let marker = "// README"

    /// The sentences that say which example is not compiled as printed; empty when all are.
    static func violations(readme: String, compiled: String, page: String = "README.md") -> [String] {
        let regions = regions(in: compiled)
        let imports = Set(ArchitectureCheck.imports(in: SourceFile(path: "", text: compiled)).map(\.module))
        return blocks(in: readme).flatMap { block -> [String] in
            let isImport = { (line: String) in line.hasPrefix("import ") }
            let code = trimmed(block.lines.filter { !isImport($0) })
            var found = block.lines.filter(isImport).map { String($0.dropFirst("import ".count)) }
                .filter { !imports.contains($0) }
                .map { "\(page):\(block.line): the compiled examples do not import \($0)" }
            if !code.isEmpty, !regions.contains(code) {
                found.append(
                    "\(page):\(block.line): this example is not between \(marker) markers of the compiled file")
            }
            return found
        }
    }

    /// The fenced Swift blocks of a Markdown text, without common indentation.
    static func blocks(in readme: String) -> [(line: Int, lines: [String])] {
        var blocks: [(line: Int, lines: [String])] = []
        var open: (line: Int, lines: [String])?
        for (index, line) in readme.components(separatedBy: "\n").enumerated() {
            let fence = line.trimmingCharacters(in: .whitespaces)
            if let block = open {
                if fence == "```" {
                    blocks.append((block.line, unindented(block.lines)))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if fence == "```swift" || fence.hasPrefix("```swift ") {
                open = (index + 1, [])
            }
        }
        return blocks + (open.map { [($0.line, unindented($0.lines))] } ?? [])
    }

    /// The marked regions of the compiled file, without common indentation and outer blank lines.
    static func regions(in compiled: String) -> [[String]] {
        let parts = compiled.components(separatedBy: "\n").split(omittingEmptySubsequences: false) {
            $0.trimmingCharacters(in: .whitespaces) == marker
        }
        return parts.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { trimmed(unindented(Array($0.element))) }
    }

    private static func unindented(_ lines: [String]) -> [String] {
        let indentation = lines.filter { !isBlank($0) }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { isBlank($0) ? "" : String($0.dropFirst(indentation)) }
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        Array(lines.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
}
