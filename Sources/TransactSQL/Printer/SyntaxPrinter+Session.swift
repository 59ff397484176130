extension SyntaxPrinter {
    // MARK: - Transactions

    mutating func transaction(_ transaction: TransactionStatement) {
        switch transaction {
        case .begin(let name, let mark):
            write("BEGIN TRANSACTION")
            transactionName(name)
            guard let mark else { return }
            write("WITH MARK")
            expression(mark)
        case .commit(let name, let isDelayedDurable):
            write("COMMIT TRANSACTION")
            transactionName(name)
            if let isDelayedDurable { write("WITH (DELAYED_DURABILITY = \(isDelayedDurable ? "ON" : "OFF"))") }
        case .rollback(let name):
            write("ROLLBACK TRANSACTION")
            transactionName(name)
        case .save(let name):
            write("SAVE TRANSACTION")
            transactionName(name)
        }
    }

    private mutating func transactionName(_ name: TransactionName?) {
        switch name {
        case .name(let name): identifier(name)
        case .variable(let name): write(name)
        case nil: break
        }
    }

    // MARK: - SET

    mutating func set(_ set: SetStatement) {
        write("SET")
        switch set {
        case .options(let names, let isOn):
            setOptions(names)
            write(isOn ? "ON" : "OFF")
        case .value(let option, let value):
            write(option)
            expression(value)
        case .isolationLevel(let level):
            write("TRANSACTION ISOLATION LEVEL")
            write(level.rawValue)
        case .identityInsert(let table, let isOn):
            write("IDENTITY_INSERT")
            name(table)
            write(isOn ? "ON" : "OFF")
        case .variable(let name, let operation, let value):
            write(name)
            write(operation.rawValue)
            expression(value)
        }
    }

    /// The names of options; a list repeats only the second word of `STATISTICS IO`.
    private mutating func setOptions(_ names: [String]) {
        var group = ""
        list(names) { printer, name in
            let words = name.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2, words[0] == group {
                printer.write(words[1])
            } else {
                printer.write(name)
            }
            group = words.count == 2 ? words[0] : ""
        }
    }

    // MARK: - DECLARE

    mutating func declare(_ declaration: DeclareStatement) {
        write("DECLARE")
        list(declaration.items) { printer, item in
            printer.write(item.name)
            switch item.kind {
            case .cursor: printer.write("CURSOR")
            case .scalar(let type, let initial):
                printer.dataType(type)
                guard let initial else { return }
                printer.write("=")
                printer.expression(initial)
            case .table(let definition):
                printer.write("TABLE")
                printer.tableDefinition(definition)
            }
        }
    }

    // MARK: - EXECUTE

    mutating func execute(_ call: ExecuteStatement) {
        write("EXECUTE", if: !call.isImplicit)
        if let variable = call.returnVariable {
            write(variable)
            write("=")
        }
        switch call.target {
        case .procedure(let procedure): name(procedure)
        case .variable(let variable): write(variable)
        case .text(let text):
            parenthesized { printer in
                printer.expression(text)
                for argument in call.arguments {
                    printer.write(",")
                    printer.argument(argument)
                }
            }
        }
        if case .text = call.target {
            context(of: call)
        } else {
            list(call.arguments) { printer, argument in printer.argument(argument) }
        }
        guard !call.options.isEmpty else { return }
        write("WITH")
        write(words: call.options)
    }

    private mutating func context(of call: ExecuteStatement) {
        if call.context.count == 2 {
            write("AS")
            write(call.context[0])
            write("=")
            string(call.context[1])
        }
        guard let server = call.linkedServer else { return }
        write("AT")
        write("DATA_SOURCE", if: call.namesDataSource)
        identifier(server)
    }

    private mutating func argument(_ argument: ExecuteStatement.Argument) {
        if let name = argument.name {
            write(name)
            write("=")
        }
        expression(argument.value)
        write("OUTPUT", if: argument.isOutput)
    }
}
