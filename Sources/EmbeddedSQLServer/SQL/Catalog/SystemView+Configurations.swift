import SQLValues

extension SystemView {
    static let systemObjectViews: [SystemView] = [
        SystemView("sys.system_objects", objectColumns) { _ in SystemObject.all.map(row) }
    ]

    /// The options of the server whose value is true of it, each as documented ("Server configuration options").
    ///
    /// Those that only an optimizer, a scheduler or memory of its own could honour have no rows.
    static let configurations = SystemView(
        "sys.configurations",
        columns(
            """
            configuration_id int, name nvarchar(35), value sql_variant?, minimum sql_variant?, maximum sql_variant?,
            value_in_use sql_variant?, description nvarchar(255), is_dynamic bit, is_advanced bit
            """)
    ) { _ in
        func number(_ value: Int) -> SQLValue { variant(Int64(value), .int) }
        return options.map { option in
            [
                .number(option.id), .string(option.name), number(option.value), number(0), number(option.maximum),
                number(option.value), .string(option.description), .bit(option.isDynamic), .bit(option.isAdvanced),
            ]
        }
    }

    private struct Option: Sendable {
        var id: Int
        var name: String
        var value: Int
        var maximum = 1
        var description: String
        var isDynamic = true
        var isAdvanced = true
    }

    private static let options: [Option] = [
        Option(
            id: 114, name: "disallow results from triggers", value: 0,
            description: "Disallow returning results from triggers"),
        Option(
            id: 115, name: "nested triggers", value: 1, description: "Allow triggers to be invoked within triggers",
            isAdvanced: false),
        Option(
            id: 124, name: "default language", value: 0, maximum: 9_999, description: "default language",
            isAdvanced: false),
        Option(
            id: 518, name: "show advanced options", value: 0, description: "show advanced options", isAdvanced: false),
        Option(
            id: 1534, name: "user options", value: 0, maximum: 32_767, description: "user options", isAdvanced: false),
        Option(
            id: 1562, name: "clr enabled", value: 0, description: "CLR user code execution enabled in the server",
            isAdvanced: false),
        Option(
            id: 16_388, name: "Ole Automation Procedures", value: 0,
            description: "Enable or disable Ole Automation Procedures"),
        Option(id: 16_390, name: "xp_cmdshell", value: 0, description: "Enable or disable command shell"),
        Option(
            id: 16_391, name: "Ad Hoc Distributed Queries", value: 0,
            description: "Enable or disable Ad Hoc Distributed Queries"),
        Option(
            id: 16_393, name: "contained database authentication", value: 0,
            description: "Enables contained databases and contained authentication", isAdvanced: false),
    ]
}
