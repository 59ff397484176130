import SQLValues

/// A catalogue view or system procedure as an object among others (sys.system_objects).
struct SystemObject: Sendable {
    /// Negative, as those of SQL Server are; its own numbers are not documented.
    let id: Int
    let schema: String
    let name: String
    /// `V`, `P` or `X`.
    let type: String
    /// The columns of a view.
    let columns: [OutputColumn]

    /// The schema_id of `sys` or `INFORMATION_SCHEMA`.
    var schemaID: Int { schema == "sys" ? 4 : 3 }

    var typeDescription: String {
        switch type {
        case "V": "VIEW"
        case "X": "EXTENDED_STORED_PROCEDURE"
        default: "SQL_STORED_PROCEDURE"
        }
    }

    /// 2022-10-08, when SQL Server 2022 was built, in ticks.
    static let created = 738_435 * SQLTime.ticksPerDay

    /// In the order of their names.
    static let all: [SystemObject] = {
        let views = SystemView.all.values.map { view -> (schema: String, name: String, type: String, [OutputColumn]) in
            let parts = view.name.split(separator: ".").map(String.init)
            let isStandard = parts[0] == "information_schema"
            return (
                isStandard ? "INFORMATION_SCHEMA" : "sys", isStandard ? parts[1].uppercased() : parts[1], "V",
                view.columns
            )
        }
        let procedures = SystemProcedure.names.map { (schema: "sys", name: $0, type: "P", [OutputColumn]()) }
        let extended = ["sp_executesql", "sp_prepare", "sp_prepexec", "sp_execute", "sp_unprepare"].map {
            (schema: "sys", name: $0, type: "X", [OutputColumn]())
        }
        return (views + procedures + extended).sorted { ($0.schema, $0.name) < ($1.schema, $1.name) }
            .enumerated().map { place, object in
                SystemObject(
                    id: -101 - place, schema: object.schema, name: object.name, type: object.type, columns: object.3)
            }
    }()

    /// The object of a name; those of `sys` are found without their schema, too, when they are procedures.
    static func named(_ name: String, schema: String?) -> SystemObject? {
        all.first { object in
            guard TextCollation.areEqual(object.name, name) else { return false }
            guard let schema else { return object.type != "V" }
            return TextCollation.areEqual(object.schema, schema) || (object.type != "V" && schema.lowercased() == "dbo")
        }
    }
}
