import CFreeTDS
import SQLServerCore
import SQLValues

/// How a column's cells lie in db-lib's row buffer.
enum WireForm: Sendable {
    case bit, tinyInt, smallInt, int, bigInt, real, float, smallMoney, money
    case numeric, smallDateTime, dateTime, date, time, dateTime2, dateTimeOffset, uniqueIdentifier, text, bytes

    /// Whether cells lie in the batch's arena.
    var isVariable: Bool { self == .text || self == .bytes }
}

/// A column with the form in which its cells come.
struct DescribedColumn: Sendable {
    let column: SQLColumn
    let form: WireForm
}

/// Copies the rows of the current result set into column batches.
///
/// The form of each column is chosen once per result set, and its cells are written where they stay.
@safe
struct ColumnReader: ~Copyable {
    /// A column of the batch that is being filled.
    @unsafe
    private struct Target {
        let form: WireForm
        let place: ColumnPlace
    }

    private let forms: [WireForm]
    private let list: ColumnList
    private var builder: ColumnBatchBuilder
    private let targets: UnsafeMutableBufferPointer<Target>

    /// A reader of rows with the described columns.
    init(_ columns: [DescribedColumn]) {
        forms = columns.map(\.form)
        list = ColumnList(columns.map(\.column))
        builder = ColumnBatchBuilder(list, firstRows: 64)
        unsafe targets = .allocate(capacity: forms.count)
        aim()
    }

    deinit { unsafe targets.deallocate() }

    /// Finds out where the cells of the builder's batch lie.
    private func aim() {
        for index in forms.indices {
            unsafe targets.initializeElement(
                at: index, to: Target(form: forms[index], place: builder.place(index)))
        }
    }

    /// The columns as the result set shows them.
    var columnList: ColumnList { list }
    var rowCount: Int { builder.rowCount }
    var isFull: Bool { builder.isFull }

    /// The batch of the rows so far.
    mutating func finish() -> SQLColumnBatch {
        let batch = builder.finish()
        aim()
        return batch
    }

    /// The batch of the last rows; no more are read.
    mutating func finishLast() -> SQLColumnBatch { builder.finish(isLast: true) }

    /// Copies the current row of db-lib.
    ///
    /// - Throws: `protocolViolation` for a value outside its type's range.
    mutating func readRow(_ process: OpaquePointer) throws(SQLServerError) {
        let (row, columnCount) = (builder.rowCount, unsafe targets.count)
        for index in 0..<columnCount {
            let number = Int32(truncatingIfNeeded: index + 1)
            let (form, place) = unsafe (targets[index].form, targets[index].place)
            guard let data = unsafe UnsafeRawPointer(dbdata(process, number)) else {
                unsafe place.setNull(row)
                continue
            }
            if form.isVariable {
                let bytes = unsafe UnsafeRawBufferPointer(start: data, count: Int(dbdatlen(process, number)))
                unsafe builder.store(bytes, inCell: place.cells + 16 * row)
                continue
            }
            // The buffer of a fixed form has its full size whatever the value's length, so that is not asked for.
            guard unsafe CellWriter.write(data, form, place.cells, row) else { throw invalid(list.columns[index]) }
        }
        builder.addWrittenRow()
    }

    private func invalid(_ column: SQLColumn) -> SQLServerError {
        SQLServerError(.protocolViolation, "column '\(column.name)' (\(column.type)) has an invalid value")
    }
}
