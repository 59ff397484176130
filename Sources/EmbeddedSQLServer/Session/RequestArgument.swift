package import SQLValues

/// An argument of `sp_executesql` or of another remote procedure call.
package struct RequestArgument: Sendable, Equatable {
    /// With its `@`; empty when the argument is positional.
    package var name: String
    /// `sql_variant` for a value that carries its own type, which is ``baseType`` then.
    package var type: SQLType
    /// NULL for a table.
    package var value: SQLValue
    package var isOutput: Bool
    /// No value was sent: the parameter's default is meant (fDefaultValue), as T-SQL writes `DEFAULT`.
    package var isDefault = false
    /// The type of the value inside a `sql_variant`; nil for NULL and for other types.
    package var baseType: SQLType?
    /// The rows of a table-valued parameter; nil for all others.
    package var table: TableArgument?

    /// A scalar.
    package init(name: String, type: SQLType, value: SQLValue, isOutput: Bool = false) {
        self.name = name
        self.type = type
        self.value = value
        self.isOutput = isOutput
    }

    /// A table.
    package init(name: String, table: TableArgument) {
        self.init(name: name, type: .variant, value: .null)
        self.table = table
    }
}
