/// `BEGIN`, `COMMIT`, `ROLLBACK` and `SAVE TRANSACTION`.
package enum TransactionStatement: Sendable, Equatable {
    case begin(name: TransactionName?, mark: SQLExpression?)
    /// `DELAYED_DURABILITY` is nil when it was not written.
    case commit(name: TransactionName?, isDelayedDurable: Bool?)
    /// The name is that of the transaction or of a savepoint.
    case rollback(name: TransactionName?)
    case save(name: TransactionName)
}

/// The name of a transaction or savepoint.
package enum TransactionName: Sendable, Equatable {
    case name(Identifier)
    case variable(String)
}

/// The levels of SET TRANSACTION ISOLATION LEVEL.
package enum IsolationLevel: String, Sendable, Equatable, CaseIterable {
    case readUncommitted = "READ UNCOMMITTED"
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case snapshot = "SNAPSHOT"
    case serializable = "SERIALIZABLE"
}

/// `SET` in its many forms.
package enum SetStatement: Sendable, Equatable {
    /// `SET NOCOUNT, XACT_ABORT ON`; names in upper case (`STATISTICS IO` is one name).
    case options([String], isOn: Bool)
    /// `SET TEXTSIZE 4096`, `SET DATEFORMAT dmy`; the name in upper case. A bare word is a ``SQLExpression/Kind/column(_:)``.
    case value(option: String, SQLExpression)
    case isolationLevel(IsolationLevel)
    case identityInsert(MultipartName, isOn: Bool)
    case variable(String, AssignmentOperator, SQLExpression)
}

/// The form `DECLARE`.
package struct DeclareStatement: Sendable, Equatable {
    /// One variable.
    package struct Item: Sendable, Equatable {
        /// What the variable is.
        package enum Kind: Sendable, Equatable {
            case scalar(DataTypeName, initial: SQLExpression?)
            case table(TableDefinition)
            /// The form `@name CURSOR`.
            case cursor
        }

        package let name: String
        package let kind: Kind
        package let range: SourceRange
    }

    package let items: [Item]
}

/// The form `EXECUTE`.
package struct ExecuteStatement: Sendable, Equatable {
    /// What is run.
    package enum Target: Sendable, Equatable {
        case procedure(MultipartName)
        /// `EXEC @name`, which holds a procedure's name.
        case variable(String)
        /// The form `EXEC ('text' + @more)`.
        case text(SQLExpression)
    }

    /// One argument.
    package struct Argument: Sendable, Equatable {
        /// `@name =`; nil for a positional argument.
        package let name: String?
        /// A constant, a variable, DEFAULT, or a bare word, which is a ``SQLExpression/Kind/column(_:)`` of one part.
        package let value: SQLExpression
        package let isOutput: Bool
    }

    /// `@status =` before the procedure.
    package let returnVariable: String?
    package let target: Target
    package let arguments: [Argument]
    /// `AS USER = 'name'` or `AS LOGIN = 'name'` of EXEC ('text'), as words.
    package let context: [String]
    /// The form `AT linked_server`.
    package let linkedServer: Identifier?
    /// `WITH RECOMPILE`, `WITH RESULT SETS …`, as words in upper case.
    package let options: [String]
    package let range: SourceRange
    /// Whether the word EXECUTE was left out, as the first statement of a batch may.
    package var isImplicit = false
    /// Whether DATA_SOURCE stands after AT.
    package var namesDataSource = false
}

/// One parameter of sp_executesql's second argument, or of a procedure.
package struct ParameterDeclaration: Sendable, Equatable {
    package let name: String
    package let type: DataTypeName
    package let defaultValue: SQLExpression?
    package let isOutput: Bool
    package let isReadOnly: Bool
    package let range: SourceRange
    /// `NULL` is true, `NOT NULL` false; nil when neither was written.
    package var isNullable: Bool?
}
