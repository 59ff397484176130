import SQLValues
import TDSProtocol
import TransactSQL

extension EmbeddedSession {
    /// The columns of sp_describe_first_result_set, as documented.
    private static let describedColumns = SystemView.columns(
        """
        is_hidden bit, column_ordinal int, name sysname?, is_nullable bit, system_type_id int,
        system_type_name nvarchar(256)?, max_length smallint, precision tinyint, scale tinyint,
        collation_name sysname?, user_type_id int?, user_type_database sysname?, user_type_schema sysname?,
        user_type_name sysname?, assembly_qualified_type_name nvarchar(4000)?, xml_collection_id int?,
        xml_collection_database sysname?, xml_collection_schema sysname?, xml_collection_name sysname?,
        is_xml_document bit, is_case_sensitive bit, is_fixed_length_clr_type bit, source_server sysname?,
        source_database sysname?, source_schema sysname?, source_table sysname?, source_column sysname?,
        is_identity_column bit?, is_part_of_unique_key bit?, is_updateable bit?, is_computed_column bit?,
        is_sparse_column_set bit?, ordinal_in_order_by_list smallint?, order_by_list_length smallint?,
        order_by_is_descending smallint?, tds_type_id int, tds_length int, tds_collation_id int?,
        tds_collation_sort_id tinyint?
        """)

    /// sp_describe_first_result_set.
    func describeFirstResult(_ call: SystemProcedure.Call) throws -> Int32 {
        let procedure = "sp_describe_first_result_set"
        guard let mode = call.integer("@browse_information_mode"), (0...2).contains(mode) else {
            throw ServerMessage.error(
                11_552, line: 1, "The @browse_information_mode parameter expects a tinyint with values 0, 1 or 2."
            ).inside(procedure)
        }
        guard mode < 2 else { throw ServerMessage.unsupported("@browse_information_mode 2", line: call.line) }
        guard let text = call.text("@tsql") else {
            throw ServerMessage.error(
                214, state: 3, line: 1, "Procedure expects parameter '@tsql' of type 'nvarchar(max)'."
            ).inside(procedure)
        }
        let result = try analyzed(call, procedure) {
            let variables = Variables()
            try declareTypes(call.text("@params") ?? "", variables)
            let context = BatchContext(text: text, variables: variables, sink: SilentSink { false })
            let statements = try Parser.parse(batch: text, quotedIdentifier: settings.has("QUOTED_IDENTIFIER"))
            try check(statements, context)
            return try ResultAnalysis(self, browses: mode == 1).firstResult(of: statements, context)
        }
        let rows = (result?.columns ?? []).enumerated().map { index, column in
            describedRow(index + 1, column, result?.orderLength, browses: mode == 1)
        }
        try send(Self.describedColumns, rows, into: call.sink)
        return 0
    }

    /// Runs an analysis, whose errors of binding are followed by Msg 11501.
    func analyzed<Result>(_ call: SystemProcedure.Call, _ procedure: String, _ body: () throws -> Result) throws
        -> Result
    {
        do {
            return try body()
        } catch let stop as RequestStopped {
            throw stop
        } catch {
            let first = message(of: error).at(line: 1)
            guard first.number != 40517, !(11_501...11_552).contains(first.number) else {
                throw first.number == 40517 ? first : first.at(line: 1).inside(procedure)
            }
            precedingErrors = [first.inside(procedure)]
            throw ServerMessage.error(
                11_501, state: 2, line: 1, "The batch could not be analyzed because of compile errors."
            ).inside(procedure)
        }
    }

    /// Declares parameters with their types; they have no values.
    func declareTypes(_ declarations: String, _ variables: Variables) throws {
        for parameter in try Parser.parse(parameters: declarations) {
            let named = try type(parameter.type, place: variables.list.count + 1)
            guard let type = named.type, !parameter.isReadOnly else {
                try declare(table: parameter, named, nil, variables)
                continue
            }
            guard variables.declare(parameter.name, type) != nil else {
                throw ServerMessage.error(
                    134, line: 1, "The variable name '\(parameter.name)' has already been declared.")
            }
        }
    }

    /// Sends a result set of a system procedure.
    func send(_ columns: [OutputColumn], _ rows: [[SQLValue]], into sink: any ResultSink) throws {
        try sink.columns(
            columns.map { ResultColumn(name: $0.name, type: $0.type, isNullable: $0.isNullable) })
        for row in rows { try sink.row(row) }
        try sink.done(StatementDone(rowCount: settings.has("NOCOUNT") ? nil : rows.count, command: 193))
        lastRowCount = Int64(rows.count)
    }

    private func describedRow(_ ordinal: Int, _ column: DescribedColumn, _ orderLength: Int?, browses: Bool)
        -> [SQLValue]
    {
        let type = TypeDescription(column.type)
        let no = SQLValue.bit(false)
        let origin = column.origin
        let alias = origin?.column.userType.flatMap { id in catalogs.values.lazy.compactMap { $0.types[id] }.first }
        let isComputed = origin?.column.computed != nil
        let isUpdatable = origin != nil && !column.isIdentity && !isComputed && origin?.column.isRowVersion == false
        let isKey = origin.map { origin in
            origin.table.keys.contains { $0.isUnique && $0.columns.contains { $0.id == origin.column.id } }
        }
        let head: [SQLValue] = [
            .bit(column.isHidden), .number(ordinal), column.name?.isEmpty == true ? .null : .text(column.name),
            .bit(column.isNullable), .number(type.systemID), .text(column.type.description), type.maxLength,
            type.precision, type.scale, type.collation, .number(alias?.id),
            alias == nil ? .null : .text(origin?.database),
            .text(alias?.schema), .text(alias?.name), .null, .null, .null, .null, .null, no, no, no,
        ]
        let shown = browses ? origin : nil
        return head + [
            .null, .text(shown?.database), .text(shown?.table.schema), .text(shown?.table.name),
            .text(shown?.column.name), .bit(column.isIdentity), browses ? .bit(isKey ?? false) : .null,
            .bit(isUpdatable), .bit(isComputed), no, .number(column.order?.ordinal), .number(orderLength),
            .number(column.order.map { $0.isDescending ? 1 : 0 }),
        ] + Self.wireValues(column.type, isNullable: column.isNullable)
    }

    /// The type in MS-TDS's own numbers: tds_type_id, tds_length, tds_collation_id and tds_collation_sort_id.
    static func wireValues(_ type: SQLType, isNullable: Bool) -> [SQLValue] {
        let info = TypeInfo(type, isNullable: isNullable)
        let collation = info.collation
        return [
            .number(Int(info.wireType.rawValue)), .number(info.maximumLength),
            .number(collation.map { Int($0.info) }), .number(collation.map { Int($0.sortID) }),
        ]
    }
}
