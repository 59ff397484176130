public import SQLServerCore

/// How rows of one kind are written: the same for every sequence.
@usableFromInline
protocol BulkRowForm<Row> {
    associatedtype Row

    /// The names of the columns, as the caller gave them or as the first row tells; nil when there is no row to tell.
    func columnNames(_ row: Row?) throws(BulkValueError) -> [String]?

    /// Writes the values of a row.
    func write(_ row: Row, to writer: inout BulkRowWriter) throws(BulkValueError)
}

extension BulkRowForm {
    /// A row as a whole.
    @inlinable
    @inline(__always)
    func add(_ row: Row, to writer: inout BulkRowWriter) throws(BulkSourceFailure) {
        do throws(BulkValueError) {
            writer.beginRow()
            try write(row, to: &writer)
            try writer.endRow()
        } catch {
            throw .value(error)
        }
    }

    @inlinable
    func names(_ row: Row?) throws(BulkSourceFailure) -> [String]? {
        do throws(BulkValueError) {
            return try columnNames(row)
        } catch {
            throw .value(error)
        }
    }
}

/// Tuples, one value for each of the named columns.
@usableFromInline
struct TupleForm<each Value: SQLEncodable>: BulkRowForm {
    @usableFromInline let columns: [String]

    @inlinable
    init(_ columns: [String]) { self.columns = columns }

    @inlinable
    func columnNames(_ row: (repeat each Value)?) -> [String]? { columns }

    @inlinable
    @inline(__always)
    func write(_ row: (repeat each Value), to writer: inout BulkRowWriter) throws(BulkValueError) {
        for value in repeat each row { try writer.append(encoding: value) }
    }
}

/// Single values, for one column.
@usableFromInline
struct ValueForm<Value: SQLEncodable>: BulkRowForm {
    @usableFromInline let columns: [String]

    @inlinable
    init(_ columns: [String]) { self.columns = columns }

    @inlinable
    func columnNames(_ row: Value?) -> [String]? { columns }

    @inlinable
    func write(_ row: Value, to writer: inout BulkRowWriter) throws(BulkValueError) {
        try writer.append(encoding: row)
    }
}

/// Lists of values, one for each of the named columns.
@usableFromInline
struct ListForm: BulkRowForm {
    private let columns: [String]

    @usableFromInline
    init(_ columns: [String]) { self.columns = columns }

    @usableFromInline
    func columnNames(_ row: [SQLTypedValue]?) -> [String]? { columns }

    @usableFromInline
    func write(_ row: [SQLTypedValue], to writer: inout BulkRowWriter) throws(BulkValueError) {
        for value in row { try writer.append(value) }
    }
}

/// Rows of a query; their columns have the names of the table's, or are given in order.
@usableFromInline
struct ResultForm: BulkRowForm {
    private let columns: [String]?

    @usableFromInline
    init(_ columns: [String]?) { self.columns = columns }

    @usableFromInline
    func columnNames(_ row: SQLRow?) -> [String]? { columns ?? row.map { $0.columns.map(\.name) } }

    @usableFromInline
    func write(_ row: SQLRow, to writer: inout BulkRowWriter) throws(BulkValueError) {
        try writer.append(contentsOf: row)
    }
}

/// Encodable values, whose keys are the names of columns.
@usableFromInline
struct EncodableForm<Value: Encodable>: BulkRowForm {
    private let encoder = BulkRowEncoder()

    @usableFromInline
    init() {}

    @usableFromInline
    func columnNames(_ row: Value?) throws(BulkValueError) -> [String]? {
        guard let row else { return nil }
        return try encoder.names(of: row)
    }

    @usableFromInline
    func write(_ row: Value, to writer: inout BulkRowWriter) throws(BulkValueError) {
        try encoder.write(row, to: &writer)
    }
}

extension BulkRowWriter {
    /// A value of a Swift type.
    @inlinable
    @inline(__always)
    mutating func append(encoding value: some SQLEncodable) throws(BulkValueError) {
        let encoded: SQLTypedValue
        do throws(SQLServerError) {
            encoded = try value.encode()
        } catch {
            throw BulkValueError(error.message)
        }
        try append(encoded)
    }
}
