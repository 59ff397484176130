/// The form `IF condition statement [ELSE statement]`.
package struct IfStatement: Sendable, Equatable {
    package let condition: SQLExpression
    package let then: Statement
    package let otherwise: Statement?
}

/// The form `WHILE condition statement`.
package struct WhileStatement: Sendable, Equatable {
    package let condition: SQLExpression
    package let body: Statement
}

/// The form `BEGIN TRY … END TRY BEGIN CATCH … END CATCH`.
package struct TryCatchStatement: Sendable, Equatable {
    package let body: [Statement]
    package let handler: [Statement]
}

/// The form `THROW [number, message, state]`.
package struct ThrowStatement: Sendable, Equatable {
    package let number: SQLExpression
    package let message: SQLExpression
    package let state: SQLExpression
}

/// The form `RAISERROR (message, severity, state, arguments…) [WITH options]`.
package struct RaiserrorStatement: Sendable, Equatable {
    /// A number of sys.messages, a text or a variable.
    package let message: SQLExpression
    package let severity: SQLExpression
    package let state: SQLExpression
    package let arguments: [SQLExpression]
    /// `LOG`, `NOWAIT`, `SETERROR`, in upper case.
    package let options: [String]
}

/// `WAITFOR DELAY` or `WAITFOR TIME`.
package struct WaitForStatement: Sendable, Equatable {
    package let isDelay: Bool
    package let value: SQLExpression
}

/// The form `KILL session_id [WITH STATUSONLY]`.
package struct KillStatement: Sendable, Equatable {
    package let sessionID: Int
    package let isStatusOnly: Bool
}
