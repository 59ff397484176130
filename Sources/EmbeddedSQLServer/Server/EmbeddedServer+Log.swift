import Foundation

extension EmbeddedServer {
    /// Where a server tells, line by line, of clients that it had to disconnect and why.
    ///
    /// ```swift
    /// configuration.log = .custom { line in logger.notice("\\(line)") }
    /// ```
    public struct LogHandler: Sendable, Hashable {
        private final class Target: Sendable {
            let write: @Sendable (String) -> Void

            init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }
        }

        private let target: Target?

        /// Nowhere.
        public static let none = LogHandler(target: nil)

        /// The standard error of the process.
        public static let standardError = custom { line in
            FileHandle.standardError.write(Data("embedded server: \(line)\n".utf8))
        }

        /// A function, which any thread may call.
        public static func custom(_ write: @escaping @Sendable (String) -> Void) -> LogHandler {
            LogHandler(target: Target(write))
        }

        /// Writes a line.
        func write(_ line: String) { target?.write(line) }

        /// Whether both write to the same target.
        public static func == (left: LogHandler, right: LogHandler) -> Bool { left.target === right.target }

        /// Hashes the target's identity.
        public func hash(into hasher: inout Hasher) { hasher.combine(target.map { ObjectIdentifier($0) }) }
    }
}
