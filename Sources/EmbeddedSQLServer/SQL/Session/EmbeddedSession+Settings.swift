import SQLValues
import TransactSQL

extension EmbeddedSession {
    func run(_ statement: SetStatement, _ context: BatchContext, line: Int) throws {
        switch statement {
        case .variable(let name, let sign, let value):
            if try assignCursor(name, value, context) { return try done(statement.command, context) }
            try assign(name, sign, value, context, line: line)
            return
        case .options(let names, let isOn): for name in names { try set(name, isOn, line: line) }
        case .value(let option, let value): try set(option, value, context, line: line)
        case .isolationLevel(let level): settings.isolation = Self.level(level)
        case .identityInsert(let name, let isOn): try setIdentityInsert(name, isOn, line: line)
        }
        try done(statement.command, context)
    }

    private static func level(_ level: TransactSQL.IsolationLevel) -> IsolationLevel {
        switch level {
        case .readUncommitted: .readUncommitted
        case .readCommitted: .readCommitted
        case .repeatableRead: .repeatableRead
        case .serializable: .serializable
        case .snapshot: .snapshot
        }
    }

    /// Options whose meaning is implemented, or that change nothing here.
    private static let free: Set<String> = [
        "NOCOUNT", "XACT_ABORT", "QUOTED_IDENTIFIER", "ARITHABORT", "ANSI_NULL_DFLT_ON", "CURSOR_CLOSE_ON_COMMIT",
        "ANSI_NULLS", "ANSI_WARNINGS", "ANSI_PADDING", "CONCAT_NULL_YIELDS_NULL", "ANSI_DEFAULTS", "FORCEPLAN",
        "ANSI_NULL_DFLT_OFF", "IMPLICIT_TRANSACTIONS", "SHOWPLAN_XML", "STATISTICS XML",
        "FMTONLY", "NOEXEC", "PARSEONLY",
    ]
    /// Options that may only be OFF.
    private static let onlyOff: Set<String> = [
        "NUMERIC_ROUNDABORT", "SHOWPLAN_ALL",
        "SHOWPLAN_TEXT", "STATISTICS IO", "STATISTICS TIME", "STATISTICS PROFILE",
        "ARITHIGNORE", "REMOTE_PROC_TRANSACTIONS",
    ]

    private func set(_ name: String, _ isOn: Bool, line: Int) throws {
        guard Self.free.contains(name) || Self.onlyOff.contains(name) else {
            throw ServerMessage.unsupported("SET \(name)", line: line)
        }
        if Self.onlyOff.contains(name), isOn { throw ServerMessage.unsupported("SET \(name) ON", line: line) }
        if name == "ANSI_DEFAULTS" {
            for option in [
                "ANSI_NULLS", "ANSI_NULL_DFLT_ON", "ANSI_PADDING", "ANSI_WARNINGS", "CURSOR_CLOSE_ON_COMMIT",
                "IMPLICIT_TRANSACTIONS", "QUOTED_IDENTIFIER",
            ] {
                settings.isOn[option] = isOn
            }
            return
        }
        settings.isOn[name] = isOn
        stamp += 1
    }

    private func set(_ option: String, _ value: SQLExpression, _ context: BatchContext, line: Int) throws {
        switch option {
        case "TEXTSIZE", "LOCK_TIMEOUT", "ROWCOUNT":
            guard case .int(let number) = try evaluate(value, as: .int, context).value else { return }
            if option == "ROWCOUNT" {
                if number < 0 { throw ServerMessage.unsupported("SET ROWCOUNT \(number)", line: line) }
                settings.rowCount = Int(number)
            }
            if option == "LOCK_TIMEOUT" {
                settings.lockTimeout = Int(number)
                connection.functions.lockTimeout = Int(number)
            } else if option == "TEXTSIZE" {
                // 0 means the default of 4096, -1 no limit.
                settings.textSize = number == 0 ? 4_096 : number < 0 ? Int(Int32.max) : Int(number)
            }
        case "DATEFORMAT":
            let text = try text(of: value, context)
            guard let format = DateFormat(rawValue: text.lowercased()) else {
                throw ServerMessage.error(2741, line: line, "SET DATEFORMAT date order '\(text)' is invalid.")
            }
            settings.dates.format = format
            stamp += 1
        case "LANGUAGE": try setLanguage(text(of: value, context), context, line: line)
        case "DATEFIRST":
            let day = try evaluate(value, as: .int, context).value
            guard case .int(let number) = day, (1...7).contains(number) else {
                let written = if case .int(let number) = day { number } else { Int64(0) }
                throw ServerMessage.error(2742, line: line, "SET DATEFIRST \(written) is out of range.")
            }
            settings.dateFirst = Int(number)
            stamp += 1
        case "DEADLOCK_PRIORITY": settings.deadlockPriority = try deadlockPriority(value, context, line: line)
        case "CONTEXT_INFO":
            let (bytes, type) = try evaluate(value, context)
            guard case .bytes(let given) = bytes, type.isBinary else {
                throw ServerMessage.unsupported("SET CONTEXT_INFO to \(type.name)", line: line)
            }
            contextInfo = Array(given.prefix(128)) + [UInt8](repeating: 0, count: max(0, 128 - given.count))
        default: throw ServerMessage.unsupported("SET \(option)", line: line)
        }
    }

    /// SET LANGUAGE, which brings the order of dates and the first day of the week.
    private func setLanguage(_ name: String, _ context: BatchContext, line: Int) throws {
        let language: SessionLanguage
        do throws(ServerMessage) {
            language = try SessionLanguage.named(name)
        } catch {
            throw error.at(line: line)
        }
        let old = settings.dates.language.name
        settings.dates = DateConventions(language: language, format: language.dateFormat)
        settings.dateFirst = language.dateFirst
        stamp += 1
        try context.sink.change(.language(new: language.name, old: old))
        try context.sink.message(.error(5703, line: line, "Changed language setting to \(language.name)."))
    }

    /// LOW, NORMAL, HIGH or a number from -10 to 10, also in a variable.
    private func deadlockPriority(_ value: SQLExpression, _ context: BatchContext, line: Int) throws -> Int {
        let names = ["LOW": -5, "NORMAL": 0, "HIGH": 5]
        if let word = word(value), let priority = names[word.uppercased()] { return priority }
        let (number, type) = try evaluate(value, context)
        switch number {
        case .int(let priority) where TypeRules.isInteger(type) && (-10...10).contains(priority): return Int(priority)
        case .string(let text): if let priority = names[text.uppercased()] { return priority }
        default: break
        }
        throw ServerMessage.unsupported("SET DEADLOCK_PRIORITY to this value", line: line)
    }

    /// A bare word, a text or a variable with one.
    private func text(of value: SQLExpression, _ context: BatchContext) throws -> String {
        if let word = word(value) { return word }
        guard case .string(let text) = try evaluate(value, as: .nVarChar(128), context).value else { return "NULL" }
        return text
    }

    private func word(_ value: SQLExpression) -> String? {
        switch value.kind {
        case .column(let name): name.name
        case .literal(.string(let text, _)): text
        case .literal(.integer(let digits)): digits
        default: nil
        }
    }

    private func setIdentityInsert(_ name: MultipartName, _ isOn: Bool, line: Int) throws {
        guard let found = try table(name) else {
            throw ServerMessage.error(
                1088, state: 11, line: line,
                "Cannot find the object \"\(name.description)\" because it does not exist or you do not have permissions."
            )
        }
        guard found.table.identityColumn != nil else {
            throw ServerMessage.error(
                8106, line: line,
                "Table '\(found.table.name)' does not have the identity property. Cannot perform SET operation.")
        }
        let key = "\(found.alias).\(found.table.id)"
        if isOn, let other = settings.identityInsert, other != key {
            throw ServerMessage.error(
                8107, line: line,
                "IDENTITY_INSERT is already ON for table '\(other)'. Cannot perform SET operation for table '\(found.table.qualifiedName)'."
            )
        }
        settings.identityInsert = isOn ? key : settings.identityInsert == key ? nil : settings.identityInsert
        stamp += 1
    }

    /// A binder that knows the session's options.
    func makeBinder(_ variables: Variables) -> Binder {
        let binder = Binder(resolver: self, variables: variables)
        binder.dateFirst = settings.dateFirst
        binder.ansiNulls = settings.has("ANSI_NULLS")
        binder.concatNullYieldsNull = settings.has("CONCAT_NULL_YIELDS_NULL")
        binder.schemaBinding = schemaBinding
        return binder
    }
}
