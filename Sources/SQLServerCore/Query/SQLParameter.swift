public import SQLValues

/// A named parameter of a statement.
public struct SQLParameter: Sendable, Hashable {
    /// The name with its `@`.
    public let name: String
    /// The value, or NULL.
    public let value: SQLValue
    /// The declared type.
    public let type: SQLType

    /// A parameter with its name, value and declared type.
    public init(name: String, value: SQLValue, type: SQLType) {
        self.name = name
        self.value = value
        self.type = type
    }
}

extension SQLParameter: CustomStringConvertible, CustomReflectable {
    /// The name and the type; the value is not shown, because it may be personal or secret.
    public var description: String { "\(name) \(type)" }

    /// No children, so that `dump` shows no value either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What an engine is asked to run: a batch when there are no parameters, else an `sp_executesql`.
package struct SQLRequest: Sendable, Hashable {
    package let text: String
    package let parameters: [SQLParameter]

    package init(text: String, parameters: [SQLParameter] = []) {
        self.text = text
        self.parameters = parameters
    }

    /// The parameter declarations of `sp_executesql`, such as `@p1 int, @p2 nvarchar(4000)`.
    package var declarations: String {
        parameters.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    }
}
