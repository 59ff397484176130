extension Parser {
    /// A procedure, after CREATE, ALTER or CREATE OR ALTER; PROCEDURE is the current word.
    mutating func procedureDefinition(_ mode: DefinitionMode, _ start: Token) throws(Fault) -> Statement.Kind {
        advance()
        let name = try moduleObjectName("PROCEDURE")
        if at(.semicolon), peek().kind == .integer { throw unsupported("procedure number", from: current) }
        var parameters: [ParameterDeclaration] = []
        let hasParentheses = at(.leftParenthesis)
        if hasParentheses {
            parameters = try parenthesizedList { parser throws(Fault) in try parser.moduleParameter() }
        } else if at(.variable) {
            parameters = try commaList { parser throws(Fault) in try parser.moduleParameter() }
        }
        let options = try moduleOptions()
        if at(.for), peek().word == .replication { throw unsupported("FOR REPLICATION", from: current) }
        try expect(.as)
        let body = try moduleBody("\(mode.rawValue) PROCEDURE", start)
        return .module(
            ModuleStatement(
                mode: mode, kind: .procedure, name: name, parameters: parameters, options: options, body: body,
                hasParentheses: hasParentheses))
    }

    /// A function, after CREATE, ALTER or CREATE OR ALTER; FUNCTION is the current word.
    mutating func functionDefinition(_ mode: DefinitionMode, _ start: Token) throws(Fault) -> Statement.Kind {
        advance()
        let name = try moduleObjectName("FUNCTION")
        try expect(.leftParenthesis)
        var parameters: [ParameterDeclaration] = []
        if !at(.rightParenthesis) {
            parameters = try commaList { parser throws(Fault) in try parser.moduleParameter() }
        }
        try expect(.rightParenthesis)
        guard accept(text: "RETURNS") else { throw unexpected() }
        if accept(.table) {
            if at(.leftParenthesis) { throw unsupported("EXTERNAL NAME", from: start) }
            return try inlineFunction(mode, name, parameters)
        }
        let kind: ModuleStatement.Kind
        if at(.variable) {
            let variable = written(advance())
            try expect(.table)
            kind = .tableFunction(variable: variable, try tableDefinition())
        } else {
            kind = .scalarFunction(returns: try dataType())
        }
        let options = try moduleOptions()
        _ = accept(.as)
        if at(.external) { throw unsupported("EXTERNAL NAME", from: start) }
        guard at(.begin) else { throw unexpected() }
        let body = try moduleBody("\(mode.rawValue) FUNCTION", start)
        return .module(
            ModuleStatement(
                mode: mode, kind: kind, name: name, parameters: parameters, options: options, body: body))
    }

    private mutating func inlineFunction(
        _ mode: DefinitionMode, _ name: MultipartName, _ parameters: [ParameterDeclaration]
    ) throws(Fault) -> Statement.Kind {
        let options = try moduleOptions()
        _ = accept(.as)
        try expect(.return)
        // Parentheses around the whole query may hold its common table expressions, too.
        let isParenthesized = at(.leftParenthesis) && peek().word == .with
        if isParenthesized { advance() }
        let with = at(.with) ? try withClause() : nil
        guard at(.select) || at(.leftParenthesis) else { throw unexpected() }
        let query = try self.query(with: with)
        if isParenthesized { try expect(.rightParenthesis) }
        while accept(.semicolon) {}
        guard at(.endOfText) else { throw unexpected() }
        return .module(
            ModuleStatement(
                mode: mode, kind: .inlineFunction(query), name: name, parameters: parameters, options: options,
                body: [], bodyHasParentheses: isParenthesized))
    }

    /// A trigger, after CREATE, ALTER or CREATE OR ALTER; TRIGGER is the current word.
    mutating func triggerDefinition(_ mode: DefinitionMode, _ start: Token) throws(Fault) -> Statement.Kind {
        advance()
        let name = try moduleObjectName("TRIGGER")
        try expect(.on)
        if at(.database) { throw unsupported("\(mode.rawValue) TRIGGER ON DATABASE", from: start) }
        if at(.all) { throw unsupported("\(mode.rawValue) TRIGGER ON ALL SERVER", from: start) }
        let target = try objectName()
        let options = try moduleOptions()
        let isInsteadOf = try triggerTime()
        let events = try commaList { parser throws(Fault) in try parser.triggerEvent() }
        if at(.with), at(text: "APPEND", 1) { throw unsupported("WITH APPEND", from: current) }
        var notForReplication = false
        if at(.not) {
            advance()
            try expect(.for)
            try expect(.replication)
            notForReplication = true
        }
        try expect(.as)
        if at(.endOfText) { throw unexpected() }
        let body = try moduleBody("\(mode.rawValue) TRIGGER", start)
        let trigger = TriggerDefinition(
            target: target, isInsteadOf: isInsteadOf, events: events, notForReplication: notForReplication)
        return .module(
            ModuleStatement(
                mode: mode, kind: .trigger(trigger), name: name, parameters: [], options: options, body: body))
    }

    /// The name of a view or module, which messages carry from here on.
    mutating func moduleObjectName(_ noun: String) throws(Fault) -> MultipartName {
        let start = current
        let name = try objectName()
        if name.database != nil {
            throw error(
                166,
                "'CREATE/ALTER \(noun)' does not allow specifying the database name as a prefix to the object name.",
                at: start)
        }
        if !isInSchema { moduleName = name.name }
        return name
    }

    /// `FOR`, `AFTER` or `INSTEAD OF`; true for the last.
    private mutating func triggerTime() throws(Fault) -> Bool {
        if accept(.for) || accept(text: "AFTER") { return false }
        guard accept(text: "INSTEAD") else { throw unexpected() }
        try expect(.of)
        return true
    }

    private mutating func triggerEvent() throws(Fault) -> TriggerDefinition.Event {
        if accept(.insert) { return .insert }
        if accept(.update) { return .update }
        if accept(.delete) { return .delete }
        throw unexpected()
    }

    /// The statements up to the end of the batch.
    private mutating func moduleBody(_ construct: String, _ start: Token) throws(Fault) -> [Statement] {
        if at(.external) { throw unsupported("EXTERNAL NAME", from: start) }
        if at(.begin), at(text: "ATOMIC", 1) { throw unsupported("NATIVE_COMPILATION", from: start) }
        var statements: [Statement] = []
        try statementList(into: &statements) { parser in parser.at(.endOfText) }
        return statements
    }

    // MARK: - Parameters and options

    /// One parameter with its default, which is a constant or a bare word.
    private mutating func moduleParameter() throws(Fault) -> ParameterDeclaration {
        let start = try expect(.variable)
        _ = accept(.as)
        if at(.cursor) { throw unsupported("CURSOR VARYING", from: current) }
        let type = try dataType()
        if at(.varying) { throw unsupported("VARYING", from: current) }
        let isNullable = try nullability()
        let defaultValue = accept(.equal) ? try argumentValue() : nil
        var isOutput = false
        var isReadOnly = false
        while true {
            if accept(.output) || accept(.out) {
                isOutput = true
            } else if accept(.readonly) {
                isReadOnly = true
            } else {
                break
            }
        }
        return ParameterDeclaration(
            name: written(start), type: type, defaultValue: defaultValue, isOutput: isOutput, isReadOnly: isReadOnly,
            range: range(from: start), isNullable: isNullable)
    }

    /// `WITH option, …` of a module, if it stands here.
    private mutating func moduleOptions() throws(Fault) -> [ModuleStatement.Option] {
        guard accept(.with) else { return [] }
        return try commaList { parser throws(Fault) in try parser.moduleOption() }
    }

    private mutating func moduleOption() throws(Fault) -> ModuleStatement.Option {
        if accept(.exec) || accept(.execute) {
            try expect(.as)
            guard at(.name) || at(.string) || at(.nationalString) else { throw unexpected() }
            let isUser = !at(.name)
            let word = advance()
            return ModuleStatement.Option(
                name: "EXECUTE AS", argument: isUser ? text(word) : upperText(word), isUser: isUser)
        }
        if at(text: "RETURNS") || at(text: "CALLED") {
            let isCalled = upperText(advance()) == "CALLED"
            if !isCalled { try expect(.null) }
            try expect(.on)
            try expect(.null)
            guard accept(text: "INPUT") else { throw unexpected() }
            return ModuleStatement.Option(
                name: isCalled ? "CALLED ON NULL INPUT" : "RETURNS NULL ON NULL INPUT", argument: "")
        }
        let word = upperText(try expect(.name))
        guard accept(.equal) else { return ModuleStatement.Option(name: word, argument: "") }
        guard at(.on) || at(.off) else { throw unexpected() }
        return ModuleStatement.Option(name: word, argument: upperText(advance()))
    }
}
