/// What SET changes in a session.
struct SessionSettings {
    /// Options that are ON or OFF, by name in upper case.
    var isOn: [String: Bool]
    var textSize = 2_147_483_647
    var lockTimeout = -1
    /// SET DEADLOCK_PRIORITY: -10 to 10.
    var deadlockPriority = 0
    /// SET DATEFIRST: the day on which a week begins, 7 for Sunday.
    var dateFirst = 7
    /// SET LANGUAGE and SET DATEFORMAT.
    var dates = DateConventions()
    var isolation = IsolationLevel.readCommitted
    /// The table whose identity column takes values, as `database.id`.
    var identityInsert: String?
    var rowCount = 0

    /// What a session starts with (MS-TDS 2.2.6.4, fODBC).
    init(isODBC: Bool, language: SessionLanguage = .english) {
        dates = DateConventions(language: language, format: language.dateFormat)
        dateFirst = language.dateFirst
        isOn = [
            "ANSI_NULLS": isODBC, "ANSI_WARNINGS": isODBC, "ANSI_PADDING": isODBC, "ANSI_NULL_DFLT_ON": isODBC,
            "QUOTED_IDENTIFIER": isODBC, "CONCAT_NULL_YIELDS_NULL": isODBC, "ARITHABORT": false, "NOCOUNT": false,
            "XACT_ABORT": false, "CURSOR_CLOSE_ON_COMMIT": false, "IMPLICIT_TRANSACTIONS": false,
            "NUMERIC_ROUNDABORT": false, "ANSI_NULL_DFLT_OFF": false, "ARITHIGNORE": false,
        ]
        if !isODBC { textSize = 4_096 }
    }

    func has(_ option: String) -> Bool { isOn[option] ?? false }

    /// @@OPTIONS as documented on "Configure the user options Server Configuration Option".
    var bits: Int64 {
        let list: [(String, Int64)] = [
            ("IMPLICIT_TRANSACTIONS", 2), ("CURSOR_CLOSE_ON_COMMIT", 4), ("ANSI_WARNINGS", 8), ("ANSI_PADDING", 16),
            ("ANSI_NULLS", 32), ("ARITHABORT", 64), ("ARITHIGNORE", 128), ("QUOTED_IDENTIFIER", 256),
            ("NOCOUNT", 512), ("ANSI_NULL_DFLT_ON", 1_024), ("ANSI_NULL_DFLT_OFF", 2_048),
            ("CONCAT_NULL_YIELDS_NULL", 4_096), ("NUMERIC_ROUNDABORT", 8_192), ("XACT_ABORT", 16_384),
        ]
        return list.reduce(0) { $0 + (has($1.0) ? $1.1 : 0) }
    }
}
