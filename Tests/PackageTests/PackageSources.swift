import Foundation

/// One Swift file of the package, with the target it belongs to.
struct SourceFile: Sendable {
    /// The path from the root of the package: `Sources/Threads/Lock.swift`.
    let path: String
    let text: String

    /// The target: the folder below `Sources`, `Benchmarks` or `Tests`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    var isTest: Bool { path.hasPrefix("Tests/") }

    /// The lines of a text, numbered from 1.
    static func lines(of text: String) -> [(number: Int, text: String)] {
        text.components(separatedBy: "\n").enumerated().map { ($0.offset + 1, $0.element) }
    }

    /// The lines that hold a word.
    static func lines(of text: String, with word: String) -> [(number: Int, text: String)] {
        lines(of: text).filter { $0.text.contains(word) }
    }
}

/// The package on disk, as these tests read it.
enum PackageSources {
    /// The folder that holds Package.swift.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The folders whose folders are the targets.
    static let parents = ["Sources", "Benchmarks", "Tests"]

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path(percentEncoded: false))
    }

    /// The targets' folders below ``parents``.
    static func targetFolders() throws -> Set<String> {
        var folders: Set<String> = []
        for parent in parents {
            let names = try FileManager.default.contentsOfDirectory(
                atPath: root.appending(path: parent).path(percentEncoded: false))
            for name in names where try holdsSources(root.appending(path: parent).appending(path: name)) {
                folders.insert(name)
            }
        }
        return folders
    }

    private static func holdsSources(_ folder: URL) throws -> Bool {
        guard let paths = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false)) else {
            return false
        }
        return paths.contains { ($0 as? String).map { $0.hasSuffix(".swift") || $0.hasSuffix(".modulemap") } ?? false }
    }

    /// Every Swift file below ``parents``, sorted by path.
    static func swiftFiles() throws -> [SourceFile] {
        try parents.flatMap { parent -> [SourceFile] in
            let folder = root.appending(path: parent).path(percentEncoded: false)
            let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
                SourceFile(path: "\(parent)/\(path)", text: try text(of: "\(parent)/\(path)"))
            }
        }
    }
}
