extension SyntaxPrinter {
    mutating func cursor(_ statement: CursorStatement) {
        switch statement {
        case .declare(let name, let definition):
            write("DECLARE")
            identifier(name)
            write(words: Array(definition.options.prefix(definition.leadingOptions)))
            self.definition(definition)
        case .assign(let variable, let definition):
            write("SET")
            write(variable)
            write("=")
            self.definition(definition)
        case .open(let name):
            write("OPEN")
            cursorName(name)
        case .fetch(let fetch): self.fetch(fetch)
        case .close(let name):
            write("CLOSE")
            cursorName(name)
        case .deallocate(let name):
            write("DEALLOCATE")
            cursorName(name)
        }
    }

    mutating func cursorName(_ name: CursorName) {
        switch name {
        case .name(let name, let isGlobal):
            write("GLOBAL", if: isGlobal)
            identifier(name)
        case .variable(let name): write(name)
        }
    }

    private mutating func definition(_ definition: CursorDefinition) {
        write("CURSOR")
        let options = definition.options.dropFirst(definition.leadingOptions)
        write(words: Array(definition.isForReadOnly ? options.dropLast() : options))
        write("FOR")
        newLine()
        query(definition.query)
        write("FOR READ ONLY", if: definition.isForReadOnly)
        guard definition.isForUpdate else { return }
        write("FOR UPDATE")
        write("OF", if: !definition.updatedColumns.isEmpty)
        list(definition.updatedColumns) { printer, column in printer.name(column) }
    }

    private mutating func fetch(_ fetch: FetchStatement) {
        write("FETCH")
        switch fetch.direction {
        case .next: write("NEXT", if: fetch.hasDirection)
        case .prior: write("PRIOR")
        case .first: write("FIRST")
        case .last: write("LAST")
        case .absolute(let row):
            write("ABSOLUTE")
            expression(row)
        case .relative(let distance):
            write("RELATIVE")
            expression(distance)
        }
        write("FROM", if: fetch.hasFrom)
        cursorName(fetch.cursor)
        guard !fetch.into.isEmpty else { return }
        write("INTO")
        list(fetch.into) { printer, variable in printer.write(variable) }
    }
}
