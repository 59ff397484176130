import SQLValues

extension SystemView {
    private static func isText(_ type: SQLType) -> Bool { type.isCharacter || type.isBinary }

    /// CHARACTER_MAXIMUM_LENGTH and what follows it in COLUMNS, PARAMETERS and ROUTINES.
    static func typeValues(_ type: SQLType, _ source: Source) -> [SQLValue] {
        let facts = TypeFacts(type)
        let isSized = isText(type) && type.kind != .rowVersion
        let isLong = [.text, .nText, .image].contains(type.kind)
        let units = isLong ? (type.kind == .nText ? 1_073_741_823 : 2_147_483_647) : type.length ?? -1
        let bytes = isLong ? 2_147_483_647 - (type.kind == .nText ? 1 : 0) : facts.maxLength
        let isFloat = type.kind == .real || type.kind == .float
        let isExact = type.isNumeric && type.kind != .bit && !isFloat
        let isMoment: Bool
        switch type.kind {
        case .date, .time, .smallDateTime, .dateTime, .dateTime2, .dateTimeOffset: isMoment = true
        default: isMoment = false
        }
        let momentScale =
            type.kind == .dateTime ? 3 : [.date, .smallDateTime].contains(type.kind) ? 0 : type.scale ?? 7
        return [
            isSized ? .number(units) : .null, isSized ? .number(bytes) : .null,
            isExact || isFloat ? .number(facts.precision) : .null,
            isExact ? .number(10) : isFloat ? .number(2) : .null, isExact ? .number(facts.scale) : .null,
            isMoment ? .number(momentScale) : .null, .null, .null,
            type.isCharacter ? .text(type.kind.isNational ? "UNICODE" : "iso_1") : .null, .null, .null,
            type.isCharacter ? .text(collationName) : .null,
        ]
    }

    private static let typeColumns = columns(
        """
        CHARACTER_MAXIMUM_LENGTH int?, CHARACTER_OCTET_LENGTH int?, NUMERIC_PRECISION tinyint?,
        NUMERIC_PRECISION_RADIX smallint?, NUMERIC_SCALE int?, DATETIME_PRECISION smallint?,
        CHARACTER_SET_CATALOG sysname?, CHARACTER_SET_SCHEMA sysname?, CHARACTER_SET_NAME sysname?,
        COLLATION_CATALOG sysname?, COLLATION_SCHEMA sysname?, COLLATION_NAME sysname?
        """)

    private static func columnRows(_ source: Source) -> [[SQLValue]] {
        let name = SQLValue.text(source.database.name)
        func row(
            _ schema: String, _ object: String, _ column: String, _ place: Int, _ value: String?, _ isNullable: Bool,
            _ type: SQLType, _ alias: UserTypeInfo?
        ) -> [SQLValue] {
            [
                name, .text(schema), .text(object), .text(column), .number(place), .text(value),
                .text(isNullable ? "YES" : "NO"), .text(type.name),
            ] + typeValues(type, source) + [
                alias == nil ? .null : name, .text(alias?.schema), .text(alias?.name),
            ]
        }
        let tables = source.catalog.sortedTables.flatMap { table in
            table.columns.enumerated().map { index, column in
                row(
                    table.schema, table.name, column.name, index + 1, column.defaultValue?.shownText,
                    column.isNullable, column.type, column.userType.flatMap { id in source.catalog.types[id] })
            }
        }
        let views = source.sortedViews.flatMap { view in
            source.columns(of: view).enumerated().map { index, column in
                row(view.schema, view.name, column.name, index + 1, nil, column.isNullable, column.type, nil)
            }
        }
        return tables + views
    }

    static func constraints(_ source: Source) -> [(table: TableInfo, name: String, type: String)] {
        source.catalog.sortedTables.flatMap { table in
            table.keys.filter { $0.kind != .index }.map {
                (table, $0.name, $0.kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE")
            } + table.foreignKeys.map { (table, $0.name, "FOREIGN KEY") }
                + table.checks.map { (table, $0.name, "CHECK") }
        }
    }

    static func keyColumns(_ source: Source) -> [(
        table: TableInfo, name: String, column: ColumnInfo, place: Int
    )] {
        source.catalog.sortedTables.flatMap { table in
            let keys = table.keys.filter { $0.kind != .index }.map { ($0.name, $0.columns.map(\.id)) }
            return (keys + table.foreignKeys.map { ($0.name, $0.columns) }).flatMap { name, ids in
                ids.enumerated().compactMap { index, id in
                    table.column(id: id).map { (table, name, $0, index + 1) }
                }
            }
        }
    }

    static let informationViews: [SystemView] = [
        SystemView(
            "information_schema.tables",
            columns("TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname, TABLE_TYPE varchar(10)?")
        ) { source in
            let name = SQLValue.text(source.database.name)
            return source.catalog.sortedTables.map { [name, .text($0.schema), .text($0.name), .text("BASE TABLE")] }
                + source.sortedViews.map { [name, .text($0.schema), .text($0.name), .text("VIEW")] }
        },
        SystemView(
            "information_schema.columns",
            columns(
                """
                TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname, COLUMN_NAME sysname?,
                ORDINAL_POSITION int?, COLUMN_DEFAULT nvarchar(4000)?, IS_NULLABLE varchar(3)?, DATA_TYPE sysname?
                """) + typeColumns
                + columns("DOMAIN_CATALOG sysname?, DOMAIN_SCHEMA sysname?, DOMAIN_NAME sysname?")
        ) { columnRows($0) },
        SystemView(
            "information_schema.views",
            columns(
                """
                TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname, VIEW_DEFINITION nvarchar(4000)?,
                CHECK_OPTION varchar(7)?, IS_UPDATABLE varchar(2)
                """)
        ) { source in
            source.sortedViews.map {
                [
                    .text(source.database.name), .text($0.schema), .text($0.name),
                    $0.definition.utf16.count > 4_000 ? .null : .text($0.definition),
                    .text($0.hasCheckOption == true ? "CASCADE" : "NONE"), .text("NO"),
                ]
            }
        },
        SystemView(
            "information_schema.table_constraints",
            columns(
                """
                CONSTRAINT_CATALOG sysname?, CONSTRAINT_SCHEMA sysname?, CONSTRAINT_NAME sysname,
                TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname?, CONSTRAINT_TYPE varchar(11)?,
                IS_DEFERRABLE varchar(2), INITIALLY_DEFERRED varchar(2)
                """)
        ) { source in
            let name = SQLValue.text(source.database.name)
            return constraints(source).map { table, constraint, type in
                [
                    name, .text(table.schema), .text(constraint), name, .text(table.schema), .text(table.name),
                    .text(type), .text("NO"), .text("NO"),
                ]
            }
        },
        SystemView(
            "information_schema.key_column_usage",
            columns(
                """
                CONSTRAINT_CATALOG sysname?, CONSTRAINT_SCHEMA sysname?, CONSTRAINT_NAME sysname,
                TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname?, COLUMN_NAME sysname?,
                ORDINAL_POSITION int
                """)
        ) { source in
            let name = SQLValue.text(source.database.name)
            return keyColumns(source).map { table, constraint, column, place in
                [
                    name, .text(table.schema), .text(constraint), name, .text(table.schema), .text(table.name),
                    .text(column.name), .number(place),
                ]
            }
        },
        SystemView(
            "information_schema.referential_constraints",
            columns(
                """
                CONSTRAINT_CATALOG sysname?, CONSTRAINT_SCHEMA sysname?, CONSTRAINT_NAME sysname,
                UNIQUE_CONSTRAINT_CATALOG sysname?, UNIQUE_CONSTRAINT_SCHEMA sysname?, UNIQUE_CONSTRAINT_NAME sysname?,
                MATCH_OPTION varchar(7)?, UPDATE_RULE varchar(11)?, DELETE_RULE varchar(11)?
                """)
        ) { source in
            let name = SQLValue.text(source.database.name)
            return source.catalog.sortedTables.flatMap { table in
                table.foreignKeys.map { key in
                    let parent = source.catalog.tables[key.referencedTable]
                    let unique = parent?.keys.first { $0.isUnique && $0.columns.map(\.id) == key.referencedColumns }
                    return [
                        name, .text(table.schema), .text(key.name), name, .text(parent?.schema), .text(unique?.name),
                        .text("SIMPLE"), .text(key.onUpdate), .text(key.onDelete),
                    ]
                }
            }
        },
        SystemView(
            "information_schema.check_constraints",
            columns(
                """
                CONSTRAINT_CATALOG sysname?, CONSTRAINT_SCHEMA sysname?, CONSTRAINT_NAME sysname,
                CHECK_CLAUSE nvarchar(4000)?
                """)
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                table.checks.map {
                    [.text(source.database.name), .text(table.schema), .text($0.name), .text("(\($0.text))")]
                }
            }
        },
        SystemView(
            "information_schema.schemata",
            columns("CATALOG_NAME sysname?, SCHEMA_NAME sysname, SCHEMA_OWNER sysname?")
        ) { source in
            source.catalog.schemas.map {
                [
                    .text(source.database.name), .text($0.name),
                    .text((2...4).contains($0.id) ? $0.name : "dbo"),
                ]
            }
        },
    ]
}
