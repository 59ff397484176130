import SQLValues

extension SystemView {
    static let databases = SystemView(
        "sys.databases",
        [
            text("name"), column("database_id", .int), column("create_date", .dateTime),
            column("compatibility_level", .tinyInt), text("collation_name"), column("state", .tinyInt),
            column("state_desc", .nVarChar(60)), column("is_read_committed_snapshot_on", .bit),
            column("snapshot_isolation_state", .tinyInt), column("recovery_model_desc", .nVarChar(60)),
            column("is_read_only", .bit),
        ]
    ) { source in
        source.databases.map { database in
            [
                .string(database.name), .int(Int64(database.id)), moment(database.created), .int(160),
                .string("SQL_Latin1_General_CP1_CI_AS"), .int(database.isOffline ? 6 : 0),
                .string(database.isOffline ? "OFFLINE" : "ONLINE"), .bit(true), .int(1), .string("SIMPLE"), .bit(false),
            ]
        }
    }

    static let sysDatabases = SystemView(
        "sys.sysdatabases", [text("name"), column("dbid", .smallInt), column("crdate", .dateTime)]
    ) { source in
        source.databases.map { [.string($0.name), .int(Int64($0.id)), moment($0.created)] }
    }

    static let schemas = SystemView(
        "sys.schemas", [text("name"), column("schema_id", .int), column("principal_id", .int)]
    ) { source in
        source.catalog.schemas.map {
            [.string($0.name), .int(Int64($0.id)), .int(Int64(source.security.owner(ofSchema: $0.id)))]
        }
    }

    private static let objectColumns = [
        text("name"), column("object_id", .int), column("schema_id", .int), column("parent_object_id", .int),
        column("type", .char(2)), column("type_desc", .nVarChar(60)), column("create_date", .dateTime),
        column("modify_date", .dateTime), column("is_ms_shipped", .bit),
    ]

    private static func object(
        _ name: String, _ id: Int, _ schema: SQLValue, _ parent: Int, _ type: String, _ description: String,
        _ created: Int
    ) -> [SQLValue] {
        let date = moment(created)
        return [
            .string(name), .int(Int64(id)), schema, .int(Int64(parent)), .string(type), .string(description), date,
            date,
            .bit(false),
        ]
    }

    private static func tableRows(_ source: Source) -> [[SQLValue]] {
        source.catalog.sortedTables.map {
            object($0.name, $0.id, source.schemaID($0.schema), 0, "U ", "USER_TABLE", $0.created)
        }
    }

    private static func viewRows(_ source: Source) -> [[SQLValue]] {
        source.catalog.views.values.sorted { $0.id < $1.id }.map {
            object($0.name, $0.id, source.schemaID($0.schema), 0, "V ", "VIEW", $0.created)
        }
    }

    private static func moduleRows(_ source: Source) -> [[SQLValue]] {
        source.catalog.modules.values.sorted { $0.id < $1.id }.map { module in
            let type = module.kind == .procedure ? "P " : module.kind.rawValue
            var row = object(
                module.name, module.id, source.schemaID(module.schema), module.trigger?.parent ?? 0, type,
                module.kind.description, module.created)
            row[7] = moment(module.modified)
            return row
        }
    }

    static let tables = SystemView("sys.tables", objectColumns) { tableRows($0) }
    static let views = SystemView("sys.views", objectColumns) { viewRows($0) }

    static let objects = SystemView("sys.objects", objectColumns) { source in
        var rows = tableRows(source) + viewRows(source) + moduleRows(source)
        for table in source.catalog.sortedTables {
            let schema = source.schemaID(table.schema)
            func add(_ name: String, _ id: Int, _ type: String, _ description: String) {
                rows.append(object(name, id, schema, table.id, type, description, table.created))
            }
            for key in table.keys where key.kind == .primaryKey {
                add(key.name, key.id, "PK", "PRIMARY_KEY_CONSTRAINT")
            }
            for key in table.keys where key.kind == .unique { add(key.name, key.id, "UQ", "UNIQUE_CONSTRAINT") }
            for key in table.foreignKeys { add(key.name, key.id, "F ", "FOREIGN_KEY_CONSTRAINT") }
            for check in table.checks { add(check.name, check.id, "C ", "CHECK_CONSTRAINT") }
            for value in table.columns.compactMap(\.defaultValue) {
                add(value.name, value.id, "D ", "DEFAULT_CONSTRAINT")
            }
        }
        return rows
    }

    static let columnsView = SystemView(
        "sys.columns",
        [
            column("object_id", .int), text("name"), column("column_id", .int), column("max_length", .smallInt),
            column("precision", .tinyInt), column("scale", .tinyInt), column("is_nullable", .bit),
            column("is_identity", .bit), column("is_computed", .bit), column("default_object_id", .int),
        ]
    ) { source in
        source.catalog.sortedTables.flatMap { table in
            table.columns.map { column in
                let facts = TypeFacts(column.type)
                return [
                    .int(Int64(table.id)), .string(column.name), .int(Int64(column.id)), .int(Int64(facts.maxLength)),
                    .int(Int64(facts.precision)), .int(Int64(facts.scale)), .bit(column.isNullable),
                    .bit(column.identity != nil), .bit(false), .int(Int64(column.defaultValue?.id ?? 0)),
                ]
            }
        }
    }

    static let indexes = SystemView(
        "sys.indexes",
        [
            column("object_id", .int), text("name", isNullable: true), column("index_id", .int),
            column("type", .tinyInt),
            column("type_desc", .nVarChar(60)), column("is_unique", .bit), column("is_primary_key", .bit),
            column("is_unique_constraint", .bit),
        ]
    ) { source in
        source.catalog.sortedTables.flatMap { table in
            var rows: [[SQLValue]] = []
            if !table.keys.contains(where: \.isClustered) {
                rows.append([
                    .int(Int64(table.id)), .null, .int(0), .int(0), .string("HEAP"), .bit(false), .bit(false),
                    .bit(false),
                ])
            }
            var next: Int64 = 2
            for key in table.keys {
                rows.append([
                    .int(Int64(table.id)), .string(key.name), .int(key.isClustered ? 1 : next),
                    .int(key.isClustered ? 1 : 2), .string(key.isClustered ? "CLUSTERED" : "NONCLUSTERED"),
                    .bit(key.isUnique), .bit(key.kind == .primaryKey), .bit(key.kind == .unique),
                ])
                if !key.isClustered { next += 1 }
            }
            return rows
        }
    }

    static let foreignKeys = SystemView(
        "sys.foreign_keys",
        [
            text("name"), column("object_id", .int), column("schema_id", .int), column("parent_object_id", .int),
            column("referenced_object_id", .int), column("delete_referential_action_desc", .nVarChar(60)),
            column("update_referential_action_desc", .nVarChar(60)), column("is_disabled", .bit),
            column("is_not_trusted", .bit),
        ]
    ) { source in
        source.catalog.sortedTables.flatMap { table in
            table.foreignKeys.map { key in
                [
                    .string(key.name), .int(Int64(key.id)), source.schemaID(table.schema), .int(Int64(table.id)),
                    .int(Int64(key.referencedTable)), .string(key.onDelete.replacing(" ", with: "_")),
                    .string(key.onUpdate.replacing(" ", with: "_")), .bit(false), .bit(false),
                ]
            }
        }
    }

    static let informationTables = SystemView(
        "information_schema.tables",
        [
            text("TABLE_CATALOG", isNullable: true), text("TABLE_SCHEMA", isNullable: true), text("TABLE_NAME"),
            column("TABLE_TYPE", .varChar(10), isNullable: true),
        ]
    ) { source in
        let name = SQLValue.string(source.database.name)
        return source.catalog.sortedTables.map { [name, .string($0.schema), .string($0.name), .string("BASE TABLE")] }
            + source.catalog.views.values.sorted { $0.id < $1.id }.map {
                [name, .string($0.schema), .string($0.name), .string("VIEW")]
            }
    }

    static let informationColumns = SystemView(
        "information_schema.columns",
        [
            text("TABLE_CATALOG", isNullable: true), text("TABLE_SCHEMA", isNullable: true), text("TABLE_NAME"),
            text("COLUMN_NAME", isNullable: true), column("ORDINAL_POSITION", .int),
            column("COLUMN_DEFAULT", .nVarChar(4_000), isNullable: true),
            column("IS_NULLABLE", .varChar(3), isNullable: true),
            text("DATA_TYPE", isNullable: true), column("CHARACTER_MAXIMUM_LENGTH", .int, isNullable: true),
            column("NUMERIC_PRECISION", .tinyInt, isNullable: true), column("NUMERIC_SCALE", .int, isNullable: true),
        ]
    ) { source in
        source.catalog.sortedTables.flatMap { table in
            table.columns.enumerated().map { index, column in
                let type = column.type
                let facts = TypeFacts(type)
                let isSized = type.isCharacter || type.isBinary
                let isDecimal = type.isNumeric && type.kind != .bit
                let isFloat = type.kind == .real || type.kind == .float
                return [
                    .string(source.database.name), .string(table.schema), .string(table.name), .string(column.name),
                    .int(Int64(index + 1)), column.defaultValue.map { .string("(\($0.text))") } ?? .null,
                    .string(column.isNullable ? "YES" : "NO"), .string(type.name),
                    isSized ? .int(Int64(type.length ?? -1)) : .null, isDecimal ? .int(Int64(facts.precision)) : .null,
                    isDecimal && !isFloat ? .int(Int64(facts.scale)) : .null,
                ]
            }
        }
    }
}

/// Length, precision and scale as sys.columns shows them.
struct TypeFacts {
    let maxLength: Int
    let precision: Int
    let scale: Int

    init(_ type: SQLType) {
        switch type.kind {
        case .bit: (maxLength, precision, scale) = (1, 1, 0)
        case .tinyInt: (maxLength, precision, scale) = (1, 3, 0)
        case .smallInt: (maxLength, precision, scale) = (2, 5, 0)
        case .int: (maxLength, precision, scale) = (4, 10, 0)
        case .bigInt: (maxLength, precision, scale) = (8, 19, 0)
        case .real: (maxLength, precision, scale) = (4, 24, 0)
        case .float: (maxLength, precision, scale) = (8, 53, 0)
        case .smallMoney: (maxLength, precision, scale) = (4, 10, 4)
        case .money: (maxLength, precision, scale) = (8, 19, 4)
        case .decimal, .numeric:
            let digits = type.precision ?? 18
            (maxLength, precision, scale) = (
                digits <= 9 ? 5 : digits <= 19 ? 9 : digits <= 28 ? 13 : 17, digits, type.scale ?? 0
            )
        case .date: (maxLength, precision, scale) = (3, 10, 0)
        case .time:
            (maxLength, precision, scale) = (
                type.scale ?? 7 <= 2 ? 3 : type.scale ?? 7 <= 4 ? 4 : 5, 8, type.scale ?? 7
            )
        case .smallDateTime: (maxLength, precision, scale) = (4, 16, 0)
        case .dateTime: (maxLength, precision, scale) = (8, 23, 3)
        case .dateTime2:
            (maxLength, precision, scale) = (
                type.scale ?? 7 <= 2 ? 6 : type.scale ?? 7 <= 4 ? 7 : 8, 19, type.scale ?? 7
            )
        case .dateTimeOffset:
            (maxLength, precision, scale) = (
                type.scale ?? 7 <= 2 ? 8 : type.scale ?? 7 <= 4 ? 9 : 10, 26, type.scale ?? 7
            )
        case .nChar, .nVarChar: (maxLength, precision, scale) = (type.length.map { $0 * 2 } ?? -1, 0, 0)
        case .text, .nText, .image, .uniqueIdentifier: (maxLength, precision, scale) = (16, 0, 0)
        default: (maxLength, precision, scale) = (type.length ?? -1, 0, 0)
        }
    }
}
