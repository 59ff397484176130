import SQLServerCore

/// Why a source gives no more rows.
enum BulkSourceFailure: Error {
    /// A value does not fit its column.
    case value(BulkValueError)
    /// The rows' own sequence failed.
    case rows(any Error)
}

/// Rows for a bulk copy, from a sequence of any kind.
protocol BulkRowSource {
    /// The names of the columns that rows have values for; nil when there are no rows to tell them.
    mutating func columnNames() async throws(BulkSourceFailure) -> [String]?

    /// Adds rows to a block until it is full, so many rows are in it, or there are no more; false then.
    mutating func fill(_ writer: inout BulkRowWriter, upTo rowCount: Int) async throws(BulkSourceFailure) -> Bool
}

/// How rows of one kind are written: the same for every sequence.
struct BulkRowForm<Row> {
    /// The names of the columns, as the caller gave them or as the first row tells.
    let columnNames: (Row?) throws(BulkValueError) -> [String]?
    /// Writes the values of a row.
    let write: (Row, inout BulkRowWriter) throws(BulkValueError) -> Void

    /// A row as a whole.
    @inline(__always)
    func add(_ row: Row, to writer: inout BulkRowWriter) throws(BulkSourceFailure) {
        do throws(BulkValueError) {
            writer.beginRow()
            try write(row, &writer)
            try writer.endRow()
        } catch {
            throw .value(error)
        }
    }

    func names(_ row: Row?) throws(BulkSourceFailure) -> [String]? {
        do throws(BulkValueError) {
            return try columnNames(row)
        } catch {
            throw .value(error)
        }
    }
}

/// Rows of a sequence that is at hand.
struct SequenceSource<Rows: Sequence>: BulkRowSource {
    private var iterator: Rows.Iterator
    private var first: Rows.Element?
    private let form: BulkRowForm<Rows.Element>

    init(_ rows: Rows, _ form: BulkRowForm<Rows.Element>) {
        iterator = rows.makeIterator()
        self.form = form
    }

    mutating func columnNames() throws(BulkSourceFailure) -> [String]? {
        first = iterator.next()
        return try form.names(first)
    }

    mutating func fill(_ writer: inout BulkRowWriter, upTo rowCount: Int) throws(BulkSourceFailure) -> Bool {
        if let row = first {
            first = nil
            try form.add(row, to: &writer)
        }
        while !writer.isFull, writer.rowCount < rowCount {
            guard let row = iterator.next() else { return false }
            try form.add(row, to: &writer)
        }
        return true
    }
}

/// Rows of an asynchronous sequence.
struct AsyncSequenceSource<Rows: AsyncSequence>: BulkRowSource {
    private var iterator: Rows.AsyncIterator
    private var first: Rows.Element?
    private let form: BulkRowForm<Rows.Element>

    init(_ rows: Rows, _ form: BulkRowForm<Rows.Element>) {
        iterator = rows.makeAsyncIterator()
        self.form = form
    }

    mutating func columnNames() async throws(BulkSourceFailure) -> [String]? {
        first = try await next()
        return try form.names(first)
    }

    mutating func fill(_ writer: inout BulkRowWriter, upTo rowCount: Int) async throws(BulkSourceFailure) -> Bool {
        if let row = first {
            first = nil
            try form.add(row, to: &writer)
        }
        while !writer.isFull, writer.rowCount < rowCount {
            guard let row = try await next() else { return false }
            try form.add(row, to: &writer)
        }
        return true
    }

    private mutating func next() async throws(BulkSourceFailure) -> Rows.Element? {
        do {
            return try await iterator.next(isolation: #isolation)
        } catch {
            throw .rows(error)
        }
    }
}
