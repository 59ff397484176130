import SQLValues
import TransactSQL

/// Rules of definitions of modules that need no session.
enum ModuleRules {
    /// Refuses what this server lacks, and names that cannot be.
    static func check(_ statement: ModuleStatement) throws {
        let line = statement.name.range.line
        let known: Set<String> = [
            "RECOMPILE", "SCHEMABINDING", "RETURNS NULL ON NULL INPUT", "CALLED ON NULL INPUT", "INLINE",
        ]
        for option in statement.options where !known.contains(option.name) {
            if option.name == "EXECUTE AS" {
                guard case .inlineFunction = statement.kind else { continue }
            }
            let words = option.argument.isEmpty ? option.name : "\(option.name) \(option.argument)"
            throw ServerMessage.unsupported("WITH \(words)", line: line)
        }
        if case .procedure = statement.kind, statement.has("SCHEMABINDING") {
            throw ServerMessage.unsupported("WITH SCHEMABINDING", line: line)
        }
        if case .trigger(let trigger) = statement.kind {
            for (index, event) in trigger.events.enumerated() where trigger.events[..<index].contains(event) {
                throw ServerMessage.error(
                    1034, line: line,
                    "Syntax error: Duplicate specification of the action \"\(event.rawValue)\" in the trigger declaration."
                )
            }
        }
        try refuse(in: statement.body)
        try FunctionRules.check(statement)
    }

    /// Refuses statements without a tree: a body runs as a whole or not at all.
    private static func refuse(in statements: [Statement]) throws {
        for statement in statements {
            switch statement.kind {
            case .unsupported(let construct):
                throw ServerMessage.unsupported(construct.construct, line: construct.range.line)
            case .use:
                throw ServerMessage.error(
                    154, line: statement.range.line,
                    "a USE database statement is not allowed in a procedure, function or trigger.")
            default: try refuse(in: statement.inner)
            }
        }
    }

    /// The text that the catalogue keeps: the whole batch, in which ALTER and CREATE OR ALTER read as CREATE.
    static func definition(_ statement: ModuleStatement, _ range: SourceRange, _ batch: String) -> String {
        var bytes = Array(batch.utf8)
        let tokens = Lexer.tokens(of: bytes).filter { $0.start >= range.start.offset }
        switch statement.mode {
        case .create: break
        case .alter:
            guard let verb = tokens.first else { return batch }
            bytes.replaceSubrange(verb.start..<verb.end, with: Array("CREATE".utf8))
        case .createOrAlter:
            guard tokens.count > 2 else { return batch }
            bytes.removeSubrange(tokens[2].start..<tokens[2].end)
            bytes.removeSubrange(tokens[1].start..<tokens[1].end)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a DROP statement is for modules of this kind.
    static func drop(_ drop: DropStatement.Kind, drops kind: ModuleInfo.Kind) -> Bool {
        switch drop {
        case .procedure: kind == .procedure
        case .function: kind.isFunction
        case .trigger: kind == .trigger
        default: false
        }
    }

    /// What an object is called, and the statement that drops it.
    static func noun(_ id: Int, in catalog: DatabaseCatalog) -> (String, String) {
        if catalog.tables[id] != nil { return ("table", "DROP TABLE") }
        if catalog.views[id] != nil { return ("view", "DROP VIEW") }
        switch catalog.modules[id]?.kind {
        case .procedure?: return ("procedure", "DROP PROCEDURE")
        case .trigger?: return ("trigger", "DROP TRIGGER")
        default: return ("function", "DROP FUNCTION")
        }
    }
}

extension ModuleStatement {
    /// The kind as sys.objects.type names it.
    var objectKind: ModuleInfo.Kind {
        switch kind {
        case .procedure: .procedure
        case .scalarFunction: .scalarFunction
        case .inlineFunction: .inlineFunction
        case .tableFunction: .tableFunction
        case .trigger: .trigger
        }
    }

    /// The kind in lower case, as messages name it.
    var kindName: String {
        switch kind {
        case .procedure: "procedure"
        case .trigger: "trigger"
        default: "function"
        }
    }

    /// Whether ALTER may give an object of `old` this definition: a function keeps its kind.
    func mayReplace(_ old: ModuleInfo.Kind) -> Bool { old == objectKind }
}

extension Statement {
    /// The statements that stand within this one.
    var inner: [Statement] {
        switch kind {
        case .block(let list): list
        case .conditional(let branch): [branch.then] + (branch.otherwise.map { [$0] } ?? [])
        case .loop(let loop): [loop.body]
        case .tryCatch(let parts): parts.body + parts.handler
        default: []
        }
    }
}
