import SQLValues
import TDSProtocol

/// A shape as a table: what a client asks of it before a bulk load.
struct TableDescription {
    let shape: WireShape

    /// The shape that a table's name stands for: `mixed`, `dbo.mixed` or `[dbo].[mixed]`; nil when there is none.
    static func named(_ table: Substring) -> TableDescription? {
        let name = table.split(separator: ".").last.map { $0.filter { $0 != "[" && $0 != "]" } } ?? ""
        return WireShape.all[name].map { TableDescription(shape: $0) }
    }

    /// The answer to FMTONLY: the columns, in one result.
    ///
    /// A real server ends with the DONE of `SET FMTONLY OFF`, at which `freebcp -n` of FreeTDS 1.3 forgets the columns.
    func describe(into writer: inout ByteWriter) {
        writer.columnMetadata(shape.columns)
        Done(.statement, status: .count, command: 193).encode(into: &writer)
    }

    /// The answer to the library's question: rows of sys.columns, then the database's code page and the open
    /// transactions.
    func catalog(into writer: inout ByteWriter) throws(TDSProtocolError) {
        let columns = [
            Self.column(.nVarChar(128)), Self.column(.int), Self.column(.int), Self.column(.int), Self.column(.int),
            Self.column(.bit), Self.column(.bit), Self.column(.bit), Self.column(.bit), Self.column(.int),
        ]
        writer.columnMetadata(columns)
        for column in shape.columns { try writer.row(try Self.row(column), columns) }
        Done(.inProcedure, status: [.count, .more], command: 193, rowCount: UInt64(shape.columns.count))
            .encode(into: &writer)
        let session = [Self.column(.int), Self.column(.int)]
        writer.columnMetadata(session)
        try writer.row([.int(1252), .int(0)], session)
        Done(.inProcedure, status: [.count, .more], command: 193, rowCount: 1).encode(into: &writer)
        writer.returnStatus(0)
        Done(.procedure).encode(into: &writer)
    }

    private static func column(_ type: SQLType) -> ColumnDescription {
        ColumnDescription(name: "", type: TypeInfo(type), flags: .nullable)
    }

    /// Name, system_type_id, max_length, precision, scale, is_nullable, is_identity, is_computed, default, code page.
    private static func row(_ column: ColumnDescription) throws(TDSProtocolError) -> [SQLValue] {
        let type = column.type.type
        let number: Int64
        switch type.kind {
        case .int: number = 56
        case .bigInt: number = 127
        case .float: number = 62
        case .decimal: number = 106
        case .dateTime2: number = 42
        case .uniqueIdentifier: number = 36
        case .nVarChar: number = 231
        default: throw TDSProtocolError("no table has a column of type \(type)", kind: .unsupported)
        }
        let isText = type.kind == .nVarChar
        return [
            .string(column.name), .int(number), .int(Int64(column.type.maximumLength)),
            .int(Int64(type.precision ?? 0)),
            .int(Int64(type.scale ?? 0)), .bit(column.flags.contains(.nullable)), .bit(false), .bit(false), .bit(false),
            isText ? .int(1252) : .null,
        ]
    }
}
