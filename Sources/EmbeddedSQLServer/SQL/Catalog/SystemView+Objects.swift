import SQLValues

extension SystemView {
    static let objectColumns = columns(
        """
        name sysname, object_id int, principal_id int?, schema_id int, parent_object_id int, type char(2)?,
        type_desc nvarchar(60)?, create_date datetime, modify_date datetime, is_ms_shipped bit, is_published bit,
        is_schema_published bit
        """)

    static func object(
        _ name: String, _ id: Int, _ schema: SQLValue, parent: Int = 0, _ type: String, _ description: String,
        _ created: Int, modified: Int? = nil
    ) -> [SQLValue] {
        [
            .text(name), .number(id), .null, schema, .number(parent),
            .text(type.count < 2 ? type + " " : type), .text(description), moment(created),
            moment(modified ?? created), .bit(false), .bit(false), .bit(false),
        ]
    }

    static func row(_ table: TableInfo, _ source: Source) -> [SQLValue] {
        object(table.name, table.id, source.schemaID(table.schema), "U", "USER_TABLE", table.created)
    }

    static func row(_ view: ViewInfo, _ source: Source) -> [SQLValue] {
        object(view.name, view.id, source.schemaID(view.schema), "V", "VIEW", view.created)
    }

    static func row(_ module: ModuleInfo, _ source: Source) -> [SQLValue] {
        object(
            module.name, module.id, source.schemaID(module.schema), parent: module.trigger?.parent ?? 0,
            module.kind.rawValue, module.kind.description, module.created, modified: module.modified)
    }

    private static func row(_ sequence: SequenceInfo, _ source: Source) -> [SQLValue] {
        object(
            sequence.name, sequence.id, source.schemaID(sequence.schema), "SO", "SEQUENCE_OBJECT", sequence.created,
            modified: sequence.modified)
    }

    private static func row(_ synonym: SynonymInfo, _ source: Source) -> [SQLValue] {
        object(synonym.name, synonym.id, source.schemaID(synonym.schema), "SN", "SYNONYM", synonym.created)
    }

    /// The constraints of a table.
    private static func constraintRows(_ table: TableInfo, _ source: Source) -> [[SQLValue]] {
        let schema = source.schemaID(table.schema)
        func row(_ name: String, _ id: Int, _ type: String, _ description: String) -> [SQLValue] {
            object(name, id, schema, parent: table.id, type, description, table.created)
        }
        return table.keys.filter { $0.kind == .primaryKey }.map { row($0.name, $0.id, "PK", "PRIMARY_KEY_CONSTRAINT") }
            + table.keys.filter { $0.kind == .unique }.map { row($0.name, $0.id, "UQ", "UNIQUE_CONSTRAINT") }
            + table.foreignKeys.map { row($0.name, $0.id, "F", "FOREIGN_KEY_CONSTRAINT") }
            + table.checks.map { row($0.name, $0.id, "C", "CHECK_CONSTRAINT") }
            + table.columns.compactMap(\.defaultValue).map { row($0.name, $0.id, "D", "DEFAULT_CONSTRAINT") }
    }

    private static func objectRows(_ source: Source) -> [[SQLValue]] {
        source.catalog.sortedTables.map { row($0, source) } + source.sortedViews.map { row($0, source) }
            + source.sortedModules.map { row($0, source) } + source.sortedSequences.map { row($0, source) }
            + source.sortedSynonyms.map { row($0, source) }
            + source.catalog.sortedTables.flatMap { constraintRows($0, source) }
            + source.sortedTypes.compactMap { type in
                type.table.map {
                    object(
                        "TT_\(type.name)_\(String($0.id, radix: 16, uppercase: true))", $0.id, .number(4), "TT",
                        "TYPE_TABLE", $0.created)
                }
            }
    }

    private static let viewColumns = columns(
        """
        is_replicated bit?, has_replication_filter bit?, has_opaque_metadata bit, has_unchecked_assembly_data bit,
        with_check_option bit, is_date_correlation_view bit, is_tracked_by_cdc bit?
        """)

    private static func viewRows(_ source: Source) -> [[SQLValue]] {
        let no = SQLValue.bit(false)
        return source.sortedViews.map { row($0, source) + [no, no, no, no, .bit($0.hasCheckOption == true), no, no] }
    }

    private static var systemViewRows: [[SQLValue]] {
        SystemObject.all.filter { $0.type == "V" }.map { row($0) + Array(repeating: .bit(false), count: 7) }
    }

    /// A view or procedure of the server itself.
    static func row(_ system: SystemObject) -> [SQLValue] {
        var row = object(
            system.name, system.id, .number(system.schemaID), system.type, system.typeDescription,
            SystemObject.created)
        row[9] = .bit(true)
        return row
    }

    static let objectViews: [SystemView] = [
        SystemView("sys.objects", objectColumns) { objectRows($0) },
        SystemView("sys.all_objects", objectColumns) { objectRows($0) + SystemObject.all.map(row) },
        SystemView(
            "sys.tables",
            objectColumns
                + columns(
                    """
                    lob_data_space_id int, filestream_data_space_id int?, max_column_id_used int,
                    lock_on_bulk_load bit, uses_ansi_nulls bit?, is_replicated bit?, has_replication_filter bit?,
                    is_merge_published bit?, is_sync_tran_subscribed bit?, has_unchecked_assembly_data bit,
                    text_in_row_limit int?, large_value_types_out_of_row bit?, is_tracked_by_cdc bit?,
                    lock_escalation tinyint?, lock_escalation_desc nvarchar(60)?, is_filetable bit?,
                    is_memory_optimized bit?, durability tinyint?, durability_desc nvarchar(60)?,
                    temporal_type tinyint?, temporal_type_desc nvarchar(60)?, history_table_id int?,
                    is_remote_data_archive_enabled bit?, is_external bit
                    """)
        ) { source in
            let no = SQLValue.bit(false)
            return source.catalog.sortedTables.map { table in
                row(table, source) + [
                    .number(0), .null, .number(table.nextColumnID - 1), no, .bit(true), no, no, no, no, no, .number(0),
                    no, no, .number(0), .text("TABLE"), no, no, .number(0), .text("SCHEMA_AND_DATA"), .number(0),
                    .text("NON_TEMPORAL_TABLE"), .null, no, no,
                ]
            }
        },
        SystemView("sys.views", objectColumns + viewColumns) { viewRows($0) },
        SystemView("sys.all_views", objectColumns + viewColumns) { viewRows($0) + systemViewRows },
        SystemView("sys.system_views", objectColumns + viewColumns) { _ in systemViewRows },
        SystemView(
            "sys.procedures",
            objectColumns
                + columns(
                    """
                    is_auto_executed bit, is_execution_replicated bit?, is_repl_serializable_only bit?,
                    skips_repl_constraints bit?
                    """)
        ) { source in
            let no = SQLValue.bit(false)
            return source.sortedModules.filter { $0.kind == .procedure }.map { row($0, source) + [no, no, no, no] }
        },
        SystemView(
            "sys.sequences",
            objectColumns
                + columns(
                    """
                    start_value sql_variant, increment sql_variant, minimum_value sql_variant?,
                    maximum_value sql_variant?, is_cycling bit?,
                    is_cached bit?, cache_size int?, system_type_id tinyint, user_type_id int, precision tinyint,
                    scale tinyint?, current_value sql_variant, is_exhausted bit, last_used_value sql_variant?
                    """)
        ) { source in
            source.sortedSequences.map { sequence in
                let type = TypeDescription(sequence.type)
                func value(_ number: Int64) -> SQLValue { variant(number, sequence.type) }
                let last = source.lastValue(sequence.id)
                let isExhausted = !sequence.cycles && (last == sequence.maximum || last == sequence.minimum)
                return row(sequence, source) + [
                    value(sequence.start), value(sequence.increment), value(sequence.minimum), value(sequence.maximum),
                    .bit(sequence.cycles), .bit(sequence.isCached), .number(sequence.cacheSize),
                    .number(type.systemID), .number(type.userID), type.precision, type.scale,
                    value(last ?? sequence.first), .bit(last != nil && isExhausted), last.map { value($0) } ?? .null,
                ]
            }
        },
        SystemView("sys.synonyms", objectColumns + columns("base_object_name nvarchar(1035)?")) { source in
            source.sortedSynonyms.map { row($0, source) + [.text($0.baseName)] }
        },
    ]
}
