public import Foundation

/// Real input that lies beside the checkout and is not part of the project.
public enum SharedData {
    /// The folder `../shared/data` beside the package, wherever the tests are run from.
    public static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")

    /// A file below the folder; nil when it is not there.
    public static func file(_ path: String) -> URL? {
        let url = folder.appending(path: path)
        return FileManager.default.isReadableFile(atPath: url.path) ? url : nil
    }
}
