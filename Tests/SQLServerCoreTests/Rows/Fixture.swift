import SQLServerCore
import SQLValues

/// Column batches made of plain values, through the builder that the engines use.
enum Fixture {
    /// One result set of these columns and rows, as the events of a response.
    static func events(_ columns: [SQLColumn], _ rows: [[SQLValue]]) -> [SQLResponseEvent] {
        let list = ColumnList(columns)
        return [.columns(list)] + batches(list, rows).map { .rows($0) } + [.statementEnd(rowCount: rows.count)]
    }

    /// One result set, in memory.
    static func resultSet(_ columns: [SQLColumn], _ rows: [[SQLValue]]) async throws -> SQLResultSet {
        try await ScriptedExecutor(events(columns, rows)).query("SELECT 1")
    }

    /// One row of one column.
    static func row(_ value: SQLValue, _ type: SQLType, name: String = "Value") -> SQLRow {
        batches(ColumnList([SQLColumn(name: name, type: type)]), [[value]])[0][row: 0]
    }

    static func batches(_ list: ColumnList, _ rows: [[SQLValue]]) -> [SQLColumnBatch] {
        var builder = ColumnBatchBuilder(list)
        var batches: [SQLColumnBatch] = []
        for row in rows {
            if builder.isFull { batches.append(builder.finish()) }
            for (value, column) in zip(row, list.columns) { append(value, ColumnLayout(column.type), to: &builder) }
            builder.endRow()
        }
        if builder.rowCount > 0 { batches.append(builder.finish()) }
        return batches
    }

    private static func append(_ value: SQLValue, _ layout: ColumnLayout, to builder: inout ColumnBatchBuilder) {
        switch (value, layout) {
        case (.bit(let bit), _): builder.append(integer: bit ? 1 : 0)
        case (.int(let number), _): builder.append(integer: number)
        case (.double(let number), _): builder.append(double: number)
        case (.decimal(let number), .money): builder.append(integer: Int64(number.coefficient))
        case (.decimal(let number), _): builder.append(coefficient: number.coefficient)
        case (.date(let date), _): builder.append(integer: Int64(date.daysSinceYearOne))
        case (.time(let time), _): builder.append(integer: Int64(time.ticks))
        case (.dateTime(let moment), _): builder.append(integer: Int64(moment.ticksSinceYearOne))
        case (.dateTimeOffset(let moment), _):
            builder.append(
                utcTicks: Int64(moment.utc.ticksSinceYearOne), offsetMinutes: Int64(moment.offsetMinutes))
        case (.uniqueIdentifier(let value), _): builder.append(uniqueIdentifier: value)
        case (.string(let text), _): append(Array(text.utf8), to: &builder)
        case (.bytes(let bytes), _): append(bytes, to: &builder)
        default: builder.appendNull()
        }
    }

    private static func append(_ bytes: [UInt8], to builder: inout ColumnBatchBuilder) {
        unsafe bytes.withUnsafeBytes { unsafe builder.append(bytes: $0) }
    }
}

/// Values of every type, and random ones.
enum Sample {
    static func decimal(_ text: String) -> SQLValue { SQLDecimal(text).map(SQLValue.decimal) ?? .null }
    static func date(_ text: String) -> SQLValue { SQLDate(text).map(SQLValue.date) ?? .null }
    static func time(_ text: String) -> SQLValue { SQLTime(text).map(SQLValue.time) ?? .null }
    static func moment(_ text: String) -> SQLValue { SQLDateTime(text).map(SQLValue.dateTime) ?? .null }
    static func offset(_ text: String) -> SQLValue { SQLDateTimeOffset(text).map(SQLValue.dateTimeOffset) ?? .null }
    static func guid(_ text: String) -> SQLValue { SQLUniqueIdentifier(text).map(SQLValue.uniqueIdentifier) ?? .null }

    private static let nines = String(repeating: "9", count: 38)

    /// Each type with its smallest, its largest and some other values.
    static let all: [(type: SQLType, values: [SQLValue])] = [
        (.bit, [.bit(false), .bit(true)]), (.tinyInt, [.int(0), .int(255)]), (.smallInt, [.int(-32_768), .int(251)]),
        (.int, [.int(-2_147_483_648), .int(2_147_483_647)]), (.bigInt, [.int(.min), .int(.max), .int(-1)]),
        (.real, [.double(Double(Float(0.1))), .double(-0.0)]),
        (.float, [.double(0.1), .double(1.7e308), .double(.leastNonzeroMagnitude)]),
        (.money, [decimal("-922337203685477.5808"), decimal("922337203685477.5807")]),
        (.smallMoney, [decimal("-214748.3648"), decimal("0.0001")]),
        (.decimal(38, 0), [decimal(nines), decimal("-" + nines)]), (.numeric(38, 38), [decimal("0." + nines)]),
        (.date, [date("0001-01-01"), date("9999-12-31")]), (.time(7), [time("00:00:00"), time("23:59:59.9999999")]),
        (.dateTime, [moment("1753-01-01 00:00:00"), moment("9999-12-31 23:59:59.997")]),
        (.smallDateTime, [moment("2079-06-06 23:59:00")]),
        (.dateTime2(7), [moment("0001-01-01 00:00:00"), moment("9999-12-31 23:59:59.9999999")]),
        (.dateTimeOffset(7), [offset("0001-01-01 00:00:00 -14:00"), offset("9999-12-31 23:59:59.9999999 +14:00")]),
        (
            .uniqueIdentifier,
            [guid("6F9619FF-8B86-D011-B42D-00C04FC964FF"), guid("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")]
        ),
        (.char(3), [.string("abc"), .string("   ")]), (.varChar(10), [.string(""), .string("a\u{0}b")]),
        (.nVarChar(20), [.string(""), .string("Größe 🙂 中文"), .string("e\u{301}")]),
        (.nVarCharMax, [.string(String(repeating: "🙂", count: 5_000)), .string("")]), (.nChar(2), [.string("🙂")]),
        (.xml, [.string("<a/>")]), (.text, [.string("x")]), (.nText, [.string("ü")]),
        (.binary(2), [.bytes([0, 0])]), (.varBinary(10), [.bytes([]), .bytes([0, 255])]),
        (.varBinaryMax, [.bytes(Array(repeating: 0xA5, count: 100_000)), .bytes([])]), (.image, [.bytes([1])]),
        (.rowVersion, [.bytes([0, 0, 0, 0, 0, 0, 7, 0xD1])]),
    ]

    static let columns = all.enumerated().map { SQLColumn(name: "c\($0.offset)", type: $0.element.type) }
}
