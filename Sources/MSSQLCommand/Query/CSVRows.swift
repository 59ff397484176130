import CommandLineTools
import SQLServer
import Synchronization

/// The rows of a CSV file as values of a table's columns, read while they are copied.
final class CSVRows: AsyncSequence {
    typealias Element = [SQLTypedValue]

    /// How the text of a field becomes a value.
    private struct Column {
        let name: String
        let type: SQLType
        let parameterType: ParameterType?
    }

    private var reader: CSVReader
    private let name: String
    private var columns: [Column] = []
    private var peeked: CSVRecord?
    /// The line of the record that was read last.
    private(set) var line = 1
    private let byteCount = ByteCount()

    private final class ByteCount: Sendable {
        let value = Atomic(0)
    }

    /// Tells the bytes that were read so far, to any thread.
    var bytesRead: @Sendable () -> Int {
        let byteCount = byteCount
        return { byteCount.value.load(ordering: .relaxed) }
    }

    init(_ reader: CSVReader, name: String) {
        self.reader = reader
        self.name = name
    }

    /// The names of the columns from the first line.
    func readHeader() throws -> [String] {
        guard let header = try reader.next() else {
            throw CSVError(line: 1, reason: "the file is empty; it needs a line with the names of the columns")
        }
        return header.fields.map(\.text)
    }

    /// How many fields the first line has.
    func peekFieldCount() throws -> Int {
        peeked = try reader.next()
        return peeked?.fields.count ?? 0
    }

    /// Chooses how the fields are read.
    func prepare(_ names: [String], _ table: [BulkColumn]) throws {
        columns = names.map { name in
            // A name that is not in the table is refused by the copy itself.
            let column =
                table.first { $0.name == name } ?? table.first { $0.name.lowercased() == name.lowercased() }
            let type = column?.type ?? .nVarCharMax
            return Column(
                name: column?.name ?? name, type: type, parameterType: type.isCharacter ? nil : ParameterType(of: type))
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(rows: self) }

    struct Iterator: AsyncIteratorProtocol {
        let rows: CSVRows
        mutating func next() async throws -> [SQLTypedValue]? { try rows.next() }
    }

    private func next() throws -> [SQLTypedValue]? {
        let record: CSVRecord?
        if let peeked { record = peeked } else { record = try reader.next() }
        peeked = nil
        byteCount.value.store(reader.byteCount, ordering: .relaxed)
        guard let record else { return nil }
        line = record.line
        guard record.fields.count == columns.count else {
            throw CSVError(line: line, reason: "\(record.fields.count) fields for \(columns.count) columns")
        }
        var values: [SQLTypedValue] = []
        values.reserveCapacity(columns.count)
        for (field, column) in zip(record.fields, columns) { values.append(try value(of: field, column)) }
        return values
    }

    /// An empty field without quotation marks is NULL.
    private func value(of field: CSVRecord.Field, _ column: Column) throws -> SQLTypedValue {
        if field.text.isEmpty, !field.isQuoted { return SQLTypedValue(.null, as: column.type) }
        if column.type.isCharacter { return SQLTypedValue(.string(field.text), as: .nVarCharMax) }
        guard let parameterType = column.parameterType else {
            throw failure(column, "a type that has no text form here")
        }
        guard let value = try parameterType.parsed(field.text) else { throw failure(column, parameterType.form) }
        return value
    }

    private func failure(_ column: Column, _ reason: String) -> CSVError {
        CSVError(line: line, reason: "column '\(column.name)' (\(column.type)): the field is no value of it: \(reason)")
    }
}
