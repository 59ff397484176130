extension SyntaxPrinter {
    mutating func module(_ module: ModuleStatement) {
        write(module.mode.rawValue)
        switch module.kind {
        case .procedure:
            write("PROCEDURE")
            name(module.name)
            parameters(module)
            options(module.options)
        case .scalarFunction(let type):
            functionHead(module)
            dataType(type)
            options(module.options)
        case .inlineFunction(let query):
            functionHead(module)
            write("TABLE")
            options(module.options)
            write("AS")
            newLine()
            write("RETURN")
            if module.bodyHasParentheses { parenthesized(query) } else { self.query(query) }
            return
        case .tableFunction(let variable, let definition):
            functionHead(module)
            write(variable)
            write("TABLE")
            tableDefinition(definition)
            options(module.options)
        case .trigger(let trigger):
            write("TRIGGER")
            name(module.name)
            self.trigger(trigger, module.options)
        }
        write("AS")
        newLine()
        statements(module.body)
    }

    private mutating func functionHead(_ module: ModuleStatement) {
        write("FUNCTION")
        name(module.name)
        parenthesized { printer in printer.parameterList(module.parameters) }
        newLine()
        write("RETURNS")
    }

    private mutating func parameters(_ module: ModuleStatement) {
        if module.hasParentheses {
            parenthesized { printer in printer.parameterList(module.parameters) }
        } else {
            parameterList(module.parameters)
        }
    }

    private mutating func parameterList(_ parameters: [ParameterDeclaration]) {
        list(parameters) { printer, parameter in
            printer.write(parameter.name)
            printer.dataType(parameter.type)
            printer.nullability(parameter.isNullable)
            if let value = parameter.defaultValue {
                printer.write("=")
                printer.expression(value)
            }
            printer.write("OUTPUT", if: parameter.isOutput)
            printer.write("READONLY", if: parameter.isReadOnly)
        }
    }

    private mutating func trigger(_ trigger: TriggerDefinition, _ moduleOptions: [ModuleStatement.Option]) {
        write("ON")
        name(trigger.target)
        options(moduleOptions)
        write(trigger.isInsteadOf ? "INSTEAD OF" : "AFTER")
        list(trigger.events) { printer, event in printer.write(event.rawValue) }
        write("NOT FOR REPLICATION", if: trigger.notForReplication)
    }

    private mutating func options(_ options: [ModuleStatement.Option]) {
        guard !options.isEmpty else { return }
        write("WITH")
        list(options) { printer, option in
            if option.name == "EXECUTE AS" {
                printer.write(option.name)
                if option.isUser { printer.string(option.argument) } else { printer.write(option.argument) }
            } else {
                printer.write(option.name)
                printer.write("=", if: !option.argument.isEmpty)
                printer.write(option.argument)
            }
        }
    }
}
