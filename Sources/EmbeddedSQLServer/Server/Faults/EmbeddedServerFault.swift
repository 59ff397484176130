/// A failure that a server can be told to have.
///
/// ```swift
/// server.faults.inject(.error(1205), on: .nextBatch)
/// server.faults.inject(.dropResponse, on: .nextCommit)     // committed, and nobody was told
/// ```
public struct EmbeddedServerFault: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case refuseConnection, closeInRow
        case error(number: Int32, severity: UInt8, state: UInt8, text: String)
        case dropRequest, dropResponse, dropInResponse, dropAfterResponse
        case stall, hang
        case delay(Duration)
        case trickle, garbage
        case redirect(host: String, port: UInt16)
        case expireTokens
    }

    let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// The next connection is closed before its first byte is answered.
    public static let refuseConnection = EmbeddedServerFault(.refuseConnection)
    /// The connection is closed in the middle of the next row that any client is sent.
    public static let closeInRow = EmbeddedServerFault(.closeInRow)

    /// The request is not run; an error answers it.
    ///
    /// A severity of 20 or more closes the connection, as SQL Server does. Errors that roll a transaction back on SQL Server
    /// (1205, 3960, and any of severity 20) roll back the session's transaction.
    ///
    /// - Parameters:
    ///   - number: The error's number, such as 1205 or 40613.
    ///   - severity: 11 to 25; nil for the severity that SQL Server gives to the number.
    ///   - state: The state.
    ///   - message: The text; nil for a text that says it was ordered.
    /// - Returns: The failure.
    public static func error(
        _ number: Int32, severity: UInt8? = nil, state: UInt8 = 1, message: String? = nil
    ) -> EmbeddedServerFault {
        let severity = severity ?? MessageSeverity.of(number)
        return EmbeddedServerFault(
            .error(
                number: number, severity: min(max(severity, 11), 25), state: state,
                text: message ?? "Error \(number), which a test has ordered."))
    }

    /// The connection is closed, and the request is not run.
    public static let dropRequest = EmbeddedServerFault(.dropRequest)
    /// The request is run, and the connection is closed before the first byte of its response.
    ///
    /// On a COMMIT this is the lost acknowledgement.
    public static let dropResponse = EmbeddedServerFault(.dropResponse)
    /// The request is run, and the connection is closed in the middle of its response.
    public static let dropInResponse = EmbeddedServerFault(.dropInResponse)
    /// The request is run and answered, and then the connection is closed.
    public static let dropAfterResponse = EmbeddedServerFault(.dropAfterResponse)

    /// The request is not run and not answered; an attention is acknowledged.
    public static let stall = EmbeddedServerFault(.stall)
    /// The request is not run and not answered, and neither is an attention: only closing the connection helps.
    public static let hang = EmbeddedServerFault(.hang)
    /// The request is run later; an attention ends the wait.
    public static func delay(_ duration: Duration) -> EmbeddedServerFault { EmbeddedServerFault(.delay(duration)) }
    /// The response comes byte by byte, each in a network packet of its own.
    public static let trickle = EmbeddedServerFault(.trickle)
    /// Bytes that are no TDS answer the request, and the connection is closed.
    public static let garbage = EmbeddedServerFault(.garbage)

    /// The login is accepted and sent to another server (ENVCHANGE 20), as gateways do.
    ///
    /// Only for ``Moment/nextLogin`` and its like.
    public static func redirect(host: String, port: Int) -> EmbeddedServerFault {
        EmbeddedServerFault(.redirect(host: host, port: UInt16(clamping: port)))
    }

    /// The token of the login counts as expired.
    ///
    /// Only for ``Moment/nextLogin`` and its like.
    public static let expireTokens = EmbeddedServerFault(.expireTokens)

    /// When a failure happens: at the n-th event of a kind, counted from the order on.
    public struct Moment: Sendable, Hashable {
        enum Kind: Sendable, Hashable { case connection, row, login, batch, call, request, commit }

        let kind: Kind
        /// Which of the events that match; 1 is the next.
        let ordinal: Int
        /// What the request's text holds.
        var text: String?

        private init(_ kind: Kind, _ ordinal: Int = 1, text: String? = nil) {
            self.kind = kind
            self.ordinal = max(1, ordinal)
            self.text = text
        }

        /// The next connection, before its login.
        public static let nextConnection = Moment(.connection)
        /// The next row of any result.
        public static let nextRow = Moment(.row)
        /// The next login.
        public static let nextLogin = login(1)
        /// The next batch.
        public static let nextBatch = batch(1)
        /// The next remote procedure call, such as a statement with parameters.
        public static let nextCall = call(1)
        /// The next batch, call, bulk load or transaction manager request.
        public static let nextRequest = request(1)
        /// The next COMMIT, in a batch or as a transaction manager request.
        public static let nextCommit = commit(1)

        /// The n-th login from now on.
        public static func login(_ ordinal: Int) -> Moment { Moment(.login, ordinal) }
        /// The n-th batch from now on.
        public static func batch(_ ordinal: Int) -> Moment { Moment(.batch, ordinal) }
        /// The n-th remote procedure call from now on.
        public static func call(_ ordinal: Int) -> Moment { Moment(.call, ordinal) }
        /// The n-th request of any kind from now on.
        public static func request(_ ordinal: Int) -> Moment { Moment(.request, ordinal) }
        /// The n-th COMMIT from now on.
        public static func commit(_ ordinal: Int) -> Moment { Moment(.commit, ordinal) }
        /// The n-th request, from now on, whose T-SQL or procedure name holds a text, without regard to case.
        public static func request(containing text: String, _ ordinal: Int = 1) -> Moment {
            Moment(.request, ordinal, text: text)
        }
    }
}
