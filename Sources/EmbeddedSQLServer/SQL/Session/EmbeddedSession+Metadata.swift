import SQLValues

extension EmbeddedSession {
    private var current: DatabaseCatalog? { knownCatalog(currentAlias) }

    /// Answers a function that looks into the catalogue; nil when it is none of these.
    func metadata(_ name: String, _ arguments: [StoredValue]) throws -> StoredValue? {
        guard !arguments.contains(.null) else { return .null }
        let texts = arguments.map { argument -> String in
            if case .text(let text) = argument { return text.trimmedBlanks }
            return ""
        }
        let numbers = arguments.map { argument -> Int in
            if case .integer(let number) = argument { return Int(number) }
            return 0
        }
        switch name {
        case "object_name", "object_schema_name":
            guard let catalog = try catalog(ofDatabase: numbers.count > 1 ? numbers[1] : nil),
                let object = catalog.object(id: numbers[0])
                    ?? SystemObject.all.first(where: { $0.id == numbers[0] }).map({ ($0.schema, $0.name) })
            else { return .null }
            return .text(name == "object_name" ? object.name : object.schema)
        case "object_definition": return current?.definition(of: numbers[0]).map { .text($0) } ?? .null
        case "schema_name":
            return current?.schemas.first { $0.id == numbers[0] }.map { .text($0.name) } ?? .null
        case "type_name", "type_id", "typeproperty": return typeValue(name, texts, numbers)
        case "ident_current", "ident_seed", "ident_incr": return try identityValue(name, texts[0])
        case "databasepropertyex": return databaseProperty(texts[0], texts[1].lowercased())
        case "collationproperty": return try collationProperty(texts[0], texts[1].lowercased())
        default: return try columnValue(name, texts, numbers)
        }
    }

    private func catalog(ofDatabase id: Int?) throws -> DatabaseCatalog? {
        guard let id, id != database.id else { return current }
        guard let alias = attached[id] else { return nil }
        return try visibleCatalog(alias)
    }

    /// SQL Server knows thousands of collations, of which this server has one.
    private func collationProperty(_ name: String, _ property: String) throws -> StoredValue {
        guard TextCollation.areEqual(name, SystemView.collationName) else {
            throw ServerMessage.unsupported("COLLATIONPROPERTY of a collation other than \(SystemView.collationName)")
        }
        switch property {
        case "codepage": return .variant(1252)
        case "lcid": return .variant(1033)
        // Ignoring case (1), kana (65,536) and width (131,072).
        case "comparisonstyle": return .variant(196_609)
        case "version": return .variant(0)
        default: return .null
        }
    }

    // MARK: Columns and indexes

    private func columnValue(_ name: String, _ texts: [String], _ numbers: [Int]) throws -> StoredValue? {
        switch name {
        case "col_length":
            guard let column = try tableNamed(texts[0])?.table.column(named: texts[1]) else { return .null }
            return .integer(Int64(TypeFacts(column.type).maxLength))
        case "col_name":
            return current?.tables[numbers[0]]?.column(id: numbers[1]).map { .text($0.name) } ?? .null
        case "columnproperty": return columnProperty(numbers[0], texts[1], texts[2].lowercased())
        case "objectproperty": return objectProperty(numbers[0], texts[1].lowercased())
        case "objectpropertyex":
            switch objectProperty(numbers[0], texts[1].lowercased()) {
            case .integer(let number): return .variant(Int(number))
            // BaseType is char(2).
            case .text(let kind): return .text(VariantValue(.string(kind.count < 2 ? kind + " " : kind), .char(2)).text)
            default: return .null
            }
        case "indexproperty": return indexProperty(numbers[0], texts[1], texts[2].lowercased())
        case "index_col":
            guard let table = try tableNamed(texts[0])?.table,
                let key = SystemView.numbered(table).first(where: { $0.id == numbers[1] })?.key,
                key.columns.indices.contains(numbers[2] - 1)
            else { return .null }
            return table.column(id: key.columns[numbers[2] - 1].id).map { .text($0.name) } ?? .null
        default: return nil
        }
    }

    private func tableNamed(_ text: String) throws -> ResolvedTable? { try table(NameSplitter.multipart(text)) }

    private func columnProperty(_ object: Int, _ name: String, _ property: String) -> StoredValue {
        if let module = current?.modules[object] {
            guard let index = module.parameters.firstIndex(where: { TextCollation.areEqual($0.name, name) }) else {
                return .null
            }
            switch property {
            case "isoutparam": return Self.flag(module.parameters[index].isOutput)
            case "columnid", "ordinal": return .integer(Int64(index + 1))
            default: return .null
            }
        }
        guard let table = current?.tables[object], let column = table.column(named: name) else { return .null }
        let facts = TypeFacts(column.type)
        switch property {
        case "allowsnull": return Self.flag(column.isNullable)
        case "columnid": return .integer(Int64(column.id))
        case "ordinal": return .integer(Int64((table.columns.firstIndex { $0.id == column.id } ?? 0) + 1))
        case "iscomputed": return Self.flag(column.computed != nil)
        case "isidentity": return Self.flag(column.identity != nil)
        case "isrowguidcol": return Self.flag(column.isRowGUID == true)
        case "isdeterministic": return column.computed == nil ? .null : .integer(1)
        case "precision":
            let isSized = column.type.isCharacter || column.type.isBinary
            return .integer(Int64(isSized ? column.type.length ?? -1 : facts.precision))
        case "scale": return column.type.isNumeric ? .integer(Int64(facts.scale)) : .null
        case "usesansitrim": return .integer(1)
        case "ishidden", "issparse", "iscolumnset", "isfulltextindexed", "isxmlindexable", "isidnotforrepl":
            return .integer(0)
        default: return .null
        }
    }

    private static func flag(_ value: Bool) -> StoredValue { .integer(value ? 1 : 0) }

    private func objectProperty(_ id: Int, _ property: String) -> StoredValue {
        guard let catalog = current, let kind = catalog.kind(of: id) else { return .null }
        if property == "basetype" { return .text(kind) }
        let kinds: [String: Set<String>] = [
            "istable": ["U"], "isusertable": ["U"], "isview": ["V"], "isprocedure": ["P"], "istrigger": ["TR"],
            "isscalarfunction": ["FN"], "isinlinefunction": ["IF"], "istablefunction": ["IF", "TF"],
            "isprimarykey": ["PK"], "isuniquecnst": ["UQ"], "isforeignkey": ["F"], "ischeckcnst": ["C"],
            "isdefaultcnst": ["D"], "isconstraint": ["PK", "UQ", "F", "C", "D"], "issystemtable": [],
            "ismsshipped": [], "isreplproc": [], "isextendedproc": [],
        ]
        if let meant = kinds[property] { return Self.flag(meant.contains(kind)) }
        guard let table = catalog.tables[id] else { return moduleProperty(id, property) }
        switch property {
        case "tablehasprimarykey": return Self.flag(table.primaryKey != nil)
        case "tablehasidentity": return Self.flag(table.identityColumn != nil)
        case "tablehasforeignkey": return Self.flag(!table.foreignKeys.isEmpty)
        case "tablehasforeignref":
            return Self.flag(catalog.tables.values.contains { $0.foreignKeys.contains { $0.referencedTable == id } })
        case "tablehasuniquecnst": return Self.flag(table.keys.contains { $0.kind == .unique })
        case "tablehascheckcnst": return Self.flag(!table.checks.isEmpty)
        case "tablehasdefaultcnst": return Self.flag(table.columns.contains { $0.defaultValue != nil })
        case "tablehasindex", "isindexed": return Self.flag(!table.keys.isEmpty)
        case "tablehasclustindex": return Self.flag(table.keys.contains(where: \.isClustered))
        case "tablehasnonclustindex": return Self.flag(table.keys.contains { !$0.isClustered })
        case "tablehastimestamp": return Self.flag(table.rowVersionColumn != nil)
        case "tablehasrowguidcol": return Self.flag(table.columns.contains { $0.isRowGUID == true })
        case "tableisfake", "tableispinned", "tablehastextimage", "tabletemporaltype": return .integer(0)
        case "schemaid", "ownerid":
            return .integer(property == "ownerid" ? 1 : Int64(catalog.schema(named: table.schema)?.id ?? 1))
        default: return .null
        }
    }

    private func moduleProperty(_ id: Int, _ property: String) -> StoredValue {
        guard let module = current?.modules[id] else {
            return property == "isschemabound" || property == "ownerid"
                ? .integer(property == "ownerid" ? 1 : 0) : .null
        }
        switch property {
        case "execisansinullson": return Self.flag(module.usesAnsiNulls)
        case "execisquotedidenton": return Self.flag(module.usesQuotedIdentifier)
        case "isschemabound": return Self.flag(module.isSchemaBound)
        case "ownerid": return .integer(1)
        case "execisinsteadoftrigger": return Self.flag(module.trigger?.isInsteadOf == true)
        case "execisaftertrigger": return Self.flag(module.trigger.map { !$0.isInsteadOf } ?? false)
        case "execistriggerdisabled": return Self.flag(module.trigger?.isDisabled == true)
        default: return .null
        }
    }

    private func indexProperty(_ id: Int, _ name: String, _ property: String) -> StoredValue {
        guard let table = current?.tables[id],
            let (number, key) = SystemView.numbered(table).first(where: { TextCollation.areEqual($0.key.name, name) })
        else { return .null }
        switch property {
        case "indexid": return .integer(Int64(number))
        case "isunique": return Self.flag(key.isUnique)
        case "isclustered": return Self.flag(key.isClustered)
        case "isdisabled": return Self.flag(key.isDisabled == true)
        case "indexfillfactor": return .integer(Int64(key.fillFactor ?? 0))
        case "ishypothetical", "ispadindex", "isfulltextkey", "isstatistics", "isautostatistics", "iscolumnstore",
            "ispagelockdisallowed", "isrowlockdisallowed":
            return .integer(0)
        case "indexdepth": return .integer(1)
        default: return .null
        }
    }

    // MARK: Types, identity, databases

    private func typeValue(_ name: String, _ texts: [String], _ numbers: [Int]) -> StoredValue {
        if name == "type_name" {
            if let own = current?.types[numbers[0]] { return .text(own.name) }
            return SystemView.typeNames.first { $0.value == numbers[0] }.map { .text($0.key) } ?? .null
        }
        let parts = NameSplitter.parts(texts[0])
        let last = parts.last ?? ""
        let own = current?.type(schema: parts.count > 1 ? parts[parts.count - 2] : "dbo", name: last)
        if name == "type_id" {
            if parts.count == 1 || parts[0].lowercased() == "sys", let id = SystemView.typeNames[last.lowercased()] {
                return .integer(Int64(id))
            }
            return own.map { .integer(Int64($0.id)) } ?? .null
        }
        guard let type = own?.type ?? SystemView.type(named: last.lowercased()) else { return .null }
        let facts = TypeFacts(type)
        switch texts[1].lowercased() {
        case "allowsnull": return Self.flag(own?.isNullable ?? true)
        case "precision":
            return .integer(Int64(type.isCharacter || type.isBinary ? type.length ?? -1 : facts.precision))
        case "scale": return type.isNumeric ? .integer(Int64(facts.scale)) : .null
        case "ownerid": return .integer(1)
        default: return .null
        }
    }

    private func identityValue(_ name: String, _ text: String) throws -> StoredValue {
        guard let target = try tableNamed(text), let identity = target.table.identityColumn?.identity else {
            return .null
        }
        let value: Int64
        switch name {
        case "ident_seed": value = identity.seed
        case "ident_incr": value = identity.increment
        default: value = try lastIdentity(of: target) ?? identity.seed
        }
        return StoredForm.encode(.decimal(SQLDecimal(Int(value))), as: .numeric(38, 0))
    }

    private func databaseProperty(_ name: String, _ property: String) -> StoredValue {
        guard let found = instance.database(named: name) else { return .null }
        switch property {
        case "collation": return .variant(SystemView.collationName, 128)
        case "recovery": return .variant("SIMPLE", 128)
        case "status": return .variant(found.isOffline ? "OFFLINE" : "ONLINE", 128)
        case "updateability": return .variant("READ_WRITE", 128)
        case "useraccess": return .variant("MULTI_USER", 128)
        case "comparisonstyle": return .variant(196_609)
        case "version": return .variant(957)
        case "lcid": return .variant(1_033)
        case "sqlsortorder": return .variant(52)
        case "isautocreatestatistics", "isautoupdatestatistics": return .variant(1)
        case let word where word.hasPrefix("is"): return .variant(0)
        default: return .null
        }
    }
}

extension SystemView {
    /// The user_type_id of each built-in type.
    static let typeNames: [String: Int] = Dictionary(
        uniqueKeysWithValues: builtInTypes.map { ($0.0, $0.2) })

    static func type(named name: String) -> SQLType? { builtInTypes.first { $0.0 == name }?.1 }
}

extension DatabaseCatalog {
    /// The schema and name of an object or constraint.
    func object(id: Int) -> (schema: String, name: String)? {
        if let table = tables[id] { return (table.schema, table.name) }
        if let view = views[id] { return (view.schema, view.name) }
        if let module = modules[id] { return (module.schema, module.name) }
        if let sequence = sequences[id] { return (sequence.schema, sequence.name) }
        if let synonym = synonyms[id] { return (synonym.schema, synonym.name) }
        for table in tables.values {
            let names =
                table.keys.filter { $0.kind != .index }.map { ($0.id, $0.name) }
                + table.foreignKeys.map { ($0.id, $0.name) } + table.checks.map { ($0.id, $0.name) }
                + table.columns.compactMap(\.defaultValue).map { ($0.id, $0.name) }
            if let found = names.first(where: { $0.0 == id }) { return (table.schema, found.1) }
        }
        return nil
    }

    /// The text of a view, module, CHECK or DEFAULT.
    func definition(of id: Int) -> String? {
        if let view = views[id] { return view.definition }
        if let module = modules[id] { return module.definition }
        for table in tables.values {
            if let check = table.checks.first(where: { $0.id == id }) { return "(\(check.text))" }
            if let value = table.columns.compactMap(\.defaultValue).first(where: { $0.id == id }) {
                return value.shownText
            }
        }
        return nil
    }
}
