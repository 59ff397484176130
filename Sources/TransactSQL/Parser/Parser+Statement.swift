extension Parser {
    /// All statements of the batch.
    mutating func batch() throws(Fault) -> [Statement] {
        var statements: [Statement] = []
        if startsImplicitExecute {
            statements.append(try implicitExecute())
            skipSemicolons()
        }
        try statementList(into: &statements) { parser in parser.at(.endOfText) }
        return statements
    }

    /// Statements up to a token that ends the list, which is not taken.
    mutating func statementList(
        into statements: inout [Statement], until isEnd: (borrowing Parser) -> Bool
    ) throws(Fault) {
        skipSemicolons()
        var isSeparated = true
        while !isEnd(self) {
            // A common table expression must be the first of its batch or follow a semicolon.
            if at(.with), !isSeparated { throw unexpected() }
            statements.append(try statement())
            isSeparated = skipSemicolons()
        }
    }

    @discardableResult
    private mutating func skipSemicolons() -> Bool {
        var found = false
        while accept(.semicolon) { found = true }
        return found
    }

    /// One statement.
    ///
    /// A construct without a tree makes the whole statement an unsupported one; parsing goes on after it.
    mutating func statement() throws(Fault) -> Statement {
        try enter()
        defer { leave() }
        let start = position
        let token = current
        height = 0
        do throws(Fault) {
            let kind = try statementKind()
            return Statement(kind: kind, range: range(from: token))
        } catch {
            guard case .unsupported(let construct, let range) = error else { throw error }
            position = start
            if startsFlow {
                // Where the condition ends cannot be told, and its branches must never run without it: the outermost
                // statement takes the rest of the batch.
                guard depth == 1 else { throw error }
                try skipBatch()
            } else {
                try skipStatement()
            }
            let node = UnsupportedStatement(construct: construct, range: range)
            return Statement(kind: .unsupported(node), range: self.range(from: token))
        }
    }

    private mutating func statementKind() throws(Fault) -> Statement.Kind {
        let token = current
        switch token.kind {
        case .leftParenthesis: return .select(try query())
        case .keyword: return try keywordStatement(token.word)
        case .name where peek().kind == .colon: return try label()
        case .name: return try nameStatement(token)
        default: throw unexpected()
        }
    }

    // Each has a frame of its own: in a debug build the nodes that they make would be part of every nested statement's.
    private mutating func selectStatement() throws(Fault) -> Statement.Kind { .select(try query()) }

    private mutating func executeKind() throws(Fault) -> Statement.Kind { .execute(try executeStatement()) }

    private mutating func keywordStatement(_ word: Word) throws(Fault) -> Statement.Kind {
        switch word {
        case .select: return try selectStatement()
        case .with: return try statementWithExpressions()
        case .insert: return try insertStatement(with: nil)
        case .update: return try updateStatement(with: nil)
        case .delete: return try deleteStatement(with: nil)
        case .merge: return try mergeStatement(with: nil)
        case .truncate: return try truncateStatement()
        case .create: return try createStatement()
        case .alter: return try alterStatement()
        case .drop: return try dropStatement()
        case .use: return try useStatement()
        case .begin: return try beginStatement()
        case .commit: return try commitStatement()
        case .rollback: return try rollbackStatement()
        case .save: return try saveStatement()
        case .set: return try setStatement()
        case .declare: return try declareStatement()
        case .exec, .execute: return startsExecuteAs ? try executeAsStatement() : try executeKind()
        case .grant, .deny, .revoke: return try permissionStatement()
        case .revert: return try revertStatement()
        default: return try flowStatement(word)
        }
    }

    private mutating func flowStatement(_ word: Word) throws(Fault) -> Statement.Kind {
        switch word {
        case .if: return try ifStatement()
        case .while: return try whileStatement()
        case .break:
            advance()
            return .breakLoop
        case .continue:
            advance()
            return .continueLoop
        case .return: return try returnStatement()
        case .raiserror: return try raiserrorStatement()
        case .print:
            advance()
            return .print(try expression())
        case .waitfor: return try waitForStatement()
        case .open, .close, .deallocate: return try cursorStatement(word)
        case .fetch: return try fetchStatement()
        case .kill: return .kill(try killStatement())
        case .checkpoint: return try checkpoint()
        case .reconfigure: return try reconfigure()
        case .goto:
            advance()
            return .goto(try identifier())
        case .dbcc: return try databaseCheck()
        default:
            guard let construct = unsupportedKeyword(word) else { throw unexpected() }
            throw unsupported(construct, from: current)
        }
    }

    /// The name of a statement that has no tree yet, for the keyword that begins it.
    private func unsupportedKeyword(_ word: Word) -> String? {
        switch word {
        case .backup, .restore, .dbcc, .shutdown, .setuser, .readtext, .writetext,
            .updatetext, .lineno:
            word.rawValue
        case .bulk: peek().word == .insert ? "BULK INSERT" : nil
        case .add: isName(peek()) ? "ADD \(upperText(peek()))" : nil
        case .end: peek().word == .conversation ? "END CONVERSATION" : nil
        default: nil
        }
    }

    /// Statements that begin with a word that is not reserved.
    private mutating func nameStatement(_ token: Token) throws(Fault) -> Statement.Kind {
        switch token.word {
        case .throw: return try throwStatement()
        case .enable, .disable:
            guard peek().word == .trigger else { throw unexpected() }
            return try triggerSwitch()
        case .send, .receive: throw unsupported(upperText(token), from: token)
        case .get, .move:
            guard peek().word == .conversation else { throw unexpected() }
            throw unsupported("\(upperText(token)) CONVERSATION", from: token)
        default:
            guard startsRareStatement else { throw unexpected() }
            throw unsupported("\(upperText(token)) \(upperText(peek()))", from: token)
        }
    }

    private mutating func label() throws(Fault) -> Statement.Kind {
        let name = try identifier()
        try expect(.colon)
        return .label(name)
    }

    private mutating func statementWithExpressions() throws(Fault) -> Statement.Kind {
        let with = try withClause()
        switch current.word {
        case .insert: return try insertStatement(with: with)
        case .update: return try updateStatement(with: with)
        case .delete: return try deleteStatement(with: with)
        case .merge: return try mergeStatement(with: with)
        default:
            guard at(.select) || at(.leftParenthesis) else { throw unexpected() }
            return .select(try query(with: with))
        }
    }

    private mutating func truncateStatement() throws(Fault) -> Statement.Kind {
        advance()
        try expect(.table)
        let name = try objectName()
        if at(.with), peek().kind == .leftParenthesis {
            throw unsupported("TRUNCATE TABLE WITH PARTITIONS", from: current)
        }
        return .truncateTable(name)
    }

    private mutating func useStatement() throws(Fault) -> Statement.Kind {
        advance()
        return .use(try identifier())
    }
}
