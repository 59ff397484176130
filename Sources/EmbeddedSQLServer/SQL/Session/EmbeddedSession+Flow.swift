import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Runs statements in order; GOTO goes on after its label, wherever that stands among them.
    func run(_ statements: [Statement], _ context: BatchContext) throws -> Flow {
        try run(statements, from: 0, context)
    }

    private func run(_ statements: [Statement], from start: Int, _ context: BatchContext) throws -> Flow {
        var index = start
        while index < statements.count {
            var flow = try run(statements[index], context)
            while case .jump(let label) = flow {
                guard let target = statements.firstIndex(where: { $0.holds(label: label) }) else { return flow }
                index = target
                flow = try enter(statements[target], at: label, context)
            }
            if flow != .next { return flow }
            index += 1
        }
        return .next
    }

    /// Goes on at a label inside a statement, or at the statement that is the label.
    private func enter(_ statement: Statement, at label: String, _ context: BatchContext) throws -> Flow {
        switch statement.kind {
        case .block(let list):
            guard let index = list.firstIndex(where: { $0.holds(label: label) }) else { return .next }
            var flow = try enter(list[index], at: label, context)
            if flow == .next { flow = try run(list, from: index + 1, context) }
            // A jump from there may go back into the same block.
            if case .jump(let next) = flow, list.contains(where: { $0.holds(label: next) }) {
                return try enter(statement, at: next, context)
            }
            return flow
        case .conditional(let branch):
            if branch.then.holds(label: label) { return try enter(branch.then, at: label, context) }
            return try branch.otherwise.map { try enter($0, at: label, context) } ?? .next
        case .loop(let loop):
            switch try enter(loop.body, at: label, context) {
            case .breakLoop: return .next
            case .next, .continueLoop: return try run(loop, context)
            case let flow: return flow
            }
        default: return .next
        }
    }

    func run(_ loop: WhileStatement, _ context: BatchContext) throws -> Flow {
        func goesOn() throws -> Bool {
            let isTrue = try holds(loop.condition, context)
            try done(StatementCommand.condition, context)
            return isTrue
        }
        while try goesOn() {
            if context.sink.isCancelled { throw RequestStopped.attention }
            switch try run(loop.body, context) {
            case .breakLoop: return .next
            case .leave: return .leave
            case .next, .continueLoop: continue
            case .jump(let label): return .jump(label)
            }
        }
        return .next
    }

    // MARK: WAITFOR

    /// WAITFOR: sleeps until its time, or until the client sends an attention.
    func wait(_ statement: WaitForStatement, _ context: BatchContext, line: Int) throws {
        let (value, type) = try evaluate(statement.value, context)
        guard let ticks = try Self.waitTicks(value, type, line: line) else { return }
        var end = ticks
        let now = Clock.ticks(utc: false)
        if statement.isDelay {
            end += now
        } else {
            end += now - now % SQLTime.ticksPerDay
            if end <= now { end += SQLTime.ticksPerDay }
        }
        while true {
            if context.sink.isCancelled { throw RequestStopped.attention }
            let left = end - Clock.ticks(utc: false)
            guard left > 0 else { return }
            Clock.sleep(milliseconds: min(20, left / (SQLTime.ticksPerSecond / 1_000) + 1))
        }
    }

    /// The time of day in a WAITFOR, in ticks; nil for NULL.
    static func waitTicks(_ value: SQLValue, _ type: SQLType, line: Int) throws -> Int? {
        switch value {
        case .null: return nil
        case .dateTime(let moment) where type.kind == .dateTime || type.kind == .smallDateTime:
            return moment.ticksSinceYearOne % SQLTime.ticksPerDay
        case .string(let text):
            let wrong = ServerMessage.error(
                148, line: line, "Incorrect time syntax in time string '\(text)' used with WAITFOR.")
            let parts = text.trimmedBlanks.split(separator: ":", omittingEmptySubsequences: false)
            guard (2...3).contains(parts.count), let hours = Int(parts[0]), let minutes = Int(parts[1]),
                (0...23).contains(hours), (0...59).contains(minutes)
            else { throw wrong }
            var ticks = (hours * 60 + minutes) * 60 * SQLTime.ticksPerSecond
            if parts.count == 3 {
                guard let seconds = Double(parts[2]), seconds >= 0, seconds < 60 else { throw wrong }
                ticks += Int(seconds * Double(SQLTime.ticksPerSecond))
            }
            return ticks
        default:
            throw ServerMessage.error(
                9815, line: line, "Waitfor delay and waitfor time cannot be of type \(type.name).")
        }
    }
}

/// What is checked of labels before a batch or module runs.
enum LabelRules {
    /// Checks that labels are unique, and that each GOTO has its label outside of foreign TRY and CATCH blocks.
    static func check(_ statements: [Statement]) throws {
        var labels: Set<String> = []
        var jumps: [(label: Identifier, line: Int)] = []
        try collect(statements, &labels, &jumps)
        for jump in jumps where !labels.contains(jump.label.value.lowercased()) {
            throw ServerMessage.error(
                133, line: jump.line,
                "A GOTO statement references the label '\(jump.label.value)' but the label has not been declared.")
        }
        if !jumps.isEmpty { try checkTry(statements, around: []) }
    }

    private static func collect(
        _ statements: [Statement], _ labels: inout Set<String>, _ jumps: inout [(label: Identifier, line: Int)]
    ) throws {
        for statement in statements {
            switch statement.kind {
            case .label(let name):
                guard labels.insert(name.value.lowercased()).inserted else {
                    throw ServerMessage.error(
                        132, line: statement.range.line,
                        "The label '\(name.value)' has already been declared. Label names must be unique within a query batch or stored procedure."
                    )
                }
            case .goto(let name): jumps.append((name, statement.range.line))
            default: try collect(statement.inner, &labels, &jumps)
            }
        }
    }

    /// A jump may leave a TRY or CATCH block, but not enter one.
    private static func checkTry(_ statements: [Statement], around outer: [Statement]) throws {
        let reachable = outer + statements
        for statement in statements {
            switch statement.kind {
            case .goto(let name):
                guard !reachable.contains(where: { $0.holds(label: name.value) }) else { continue }
                throw ServerMessage.error(
                    1026, line: statement.range.line, "GOTO cannot be used to jump into a TRY or CATCH scope.")
            case .tryCatch(let parts):
                try checkTry(parts.body, around: reachable)
                try checkTry(parts.handler, around: reachable)
            default: try checkTry(statement.inner, around: reachable)
            }
        }
    }
}

extension Statement {
    /// Whether the statement is a label, or holds it where a jump may go.
    func holds(label: String) -> Bool {
        switch kind {
        case .label(let name): name.value.lowercased() == label.lowercased()
        case .tryCatch: false
        default: inner.contains { $0.holds(label: label) }
        }
    }
}
