/// One statement of a batch.
package struct Statement: Sendable, Equatable {
    package let kind: Kind
    /// From the first keyword to the last token, without the semicolon.
    package let range: SourceRange

    /// What the statement is.
    package indirect enum Kind: Sendable, Equatable {
        // Data.
        case select(Query)
        case insert(InsertStatement)
        case insertBulk(InsertBulkStatement)
        case update(UpdateStatement)
        case delete(DeleteStatement)
        case merge(MergeStatement)
        case truncateTable(MultipartName)
        case triggerSwitch(TriggerSwitchStatement)

        // Definitions.
        case createTable(CreateTableStatement)
        case alterTable(AlterTableStatement)
        case createIndex(CreateIndexStatement)
        case createDatabase(CreateDatabaseStatement)
        case alterDatabase(AlterDatabaseStatement)
        case createSchema(CreateSchemaStatement)
        case view(ViewStatement)
        /// A procedure, function or trigger.
        case module(ModuleStatement)
        case drop(DropStatement)
        case security(SecurityStatement)
        case object(ObjectStatement)

        // Session.
        case use(Identifier)
        case transaction(TransactionStatement)
        case set(SetStatement)
        case declare(DeclareStatement)
        case execute(ExecuteStatement)
        case cursor(CursorStatement)

        // Control of flow.
        case block([Statement])
        case conditional(IfStatement)
        case loop(WhileStatement)
        case breakLoop
        case continueLoop
        case returnValue(SQLExpression?)
        case tryCatch(TryCatchStatement)
        /// `THROW` alone, inside CATCH, has nil.
        case throwError(ThrowStatement?)
        case raiserror(RaiserrorStatement)
        case print(SQLExpression)
        case waitFor(WaitForStatement)
        case kill(KillStatement)
        /// The form `CHECKPOINT [seconds]`.
        case checkpoint(seconds: Int?)
        /// The form `RECONFIGURE [WITH OVERRIDE]`.
        case reconfigure(isOverride: Bool)
        case goto(Identifier)
        case label(Identifier)

        /// T-SQL that is known by its keywords but has no tree yet.
        case unsupported(UnsupportedStatement)
    }
}

/// A statement that the parser recognises and does not model.
///
/// The statement's range covers all of it, as far as its end can be told; a module (procedure, function, trigger) with
/// something unsupported in its head takes the rest of its batch.
package struct UnsupportedStatement: Sendable, Equatable {
    /// The construct in SQL Server's words and upper case, to be named by Msg 40517: `BACKUP`, `CREATE PROCEDURE`.
    package let construct: String
    /// Where the construct itself stands.
    package let range: SourceRange
}
