package import SQLValues

/// A named parameter of a statement.
package struct SQLParameter: Sendable, Hashable {
    /// The name with its `@`.
    package let name: String
    /// The value, or NULL.
    package let value: SQLValue
    /// The declared type.
    package let type: SQLType
    /// Whether the value that a procedure leaves in it is wanted back.
    package let isOutput: Bool
    /// The rows of a table-valued parameter, which has no value.
    package let table: SQLTable?

    /// A parameter with its name, value and declared type.
    package init(name: String, value: SQLValue, type: SQLType) {
        self.init(name: name, value: value, type: type, isOutput: false)
    }

    package init(name: String, value: SQLValue, type: SQLType, isOutput: Bool, table: SQLTable? = nil) {
        self.name = name
        self.value = value
        self.type = type
        self.isOutput = isOutput
        self.table = table
    }
}

extension SQLParameter: CustomStringConvertible, CustomReflectable {
    /// The name and the type; the value is not shown, because it may be personal or secret.
    package var description: String { "\(name) \(type)" }

    /// No children, so that `dump` shows no value either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What an engine is asked to run.
package struct SQLRequest: Sendable, Hashable {
    /// How it is sent.
    package enum Kind: Sendable, Hashable {
        /// SQL text as it is: what it does to the session lasts.
        case batch
        /// An `sp_executesql` with parameters.
        case statement
        /// A remote procedure call; the text is the procedure's quoted name, the parameters have the procedure's names
        /// or, with empty names, its order.
        case procedure
    }

    package let kind: Kind
    package let text: String
    package let parameters: [SQLParameter]
    /// Texts beyond ASCII that the server will convert to the code page of the database.
    let narrowTexts: [SQLTypedValue]

    /// A batch when there are no parameters, else a statement.
    package init(text: String, parameters: [SQLParameter] = []) {
        self.init(parameters.isEmpty ? .batch : .statement, text: text, parameters: parameters)
    }

    package init(_ kind: Kind, text: String, parameters: [SQLParameter]) {
        var texts: [SQLTypedValue] = []
        for parameter in parameters {
            let value = SQLTypedValue(parameter.value, as: parameter.type)
            if value.needsCodePage { texts.append(value) }
            if let table = parameter.table { texts += table.cells.filter(\.needsCodePage) }
        }
        self.init(kind, text: text, parameters: parameters, narrowTexts: texts)
    }

    init(_ kind: Kind, text: String, parameters: [SQLParameter], narrowTexts: [SQLTypedValue]) {
        self.kind = kind
        self.text = text
        self.parameters = parameters
        self.narrowTexts = narrowTexts
    }

    /// The parameter declarations of `sp_executesql`, such as `@p1 int, @p2 nvarchar(4000)`.
    package var declarations: String {
        parameters.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    }
}
