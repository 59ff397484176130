import SQLValues

extension SystemView {
    /// The keys of a table with their index ids: 1 for the clustered one, the others from 2.
    static func numbered(_ table: TableInfo) -> [(id: Int, key: KeyInfo)] {
        var next = 2
        return table.keys.map { key in
            if key.isClustered { return (1, key) }
            defer { next += 1 }
            return (next, key)
        }
    }

    private static func indexRow(_ table: TableInfo, _ id: Int, _ key: KeyInfo?) -> [SQLValue] {
        let kind = key == nil ? 0 : key?.isClustered == true ? 1 : 2
        let no = SQLValue.bit(false)
        return [
            .number(table.id), .text(key?.name), .number(id), .number(kind),
            .text(["HEAP", "CLUSTERED", "NONCLUSTERED"][kind]), .bit(key?.isUnique == true), .number(1),
            .bit(key?.ignoresDuplicates == true), .bit(key?.kind == .primaryKey), .bit(key?.kind == .unique),
            .number(key?.fillFactor ?? 0), no, .bit(key?.isDisabled == true), no, no, .bit(true), .bit(true),
            .bit(key?.filter != nil), .text(key?.filter.map { "(\($0))" }), .null, no, no, no,
        ]
    }

    private static func indexRows(_ table: TableInfo) -> [[SQLValue]] {
        let heap = table.keys.contains(where: \.isClustered) ? [] : [indexRow(table, 0, nil)]
        return heap + numbered(table).sorted { $0.id < $1.id }.map { indexRow(table, $0.id, $0.key) }
    }

    private static func indexColumnRows(_ table: TableInfo) -> [[SQLValue]] {
        numbered(table).flatMap { id, key -> [[SQLValue]] in
            let own = key.columns.map { ($0.id, $0.isDescending, false) } + key.included.map { ($0, false, true) }
            return own.enumerated().map { index, part in
                [
                    .number(table.id), .number(id), .number(index + 1), .number(part.0),
                    .number(part.2 ? 0 : index + 1), .number(0), .bit(part.1), .bit(part.2), .number(0), .number(0),
                ]
            }
        }
    }

    private static func constraint(
        _ name: String, _ id: Int, _ table: TableInfo, _ type: String, _ description: String, _ source: Source
    ) -> [SQLValue] {
        object(name, id, source.schemaID(table.schema), parent: table.id, type, description, table.created)
    }

    private static let actions: [String: Int] = ["NO ACTION": 0, "CASCADE": 1, "SET NULL": 2, "SET DEFAULT": 3]

    private static func foreignKeyRow(_ key: ForeignKeyInfo, _ table: TableInfo, _ source: Source) -> [SQLValue] {
        let parent = source.catalog.tables[key.referencedTable]
        let index = parent.flatMap { parent in
            numbered(parent).first { $0.key.isUnique && $0.key.columns.map(\.id) == key.referencedColumns }?.id
        }
        return constraint(key.name, key.id, table, "F", "FOREIGN_KEY_CONSTRAINT", source) + [
            .number(key.referencedTable), .number(index ?? 1), .bit(key.isDisabled == true), .bit(false),
            .bit(key.isNotTrusted == true), .number(actions[key.onDelete] ?? 0),
            .text(key.onDelete.replacing(" ", with: "_")), .number(actions[key.onUpdate] ?? 0),
            .text(key.onUpdate.replacing(" ", with: "_")), .bit(key.isNamedBySystem),
        ]
    }

    private static let partitionColumns = columns(
        """
        partition_id bigint, object_id int, index_id int, partition_number int, hobt_id bigint, rows bigint?,
        filestream_filegroup_id smallint, data_compression tinyint, data_compression_desc nvarchar(60)?
        """)

    private static func partitions(_ source: Source) -> [(table: TableInfo, index: Int, rows: Int)] {
        source.catalog.sortedTables.flatMap { table in
            let rows = source.rowCount(table)
            let heap = table.keys.contains(where: \.isClustered) ? [] : [0]
            return (heap + numbered(table).map(\.id).sorted()).map { (table, $0, rows) }
        }
    }

    private static func partitionID(_ table: TableInfo, _ index: Int) -> SQLValue {
        .int(Int64(table.id) * 65_536 + Int64(index))
    }

    static let keyViews: [SystemView] = [
        SystemView(
            "sys.indexes",
            columns(
                """
                object_id int, name sysname?, index_id int, type tinyint, type_desc nvarchar(60)?, is_unique bit?,
                data_space_id int?, ignore_dup_key bit?, is_primary_key bit?, is_unique_constraint bit?,
                fill_factor tinyint, is_padded bit?, is_disabled bit?, is_hypothetical bit?,
                is_ignored_in_optimization bit?, allow_row_locks bit?, allow_page_locks bit?, has_filter bit?,
                filter_definition nvarchar(max)?, compression_delay int?, suppress_dup_key_messages bit?,
                auto_created bit?, optimize_for_sequential_key bit?
                """)
        ) { source in source.catalog.sortedTables.flatMap { indexRows($0) } },
        SystemView(
            "sys.index_columns",
            columns(
                """
                object_id int, index_id int, index_column_id int, column_id int, key_ordinal tinyint,
                partition_ordinal tinyint, is_descending_key bit?, is_included_column bit?,
                column_store_order_ordinal tinyint, data_clustering_ordinal tinyint
                """)
        ) { source in source.catalog.sortedTables.flatMap { indexColumnRows($0) } },
        SystemView(
            "sys.key_constraints",
            objectColumns + columns("unique_index_id int?, is_system_named bit, is_enforced bit?")
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                numbered(table).filter { $0.key.kind != .index }.map { id, key in
                    let isPrimary = key.kind == .primaryKey
                    return constraint(
                        key.name, key.id, table, isPrimary ? "PK" : "UQ",
                        isPrimary ? "PRIMARY_KEY_CONSTRAINT" : "UNIQUE_CONSTRAINT", source)
                        + [.number(id), .bit(key.isNamedBySystem), .bit(true)]
                }
            }
        },
        SystemView(
            "sys.foreign_keys",
            objectColumns
                + columns(
                    """
                    referenced_object_id int?, key_index_id int?, is_disabled bit, is_not_for_replication bit,
                    is_not_trusted bit, delete_referential_action tinyint?,
                    delete_referential_action_desc nvarchar(60)?, update_referential_action tinyint?,
                    update_referential_action_desc nvarchar(60)?, is_system_named bit
                    """)
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                table.foreignKeys.map { foreignKeyRow($0, table, source) }
            }
        },
        SystemView(
            "sys.foreign_key_columns",
            columns(
                """
                constraint_object_id int, constraint_column_id int, parent_object_id int, parent_column_id int,
                referenced_object_id int, referenced_column_id int
                """)
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                table.foreignKeys.flatMap { key in
                    zip(key.columns, key.referencedColumns).enumerated().map { index, pair -> [SQLValue] in
                        [
                            .number(key.id), .number(index + 1), .number(table.id), .number(pair.0),
                            .number(key.referencedTable), .number(pair.1),
                        ]
                    }
                }
            }
        },
        SystemView(
            "sys.check_constraints",
            objectColumns
                + columns(
                    """
                    is_disabled bit, is_not_for_replication bit, is_not_trusted bit, parent_column_id int,
                    definition nvarchar(max)?, uses_database_collation bit?, is_system_named bit
                    """)
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                table.checks.map { check in
                    constraint(check.name, check.id, table, "C", "CHECK_CONSTRAINT", source) + [
                        .bit(check.isDisabled == true), .bit(false), .bit(check.isNotTrusted == true),
                        .number(check.column ?? 0), .text("(\(check.text))"), .bit(true), .bit(check.isNamedBySystem),
                    ]
                }
            }
        },
        SystemView(
            "sys.default_constraints",
            objectColumns + columns("parent_column_id int, definition nvarchar(max)?, is_system_named bit")
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                table.columns.compactMap { column in
                    column.defaultValue.map {
                        constraint($0.name, $0.id, table, "D", "DEFAULT_CONSTRAINT", source) + [
                            .number(column.id), .text($0.shownText), .bit($0.isNamedBySystem),
                        ]
                    }
                }
            }
        },
        SystemView(
            "sys.stats",
            columns(
                """
                object_id int, name sysname?, stats_id int, auto_created bit?, user_created bit?, no_recompute bit?,
                has_filter bit?, filter_definition nvarchar(max)?, is_temporary bit?, is_incremental bit?
                """)
        ) { source in
            let no = SQLValue.bit(false)
            return source.catalog.sortedTables.flatMap { table in
                source.statistics(of: table).map { id, name, isUser, _ in
                    [.number(table.id), .text(name), .number(id), no, .bit(isUser), no, no, .null, no, no]
                }
            }
        },
        SystemView("sys.stats_columns", columns("object_id int, stats_id int, stats_column_id int?, column_id int?")) {
            source in
            source.catalog.sortedTables.flatMap { table in
                source.statistics(of: table).flatMap { id, _, _, columns in
                    columns.enumerated().map { [.number(table.id), .number(id), .number($0 + 1), .number($1)] }
                }
            }
        },
        SystemView("sys.partitions", partitionColumns) { source in
            partitions(source).map { table, index, rows in
                let id = partitionID(table, index)
                return [
                    id, .number(table.id), .number(index), .number(1), id, .number(rows), .number(0), .number(0),
                    .text("NONE"),
                ]
            }
        },
        SystemView(
            "sys.dm_db_partition_stats",
            columns("partition_id bigint?, object_id int, index_id int, partition_number int, row_count bigint?")
        ) { source in
            partitions(source).map { table, index, rows in
                [partitionID(table, index), .number(table.id), .number(index), .number(1), .number(rows)]
            }
        }.requiring(.database("VIEW DATABASE PERFORMANCE STATE")),
    ]
}

extension ColumnInfo.Default {
    /// The value as the catalogue shows it: in parentheses, numbers in two pairs.
    var shownText: String { Self.shown(text) }

    static func shown(_ text: String) -> String {
        var inner = text.trimmedBlanks
        while inner.hasPrefix("("), inner.hasSuffix(")"), isOneGroup(inner) {
            inner = String(inner.dropFirst().dropLast()).trimmedBlanks
        }
        let digits = inner.hasPrefix("-") || inner.hasPrefix("+") ? inner.dropFirst() : inner[...]
        if !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }) { return "((\(inner)))" }
        let isCall = inner.hasSuffix("()") && inner.dropLast(2).allSatisfy { $0.isASCII && $0.isLetter || $0 == "_" }
        return "(\(isCall ? inner.lowercased() : inner))"
    }

    /// Whether the first parenthesis closes at the end.
    private static func isOneGroup(_ text: String) -> Bool {
        var level = 0
        var isQuoted = false
        for (index, character) in text.enumerated() {
            if character == "'" { isQuoted.toggle() }
            if isQuoted { continue }
            if character == "(" { level += 1 }
            if character == ")" { level -= 1 }
            if level == 0 { return index == text.count - 1 }
        }
        return false
    }
}
