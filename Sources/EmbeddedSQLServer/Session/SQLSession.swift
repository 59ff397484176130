/// One login's session: the door between the TDS side and the SQL side of the embedded server.
///
/// Used by one thread at a time. Every method sends its results, messages and changes to the sink, in order; an error
/// of a statement is a message in the sink and not a thrown error.
package protocol SQLSession: AnyObject {
    /// The current database.
    var databaseName: String { get }
    /// The descriptor of the open transaction, or 0 (MS-TDS 2.2.5.3.2).
    var transactionDescriptor: UInt64 { get }
    /// `@@ERROR` as the last statement left it: what sp_executesql returns.
    var lastError: Int32 { get }

    /// Runs a batch of T-SQL.
    func run(batch: String, into sink: any ResultSink) throws(RequestStopped)

    /// Runs `statement` as `sp_executesql` does: in a scope of its own, with declared parameters.
    ///
    /// - Parameters:
    ///   - statement: The T-SQL text.
    ///   - declarations: The parameter list, such as `@p1 int, @p2 nvarchar(4000) OUTPUT`; empty for none.
    ///   - arguments: Values for the declared parameters, by name or by position.
    ///   - sink: Where results and messages go.
    /// - Returns: The final values of the arguments that were sent as output, in the order of the declaration.
    /// - Throws: ``RequestStopped`` when the client is gone or cancelled.
    func execute(
        _ statement: String, declarations: String, arguments: [RequestArgument], into sink: any ResultSink
    ) throws(RequestStopped) -> [RequestArgument]

    /// Runs a stored procedure by name; a procedure that does not exist is Msg 2812.
    ///
    /// - Returns: The return status and the output values.
    func call(
        _ procedure: String, arguments: [RequestArgument], into sink: any ResultSink
    ) throws(RequestStopped) -> (status: Int32, outputs: [RequestArgument])

    /// A transaction manager request (MS-TDS 2.2.6.9).
    func perform(_ request: TransactionRequest, into sink: any ResultSink) throws(RequestStopped)

    /// Whether the last batch announced a bulk load, whose rows must come next.
    var expectsBulkLoad: Bool { get }

    /// Inserts the rows of the bulk load that the last batch announced (MS-TDS 2.2.6.1).
    func load(_ rows: BulkRows, into sink: any ResultSink) throws(RequestStopped)

    /// Forgets a bulk load whose rows do not come.
    func forgetBulkLoad()

    /// Brings the session back to the state after login (MS-TDS 2.2.3.1.2).
    ///
    /// - Parameter keepsTransaction: Whether an open transaction goes on (RESETCONNECTIONSKIPTRAN); otherwise it is
    ///   rolled back (RESETCONNECTION).
    func reset(keepsTransaction: Bool)

    /// Rolls back what is open and frees what the session holds.
    func close()
}

/// A transaction manager request of a client.
package enum TransactionRequest: Sendable, Equatable {
    /// A transaction to begin, after another one ended.
    package struct Begin: Sendable, Equatable {
        /// Nil for the session's current level.
        package var isolation: IsolationLevel?
        package var name: String

        /// All fields.
        package init(isolation: IsolationLevel? = nil, name: String = "") {
            self.isolation = isolation
            self.name = name
        }
    }

    case begin(Begin)
    case commit(name: String, next: Begin?)
    case rollback(name: String, next: Begin?)
    case save(name: String)
}

/// A transaction isolation level.
package enum IsolationLevel: Sendable, Equatable {
    case readUncommitted, readCommitted, repeatableRead, serializable, snapshot
}

/// The databases of one server, which open sessions.
///
/// Shared by all connections.
package protocol SQLInstance: AnyObject, Sendable {
    /// What the server's owner gives it to answer with.
    var provisions: ServerProvisions { get }

    /// Opens a session in a database.
    ///
    /// - Parameters:
    ///   - database: Empty for the login's default database.
    ///   - options: Who logs in, and how.
    /// - Returns: The session.
    /// - Throws: Msg 4060 when the login cannot use the database, 4064 when it is its default one (both followed by 18456
    ///   from the login), and 18456 or 18470 when the login itself fails.
    func openSession(database: String, options: SessionOptions) throws(ServerMessage) -> any SQLSession

    /// Whether ``openSession(database:options:)`` checks passwords; otherwise the caller compares them with the
    /// configuration's.
    var checksPasswords: Bool { get }

    /// Makes logins with these passwords that may do everything.
    func prepare(administrators: [(name: String, password: String)]) throws
    /// Says how KILL ends the connection of a process id.
    func whenKilled(_ disconnect: @escaping @Sendable (Int32) -> Void)

    /// Closes the storage; sessions must be closed before.
    func close()
}

extension SQLInstance {
    package var checksPasswords: Bool { false }
    package func prepare(administrators: [(name: String, password: String)]) throws {}
    /// An instance whose sessions know no KILL.
    package func whenKilled(_ disconnect: @escaping @Sendable (Int32) -> Void) {}
}
