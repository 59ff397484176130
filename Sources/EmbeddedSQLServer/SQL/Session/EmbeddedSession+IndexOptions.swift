/// The SET options without which tables with filtered indexes, and with indexes on computed columns, are not changed.
///
/// Source: "CREATE INDEX (Transact-SQL)", required SET options; Msg 1934.
extension EmbeddedSession {
    /// Options that must be ON, in the order in which the message names them; NUMERIC_ROUNDABORT is always OFF here.
    private static let required = [
        "ANSI_NULLS", "QUOTED_IDENTIFIER", "CONCAT_NULL_YIELDS_NULL", "ANSI_WARNINGS", "ANSI_PADDING", "ARITHABORT",
    ]

    /// Checks the options before a table is changed.
    func checkIndexOptions(of table: TableInfo, _ verb: ChangePlan.Verb) throws(ServerMessage) {
        guard table.keys.contains(where: { $0.isDisabled != true && $0.needsOptions(in: table) }) else { return }
        try checkIndexOptions(verb.rawValue)
    }

    /// Checks the options before an index is made.
    func checkIndexOptions(of key: KeyInfo, in table: TableInfo) throws(ServerMessage) {
        if key.needsOptions(in: table) { try checkIndexOptions("CREATE INDEX") }
    }

    private func checkIndexOptions(_ operation: String) throws(ServerMessage) {
        // "Setting ANSI_WARNINGS to ON implicitly sets ARITHABORT to ON."
        let wrong = Self.required.filter {
            !settings.has($0) && !($0 == "ARITHABORT" && settings.has("ANSI_WARNINGS"))
        }
        guard !wrong.isEmpty else { return }
        throw .error(
            1934,
            "\(operation) failed because the following SET options have incorrect settings: '\(wrong.joined(separator: ", "))'."
                + " Verify that SET options are correct for use with indexed views and/or indexes on computed columns and/or"
                + " filtered indexes and/or query notifications and/or XML data type methods and/or spatial index operations."
        )
    }
}

extension KeyInfo {
    /// Whether the index has a filter or a computed column.
    fileprivate func needsOptions(in table: TableInfo) -> Bool {
        filter != nil || columns.contains { table.column(id: $0.id)?.computed != nil }
    }
}
