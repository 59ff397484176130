import SQLValues

/// A column of a result set, as COLMETADATA describes it (MS-TDS 2.2.7.4).
struct ResultColumn: Sendable, Equatable {
    var name: String
    var type: SQLType
    var isNullable: Bool
    var isIdentity = false
    var isComputed = false
}

/// An ERROR (severity 11 or more) or an INFO message (10 or less) of the server (MS-TDS 2.2.7.10, 2.2.7.13).
struct ServerMessage: Error, Sendable, Equatable {
    var number: Int32
    var state: UInt8 = 1
    var severity: UInt8
    var text: String
    var procedure = ""
    /// Line within the batch or procedure, from 1; 0 when there is none.
    var line: Int32 = 1
}

/// What a finished statement says in its DONE token (MS-TDS 2.2.7.6).
struct StatementDone: Sendable, Equatable {
    /// Rows returned or changed; nil when the statement does not count rows, or with NOCOUNT ON.
    var rowCount: Int?
    /// The CurCmd number that MS-TDS clients see: 193 SELECT, 195 INSERT, 196 DELETE, 197 UPDATE, 0 for others.
    var command: UInt16 = 0
    /// The statement ended with an error.
    var failed = false
}

/// A change of the session that the client is told of by ENVCHANGE (MS-TDS 2.2.7.9).
enum SessionChange: Sendable, Equatable {
    case database(new: String, old: String)
    case beginTransaction(descriptor: UInt64)
    case commitTransaction(descriptor: UInt64)
    case rollbackTransaction(descriptor: UInt64)
}

/// Where a running request sends what it produces, in order.
///
/// The TDS side writes tokens; tests collect values.
///
/// Every call may throw ``RequestStopped``: the statement then stops at once and lets it pass.
protocol ResultSink: AnyObject {
    /// Starts a result set.
    func columns(_ columns: [ResultColumn]) throws(RequestStopped)
    /// One row, with a value for each column.
    func row(_ values: [SQLValue]) throws(RequestStopped)
    /// Ends a statement.
    func done(_ done: StatementDone) throws(RequestStopped)
    /// An error or information message.
    func message(_ message: ServerMessage) throws(RequestStopped)
    /// A change of the session.
    func change(_ change: SessionChange) throws(RequestStopped)
    /// Whether the client sent an attention; long-running statements ask between rows and steps.
    var isCancelled: Bool { get }
}

/// Thrown through a running request when the client is gone or sent an attention.
///
/// Not an error of the statement.
enum RequestStopped: Error, Sendable {
    case attention
    case connectionLost
}

/// An argument of `sp_executesql` or of another remote procedure call.
struct RequestArgument: Sendable, Equatable {
    /// With its `@`; empty when the argument is positional.
    var name: String
    var type: SQLType
    var value: SQLValue
    var isOutput = false
}

/// What LOGIN7 says about the session that begins (MS-TDS 2.2.6.4).
struct SessionOptions: Sendable, Equatable {
    var userName: String
    var applicationName = ""
    var hostName = ""
    var language = "us_english"
    /// fODBC was set: the session starts with ODBC's options (ANSI options and QUOTED_IDENTIFIER ON, TEXTSIZE 2^31-1)
    /// instead of DB-Library's (OFF, TEXTSIZE 4096).
    var isODBC = true
    var processID: Int32
}
