import SQLValues

/// INFORMATION_SCHEMA: procedures and functions.
extension SystemView {
    private static let nothing = SQLValue.null

    static let routineViews: [SystemView] = [
        SystemView(
            "information_schema.routines",
            columns(
                """
                SPECIFIC_CATALOG sysname?, SPECIFIC_SCHEMA sysname?, SPECIFIC_NAME sysname, ROUTINE_CATALOG sysname?,
                ROUTINE_SCHEMA sysname?, ROUTINE_NAME sysname, ROUTINE_TYPE nvarchar(20)?, MODULE_CATALOG sysname?,
                MODULE_SCHEMA sysname?, MODULE_NAME sysname?, UDT_CATALOG sysname?, UDT_SCHEMA sysname?,
                UDT_NAME sysname?, DATA_TYPE sysname?, CHARACTER_MAXIMUM_LENGTH int?, CHARACTER_OCTET_LENGTH int?,
                COLLATION_CATALOG sysname?, COLLATION_SCHEMA sysname?, COLLATION_NAME sysname?,
                CHARACTER_SET_CATALOG sysname?, CHARACTER_SET_SCHEMA sysname?, CHARACTER_SET_NAME sysname?,
                NUMERIC_PRECISION smallint?, NUMERIC_PRECISION_RADIX smallint?, NUMERIC_SCALE smallint?,
                DATETIME_PRECISION smallint?, INTERVAL_TYPE nvarchar(30)?, INTERVAL_PRECISION smallint?,
                TYPE_UDT_CATALOG sysname?, TYPE_UDT_SCHEMA sysname?, TYPE_UDT_NAME sysname?, SCOPE_CATALOG sysname?,
                SCOPE_SCHEMA sysname?, SCOPE_NAME sysname?, MAXIMUM_CARDINALITY bigint?, DTD_IDENTIFIER sysname?,
                ROUTINE_BODY nvarchar(30)?, ROUTINE_DEFINITION nvarchar(4000)?, EXTERNAL_NAME sysname?,
                EXTERNAL_LANGUAGE nvarchar(30)?, PARAMETER_STYLE nvarchar(30)?, SQL_DATA_ACCESS nvarchar(30)?,
                IS_NULL_CALL nvarchar(10)?, SQL_PATH sysname?, SCHEMA_LEVEL_ROUTINE nvarchar(10)?,
                MAX_DYNAMIC_RESULT_SETS smallint?, IS_USER_DEFINED_CAST nvarchar(10)?,
                IS_IMPLICITLY_INVOCABLE nvarchar(10)?, CREATED datetime, LAST_ALTERED datetime
                """)
        ) { source in source.sortedModules.filter { $0.kind != .trigger }.map { routineRow($0, source) } },
        SystemView(
            "information_schema.parameters",
            columns(
                """
                SPECIFIC_CATALOG sysname?, SPECIFIC_SCHEMA sysname?, SPECIFIC_NAME sysname, ORDINAL_POSITION int,
                PARAMETER_MODE nvarchar(10)?, IS_RESULT nvarchar(10)?, AS_LOCATOR nvarchar(10)?,
                PARAMETER_NAME sysname?, DATA_TYPE sysname?, CHARACTER_MAXIMUM_LENGTH int?,
                CHARACTER_OCTET_LENGTH int?, COLLATION_CATALOG sysname?, COLLATION_SCHEMA sysname?,
                COLLATION_NAME sysname?, CHARACTER_SET_CATALOG sysname?, CHARACTER_SET_SCHEMA sysname?,
                CHARACTER_SET_NAME sysname?, NUMERIC_PRECISION tinyint?, NUMERIC_PRECISION_RADIX smallint?,
                NUMERIC_SCALE tinyint?, DATETIME_PRECISION smallint?, INTERVAL_TYPE nvarchar(30)?,
                INTERVAL_PRECISION smallint?, USER_DEFINED_TYPE_CATALOG sysname?, USER_DEFINED_TYPE_SCHEMA sysname?,
                USER_DEFINED_TYPE_NAME sysname?, SCOPE_CATALOG sysname?, SCOPE_SCHEMA sysname?, SCOPE_NAME sysname?
                """)
        ) { source in source.sortedModules.filter { $0.kind != .trigger }.flatMap { parameterRows($0, source) } },
    ]

    private static func routineRow(_ module: ModuleInfo, _ source: Source) -> [SQLValue] {
        let name: [SQLValue] = [.text(source.database.name), .text(module.schema), .text(module.name)]
        let isProcedure = module.kind == .procedure
        let isTable = module.kind == .inlineFunction || module.kind == .tableFunction
        let none = Array(repeating: nothing, count: 9)
        let head: [SQLValue] =
            name + name + [.text(isProcedure ? "PROCEDURE" : "FUNCTION")] + none.prefix(6)
            + [.text(isTable ? "TABLE" : module.returnType?.name)] + typeValues(module.returnType, source)
        let body: [SQLValue] =
            none.prefix(2) + none.prefix(8) + [
                .text("SQL"), .text(module.definition.prefixUnits(4_000)), .null, .null, .null,
                .text(isProcedure ? "MODIFIES" : "READS"),
                isProcedure ? .null : .text(module.isNullOnNullInput ? "NO" : "YES"), .null, .text("YES"),
                .number(isProcedure ? -1 : 0), .text("NO"), .text("NO"), moment(module.created),
                moment(module.modified),
            ]
        return head + body
    }

    private static func parameterRows(_ module: ModuleInfo, _ source: Source) -> [[SQLValue]] {
        let result = module.returnType.map { [(0, "", $0, "OUT", "YES", Int?.none)] } ?? []
        let own = module.parameters.enumerated().map {
            ($0 + 1, $1.name, $1.type, $1.isOutput ? "INOUT" : "IN", "NO", $1.userType)
        }
        return (result + own).map { place, name, type, mode, isResult, userType in
            let user = userType.flatMap { source.catalog.types[$0] }
            let isTable = user?.table != nil
            let head: [SQLValue] = [
                .text(source.database.name), .text(module.schema), .text(module.name), .number(place), .text(mode),
                .text(isResult), .text("NO"), .text(name), .text(isTable ? "table type" : type.name),
            ]
            let owner: [SQLValue] = [
                user == nil ? .null : .text(source.database.name), .text(user?.schema), .text(user?.name),
            ]
            return head + typeValues(isTable ? nil : type, source) + [.null, .null] + owner + [.null, .null, .null]
        }
    }

    /// The length, collation, character set and numbers of a type, in the order of ROUTINES and PARAMETERS.
    private static func typeValues(_ type: SQLType?, _ source: Source) -> [SQLValue] {
        guard let type else { return Array(repeating: nothing, count: 12) }
        let values: [SQLValue] = typeValues(type, source)
        // COLUMNS has the numbers before the character set.
        return Array(values[0...1]) + Array(values[9...11]) + Array(values[6...8]) + Array(values[2...5])
    }
}
