import Foundation
import Testing
import TransactSQL

@Suite struct ScriptTests {
    /// The per-file report is printed for `swift test --verbose`; only the share is required.
    @Test(.enabled(if: SharedData.url("scripts") != nil, Comment(rawValue: SharedData.skipReason)))
    func nineInTenBatchesOfRealScriptsAreParsedAndWrittenBack() throws {
        let reports = ScriptReport.all(below: try #require(SharedData.url("scripts")).resolvingSymlinksInPath())
        for report in reports where report.parsed + report.refused > 0 {
            print("\(report.name): \(report.parsed) parsed, \(report.refused) refused")
        }
        let real = reports.filter { !$0.isTestInput }
        let parsed = real.reduce(0) { $0 + $1.parsed }
        let refused = real.reduce(0) { $0 + $1.refused }
        print("real-world batches: \(parsed) parsed, \(refused) refused")
        #expect(parsed + refused > 2_500)
        #expect(parsed * 10 >= (parsed + refused) * 9, "\(parsed) of \(parsed + refused)")
        let differences = reports.flatMap(\.differences)
        #expect(differences.isEmpty, "\(differences.prefix(20))")
    }

    @Test func everyBatchOfTheConformanceCasesIsWrittenBack() throws {
        let batches = try ProjectScripts.batches()
        #expect(batches.count > 500)
        var parsed = 0
        for batch in batches {
            switch PrintBack.check(batch) {
            case .same: parsed += 1
            case .different(let what): Issue.record("\(what)")
            // Cases of errors and refusals.
            case .refused, .invalid: break
            }
        }
        #expect(parsed * 10 >= batches.count * 8, "\(parsed) of \(batches.count)")
    }
}

/// The T-SQL that the project itself holds: its conformance cases and samples.
enum ProjectScripts {
    static func batches() throws -> [String] {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        var batches: [String] = []
        for folder in ["conformance", "samples"] {
            let url = root.appendingPathComponent("sql/\(folder)").resolvingSymlinksInPath()
            let files = try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
            for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "sql" {
                let text = try String(contentsOf: file, encoding: .utf8)
                batches += folder == "samples" ? try ScriptSplitter.split(text).map(\.text) : cases(text)
            }
        }
        return batches
    }

    /// The batches of a conformance file, which end where its marks stand.
    private static func cases(_ text: String) -> [String] {
        let ends = ["-- case:", "-- expect", "-- setup", "-- sent", "-- session"]
        var batches: [String] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if ends.contains(where: line.hasPrefix) {
                batches.append(lines.joined(separator: "\n"))
                lines = []
            } else if !line.hasPrefix("-- ") {
                lines.append(line)
            }
        }
        batches.append(lines.joined(separator: "\n"))
        return batches.filter { batch in batch.contains { !$0.isWhitespace } }
    }
}
