import SQLServerCore
import Telemetry

/// One bulk copy on one connection.
struct BulkCopyRun {
    private let lease: SQLServerConnection
    private let name: SQLObjectName
    private let options: SQLBulkCopyOptions
    private var progress = SQLBulkCopyProgress()
    /// Rows that the current batch has, sent or not.
    private var batchRows = 0
    private var isBatchOpen = false
    private var isInTransaction = false
    private var columns: [BulkColumn] = []

    init(_ lease: SQLServerConnection, into table: SQLObjectName, _ options: SQLBulkCopyOptions) {
        self.lease = lease
        name = table
        self.options = options
    }

    /// Copies all rows.
    mutating func run(_ source: SQLBulkSource) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress {
        let operation = lease.telemetry.begin(.bulkCopy, name.description)
        do throws(SQLBulkCopyError) {
            try await copy(source)
        } catch {
            lease.abandonBulkLoad()
            if let cause = error.error { lease.noteFailure(cause) }
            operation?.fail(error.cause)
            throw error
        }
        operation?.succeed(affectedRows: progress.rowsSent)
        return progress
    }

    private mutating func copy(_ source: SQLBulkSource) async throws(SQLBulkCopyError) {
        if let size = options.batchSize, size < 1 {
            throw failure(SQLServerError(.misuse, "batchSize is \(size); it is at least 1, or nil for one batch"))
        }
        let names: [String]?
        do throws(BulkSourceFailure) {
            names = try await source.columnNames()
        } catch {
            throw failure(error, rowIndex: 0, position: 0)
        }
        let table = try await readTable()
        isInTransaction = table.isInTransaction
        // Without rows nothing tells the columns, and nothing is to be done.
        guard let names else { return }
        let target: BulkTarget
        do throws(SQLServerError) {
            target = try BulkTarget(
                table: table.name.quoted, columns: table.columns, named: names, hints: options.hints,
                codePage: table.codePage)
        } catch {
            throw failure(error)
        }
        columns = target.loadedColumns
        var writer = BulkRowWriter(target)
        var hasMore = true
        while hasMore { hasMore = try await copyBlock(source, &writer, target) }
    }

    /// Fills a block, sends it, and commits the batch when it is complete; false after the last row.
    private mutating func copyBlock(
        _ source: SQLBulkSource, _ writer: inout BulkRowWriter, _ target: BulkTarget
    ) async throws(SQLBulkCopyError) -> Bool {
        let room = options.batchSize.map { $0 - batchRows } ?? Int.max
        let hasMore: Bool
        do throws(BulkSourceFailure) {
            hasMore = try await source.fill(&writer, room)
        } catch {
            throw failure(error, rowIndex: progress.rowsSent + writer.rowCount, position: writer.position)
        }
        // A sequence that ends because its task was cancelled must not look complete.
        if Task.isCancelled { throw failure(Self.cancelled) }
        let count = writer.rowCount
        if count > 0 { try await send(writer.finish(), target) }
        let isComplete = !hasMore || batchRows == options.batchSize
        if isComplete, isBatchOpen { try await commit() }
        return hasMore
    }

    private mutating func send(_ rows: SQLColumnBatch, _ target: BulkTarget) async throws(SQLBulkCopyError) {
        let beginning = isBatchOpen ? nil : target
        let limit = options.timeout ?? lease.commandTimeout
        try await visit { (connection, ticket) throws(SQLServerError) in
            try connection.send(rows, beginning: beginning, ticket, limit)
        }
        isBatchOpen = true
        batchRows += rows.rowCount
        progress.rowsSent += rows.rowCount
        options.onProgress?(progress)
    }

    private mutating func commit() async throws(SQLBulkCopyError) {
        let limit = options.timeout ?? lease.commandTimeout
        do throws(SQLBulkCopyError) {
            try await visit { (connection, ticket) throws(SQLServerError) in
                try connection.finishBulkBatch(ticket, limit)
            }
        } catch {
            guard let cause = error.error, cause.code != .server else { throw error }
            throw SQLBulkCopyError(cause: cause, progress: progress, isOutcomeUnknown: !isInTransaction)
        }
        isBatchOpen = false
        progress.batchCount += 1
        if !isInTransaction { progress.rowsCommitted += batchRows }
        batchRows = 0
        options.onProgress?(progress)
    }

    private func readTable() async throws(SQLBulkCopyError) -> BulkTable {
        do throws(SQLServerError) {
            return try await lease.bulkTable(name, timeout: options.timeout)
        } catch {
            throw failure(error)
        }
    }

    private func visit<Value: Sendable>(
        _ work: @escaping SQLServerConnection.Work<Value>
    ) async throws(SQLBulkCopyError) -> Value {
        do throws(SQLServerError) {
            return try await lease.visit(
                SQLCallOptions(timeout: options.timeout), query: "bulk copy into \(name)", work)
        } catch {
            throw failure(error)
        }
    }

    // MARK: Failures

    private static var cancelled: SQLServerError {
        SQLServerError(.cancelled, "the task was cancelled, and with it the bulk copy")
    }

    private func failure(_ error: SQLServerError) -> SQLBulkCopyError {
        SQLBulkCopyError(cause: error, progress: progress)
    }

    private func failure(_ error: BulkSourceFailure, rowIndex: Int, position: Int) -> SQLBulkCopyError {
        switch error {
        case .rows(let cause):
            guard !(cause is CancellationError) else { return failure(Self.cancelled) }
            return SQLBulkCopyError(cause: cause, progress: progress)
        case .value(let error):
            let row = rowIndex + 1
            let column: BulkColumn? =
                switch error.place {
                case .value: position < columns.count ? columns[position] : nil
                case .property(let name): columns.first { $0.name.lowercased() == name.lowercased() }
                case .row: nil
                }
            let place = column.map { ", column '\($0.name)' (\($0.typeName))" } ?? ""
            return SQLBulkCopyError(
                cause: SQLServerError(.encoding, "row \(row)\(place): \(error.reason)"), progress: progress, row: row,
                column: column?.name, columnType: column?.type)
        }
    }
}

extension SQLServerConnection {
    /// Gives up a bulk load behind its user.
    fileprivate func abandonBulkLoad() { cleanUp { connection in connection.abandonBulkLoad() } }

    /// The columns of a table that rows may be copied into.
    ///
    /// - Throws: `encoding` for what is no name; `server` when there is no such table.
    package func bulkColumns(of table: SQLObjectName) async throws(SQLServerError) -> [BulkColumn] {
        try await bulkTable(table, timeout: nil).columns
    }

    fileprivate func bulkTable(_ table: SQLObjectName, timeout: Duration?) async throws(SQLServerError) -> BulkTable {
        try table.check(maximumParts: 3)
        let limit = timeout ?? commandTimeout
        return try await visit(SQLCallOptions(timeout: timeout), query: table.quoted) {
            (connection, ticket) throws(SQLServerError) in
            let results = try connection.run(BulkTable.request(table), ticket: ticket, limit: limit)
            let found = try BulkTable(table, results)
            guard found.columns.isEmpty else { return found }
            // The server says best why: there is no such table (208), or no right to it (229).
            let query = "SELECT TOP (0) * FROM \(table.quoted)"
            _ = try connection.run(SQLRequest(text: query), ticket: ticket, limit: limit)
            throw SQLServerError(.unsupported, "\(table.quoted) is no table or view; name the one behind it")
        }
    }
}

extension SQLEngineConnection {
    /// Sends a block of rows in a visit of its own; begins the batch first when there is a target.
    fileprivate func send(
        _ rows: SQLColumnBatch, beginning target: BulkTarget?, _ ticket: RequestTicket, _ limit: Duration?
    ) throws(SQLServerError) {
        try visit(ticket, limit: limit) { () throws(SQLServerError) in
            if let target { try beginBulkLoad(target) }
            try sendBulkRows(rows)
        }
    }

    /// Ends a batch in a visit of its own.
    fileprivate func finishBulkBatch(_ ticket: RequestTicket, _ limit: Duration?) throws(SQLServerError) {
        try visit(ticket, limit: limit, finishBulkBatch)
    }
}
