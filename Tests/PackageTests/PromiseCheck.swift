/// Checks the tables of promises in a page: every row names tests, and every test that is named exists.
struct PromiseCheck {
    /// The names of the test functions of each suite, by the name of its file.
    private let tests: [String: Set<String>]

    init(files: [SourceFile]) {
        var tests: [String: Set<String>] = [:]
        for file in files where file.isTest {
            let name = file.path.split(separator: "/").last?.dropLast(".swift".count) ?? ""
            let functions = file.text.matches(of: #/@Test\b[^{]*?\bfunc (\w+)\(/#).map { String($0.output.1) }
            tests[String(name), default: []].formUnion(functions)
        }
        self.tests = tests
    }

    /// The rows of the tables whose last column is headed "held by": the promise, and the tests as written.
    static func promises(in page: String) -> [(promise: String, tests: [String])] {
        var (rows, isTable): ([(String, [String])], Bool) = ([], false)
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                isTable = false
                continue
            }
            if line.hasSuffix("| held by |") {
                isTable = true
            } else if isTable, !line.hasPrefix("|---") {
                let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
                let names = (cells.last ?? "").matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
                rows.append((String(cells.first ?? ""), names))
            }
        }
        return rows
    }

    /// The sentences that say which rows name no test, or one that does not exist.
    func violations(in page: String) -> [String] {
        Self.promises(in: page).flatMap { row in
            row.tests.isEmpty
                ? ["no test holds the promise: \(row.promise)"]
                : row.tests.filter { !exists($0) }.map { "there is no test \($0), which is to hold: \(row.promise)" }
        }
    }

    private func exists(_ name: String) -> Bool {
        let parts = name.split(separator: ".").map(String.init)
        return parts.count == 2 && tests[parts[0]]?.contains(parts[1]) == true
    }
}
