import SQLValues

/// Why a value cannot go into its column; never holds the value.
@usableFromInline
package struct BulkValueError: Error, Sendable {
    /// What in the row it is about.
    @usableFromInline
    package enum Place: Sendable, Hashable {
        /// The value at the writer's position.
        case value
        /// The value of a property.
        case property(String)
        /// The row as a whole.
        case row
    }

    package let reason: String
    package let place: Place

    @usableFromInline
    package init(_ reason: String, _ place: Place = .value) {
        self.reason = reason
        self.place = place
    }
}

/// Makes blocks of rows for a bulk load: checks each value against its column, converts it exactly, and stores it in a
/// column batch.
///
/// In these batches the cells of text columns hold bytes as they go to the server: UTF-16, little-endian, for the
/// Unicode types, else the code page of the database.
///
/// ```swift
/// writer.beginRow()
/// try writer.append(SQLTypedValue(.int(1), as: .int))
/// try writer.append(text: "Ada")
/// try writer.endRow()
/// ```
@usableFromInline
package struct BulkRowWriter: ~Copyable {
    /// How values are checked against a column, chosen once.
    private enum Form: Sendable, BitwiseCopyable {
        case bit
        case integer(lowest: Int64, highest: Int64)
        case float
        case decimal(limit: Int128, scale: Int)
        case date
        /// A whole number of steps of so many ticks.
        case time(step: Int)
        case dateTime2(step: Int)
        case uniqueIdentifier
        /// At most so many bytes of UTF-16.
        case unicode(limit: Int)
        /// At most so many bytes in the code page of the column.
        case codePage(limit: Int)
        case bytes(limit: Int)
        case other
    }

    /// What is looked at for every value: nothing that is counted or allocated.
    private struct Column: Sendable, BitwiseCopyable {
        let isNullable: Bool
        let form: Form
    }

    /// What FreeTDS and TDS can count: 2^31 - 1 bytes.
    private static let maximumBytes = 2_147_483_647

    private let columns: [Column]
    private let types: [SQLType]
    /// For each column, looked at for text that is not ASCII.
    private let pages: [BulkCodePages]
    private var builder: ColumnBatchBuilder
    /// The position of the next value in its row, for errors.
    package private(set) var position = 0

    /// A writer of rows with a value for each of the target's loaded columns.
    package init(_ target: BulkTarget) {
        let loaded = target.loadedColumns
        types = loaded.map { $0.type ?? .variant }
        columns = loaded.map { column in
            // A NULL in a column with a default becomes the default, unless NULL is to be kept.
            let takesNull = column.isNullable || column.hasDefault && !target.hints.contains(.keepNulls)
            return Column(isNullable: takesNull, form: Self.form(column.type ?? .variant))
        }
        pages = loaded.map { BulkCodePages(wire: target.codePage ?? .ascii, column: $0.codePage ?? .ascii) }
        builder = ColumnBatchBuilder(ColumnList(loaded.map { SQLColumn(name: $0.name, type: $0.type ?? .variant) }))
    }

    private static func form(_ type: SQLType) -> Form {
        switch type.kind {
        case .bit: .bit
        case .tinyInt: .integer(lowest: 0, highest: 255)
        case .smallInt: .integer(lowest: Int64(Int16.min), highest: Int64(Int16.max))
        case .int: .integer(lowest: Int64(Int32.min), highest: Int64(Int32.max))
        case .bigInt: .integer(lowest: .min, highest: .max)
        case .float: .float
        case .decimal, .numeric:
            .decimal(limit: SQLDecimal.power(type.precision ?? 18), scale: type.scale ?? 0)
        case .date: .date
        case .time: .time(step: SQLTime.ticksPerStep(scale: type.scale ?? 7))
        case .dateTime2: .dateTime2(step: SQLTime.ticksPerStep(scale: type.scale ?? 7))
        case .uniqueIdentifier: .uniqueIdentifier
        case .nChar, .nVarChar, .nText: .unicode(limit: type.length.map { 2 * $0 } ?? maximumBytes)
        case .char, .varChar, .text: .codePage(limit: type.length ?? maximumBytes)
        case .binary, .varBinary, .image: .bytes(limit: type.length ?? maximumBytes)
        default: .other
        }
    }

    /// Rows in the block so far.
    @usableFromInline
    package var rowCount: Int { builder.rowCount }
    /// Whether the block should be handed over before another row is added.
    @usableFromInline
    package var isFull: Bool { builder.isFull }
    /// Values that a row has.
    package var columnCount: Int { columns.count }

    /// The rows so far; the writer goes on with an empty block.
    package mutating func finish() -> SQLColumnBatch { builder.finish() }

    /// Begins a row.
    @usableFromInline
    package mutating func beginRow() {
        position = 0
        builder.beginRow()
    }

    /// Ends a row.
    ///
    /// - Throws: When it has not a value for each column.
    @usableFromInline
    package mutating func endRow() throws(BulkValueError) {
        guard position == columns.count else {
            throw BulkValueError("the row has \(position) values for \(columns.count) columns", .row)
        }
        builder.endRow()
    }

    @inline(__always)
    private func column() throws(BulkValueError) -> Column {
        guard position < columns.count else { throw tooManyValues }
        return columns[position]
    }

    private var tooManyValues: BulkValueError {
        BulkValueError("the row has more values than there are columns: \(columns.count)", .row)
    }

    /// NULL.
    package mutating func appendNull() throws(BulkValueError) {
        guard try column().isNullable else { throw BulkValueError("NULL in a column that is NOT NULL") }
        builder.appendNull()
        position += 1
    }

    /// A value of any kind.
    @usableFromInline
    package mutating func append(_ value: SQLTypedValue) throws(BulkValueError) {
        switch (value.value, try column().form) {
        case (.null, _): return try appendNull()
        case (.int(let number), _): return try append(integer: number)
        case (.string(let text), _): return try append(text: text)
        case (.bytes(let bytes), _): return try append(bytes: bytes)
        case (.decimal(let number), _): return try append(decimal: number)
        case (.bit(let value), .bit): builder.append(integer: value ? 1 : 0)
        case (.double(let number), .float): builder.append(double: number)
        case (.date(let date), .date): builder.append(integer: Int64(date.daysSinceYearOne))
        case (.time(let time), .time(let step)) where time.ticks % step == 0:
            builder.append(integer: Int64(time.ticks))
        case (.dateTime(let moment), .dateTime2(let step)) where moment.ticksSinceYearOne % step == 0:
            builder.append(integer: Int64(moment.ticksSinceYearOne))
        case (.uniqueIdentifier(let value), .uniqueIdentifier): builder.append(uniqueIdentifier: value)
        default: return try convert(value)
        }
        position += 1
    }

    /// A whole number.
    package mutating func append(integer number: Int64) throws(BulkValueError) {
        let isInRange: Bool
        switch try column().form {
        case .integer(let lowest, let highest): isInRange = lowest <= number && number <= highest
        case .bit: isInRange = number == 0 || number == 1
        default: return try convert(SQLTypedValue(.int(number), as: .bigInt))
        }
        guard isInRange else { throw BulkValueError("the number is outside the range of the type") }
        builder.append(integer: number)
        position += 1
    }

    private mutating func append(decimal number: SQLDecimal) throws(BulkValueError) {
        guard case .decimal(let limit, let scale) = try column().form, number.scale <= scale else {
            return try convert(SQLTypedValue(.decimal(number), as: .decimal(38, number.scale)))
        }
        var (coefficient, overflow) = (number.coefficient, false)
        if number.scale < scale {
            (coefficient, overflow) = coefficient.multipliedReportingOverflow(
                by: SQLDecimal.power(scale - number.scale))
        }
        guard !overflow, coefficient.magnitude < limit.magnitude else { throw Self.misfit(types[position]) }
        builder.append(coefficient: coefficient)
        position += 1
    }

    /// A text.
    package mutating func append(text: String) throws(BulkValueError) {
        var text = text
        let failure: BulkValueError? = text.withUTF8 {
            unsafe self.failure(appendingUTF8: UnsafeRawBufferPointer($0))
        }
        if let failure { throw failure }
    }

    private mutating func append(bytes: [UInt8]) throws(BulkValueError) {
        let failure: BulkValueError? = unsafe bytes.withUnsafeBytes { unsafe self.failure(appending: $0) }
        if let failure { throw failure }
    }

    /// The library's buffer functions do not rethrow typed errors.
    private mutating func failure(appendingUTF8 text: UnsafeRawBufferPointer) -> BulkValueError? {
        do throws(BulkValueError) {
            unsafe try append(utf8: text)
            return nil
        } catch {
            return error
        }
    }

    private mutating func failure(appending bytes: UnsafeRawBufferPointer) -> BulkValueError? {
        do throws(BulkValueError) {
            unsafe try append(bytes: bytes)
            return nil
        } catch {
            return error
        }
    }

    /// A text as valid UTF-8.
    private mutating func append(utf8 text: UnsafeRawBufferPointer) throws(BulkValueError) {
        switch try column().form {
        case .unicode(let limit):
            var count = 0
            unsafe builder.append(bytesAtMost: 2 * text.count) { place in
                count = unsafe BulkText.writeUTF16(text, to: place)
                return count
            }
            guard count <= limit else { throw Self.tooLong(count / 2, "characters", types[position]) }
        case .codePage(let limit):
            guard unsafe BulkText.isASCII(text) else {
                let (bytes, columnCount) = try pages[position].bytes(of: unsafe String(decoding: text, as: UTF8.self))
                guard max(columnCount, bytes.count) <= limit else {
                    throw Self.tooLong(max(columnCount, bytes.count), "bytes", types[position])
                }
                unsafe bytes.withUnsafeBytes { unsafe builder.append(bytes: $0) }
                break
            }
            guard text.count <= limit else { throw Self.tooLong(text.count, "bytes", types[position]) }
            unsafe builder.append(bytes: text)
        default:
            return try convert(SQLTypedValue(.string(unsafe String(decoding: text, as: UTF8.self)), as: .nVarCharMax))
        }
        position += 1
    }

    private mutating func append(bytes: UnsafeRawBufferPointer) throws(BulkValueError) {
        guard case .bytes(let limit) = try column().form else {
            return try convert(SQLTypedValue(.bytes(unsafe Array(bytes)), as: .varBinaryMax))
        }
        guard bytes.count <= limit else { throw Self.tooLong(bytes.count, "bytes", types[position]) }
        unsafe builder.append(bytes: bytes)
        position += 1
    }

    /// All values of a row of a result set.
    package mutating func append(contentsOf row: SQLRow) throws(BulkValueError) {
        for index in 0..<row.count {
            try append(row.cell(checked: index))
        }
    }

    /// A cell of a result set; texts and bytes are copied without making a value of them.
    package mutating func append(_ cell: SQLCell) throws(BulkValueError) {
        guard !cell.isNull else { return try appendNull() }
        switch cell.layout {
        case .bit, .integer: try append(integer: cell.load(Int64.self))
        case .text: unsafe try cell.withBytes { (bytes) throws(BulkValueError) in unsafe try append(utf8: bytes) }
        case .bytes: unsafe try cell.withBytes { (bytes) throws(BulkValueError) in unsafe try append(bytes: bytes) }
        default: try append(SQLTypedValue(cell.value, as: cell.column.type))
        }
    }

    // MARK: Everything else

    private mutating func convert(_ value: SQLTypedValue) throws(BulkValueError) {
        let type = types[position]
        let converted: SQLTypedValue
        do throws(SQLServerError) {
            converted = try value.converted(to: type)
        } catch {
            throw BulkValueError("a \(value.type.name) value that the type cannot hold exactly")
        }
        guard store(converted.value, type) else { throw Self.misfit(type) }
        position += 1
    }

    private mutating func store(_ value: SQLValue, _ type: SQLType) -> Bool {
        switch value {
        case .bit(let value): builder.append(integer: value ? 1 : 0)
        case .int(let value): builder.append(integer: value)
        case .double(let value): builder.append(double: value)
        case .decimal(let value):
            guard type.kind == .money || type.kind == .smallMoney else {
                builder.append(coefficient: value.coefficient)
                break
            }
            guard let units = Int64(exactly: value.coefficient) else { return false }
            builder.append(integer: units)
        case .date(let value): builder.append(integer: Int64(value.daysSinceYearOne))
        case .time(let value): builder.append(integer: Int64(value.ticks))
        case .dateTime(let value): builder.append(integer: Int64(value.ticksSinceYearOne))
        case .dateTimeOffset(let value):
            builder.append(
                utcTicks: Int64(value.utc.ticksSinceYearOne), offsetMinutes: Int64(value.offsetMinutes))
        case .uniqueIdentifier(let value): builder.append(uniqueIdentifier: value)
        // Texts and bytes have forms of their own; here they met a column of another type.
        case .null, .string, .bytes: return false
        }
        return true
    }

    private static func tooLong(_ count: Int, _ unit: String, _ type: SQLType) -> BulkValueError {
        let limit = type.length.map(String.init) ?? "\(maximumBytes)"
        return BulkValueError("the value has \(count) \(unit), the column holds \(limit)")
    }

    private static func misfit(_ type: SQLType) -> BulkValueError {
        BulkValueError("the value does not fit \(type) exactly")
    }
}
