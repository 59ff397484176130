import SQLValues

/// The catalogue procedures, which ODBC and JDBC drivers call ("Catalog stored procedures").
extension SystemProcedure {
    static let catalog: [SystemProcedure] = [tables, primaryKeys, foreignKeys]

    private static func optional(_ name: String, _ type: SQLType = .nVarChar(128)) -> Parameter {
        Parameter(name: name, type: type, defaultValue: .null)
    }

    /// Msg 15250: a qualifier is the current database.
    @Sendable
    private static func foreignQualifier(_ session: EmbeddedSession, _ call: Call) -> ServerMessage? {
        let names = ["@table_qualifier", "@pktable_qualifier", "@fktable_qualifier"].compactMap { call.text($0) }
        guard names.contains(where: { !$0.isEmpty && !TextCollation.areEqual($0, session.databaseName) }) else {
            return nil
        }
        return .error(
            15_250,
            "The database name component of the object qualifier must be the name of the current database.")
    }

    private static let tables = text(
        "sp_tables",
        [
            optional("@table_name", .nVarChar(384)), optional("@table_owner", .nVarChar(384)),
            optional("@table_qualifier"), optional("@table_type", .varChar(100)),
            Parameter(name: "@fUsePattern", type: .bit, defaultValue: .bit(true)),
        ],
        """
        IF @table_qualifier = N'%' AND @table_owner = N'' AND @table_name = N''
            SELECT name AS TABLE_QUALIFIER, CAST(NULL AS nvarchar(128)) AS TABLE_OWNER,
                CAST(NULL AS nvarchar(128)) AS TABLE_NAME, CAST(NULL AS varchar(32)) AS TABLE_TYPE,
                CAST(NULL AS varchar(254)) AS REMARKS
            FROM sys.databases ORDER BY 1;
        ELSE IF @table_qualifier = N'' AND @table_owner = N'%' AND @table_name = N''
            SELECT CAST(NULL AS nvarchar(128)) AS TABLE_QUALIFIER, name AS TABLE_OWNER,
                CAST(NULL AS nvarchar(128)) AS TABLE_NAME, CAST(NULL AS varchar(32)) AS TABLE_TYPE,
                CAST(NULL AS varchar(254)) AS REMARKS
            FROM sys.schemas ORDER BY 2;
        ELSE IF @table_qualifier = N'' AND @table_owner = N'' AND @table_name = N'' AND @table_type = '%'
            SELECT CAST(NULL AS nvarchar(128)) AS TABLE_QUALIFIER, CAST(NULL AS nvarchar(128)) AS TABLE_OWNER,
                CAST(NULL AS nvarchar(128)) AS TABLE_NAME, CAST(v.t AS varchar(32)) AS TABLE_TYPE,
                CAST(NULL AS varchar(254)) AS REMARKS
            FROM (VALUES ('SYSTEM TABLE'), ('TABLE'), ('VIEW')) AS v (t) ORDER BY 4;
        ELSE
            SELECT DB_NAME() AS TABLE_QUALIFIER, SCHEMA_NAME(o.schema_id) AS TABLE_OWNER, o.name AS TABLE_NAME,
                CAST(CASE o.type WHEN 'U' THEN 'TABLE' ELSE 'VIEW' END AS varchar(32)) AS TABLE_TYPE,
                CAST(NULL AS varchar(254)) AS REMARKS
            FROM sys.all_objects AS o
            WHERE o.type IN ('U', 'V')
                AND (@table_name IS NULL OR @fUsePattern = 1 AND o.name LIKE @table_name OR o.name = @table_name)
                AND (@table_owner IS NULL OR @fUsePattern = 1 AND SCHEMA_NAME(o.schema_id) LIKE @table_owner
                    OR SCHEMA_NAME(o.schema_id) = @table_owner)
                AND (@table_type IS NULL OR @table_type LIKE
                    CASE o.type WHEN 'U' THEN '%''TABLE''%' ELSE '%''VIEW''%' END)
            ORDER BY 4, 1, 2, 3;
        """,
        refusal: { session, call in call.text("@table_qualifier") == "%" ? nil : foreignQualifier(session, call) })

    private static let primaryKeys = text(
        "sp_pkeys",
        [
            Parameter(name: "@table_name", type: .nVarChar(128)), optional("@table_owner"),
            optional("@table_qualifier"),
        ],
        """
        SELECT DB_NAME() AS TABLE_QUALIFIER, SCHEMA_NAME(t.schema_id) AS TABLE_OWNER, t.name AS TABLE_NAME,
            c.name AS COLUMN_NAME, CAST(ic.key_ordinal AS smallint) AS KEY_SEQ, k.name AS PK_NAME
        FROM sys.tables AS t
        JOIN sys.key_constraints AS k ON k.parent_object_id = t.object_id AND k.type = 'PK'
        JOIN sys.index_columns AS ic ON ic.object_id = t.object_id AND ic.index_id = k.unique_index_id
        JOIN sys.columns AS c ON c.object_id = t.object_id AND c.column_id = ic.column_id
        WHERE t.object_id = COALESCE(
            OBJECT_ID(QUOTENAME(COALESCE(@table_owner, SCHEMA_NAME())) + N'.' + QUOTENAME(@table_name), N'U'),
            CASE WHEN @table_owner IS NULL THEN OBJECT_ID(N'[dbo].' + QUOTENAME(@table_name), N'U') END)
        ORDER BY 1, 2, 3, 5;
        """, refusal: foreignQualifier)

    private static let foreignKeys = text(
        "sp_fkeys",
        [
            optional("@pktable_name"), optional("@pktable_owner"), optional("@pktable_qualifier"),
            optional("@fktable_name"), optional("@fktable_owner"), optional("@fktable_qualifier"),
        ],
        """
        DECLARE @pk int = COALESCE(
            OBJECT_ID(QUOTENAME(COALESCE(@pktable_owner, SCHEMA_NAME())) + N'.' + QUOTENAME(@pktable_name), N'U'),
            CASE WHEN @pktable_owner IS NULL THEN OBJECT_ID(N'[dbo].' + QUOTENAME(@pktable_name), N'U') END, 0);
        DECLARE @fk int = COALESCE(
            OBJECT_ID(QUOTENAME(COALESCE(@fktable_owner, SCHEMA_NAME())) + N'.' + QUOTENAME(@fktable_name), N'U'),
            CASE WHEN @fktable_owner IS NULL THEN OBJECT_ID(N'[dbo].' + QUOTENAME(@fktable_name), N'U') END, 0);
        SELECT DB_NAME() AS PKTABLE_QUALIFIER, SCHEMA_NAME(p.schema_id) AS PKTABLE_OWNER, p.name AS PKTABLE_NAME,
            pc.name AS PKCOLUMN_NAME, DB_NAME() AS FKTABLE_QUALIFIER, SCHEMA_NAME(f.schema_id) AS FKTABLE_OWNER,
            f.name AS FKTABLE_NAME, fc.name AS FKCOLUMN_NAME, CAST(c.constraint_column_id AS smallint) AS KEY_SEQ,
            CAST(CASE k.update_referential_action WHEN 0 THEN 1 WHEN 1 THEN 0 ELSE k.update_referential_action END
                AS smallint) AS UPDATE_RULE,
            CAST(CASE k.delete_referential_action WHEN 0 THEN 1 WHEN 1 THEN 0 ELSE k.delete_referential_action END
                AS smallint) AS DELETE_RULE,
            k.name AS FK_NAME, i.name AS PK_NAME, CAST(7 AS smallint) AS DEFERRABILITY
        FROM sys.foreign_keys AS k
        JOIN sys.foreign_key_columns AS c ON c.constraint_object_id = k.object_id
        JOIN sys.tables AS p ON p.object_id = k.referenced_object_id
        JOIN sys.tables AS f ON f.object_id = k.parent_object_id
        JOIN sys.columns AS pc ON pc.object_id = p.object_id AND pc.column_id = c.referenced_column_id
        JOIN sys.columns AS fc ON fc.object_id = f.object_id AND fc.column_id = c.parent_column_id
        JOIN sys.indexes AS i ON i.object_id = p.object_id AND i.index_id = k.key_index_id
        WHERE (@pktable_name IS NULL OR p.object_id = @pk) AND (@fktable_name IS NULL OR f.object_id = @fk)
        ORDER BY CASE WHEN @pktable_name IS NULL THEN SCHEMA_NAME(p.schema_id) ELSE SCHEMA_NAME(f.schema_id) END,
            CASE WHEN @pktable_name IS NULL THEN p.name ELSE f.name END, 12, 9;
        """,
        refusal: { session, call in
            guard call.text("@pktable_name") != nil || call.text("@fktable_name") != nil else {
                return .error(15_252, "The primary or foreign key table name must be given.")
            }
            return foreignQualifier(session, call)
        })
}
