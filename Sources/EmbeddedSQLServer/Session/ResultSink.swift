package import SQLValues

/// A column of a result set, as COLMETADATA describes it (MS-TDS 2.2.7.4).
package struct ResultColumn: Sendable, Equatable {
    package var name: String
    package var type: SQLType
    package var isNullable: Bool
    package var isIdentity: Bool
    package var isComputed: Bool

    /// All fields.
    package init(name: String, type: SQLType, isNullable: Bool, isIdentity: Bool = false, isComputed: Bool = false) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.isIdentity = isIdentity
        self.isComputed = isComputed
    }
}

/// An ERROR (severity 11 or more) or an INFO message (10 or less) of the server (MS-TDS 2.2.7.10, 2.2.7.13).
package struct ServerMessage: Error, Sendable, Equatable {
    package var number: Int32
    package var state: UInt8
    package var severity: UInt8
    package var text: String
    package var procedure: String
    /// Line within the batch or procedure, from 1; 0 when there is none.
    package var line: Int32

    /// All fields.
    package init(
        number: Int32, state: UInt8 = 1, severity: UInt8, text: String, procedure: String = "", line: Int32 = 1
    ) {
        self.number = number
        self.state = state
        self.severity = severity
        self.text = text
        self.procedure = procedure
        self.line = line
    }
}

/// What a finished statement says in its DONE token (MS-TDS 2.2.7.6).
package struct StatementDone: Sendable, Equatable {
    /// Rows returned or changed; nil when the statement does not count rows, or with NOCOUNT ON.
    package var rowCount: Int?
    /// CurCmd, which tells what kind of statement ended: 193 SELECT, 195 INSERT, 224 EXECUTE and so on.
    package var command: UInt16
    /// The statement ended with an error.
    package var failed: Bool
    /// The client is not told when the statement stands in a procedure: NOCOUNT is ON, and it returned no result.
    package var isSilent: Bool

    /// All fields.
    package init(rowCount: Int? = nil, command: UInt16 = 0, failed: Bool = false, isSilent: Bool = false) {
        self.rowCount = rowCount
        self.command = command
        self.failed = failed
        self.isSilent = isSilent
    }
}

/// A change of the session that the client is told of by ENVCHANGE (MS-TDS 2.2.7.9).
package enum SessionChange: Sendable, Equatable {
    case database(new: String, old: String)
    case language(new: String, old: String)
    case beginTransaction(descriptor: UInt64)
    case commitTransaction(descriptor: UInt64)
    case rollbackTransaction(descriptor: UInt64)
}

/// Where a running request sends what it produces, in order.
///
/// The TDS side writes tokens; tests collect values.
///
/// Every call may throw ``RequestStopped``: the statement then stops at once and lets it pass.
package protocol ResultSink: AnyObject {
    /// Starts a result set.
    func columns(_ columns: [ResultColumn]) throws(RequestStopped)
    /// The columns of the result, from 1, by which its rows are ordered; after ``columns(_:)``.
    func order(_ columns: [Int]) throws(RequestStopped)
    /// One row, with a value for each column.
    func row(_ values: [SQLValue]) throws(RequestStopped)
    /// Ends a statement.
    func done(_ done: StatementDone) throws(RequestStopped)
    /// An error or information message.
    func message(_ message: ServerMessage) throws(RequestStopped)
    /// A procedure, trigger or dynamic SQL begins that the running batch calls: its statements end inside it.
    func beginProcedure() throws(RequestStopped)
    /// What began last ends; the EXECUTE that called it has a DONE of its own.
    func endProcedure() throws(RequestStopped)
    /// The return status of the procedure that ended; clients are told of those that a batch called.
    func returnStatus(_ status: Int32) throws(RequestStopped)
    /// A change of the session.
    func change(_ change: SessionChange) throws(RequestStopped)
    /// Whether the client sent an attention; long-running statements ask between rows and steps.
    var isCancelled: Bool { get }
}

extension ResultSink {
    /// Sinks that do not tell procedures from batches need not do anything.
    package func beginProcedure() throws(RequestStopped) {}
    /// Nor at the end.
    package func endProcedure() throws(RequestStopped) {}
    /// Nor do they need the status.
    package func returnStatus(_ status: Int32) throws(RequestStopped) {}
    /// The order is of no interest.
    package func order(_ columns: [Int]) throws(RequestStopped) {}
}

/// Thrown through a running request when the client is gone or sent an attention.
///
/// Not an error of the statement.
package enum RequestStopped: Error, Sendable {
    case attention
    case connectionLost
    /// An error of severity 20 or more, which the client has been told, ends the connection.
    case fatalError
}

/// What LOGIN7 says about the session that begins (MS-TDS 2.2.6.4).
package struct SessionOptions: Sendable, Equatable {
    package var userName: String
    package var applicationName: String
    package var hostName: String
    package var language: String
    /// fODBC was set: the session starts with ODBC's options (ANSI options and QUOTED_IDENTIFIER ON, TEXTSIZE 2^31-1)
    /// instead of DB-Library's (OFF, TEXTSIZE 4096).
    package var isODBC: Bool
    package var processID: Int32
    /// What the client sent as its password; nil when the login was checked elsewhere.
    package var password: String?
    /// The client's own number of its process, and the name of its library.
    package var clientProcessID: UInt32 = 0
    package var libraryName = ""
    /// What carries the session; nil when no network does.
    package var connection: ConnectionFacts?

    /// A login without a network.
    package init(
        userName: String, applicationName: String = "", hostName: String = "", language: String = "us_english",
        isODBC: Bool = true, processID: Int32, password: String? = nil
    ) {
        self.userName = userName
        self.applicationName = applicationName
        self.hostName = hostName
        self.language = language
        self.isODBC = isODBC
        self.processID = processID
        self.password = password
    }
}
