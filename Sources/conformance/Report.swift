import CommandLineTools

/// What a run of cases came to, for people and for programs.
struct Report {
    private var results: [CaseResult] = []
    private var shapes: [String: Set<String>] = [:]
    private var demanding = 0

    /// Adds a result; the text tells people of it, empty when there is nothing to tell.
    mutating func add(_ result: CaseResult) -> String {
        results.append(result)
        if shapes[result.case.chapter, default: []].insert(CaseShape.of(result.case)).inserted,
            result.case.isDemanding
        {
            demanding += 1
        }
        switch result.outcome {
        case .passed: return ""
        case .skipped(let reason): return "SKIP \(result.case.place) \(result.case.title): \(reason)\n"
        case .failed(let differences):
            var text = "FAIL \(result.case.place) \(result.case.title)\n"
            for difference in differences.prefix(8) {
                text +=
                    "  line \(difference.line)\n    expected  \(difference.expected)\n    came      \(difference.came)\n"
            }
            if differences.count > 8 { text += "  and \(differences.count - 8) more differences\n" }
            return text
        }
    }

    private func count(_ isCounted: (CaseResult.Outcome) -> Bool, in chapter: String? = nil) -> Int {
        results.count { isCounted($0.outcome) && (chapter == nil || $0.case.chapter == chapter) }
    }

    private static func isPassed(_ outcome: CaseResult.Outcome) -> Bool { outcome == .passed }
    private static func isSkipped(_ outcome: CaseResult.Outcome) -> Bool {
        if case .skipped = outcome { true } else { false }
    }
    private static func isFailed(_ outcome: CaseResult.Outcome) -> Bool {
        if case .failed = outcome { true } else { false }
    }

    /// Whether nothing failed.
    var isGreen: Bool { !results.isEmpty && count(Self.isFailed) == 0 }

    /// How many were not run.
    var skipped: Int { count(Self.isSkipped) }

    /// Cases per chapter, and the last line: `N passed, N failed, N skipped`.
    var summary: String {
        var text = "\n"
        let width = shapes.keys.map(\.count).max() ?? 0
        for chapter in shapes.keys.sorted() {
            let name = chapter + String(repeating: " ", count: width - chapter.count)
            let passed = count(Self.isPassed, in: chapter)
            let all = count({ _ in true }, in: chapter)
            text += "\(name)  \(shapes[chapter]?.count ?? 0) cases of their own shape, \(passed) of \(all) passed\n"
        }
        let distinct = shapes.values.reduce(0) { $0 + $1.count }
        let share = distinct == 0 ? 0 : demanding * 100 / distinct
        text += "\(distinct) cases of their own shape; \(share) % expect an error or several results\n"
        return text + "\(count(Self.isPassed)) passed, \(count(Self.isFailed)) failed, \(skipped) skipped\n"
    }

    /// The stable form, schema `mssql.conformance/1`.
    func json(server: String) -> String {
        let cases = results.map { result -> JSONValue in
            var members: [(name: String, value: JSONValue)] = [
                ("place", .string(result.case.place)), ("chapter", .string(result.case.chapter)),
                ("title", .string(result.case.title)), ("source", .string(result.case.source)),
            ]
            switch result.outcome {
            case .passed: members.append(("outcome", .string("passed")))
            case .skipped(let reason):
                members += [("outcome", .string("skipped")), ("reason", .string(reason))]
            case .failed(let differences):
                let list = differences.map { difference in
                    JSONValue.object([
                        ("line", .number(String(difference.line))), ("expected", .string(difference.expected)),
                        ("came", .string(difference.came)),
                    ])
                }
                members += [("outcome", .string("failed")), ("differences", .array(list))]
            }
            return .object(members)
        }
        let report = JSONValue.object([
            ("schema", .string("mssql.conformance/1")), ("server", .string(server)), ("cases", .array(cases)),
            ("passed", .number(String(count(Self.isPassed)))), ("failed", .number(String(count(Self.isFailed)))),
            ("skipped", .number(String(skipped))),
        ])
        return report.text(pretty: true) + "\n"
    }
}
