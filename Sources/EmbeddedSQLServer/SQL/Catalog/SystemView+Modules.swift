import SQLValues

extension SystemView {
    private static func eventNumber(_ event: String) -> Int { event == "INSERT" ? 1 : event == "UPDATE" ? 2 : 3 }

    private static func parameterRows(_ module: ModuleInfo) -> [[SQLValue]] {
        func row(_ id: Int, _ name: String, _ type: SQLType, isOutput: Bool, isReadOnly: Bool) -> [SQLValue] {
            let type = TypeDescription(type)
            return [
                .number(module.id), .text(name), .number(id), .number(type.systemID), .number(type.userID),
                type.maxLength, type.precision, type.scale, .bit(isOutput), .bit(false), .bit(false), .bit(false),
                .number(0), .bit(isReadOnly), .bit(true),
            ]
        }
        let own = module.parameters.enumerated().map { index, parameter in
            row(
                index + 1, parameter.name, parameter.type, isOutput: parameter.isOutput,
                isReadOnly: parameter.isTable)
        }
        guard let result = module.returnType else { return own }
        return [row(0, "", result, isOutput: true, isReadOnly: false)] + own
    }

    static let moduleViews: [SystemView] = [
        SystemView(
            "sys.sql_modules",
            columns(
                """
                object_id int, definition nvarchar(max)?, uses_ansi_nulls bit?, uses_quoted_identifier bit?,
                is_schema_bound bit?, uses_database_collation bit?, is_recompiled bit?, null_on_null_input bit?,
                execute_as_principal_id int?, uses_native_compilation bit?
                """)
        ) { source in
            let no = SQLValue.bit(false)
            return source.sortedViews.map {
                [.number($0.id), .text($0.definition), .bit(true), .bit(true), no, no, no, no, .null, no]
            }
                + source.sortedModules.map { module in
                    [
                        .number(module.id), .text(module.definition), .bit(module.usesAnsiNulls),
                        .bit(module.usesQuotedIdentifier), .bit(module.isSchemaBound), no, .bit(module.isRecompiled),
                        .bit(module.isNullOnNullInput), module.executesAs.map { .number($0) } ?? .null, no,
                    ]
                }
        },
        SystemView(
            "sys.parameters",
            columns(
                """
                object_id int, name sysname?, parameter_id int, system_type_id tinyint, user_type_id int,
                max_length smallint, precision tinyint, scale tinyint, is_output bit, is_cursor_ref bit,
                has_default_value bit, is_xml_document bit, xml_collection_id int, is_readonly bit, is_nullable bit?
                """)
        ) { source in source.sortedModules.flatMap { parameterRows($0) } },
        SystemView(
            "sys.triggers",
            columns(
                """
                name sysname, object_id int, parent_class tinyint, parent_class_desc nvarchar(60)?, parent_id int,
                type char(2), type_desc nvarchar(60)?, create_date datetime, modify_date datetime, is_ms_shipped bit,
                is_disabled bit, is_not_for_replication bit, is_instead_of_trigger bit
                """)
        ) { source in
            source.sortedModules.compactMap { module in
                guard let trigger = module.trigger else { return nil }
                return [
                    .text(module.name), .number(module.id), .number(1), .text("OBJECT_OR_COLUMN"),
                    .number(trigger.parent), .text("TR"), .text("SQL_TRIGGER"), moment(module.created),
                    moment(module.modified), .bit(false), .bit(trigger.isDisabled), .bit(false),
                    .bit(trigger.isInsteadOf),
                ]
            }
        },
        SystemView(
            "sys.trigger_events",
            columns(
                """
                object_id int, type int, type_desc nvarchar(60), is_first bit?, is_last bit?, event_group_type int?,
                event_group_type_desc nvarchar(60)?, is_trigger_event bit?
                """)
        ) { source in
            source.sortedModules.flatMap { module -> [[SQLValue]] in
                guard let trigger = module.trigger else { return [] }
                return trigger.events.map { event in
                    [
                        .number(module.id), .number(eventNumber(event)), .text(event),
                        .bit(trigger.order[event] == "First"), .bit(trigger.order[event] == "Last"), .null, .null,
                        .bit(true),
                    ]
                }
            }
        },
    ]
}
