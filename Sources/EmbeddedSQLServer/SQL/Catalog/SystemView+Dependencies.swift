import SQLValues
import TransactSQL

extension SystemView {
    /// Names in definitions, and what they stand for now.
    ///
    /// From the texts alone: a row for each name that a view, procedure, function or trigger writes, and for each column
    /// that a schema-bound one, a computed column or a CHECK uses.
    static let dependencies = SystemView(
        "sys.sql_expression_dependencies",
        columns(
            """
            referencing_id int, referencing_minor_id int, referencing_class tinyint, referencing_class_desc nvarchar(60)?,
            is_schema_bound_reference bit, referenced_class tinyint?, referenced_class_desc nvarchar(60)?,
            referenced_server_name sysname?, referenced_database_name sysname?, referenced_schema_name sysname?,
            referenced_entity_name sysname?, referenced_id int?, referenced_minor_id int, is_caller_dependent bit,
            is_ambiguous bit
            """)
    ) { source in
        let finder = DependencyFinder(catalog: source.catalog)
        var rows: [[SQLValue]] = []
        for dependency in finder.all where !rows.contains(where: { $0 == dependency.row }) {
            rows.append(dependency.row)
        }
        return rows
    }.requiring(.ownership)
}

/// One name in a definition (sys.sql_expression_dependencies).
struct Dependency: Equatable {
    var referencing: Int
    /// The id of the computed column that refers.
    var referencingColumn = 0
    var isSchemaBound: Bool
    var isType = false
    var server: String?
    var database: String?
    var schema: String?
    var name: String
    var id: Int?
    /// The id of the column that is referred to.
    var column = 0
    var isCallerDependent = false
    var isAmbiguous = false

    var row: [SQLValue] {
        [
            .number(referencing), .number(referencingColumn), .number(1), .text("OBJECT_OR_COLUMN"),
            .bit(isSchemaBound), .number(isType ? 6 : 1), .text(isType ? "TYPE" : "OBJECT_OR_COLUMN"), .text(server),
            .text(database), .text(schema), .text(name), .number(id), .number(column), .bit(isCallerDependent),
            .bit(isAmbiguous),
        ]
    }
}

/// Finds what the definitions of a database refer to.
struct DependencyFinder {
    let catalog: DatabaseCatalog

    var all: [Dependency] {
        catalog.views.values.sorted { $0.id < $1.id }.flatMap(of(view:))
            + catalog.modules.values.sorted { $0.id < $1.id }.flatMap(of(module:))
            + catalog.sortedTables.flatMap(of(table:))
    }

    /// A referrer and how it was made.
    private struct Referrer {
        var id: Int
        var column = 0
        var schema: String
        var isSchemaBound: Bool
    }

    private func of(view: ViewInfo) -> [Dependency] {
        guard case .view(let definition)? = statement(view.definition)?.kind else { return [] }
        let referrer = Referrer(id: view.id, schema: view.schema, isSchemaBound: view.isSchemaBound == true)
        return NameReference.all(in: definition.query).flatMap { of($0, referrer) }
    }

    private func of(module: ModuleInfo) -> [Dependency] {
        guard case .module(let definition)? = statement(module.definition, module.usesQuotedIdentifier)?.kind else {
            return []
        }
        let referrer = Referrer(id: module.id, schema: module.schema, isSchemaBound: module.isSchemaBound)
        return NameReference.all(in: definition).flatMap { of($0, referrer) }
    }

    /// Computed columns, CHECK and DEFAULT, which are bound to what they name.
    private func of(table: TableInfo) -> [Dependency] {
        let name = MultipartName([table.schema, table.name])
        func names(_ id: Int, column: Int = 0, _ parse: () throws -> SQLExpression) -> [Dependency] {
            do {
                let referrer = Referrer(id: id, column: column, schema: table.schema, isSchemaBound: true)
                return NameReference.all(in: try parse(), over: name).flatMap { of($0, referrer) }
            } catch {
                return []
            }
        }
        return table.columns.flatMap { column in
            let computed = column.computed.map { part in
                names(table.id, column: column.id) { try StoredExpression.parse(part.text) }
            }
            let value = column.defaultValue.map { part in names(part.id) { try StoredExpression.parse(part.text) } }
            return (computed ?? []) + (value ?? [])
        } + table.checks.flatMap { check in names(check.id) { try StoredExpression.parse(condition: check.text) } }
    }

    /// The statement of a definition; nil for one that cannot be read any more.
    private func statement(_ text: String, _ quotedIdentifier: Bool = true) -> Statement? {
        do {
            return try Parser.parse(batch: text, quotedIdentifier: quotedIdentifier).first
        } catch {
            return nil
        }
    }

    // MARK: Names

    private func of(_ reference: NameReference, _ referrer: Referrer) -> [Dependency] {
        switch reference.kind {
        case .column(let scopes): return referrer.isSchemaBound ? of(column: reference.name, scopes, referrer) : []
        case .type: return of(type: reference.name, referrer)
        case .source, .function, .procedure, .sequence: return of(object: reference, referrer)
        }
    }

    private func of(object reference: NameReference, _ referrer: Referrer) -> [Dependency] {
        let name = reference.name
        // Nothing is kept about temporary objects, system objects and the rows of triggers.
        let isTransition = name.parts.count == 1 && ["inserted", "deleted"].contains(name.name.lowercased())
        let isSystem = ["sys", "information_schema"].contains(name.schema?.lowercased())
        if name.name.hasPrefix("#") || isTransition || isSystem { return [] }
        let id = name.database == nil ? self.id(of: name, schema: referrer.schema) : nil
        let isProcedure = reference.kind == .procedure
        if isProcedure, id == nil, SystemObject.named(name.name, schema: name.schema) != nil { return [] }
        // A method of a column of a CLR type would be written the same way.
        let isAmbiguous = reference.kind == .function && id == nil && name.parts.count == 2
        let isCallerDependent = isProcedure && name.schema == nil
        return [
            Dependency(
                referencing: referrer.id, referencingColumn: referrer.column, isSchemaBound: referrer.isSchemaBound,
                server: name.server, database: name.database, schema: name.schema, name: name.name,
                id: isCallerDependent ? nil : id, isCallerDependent: isCallerDependent, isAmbiguous: isAmbiguous)
        ]
    }

    private func id(of name: MultipartName, schema: String) -> Int? {
        let schemas = name.schema.map { [$0] } ?? [schema, "dbo"]
        return schemas.lazy.compactMap { catalog.objectID(schema: $0, name: name.name) }.first
    }

    private func of(type name: MultipartName, _ referrer: Referrer) -> [Dependency] {
        let schemas = name.schema.map { [$0] } ?? [referrer.schema, "dbo"]
        guard let type = schemas.lazy.compactMap({ catalog.type(schema: $0, name: name.name) }).first else { return [] }
        return [
            Dependency(
                referencing: referrer.id, referencingColumn: referrer.column, isSchemaBound: referrer.isSchemaBound,
                isType: true, schema: name.schema, name: name.name, id: type.id)
        ]
    }

    /// The column of a table that a name in a schema-bound definition means.
    private func of(column name: MultipartName, _ scopes: [[NameReference.Source]], _ referrer: Referrer)
        -> [Dependency]
    {
        for scope in scopes {
            let named = scope.filter { source in
                guard let qualifier = name.schema else { return true }
                return TextCollation.areEqual(source.exposed, qualifier)
            }
            for source in named {
                guard let object = source.name, let schema = object.schema,
                    let table = catalog.table(schema: schema, name: object.name),
                    let column = table.column(named: name.name)
                else { continue }
                return [
                    Dependency(
                        referencing: referrer.id, referencingColumn: referrer.column, isSchemaBound: true,
                        schema: schema, name: object.name, id: table.id, column: column.id)
                ]
            }
            // The name may be a column of a derived table here.
            if named.contains(where: { $0.name == nil }) { return [] }
        }
        return []
    }
}
