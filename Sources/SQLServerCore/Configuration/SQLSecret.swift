/// A password that never shows itself: descriptions, dumps and mirrors print `<redacted>`.
///
/// ```swift
/// let password = SQLSecret(text)
/// print("connecting with \(password)")    // connecting with <redacted>
/// ```
public struct SQLSecret: Sendable, Hashable {
    private let text: String

    /// Wraps a secret.
    ///
    /// ```swift
    /// configuration.password = SQLSecret(ProcessInfo.processInfo.environment["SHOP_PASSWORD"] ?? "")
    /// ```
    public init(_ text: String) { self.text = text }

    /// The secret in plain text, for the one place that sends it.
    ///
    /// ```swift
    /// let isUnchanged = configuration.password.reveal() == "changeme"
    /// ```
    public func reveal() -> String { text }

    /// Whether there is no secret at all.
    public var isEmpty: Bool { text.isEmpty }
}

extension SQLSecret: ExpressibleByStringLiteral {
    /// Wraps a secret written in source, for tests and examples.
    public init(stringLiteral value: String) { self.init(value) }
}

extension SQLSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }
    /// Always `<redacted>`.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
