/// `CREATE`, `ALTER` or `CREATE OR ALTER` of a procedure, function or trigger.
package struct ModuleStatement: Sendable, Equatable {
    /// What the module is, with what only that kind has.
    package indirect enum Kind: Sendable, Equatable {
        case procedure
        case scalarFunction(returns: DataTypeName)
        /// `RETURNS TABLE … RETURN (query)`; the module has no body of statements.
        case inlineFunction(Query)
        /// The form `RETURNS @variable TABLE (…)`.
        case tableFunction(variable: String, TableDefinition)
        case trigger(TriggerDefinition)
    }

    /// One option after WITH.
    package struct Option: Sendable, Equatable {
        /// In upper case: `RECOMPILE`, `ENCRYPTION`, `SCHEMABINDING`, `NATIVE_COMPILATION`, `EXECUTE AS`,
        /// `RETURNS NULL ON NULL INPUT`, `CALLED ON NULL INPUT`, `INLINE`.
        package let name: String
        /// `CALLER`, `SELF`, `OWNER` or a user's name after EXECUTE AS, `ON` or `OFF` after INLINE; else empty.
        package let argument: String
        /// Whether the argument is a string: the user of EXECUTE AS 'user'.
        package var isUser = false
    }

    package let mode: DefinitionMode
    package let kind: Kind
    package let name: MultipartName
    package let parameters: [ParameterDeclaration]
    package let options: [Option]
    /// The statements of the body; empty for an inline function.
    package let body: [Statement]
    /// Whether the parameters are in parentheses, which a procedure may leave out.
    package var hasParentheses = true
    /// Whether parentheses around the query of an inline function hold its common table expressions, too.
    package var bodyHasParentheses = false

    /// Whether an option was written.
    package func has(_ option: String) -> Bool { options.contains { $0.name == option } }
}

/// What a trigger waits for.
package struct TriggerDefinition: Sendable, Equatable {
    /// A change that fires triggers.
    package enum Event: String, Sendable, Equatable, CaseIterable {
        case insert = "INSERT"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    /// The table or view.
    package let target: MultipartName
    /// `INSTEAD OF` instead of `AFTER` or `FOR`.
    package let isInsteadOf: Bool
    /// In the order written.
    package let events: [Event]
    /// The form `NOT FOR REPLICATION`.
    package let notForReplication: Bool
}

/// The form `ENABLE | DISABLE TRIGGER names | ALL ON table`.
package struct TriggerSwitchStatement: Sendable, Equatable {
    package let isEnabled: Bool
    /// No names mean ALL.
    package let names: [MultipartName]
    /// The table or view.
    package let target: MultipartName
}
