import SQLValues

extension SystemView {
    private static func databaseRow(_ database: EmbeddedInstance.Database) -> [SQLValue] {
        let no = SQLValue.bit(false)
        let yes = SQLValue.bit(true)
        let first: [SQLValue] = [
            .text(database.name), .number(database.id), .null, .text("0x01"), moment(database.created), .number(160),
            .text(collationName), .number(0), .text("MULTI_USER"), no, no, no,
        ]
        let isSystem = database.name == "master" || database.name == "tempdb"
        return first + [
            .number(database.isOffline ? 6 : 0), .text(database.isOffline ? "OFFLINE" : "ONLINE"), no, no, no,
            .number(1), .text("ON"), yes, .number(3), .text("SIMPLE"), .number(2), .text("CHECKSUM"), yes, yes, no,
            no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, .bit(isSystem), no, no, no, no,
            .number(0), .text("NOTHING"), no, no, no, .number(0), .text("NONE"),
        ]
    }

    static let serverViews: [SystemView] = [
        SystemView(
            "sys.databases",
            columns(
                """
                name sysname, database_id int, source_database_id int?, owner_sid nvarchar(85)?, create_date datetime,
                compatibility_level tinyint, collation_name sysname?, user_access tinyint?,
                user_access_desc nvarchar(60)?, is_read_only bit?, is_auto_close_on bit, is_auto_shrink_on bit?,
                state tinyint?, state_desc nvarchar(60)?, is_in_standby bit?, is_cleanly_shutdown bit?,
                is_supplemental_logging_enabled bit?, snapshot_isolation_state tinyint?,
                snapshot_isolation_state_desc nvarchar(60)?, is_read_committed_snapshot_on bit?,
                recovery_model tinyint?, recovery_model_desc nvarchar(60)?, page_verify_option tinyint?,
                page_verify_option_desc nvarchar(60)?, is_auto_create_stats_on bit?, is_auto_update_stats_on bit?,
                is_auto_update_stats_async_on bit?, is_ansi_null_default_on bit?, is_ansi_nulls_on bit?,
                is_ansi_padding_on bit?, is_ansi_warnings_on bit?, is_arithabort_on bit?,
                is_concat_null_yields_null_on bit?, is_numeric_roundabort_on bit?, is_quoted_identifier_on bit?,
                is_recursive_triggers_on bit?, is_cursor_close_on_commit_on bit?, is_local_cursor_default bit?,
                is_fulltext_enabled bit?, is_trustworthy_on bit?, is_db_chaining_on bit?, is_parameterization_forced bit?,
                is_master_key_encrypted_by_server bit, is_query_store_on bit?, is_published bit, is_subscribed bit,
                is_merge_published bit, is_distributor bit, log_reuse_wait tinyint?, log_reuse_wait_desc nvarchar(60)?,
                is_date_correlation_on bit, is_cdc_enabled bit, is_encrypted bit?, containment tinyint?,
                containment_desc nvarchar(60)?
                """)
        ) { source in source.databases.map { databaseRow($0) } },
        SystemView("sys.sysdatabases", columns("name sysname?, dbid smallint?, crdate datetime")) { source in
            source.databases.map { [.text($0.name), .number($0.id), moment($0.created)] }
        },
        SystemView("sys.schemas", columns("name sysname, schema_id int, principal_id int?")) { source in
            source.catalog.schemas.map {
                [.text($0.name), .number($0.id), .number(source.security.owner(ofSchema: $0.id))]
            }
        },
        SystemView(
            "sys.extended_properties",
            columns(
                """
                class tinyint, class_desc nvarchar(60)?, major_id int, minor_id int, name sysname,
                value nvarchar(4000)?
                """)
        ) { _ in [] },
    ]
}
