import Foundation

/// The folder of real scripts and edge cases next to the package; absent on most machines.
enum SharedData {
    static let skipReason = "the folder ../shared/data is not on this machine"

    /// The path of a file or folder below `shared/data`, found next to any parent folder of this file.
    static func url(_ path: String) -> URL? {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("shared/data/\(path)")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
        }
        return nil
    }

    static func text(_ path: String) throws -> String? {
        guard let url = url(path) else { return nil }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
