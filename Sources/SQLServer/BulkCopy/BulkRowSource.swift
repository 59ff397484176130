public import SQLServerCore

/// Why a source gives no more rows.
@usableFromInline
enum BulkSourceFailure: Error {
    /// A value does not fit its column.
    case value(BulkValueError)
    /// The rows' own sequence failed.
    case rows(any Error)
}

/// Rows of a sequence that is at hand, written in one form.
///
/// Its functions are compiled in the module that calls `bulkCopy`, for the types of its rows.
@usableFromInline
final class SequenceSource<Rows: Sequence, Form: BulkRowForm> where Form.Row == Rows.Element {
    /// Taken out while rows are read, so that it stays the only one that holds what it iterates over.
    @usableFromInline var iterator: Rows.Iterator?
    @usableFromInline var first: Rows.Element?
    @usableFromInline let form: Form

    @inlinable
    init(_ rows: Rows, _ form: Form) {
        iterator = rows.makeIterator()
        self.form = form
    }

    /// The names of the columns that rows have values for; nil when there are no rows to tell them.
    @inlinable
    func columnNames() throws(BulkSourceFailure) -> [String]? {
        first = iterator?.next()
        return try form.names(first)
    }

    /// Adds rows to a block until it is full, so many rows are in it, or there are no more; false then.
    @inlinable
    func fill(_ writer: inout BulkRowWriter, upTo rowCount: Int) throws(BulkSourceFailure) -> Bool {
        guard var rows = iterator.take() else { return false }
        defer { iterator = rows }
        if let row = first.take() { try form.add(row, to: &writer) }
        while !writer.isFull, writer.rowCount < rowCount {
            guard let row = rows.next() else { return false }
            try form.add(row, to: &writer)
        }
        return true
    }
}

/// Rows of an asynchronous sequence, written in one form.
@usableFromInline
final class AsyncSequenceSource<Rows: AsyncSequence, Form: BulkRowForm> where Form.Row == Rows.Element {
    @usableFromInline var iterator: Rows.AsyncIterator?
    @usableFromInline var first: Rows.Element?
    @usableFromInline let form: Form

    @inlinable
    init(_ rows: Rows, _ form: Form) {
        iterator = rows.makeAsyncIterator()
        self.form = form
    }

    /// The names of the columns that rows have values for; nil when there are no rows to tell them.
    @inlinable
    func columnNames() async throws(BulkSourceFailure) -> [String]? {
        guard var rows = iterator.take() else { return nil }
        defer { iterator = rows }
        first = try await Self.next(&rows)
        return try form.names(first)
    }

    /// Adds rows to a block until it is full, so many rows are in it, or there are no more; false then.
    @inlinable
    func fill(_ writer: inout BulkRowWriter, upTo rowCount: Int) async throws(BulkSourceFailure) -> Bool {
        guard var rows = iterator.take() else { return false }
        defer { iterator = rows }
        if let row = first.take() { try form.add(row, to: &writer) }
        while !writer.isFull, writer.rowCount < rowCount {
            guard let row = try await Self.next(&rows) else { return false }
            try form.add(row, to: &writer)
        }
        return true
    }

    @inlinable
    static func next(_ rows: inout Rows.AsyncIterator) async throws(BulkSourceFailure) -> Rows.Element? {
        do {
            return try await rows.next(isolation: #isolation)
        } catch {
            throw .rows(error)
        }
    }
}
