import EmbeddedSQLServer
import Foundation
import Testing

/// docs/embedded-server.md keeps its promises.
struct EmbeddedServerDocumentTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var name: String
        var statement: String

        var testDescription: String { name }
    }

    /// The rows of the table under a heading; the example is the code in the last column.
    static func examples(under heading: String) -> [Example] {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/embedded-server.md")
        guard let data = FileManager.default.contents(atPath: page.path) else { return [] }
        let sections = String(decoding: data, as: UTF8.self).components(separatedBy: "\n## ")
        let lines = sections.first { $0.hasPrefix(heading) }?.split(separator: "\n") ?? []
        return lines.compactMap { line -> Example? in
            let cells = line.components(separatedBy: " | ")
            guard line.hasPrefix("| "), cells.count == 2, cells[1].hasPrefix("`") else { return nil }
            let code = String(cells[1].dropFirst().prefix { $0 != "`" })
            return Example(name: String(cells[0].dropFirst(2)), statement: code.replacing("\\|", with: "|"))
        }
    }

    private func harness() throws -> SQLHarness {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime)")
        try harness.succeed("INSERT t VALUES (7, N'Ada', 1.5, '2024-01-01')")
        return harness
    }

    @Test func thePageHasItsTables() {
        #expect(Self.examples(under: "What it runs").count > 40)
        #expect(Self.examples(under: "What it refuses").count > 35)
    }

    @Test(arguments: examples(under: "What it runs"))
    func whatThePageSaysItRunsRuns(example: Example) throws {
        #expect(try harness().run(example.statement).errors == [])
    }

    @Test(arguments: examples(under: "What it refuses"))
    func whatThePageSaysItRefusesIsRefused(example: Example) throws {
        #expect(try harness().run(example.statement).errors == [40517])
    }
}
