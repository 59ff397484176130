extension SyntaxPrinter {
    mutating func alterTable(_ statement: AlterTableStatement) {
        write("ALTER TABLE")
        name(statement.name)
        switch statement.action {
        case .add(let definition, let checksExisting):
            check(checksExisting)
            write("ADD")
            elements(definition)
        case .alterColumn(let column):
            write("ALTER COLUMN")
            self.column(column)
            options(statement.options)
        case .alterColumnProperty(let column, let words):
            write("ALTER COLUMN")
            identifier(column)
            write(words: words)
        case .drop(let items): drop(items)
        case .checkConstraints(let enabled, let checksExisting, let names):
            check(checksExisting)
            write(enabled ? "CHECK CONSTRAINT" : "NOCHECK CONSTRAINT")
            allOr(names)
        case .triggers(let enabled, let names):
            write(enabled ? "ENABLE TRIGGER" : "DISABLE TRIGGER")
            allOr(names)
        }
    }

    private mutating func check(_ checksExisting: Bool?) {
        if let checksExisting { write(checksExisting ? "WITH CHECK" : "WITH NOCHECK") }
    }

    private mutating func allOr(_ names: [Identifier]) {
        write("ALL", if: names.isEmpty)
        list(names) { printer, name in printer.identifier(name) }
    }

    /// The words COLUMN and CONSTRAINT count for all names after them.
    private mutating func drop(_ items: [AlterTableStatement.DropItem]) {
        write("DROP")
        list(items) { printer, item in
            if item.hasKeyword { printer.write(item.isColumn ? "COLUMN" : "CONSTRAINT") }
            printer.write("IF EXISTS", if: item.ifExists && item.hasIfExists)
            printer.identifier(item.name)
            printer.options(item.options)
        }
    }

    mutating func drop(_ statement: DropStatement) {
        write("DROP")
        write(statement.kind.rawValue)
        write("IF EXISTS", if: statement.ifExists)
        list(statement.items) { printer, item in
            printer.name(item.name)
            guard let table = item.table else { return }
            printer.write("ON")
            printer.name(table)
            printer.options(item.options)
        }
    }

    // MARK: - Databases and schemas

    mutating func createDatabase(_ database: CreateDatabaseStatement) {
        write("CREATE DATABASE")
        identifier(database.name)
        if let collation = database.collation {
            write("COLLATE")
            identifier(collation)
        }
        write(words: database.otherWords)
    }

    mutating func alterDatabase(_ statement: AlterDatabaseStatement) {
        write("ALTER DATABASE")
        write("CURRENT", if: statement.name == nil)
        if let name = statement.name { identifier(name) }
        write(words: statement.words)
    }

    mutating func createSchema(_ schema: CreateSchemaStatement) {
        write("CREATE SCHEMA")
        if let name = schema.name { identifier(name) }
        if let owner = schema.owner {
            write("AUTHORIZATION")
            identifier(owner)
        }
        for element in schema.elements {
            newLine()
            statement(element)
        }
    }

    // MARK: - Views and modules

    mutating func view(_ view: ViewStatement) {
        write(view.mode.rawValue)
        write("VIEW")
        name(view.name)
        nameList(view.columns)
        if !view.attributes.isEmpty {
            write("WITH")
            list(view.attributes) { printer, attribute in printer.write(attribute) }
        }
        write("AS")
        newLine()
        query(view.query)
        write("WITH CHECK OPTION", if: view.withCheckOption)
    }

    mutating func triggerSwitch(_ change: TriggerSwitchStatement) {
        write(change.isEnabled ? "ENABLE TRIGGER" : "DISABLE TRIGGER")
        write("ALL", if: change.names.isEmpty)
        list(change.names) { printer, name in printer.name(name) }
        write("ON")
        name(change.target)
    }
}
