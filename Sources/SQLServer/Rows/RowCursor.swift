import SQLServerCore
import Telemetry

/// Reads one response batch by batch, for one task; when it goes away before the end, the rest of the response is
/// cancelled behind its user.
final class RowCursor: SQLBatchReader {
    /// Where the rows come from.
    enum Origin: Sendable {
        /// A connection of the pool, lent from the first row to the last.
        case pool(ConnectionSource)
        /// A connection that its user holds.
        case lease(SQLServerConnection)
    }

    private enum Phase {
        case new
        case open(SQLServerConnection)
        case done
    }

    private let origin: Origin
    private let request: SQLRequest
    private let options: SQLCallOptions
    private var phase = Phase.new
    private var operation: RunningOperation?
    private var returnedRows = 0

    init(_ origin: Origin, _ request: SQLRequest, _ options: SQLCallOptions) {
        self.origin = origin
        self.request = request
        self.options = options
    }

    deinit {
        guard case .open(let lease) = phase else { return }
        operation?.succeed(returnedRows: returnedRows, wasLeftEarly: true)
        Self.abandon(lease, origin)
    }

    /// The next batch; nil after the last row.
    ///
    /// - Throws: ``SQLServerError``; afterwards there are no more rows.
    func nextBatch() async throws(SQLServerError) -> SQLColumnBatch? {
        switch phase {
        case .done: return nil
        case .open(let lease): return try await advance(lease, isFirst: false)
        case .new: return try await advance(open(), isFirst: true)
        }
    }

    private func open() async throws(SQLServerError) -> SQLServerConnection {
        let lease: SQLServerConnection
        switch origin {
        case .lease(let connection): lease = connection
        case .pool(let source): lease = try await source.lease()
        }
        operation = lease.telemetry.begin(.stream, request.text)
        phase = .open(lease)
        return lease
    }

    private func advance(_ lease: SQLServerConnection, isFirst: Bool) async throws(SQLServerError) -> SQLColumnBatch? {
        do throws(SQLServerError) {
            switch try await step(lease, isFirst: isFirst) {
            case .rows(let batch):
                returnedRows += batch.rowCount
                return batch
            case .secondResultSet:
                throw SQLServerError(
                    .misuse, "the batch returned more than one result set; read them with results(of:)",
                    query: request.text)
            case .end(let messages):
                if messages.contains(where: \.isError) { throw SQLServerError.server(messages, query: request.text) }
            }
        } catch {
            lease.noteFailure(error)
            operation?.fail(error, returnedRows: returnedRows)
            phase = .done
            Self.abandon(lease, origin)
            throw error
        }
        operation?.succeed(returnedRows: returnedRows)
        phase = .done
        if case .pool(let source) = origin { await source.end(lease) }
        return nil
    }

    private func step(_ lease: SQLServerConnection, isFirst: Bool) async throws(SQLServerError) -> RowStep {
        let request = request
        let limit = options.timeout ?? lease.commandTimeout
        let effect = isFirst ? SessionEffect.of(request) : .none
        return try await lease.visit(options, query: request.text, effect: effect) {
            (connection, ticket) throws(SQLServerError) in
            try connection.nextRows(of: request, isFirst: isFirst, ticket: ticket, limit: limit)
        }
    }

    /// Drops the rest of the response behind the user, and gives a connection of the pool back.
    private static func abandon(_ lease: SQLServerConnection, _ origin: Origin) {
        lease.cleanUp { connection in connection.abandonResponse() }
        guard case .pool(let source) = origin else { return }
        Task { await source.end(lease) }
    }
}

/// What one visit to a connection found.
enum RowStep: Sendable {
    case rows(SQLColumnBatch)
    case secondResultSet
    case end([SQLServerMessage])
}

extension SQLEngineConnection {
    /// Goes on to the next rows, in a visit of its own; sends the request first.
    fileprivate func nextRows(
        of request: SQLRequest, isFirst: Bool, ticket: RequestTicket, limit: Duration?
    ) throws(SQLServerError) -> RowStep {
        do throws(SQLServerError) {
            return try visit(ticket, limit: limit) { () throws(SQLServerError) in
                if isFirst { try send(request) }
                // The columns come in the first visit, together with the first rows.
                var hasColumns = !isFirst
                while true {
                    switch try next() {
                    case .columns:
                        if hasColumns { return .secondResultSet }
                        hasColumns = true
                    case .rows(let batch): return .rows(batch)
                    case .statementEnd, .outputs: continue
                    case .end: return .end(messages)
                    }
                }
            }
        } catch {
            throw error.during(query: request.text)
        }
    }

    /// Drops the rest of a response; a connection that does not get rid of it is closed.
    fileprivate func abandonResponse() {
        guard isOpen else { return }
        do throws(SQLServerError) {
            try visit(limit: nil, discardResponse)
        } catch {
            close()
        }
    }
}
