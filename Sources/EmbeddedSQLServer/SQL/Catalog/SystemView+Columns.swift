import SQLValues

extension SQLValue {
    static func number(_ value: Int) -> SQLValue { .int(Int64(value)) }
    static func number(_ value: Int?) -> SQLValue { value.map { .int(Int64($0)) } ?? .null }
    static func text(_ value: String?) -> SQLValue { value.map { .string($0) } ?? .null }
}

/// What catalogue views say of a type.
struct TypeDescription {
    let systemID: Int
    let userID: Int
    let facts: TypeFacts
    let type: SQLType

    init(_ type: SQLType, userType: Int? = nil) {
        self.type = type
        systemID = Self.ids[type.kind] ?? 0
        userID = userType ?? systemID
        facts = TypeFacts(type)
    }

    var maxLength: SQLValue { .number(facts.maxLength) }
    var precision: SQLValue { .number(facts.precision) }
    var scale: SQLValue { .number(facts.scale) }
    var collation: SQLValue { type.isCharacter ? .text(SystemView.collationName) : .null }

    static let ids: [SQLType.Kind: Int] = [
        .image: 34, .text: 35, .uniqueIdentifier: 36, .date: 40, .time: 41, .dateTime2: 42, .dateTimeOffset: 43,
        .tinyInt: 48, .smallInt: 52, .int: 56, .smallDateTime: 58, .real: 59, .money: 60, .dateTime: 61, .float: 62,
        .variant: 98, .nText: 99, .bit: 104, .decimal: 106, .numeric: 108, .smallMoney: 122, .bigInt: 127,
        .varBinary: 165, .varChar: 167, .binary: 173, .char: 175, .rowVersion: 189, .nVarChar: 231, .nChar: 239,
        .xml: 241,
    ]
}

extension SystemView {
    static let collationName = "SQL_Latin1_General_CP1_CI_AS"

    private static let columnColumns = columns(
        """
        object_id int, name sysname?, column_id int, system_type_id tinyint, user_type_id int, max_length smallint,
        precision tinyint, scale tinyint, collation_name sysname?, is_nullable bit?, is_ansi_padded bit,
        is_rowguidcol bit, is_identity bit, is_computed bit, is_filestream bit, is_replicated bit?,
        is_non_sql_subscribed bit?, is_merge_published bit?, is_dts_replicated bit?, is_xml_document bit,
        xml_collection_id int, default_object_id int, rule_object_id int, is_sparse bit?, is_column_set bit?,
        generated_always_type tinyint?, generated_always_type_desc nvarchar(60)?, encryption_type int?,
        encryption_type_desc nvarchar(64)?, encryption_algorithm_name sysname?, column_encryption_key_id int?,
        column_encryption_key_database_name sysname?, is_hidden bit, is_masked bit, graph_type int?,
        graph_type_desc nvarchar(60)?, is_data_deletion_filter_column bit, ledger_view_column_type tinyint?,
        ledger_view_column_type_desc nvarchar(60)?, is_dropped_ledger_column bit
        """)

    private static func columnRow(_ object: Int, _ column: ColumnInfo) -> [SQLValue] {
        var row = columnRow(
            object, column.id, column.name, TypeDescription(column.type, userType: column.userType),
            isNullable: column.isNullable)
        row[11] = .bit(column.isRowGUID == true)
        row[12] = .bit(column.identity != nil)
        row[13] = .bit(column.computed != nil)
        row[21] = .number(column.defaultValue?.id ?? 0)
        return row
    }

    private static func columnRow(
        _ object: Int, _ id: Int, _ name: String, _ type: TypeDescription, isNullable: Bool
    ) -> [SQLValue] {
        let isPadded = type.type.isCharacter || type.type.isBinary
        let first: [SQLValue] = [
            .number(object), .text(name), .number(id), .number(type.systemID), .number(type.userID), type.maxLength,
            type.precision, type.scale, type.collation, .bit(isNullable), .bit(isPadded),
        ]
        let no = SQLValue.bit(false)
        return first + [
            no, no, no, no, no, no, no, no, no, .number(0), .number(0), .number(0), no, no, .number(0),
            .text("NOT_APPLICABLE"), .null, .null, .null, .null, .null, no, no, .null, .null, no, .null, .null, no,
        ]
    }

    /// The columns of the catalogue views themselves.
    private static func systemColumnRows() -> [[SQLValue]] {
        SystemObject.all.flatMap { object in
            object.columns.enumerated().map { index, column in
                columnRow(
                    object.id, index + 1, column.name, TypeDescription(column.type), isNullable: column.isNullable)
            }
        }
    }

    private static func columnRows(_ source: Source) -> [[SQLValue]] {
        var rows = source.catalog.sortedTables.flatMap { table in table.columns.map { columnRow(table.id, $0) } }
        for view in source.sortedViews {
            for (index, column) in source.columns(of: view).enumerated() {
                rows.append(
                    columnRow(
                        view.id, index + 1, column.name, TypeDescription(column.type), isNullable: column.isNullable))
            }
        }
        for type in source.sortedTypes {
            guard let table = type.table else { continue }
            rows += table.columns.map { columnRow(table.id, $0) }
        }
        return rows
    }

    private static let typeColumns = columns(
        """
        name sysname, system_type_id tinyint, user_type_id int, schema_id int, principal_id int?, max_length smallint,
        precision tinyint, scale tinyint, collation_name sysname?, is_nullable bit?, is_user_defined bit,
        is_assembly_type bit, default_object_id int, rule_object_id int, is_table_type bit
        """)

    static let builtInTypes: [(String, SQLType, Int)] = [
        ("image", .image, 34), ("text", .text, 35), ("uniqueidentifier", .uniqueIdentifier, 36), ("date", .date, 40),
        ("time", .time(7), 41), ("datetime2", .dateTime2(7), 42), ("datetimeoffset", .dateTimeOffset(7), 43),
        ("tinyint", .tinyInt, 48), ("smallint", .smallInt, 52), ("int", .int, 56),
        ("smalldatetime", .smallDateTime, 58), ("real", .real, 59), ("money", .money, 60), ("datetime", .dateTime, 61),
        ("float", .float, 62), ("sql_variant", .variant, 98), ("ntext", .nText, 99), ("bit", .bit, 104),
        ("decimal", .decimal(38, 38), 106),
        ("numeric", .numeric(38, 38), 108), ("smallmoney", .smallMoney, 122), ("bigint", .bigInt, 127),
        ("varbinary", .varBinary(8_000), 165), ("varchar", .varChar(8_000), 167), ("binary", .binary(8_000), 173),
        ("char", .char(8_000), 175), ("timestamp", .rowVersion, 189), ("sysname", .nVarChar(128), 256),
        ("nvarchar", .nVarChar(4_000), 231), ("nchar", .nChar(4_000), 239),
    ]

    private static func typeRow(
        _ name: String, _ type: TypeDescription, schema: SQLValue, isNullable: Bool, isOwn: Bool
    )
        -> [SQLValue]
    {
        [
            .text(name), .number(type.systemID), .number(type.userID), schema, .null, type.maxLength, type.precision,
            type.scale, type.collation, .bit(isNullable), .bit(isOwn), .bit(false), .number(0), .number(0),
            .bit(false),
        ]
    }

    private static func tableTypeRow(_ type: UserTypeInfo, _ source: Source) -> [SQLValue] {
        [
            .text(type.name), .number(243), .number(type.id), source.schemaID(type.schema), .null, .number(-1),
            .number(0), .number(0), .null, .bit(false), .bit(true), .bit(false), .number(0), .number(0), .bit(true),
        ]
    }

    private static func typeRows(_ source: Source) -> [[SQLValue]] {
        builtInTypes.map { name, type, id in
            typeRow(
                name, TypeDescription(type, userType: id), schema: .number(4),
                isNullable: name != "sysname" && name != "timestamp", isOwn: false)
        }
            + source.sortedTypes.map { type in
                guard let base = type.type else { return tableTypeRow(type, source) }
                return typeRow(
                    type.name, TypeDescription(base, userType: type.id), schema: source.schemaID(type.schema),
                    isNullable: type.isNullable, isOwn: true)
            }
    }

    static let columnViews: [SystemView] = [
        SystemView("sys.columns", columnColumns) { columnRows($0) },
        SystemView("sys.all_columns", columnColumns) { columnRows($0) + systemColumnRows() },
        SystemView("sys.system_columns", columnColumns) { _ in systemColumnRows() },
        SystemView(
            "sys.identity_columns",
            columnColumns
                + columns(
                    """
                    seed_value sql_variant?, increment_value sql_variant?, last_value sql_variant?,
                    is_not_for_replication bit?
                    """)
        ) { source in
            source.catalog.sortedTables.compactMap { table in
                guard let column = table.identityColumn, let identity = column.identity else { return nil }
                let last = source.lastIdentity(table)
                return columnRow(table.id, column) + [
                    variant(identity.seed, column.type), variant(identity.increment, column.type),
                    last.map { variant($0, column.type) } ?? .null, .bit(false),
                ]
            }
        },
        SystemView(
            "sys.computed_columns",
            columnColumns + columns("definition nvarchar(max)?, uses_database_collation bit, is_persisted bit")
        ) { source in
            source.catalog.sortedTables.flatMap { table in
                table.columns.compactMap { column in
                    column.computed.map {
                        columnRow(table.id, column) + [.text("(\($0.text))"), .bit(true), .bit($0.isPersisted)]
                    }
                }
            }
        },
        SystemView("sys.types", typeColumns) { typeRows($0) },
        SystemView("sys.table_types", typeColumns + columns("type_table_object_id int, is_memory_optimized bit?")) {
            source in
            source.sortedTypes.compactMap { type in
                type.table.map { tableTypeRow(type, source) + [.number($0.id), .bit(false)] }
            }
        },
    ]
}
