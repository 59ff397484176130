import SQLValues

/// INFORMATION_SCHEMA: which tables and columns others use, and alias types.
extension SystemView {
    static let usageViews: [SystemView] = [
        SystemView(
            "information_schema.constraint_column_usage",
            columns(
                """
                TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname?, COLUMN_NAME sysname?,
                CONSTRAINT_CATALOG sysname?, CONSTRAINT_SCHEMA sysname?, CONSTRAINT_NAME sysname
                """)
        ) { source in
            let database = SQLValue.text(source.database.name)
            let keys = keyColumns(source).map { ($0.table, $0.name, $0.column) }
            return (keys + checkedColumns(source)).map { table, constraint, column in
                [
                    database, .text(table.schema), .text(table.name), .text(column.name), database,
                    .text(table.schema), .text(constraint),
                ]
            }
        },
        SystemView(
            "information_schema.constraint_table_usage",
            columns(
                """
                TABLE_CATALOG sysname?, TABLE_SCHEMA sysname?, TABLE_NAME sysname?, CONSTRAINT_CATALOG sysname?,
                CONSTRAINT_SCHEMA sysname?, CONSTRAINT_NAME sysname
                """)
        ) { source in
            let database = SQLValue.text(source.database.name)
            return constraints(source).map { table, constraint, _ in
                [
                    database, .text(table.schema), .text(table.name), database, .text(table.schema), .text(constraint),
                ]
            }
        },
        SystemView(
            "information_schema.domains",
            columns(
                """
                DOMAIN_CATALOG sysname?, DOMAIN_SCHEMA sysname?, DOMAIN_NAME sysname, DATA_TYPE sysname?,
                CHARACTER_MAXIMUM_LENGTH int?, CHARACTER_OCTET_LENGTH int?, COLLATION_CATALOG varchar(6)?,
                COLLATION_SCHEMA varchar(3)?, COLLATION_NAME sysname?, CHARACTER_SET_CATALOG varchar(6)?,
                CHARACTER_SET_SCHEMA varchar(3)?, CHARACTER_SET_NAME sysname?, NUMERIC_PRECISION tinyint?,
                NUMERIC_PRECISION_RADIX smallint?, NUMERIC_SCALE tinyint?, DATETIME_PRECISION smallint?,
                DOMAIN_DEFAULT nvarchar(4000)?
                """)
        ) { source in
            source.sortedTypes.compactMap { info in
                guard let type = info.type else { return nil }
                // In the order of COLUMNS: lengths, numbers, moment, character set, collation.
                let values = typeValues(type, source)
                let isText = type.isCharacter
                return [
                    .text(source.database.name), .text(info.schema), .text(info.name), .text(type.name), values[0],
                    values[1], .null, .null, values[11], isText ? .text("master") : .null, .null, values[8], values[2],
                    values[3], values[4], values[5], .null,
                ]
            }
        },
        SystemView(
            "information_schema.column_domain_usage",
            columns(
                """
                DOMAIN_CATALOG sysname?, DOMAIN_SCHEMA sysname?, DOMAIN_NAME sysname, TABLE_CATALOG sysname?,
                TABLE_SCHEMA sysname?, TABLE_NAME sysname, COLUMN_NAME sysname?
                """)
        ) { source in
            let database = SQLValue.text(source.database.name)
            return source.catalog.sortedTables.flatMap { table in
                table.columns.compactMap { column in
                    guard let type = column.userType.flatMap({ source.catalog.types[$0] }) else { return nil }
                    return [
                        database, .text(type.schema), .text(type.name), database, .text(table.schema),
                        .text(table.name), .text(column.name),
                    ]
                }
            }
        },
        SystemView(
            "information_schema.view_table_usage",
            columns(
                """
                VIEW_CATALOG sysname?, VIEW_SCHEMA sysname?, VIEW_NAME sysname, TABLE_CATALOG sysname?,
                TABLE_SCHEMA sysname?, TABLE_NAME sysname
                """)
        ) { source in
            let database = SQLValue.text(source.database.name)
            var rows: [[SQLValue]] = []
            for dependency in DependencyFinder(catalog: source.catalog).all {
                guard let view = source.catalog.views[dependency.referencing],
                    let table = dependency.id.flatMap({ source.catalog.tables[$0] })
                else { continue }
                let row: [SQLValue] = [
                    database, .text(view.schema), .text(view.name), database, .text(table.schema), .text(table.name),
                ]
                if !rows.contains(where: { $0 == row }) { rows.append(row) }
            }
            return rows
        },
    ]

    /// The columns that CHECK constraints name.
    private static func checkedColumns(_ source: Source) -> [(TableInfo, String, ColumnInfo)] {
        let dependencies = DependencyFinder(catalog: source.catalog).all
        return source.catalog.sortedTables.flatMap { table in
            table.checks.flatMap { check in
                let ids = Set(
                    dependencies.filter { $0.referencing == check.id && $0.id == table.id }.map(\.column))
                return table.columns.filter { ids.contains($0.id) }.map { (table, check.name, $0) }
            }
        }
    }
}
