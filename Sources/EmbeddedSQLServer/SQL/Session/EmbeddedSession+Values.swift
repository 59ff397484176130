import SQLValues

extension EmbeddedSession {
    /// The value that a parameter has when a statement starts.
    func value(of source: ParameterSource, _ variables: Variables) -> SQLValue {
        switch source {
        case .variable(let index): variables[index]
        case .session(let value): self.value(of: value)
        }
    }

    private func value(of value: SessionValue) -> SQLValue {
        switch value {
        case .rowCount: return .int(lastRowCount)
        case .error: return .int(Int64(lastError))
        case .identity: return lastIdentity.map { .decimal($0) } ?? .null
        case .scopeIdentity: return (scopeIdentities.last ?? nil).map { .decimal($0) } ?? .null
        case .transactionCount:
            // A change is a transaction inside that of the user, or of its own.
            return .int(Int64(isReadingForChange ? max(1, transactionCount) + 1 : transactionCount))
        case .transactionState: return .int(transactionCount == 0 ? 0 : isDoomed ? -1 : 1)
        case .transactionID:
            // Outside a transaction each statement has its own.
            let descriptor = transactionCount > 0 ? transactionDescriptor : instance.nextDescriptor()
            return .int(Int64(bitPattern: descriptor))
        case .processID: return .int(Int64(options.processID))
        case .serverName: return .string("embedded")
        case .serviceName: return .string("MSSQLSERVER")
        case .version: return .string(instance.edition.versionText)
        case .databaseName: return .string(database.name)
        case .databaseID: return .int(Int64(database.id))
        case .userName: return .string(userName)
        case .schemaName: return .string(schemaName)
        case .loginName: return .string(security.current.loginName)
        case .originalLogin: return .string(security.originalName)
        case .hostName: return .string(options.hostName)
        case .applicationName: return .string(options.applicationName)
        case .options: return .int(settings.bits)
        case .textSize: return .int(Int64(settings.textSize))
        case .lockTimeout: return .int(Int64(settings.lockTimeout))
        case .language: return .string(settings.dates.language.name)
        case .languageID: return .int(Int64(settings.dates.language.id))
        case .procedureID: return .int(Int64((modules.last ?? nil)?.info.id ?? 0))
        case .nestLevel: return .int(Int64(nestLevel))
        case .dateFirst: return .int(Int64(settings.dateFirst))
        case .contextInfo: return contextInfo.map { .bytes($0) } ?? .null
        case .maxPrecision: return .int(38)
        case .localTime, .preciseLocalTime: return moment(statementTime + localOffset)
        case .utcTime, .preciseUTCTime: return moment(statementTime)
        case .offsetTime:
            guard let utc = SQLDateTime(ticksSinceYearOne: statementTime) else { return .null }
            return SQLDateTimeOffset(utc: utc, offsetMinutes: Clock.offsetMinutes()).map { .dateTimeOffset($0) }
                ?? .null
        case .errorNumber: return caught.last.map { .int(Int64($0.number)) } ?? .null
        case .errorMessage: return caught.last.map { .string($0.text) } ?? .null
        case .errorSeverity: return caught.last.map { .int(Int64($0.severity)) } ?? .null
        case .errorState: return caught.last.map { .int(Int64($0.state)) } ?? .null
        case .errorLine: return caught.last.map { .int(Int64($0.line)) } ?? .null
        case .errorProcedure:
            guard let last = caught.last, !last.procedure.isEmpty else { return .null }
            return .string(last.procedure)
        case .fetchStatus: return .int(fetchStatus)
        case .cursorRows: return .int(cursorRows)
        case .random, .connectionCount: return .null
        }
    }

    private var localOffset: Int { Clock.offsetMinutes() * 60 * SQLTime.ticksPerSecond }

    private func moment(_ ticks: Int) -> SQLValue {
        SQLDateTime(ticksSinceYearOne: ticks).map { .dateTime($0) } ?? .null
    }

    // MARK: Functions that look into the catalogue

    func lookup(_ name: String, _ arguments: [StoredValue]) -> StoredValue {
        do {
            if catalogs[currentAlias] == nil { _ = try catalog(currentAlias) }
        } catch {
            connection.functions.error = connection.functions.error ?? message(of: error)
            return .null
        }
        switch (name, arguments.first) {
        case ("cursor_status", .text(let source)):
            guard arguments.count == 2, case .text(let name) = arguments[1] else { return .null }
            return .integer(cursorStatus(source, name))
        case ("applock_mode", _), ("applock_test", _):
            return applicationLock(
                name, arguments.compactMap { if case .text(let text) = $0 { text } else { nil } })
        case ("sessionproperty", .text(let option)):
            let known: Set<String> = [
                "ANSI_NULLS", "ANSI_PADDING", "ANSI_WARNINGS", "ARITHABORT", "CONCAT_NULL_YIELDS_NULL",
                "NUMERIC_ROUNDABORT", "QUOTED_IDENTIFIER",
            ]
            let option = option.uppercased()
            return known.contains(option) ? .variant(settings.has(option) ? 1 : 0) : .null
        case ("user_message", .integer(let number)):
            return answer { try userMessage(number).map { .text($0.text) } ?? .null } ?? .null
        case ("session_context", .text(let key)): return sessionContext.value(of: key)
        case ("next_value", .text(let key)): return nextValue(key)
        case ("dbts", .integer(let isNext)):
            do { return try rowVersion(isNext: isNext != 0) } catch { return .null }
        case ("db_id", .text(let wanted)):
            return instance.database(named: wanted).map { .integer(Int64($0.id)) } ?? .null
        case ("db_name", .integer(let id)):
            return instance.databases.first { $0.id == Int(id) }.map { .text($0.name) } ?? .null
        case ("object_id", .text(let wanted)):
            var kind: String?
            if arguments.count > 1, case .text(let text) = arguments[1] { kind = text }
            do {
                return try objectID(wanted, kind: kind).map { .integer(Int64($0)) } ?? .null
            } catch {
                connection.functions.error = connection.functions.error ?? message(of: error)
                return .null
            }
        case ("serverproperty", .text(let property)):
            return ServerFacts.property(property.lowercased(), instance.edition)
        case ("schema_id", .text(let wanted)):
            return knownCatalog(currentAlias)?.schema(named: wanted).map { .integer(Int64($0.id)) } ?? .null
        case ("updated", _), ("columns_updated", _), ("trigger_nestlevel", _):
            return triggerFact(name, arguments)
        default:
            if Binder.securityLookups.contains(name) { return securityLookup(name, arguments) }
            do {
                return try metadata(name, arguments) ?? .null
            } catch {
                connection.functions.error = connection.functions.error ?? message(of: error)
                return .null
            }
        }
    }

    /// What the session may see of a database that it has attached.
    func knownCatalog(_ alias: String) -> DatabaseCatalog? {
        guard let catalog = catalogs[alias] else { return nil }
        return security.isUnrestricted ? catalog : answer { try visibleCatalog(alias) }
    }

    /// OBJECT_ID of a name with up to three parts, with or without brackets.
    private func objectID(_ name: String, kind: String?) throws -> Int? {
        let parts = NameSplitter.parts(name)
        guard let last = parts.last, parts.count <= 3 else { return nil }
        let isWritten = parts.count > 1 && !parts[parts.count - 2].isEmpty
        let schemas = isWritten ? [parts[parts.count - 2]] : [lookupSchema ?? schemaName, "dbo"]
        var alias = currentAlias
        if parts.count == 3, !parts[0].isEmpty {
            if parts[0].lowercased() == "tempdb", last.hasPrefix("#") {
                alias = "temp"
            } else {
                guard let home = instance.database(named: parts[0]), !home.isOffline else { return nil }
                alias = try attach(home)
                if catalogs[alias] == nil { _ = try catalog(alias) }
            }
        }
        guard let catalog = knownCatalog(alias),
            let id = schemas.lazy.compactMap({ catalog.objectID(schema: $0, name: last) }).first
        else {
            guard let object = SystemObject.named(last, schema: isWritten ? parts[parts.count - 2] : nil) else {
                return nil
            }
            let wanted = kind?.trimmedBlanks.uppercased() ?? ""
            return wanted.isEmpty || wanted == object.type ? object.id : nil
        }
        guard let kind = kind?.trimmedBlanks.uppercased(), !kind.isEmpty else { return id }
        return catalog.kind(of: id) == kind ? id : nil
    }
}

/// Splits a name at its dots, which brackets and quotes protect.
enum NameSplitter {
    static func parts(_ name: String) -> [String] {
        var parts: [String] = [""]
        var closing: Character?
        var rest = name[...]
        while let character = rest.popFirst() {
            if character == closing {
                // Written twice it stands for itself.
                if rest.first == closing, let doubled = rest.popFirst() {
                    parts[parts.count - 1].append(doubled)
                } else {
                    closing = nil
                }
            } else if closing != nil {
                parts[parts.count - 1].append(character)
            } else if character == "[" {
                closing = "]"
            } else if character == "\"" {
                closing = "\""
            } else if character == "." {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}

/// What the server says of itself.
enum ServerFacts {
    static func property(_ name: String, _ edition: EmbeddedServer.Edition) -> StoredValue {
        switch name {
        case "engineedition": .variant(edition.engineEdition)
        case "edition": .variant(edition.editionName, 128)
        case "editionid": edition.editionID.map { .variant(Int($0)) } ?? .null
        case "productversion": .variant(edition.productVersion, 128)
        case "productlevel": .variant("RTM", 128)
        case "productmajorversion": .variant("\(edition.version.major)", 128)
        case "productminorversion": .variant("\(edition.version.minor)", 128)
        case "productbuild": .variant("\(edition.version.build)", 128)
        case "servername", "machinename": .variant("embedded", 128)
        case "collation": .variant(SystemView.collationName, 128)
        case "isclustered", "isfulltextinstalled", "isintegratedsecurityonly", "ishadrenabled", "isxtpsupported":
            .variant(0)
        default: .null
        }
    }
}

extension StoredValue {
    /// A `sql_variant` with an int.
    static func variant(_ number: Int) -> StoredValue { .text(VariantValue(.int(Int64(number)), .int).text) }

    /// A `sql_variant` with an nvarchar of so many characters.
    static func variant(_ text: String, _ length: Int) -> StoredValue {
        .text(VariantValue(.string(text), .nVarChar(length)).text)
    }
}

extension DatabaseCatalog {
    /// The kind of an object as sys.objects.type names it.
    func kind(of id: Int) -> String? {
        if tables[id] != nil { return "U" }
        if views[id] != nil { return "V" }
        if sequences[id] != nil { return "SO" }
        if synonyms[id] != nil { return "SN" }
        if let module = modules[id] { return module.kind.rawValue }
        for table in tables.values {
            if let key = table.keys.first(where: { $0.id == id }) { return key.kind == .primaryKey ? "PK" : "UQ" }
            if table.foreignKeys.contains(where: { $0.id == id }) { return "F" }
            if table.checks.contains(where: { $0.id == id }) { return "C" }
            if table.columns.contains(where: { $0.defaultValue?.id == id }) { return "D" }
        }
        return nil
    }
}
