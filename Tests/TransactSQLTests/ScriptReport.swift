import Foundation
import TransactSQL

/// How many batches of a script have a whole tree, and which do not survive printing.
struct ScriptReport {
    let name: String
    /// Batches whose statements all have a tree.
    var parsed = 0
    /// Batches with a statement without a tree, or with an error.
    var refused = 0
    /// What printing lost or changed, for each batch where it did.
    var differences: [String] = []

    init(_ file: URL, below folder: URL) {
        name = String(file.path.dropFirst(folder.path.count + 1))
        guard let text = ScriptReport.text(of: file) else { return }
        do throws(ScriptError) {
            for batch in try ScriptSplitter.split(text) { check(batch.text) }
        } catch {
            refused += 1
        }
    }

    private mutating func check(_ batch: String) {
        switch PrintBack.check(batch) {
        case .same: parsed += 1
        case .refused, .invalid: refused += 1
        case .different(let what):
            parsed += 1
            differences.append("\(name): \(what)")
        }
    }

    /// Scripts that are the input of another parser's or linter's tests, many of them written to fail.
    var isTestInput: Bool {
        ["microsoft__SqlScriptDOM", "sqlfluff__sqlfluff", "tsqllint__tsqllint"].contains { name.hasPrefix($0) }
    }

    private static func text(of file: URL) -> String? {
        guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
        if data.starts(with: [0xFF, 0xFE]) { return String(data: data.dropFirst(2), encoding: .utf16LittleEndian) }
        if data.starts(with: [0xFE, 0xFF]) { return String(data: data.dropFirst(2), encoding: .utf16BigEndian) }
        return String(decoding: data, as: UTF8.self)
    }

    /// One report for each script in a folder, in the order of their names.
    static func all(below folder: URL) -> [ScriptReport] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var urls: [URL] = []
        while let file = files?.nextObject() as? URL {
            if file.pathExtension.lowercased() == "sql" { urls.append(file) }
        }
        return urls.sorted { $0.path < $1.path }.map { ScriptReport($0, below: folder) }
    }
}
