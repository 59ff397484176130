extension Parser {
    /// Steps over a statement that has no tree.
    ///
    /// A module takes the rest of its batch, and MERGE all up to its semicolon. For any other statement the end is its
    /// semicolon, or the next line that begins with the keyword of a statement, outside parentheses and CASE.
    mutating func skipStatement() throws(Fault) {
        let first = current
        let isModule = startsModule
        let endsAtSemicolon = containsMerge
        var level = 0
        var cases = 0
        while !at(.endOfText) {
            let token = current
            if isLexicalFault(token.kind), token.kind != .invalid { throw unexpected() }
            if !isModule, level == 0, token.start > first.start {
                if token.kind == .semicolon { return }
                if cases == 0, !endsAtSemicolon, !isClause(token, of: first), beginsStatementOnItsLine(token) { return }
                if cases == 0, token.word == .else { return }
                if cases == 0, token.word == .end, peek().word != .conversation { return }
            }
            switch token.kind {
            case .leftParenthesis: level += 1
            case .rightParenthesis: level = max(0, level - 1)
            default: break
            }
            if token.word == .case { cases += 1 }
            if token.word == .end { cases = max(0, cases - 1) }
            advance()
        }
    }

    /// Steps over the rest of the batch.
    mutating func skipBatch() throws(Fault) {
        while !at(.endOfText) {
            if isLexicalFault(current.kind), !at(.invalid) { throw unexpected() }
            advance()
        }
    }

    /// Whether IF, WHILE or a block begins here.
    var startsFlow: Bool {
        if at(.if) || at(.while) { return true }
        guard at(.begin) else { return false }
        return ![.tran, .transaction, .distributed, .dialog, .conversation].contains(peek().word)
    }

    /// Whether the statement here is a module, whose body is the rest of the batch.
    private var startsModule: Bool {
        guard at(.create) || at(.alter) else { return false }
        let object = peek().word == .or ? peek(3).word : peek().word
        return [.proc, .procedure, .function, .trigger, .view].contains(object)
    }

    /// Whether MERGE begins here, perhaps after common table expressions.
    private var containsMerge: Bool {
        if at(.merge) { return true }
        guard at(.with) else { return false }
        var index = position
        while index < tokens.count, tokens[index].kind != .semicolon {
            if tokens[index].word == .merge { return true }
            index += 1
        }
        return false
    }

    /// Whether the keyword of a statement is part of the statement that `first` began.
    private func isClause(_ token: Token, of first: Token) -> Bool {
        let previous = tokens[max(0, position - 1)]
        if previous.kind == .comma || previous.kind == .equal || previous.start == first.start { return true }
        switch previous.word {
        case .as, .for, .on, .to, .with, .from, .and, .or, .union, .all, .except, .intersect: return true
        default: break
        }
        switch first.word {
        case .alter: return token.word == .drop || token.word == .set || token.word == .merge
        case .update: return token.word == .set
        case .insert: return token.word == .select || token.word == .exec || token.word == .execute
        case .with: return [.select, .insert, .update, .delete, .set].contains(token.word)
        default: return false
        }
    }

    func beginsStatementOnItsLine(_ token: Token) -> Bool {
        guard position > 0, Parser.statementWords.contains(token.word), token.kind == .keyword else { return false }
        var index = token.start
        while index > 0, source[index - 1] == 0x20 || source[index - 1] == 0x09 { index -= 1 }
        return index == 0 || source[index - 1] == 0x0A || source[index - 1] == 0x0D
    }

    private static let statementWords: Set<Word> = [
        .alter, .backup, .begin, .bulk, .checkpoint, .close, .commit, .create, .dbcc, .deallocate, .declare, .delete,
        .deny, .drop, .exec, .execute, .fetch, .goto, .grant, .if, .insert, .kill, .merge, .open, .print, .raiserror,
        .reconfigure, .restore, .return, .revert, .revoke, .rollback, .save, .select, .set, .truncate, .update, .use,
        .waitfor, .while, .else,
    ]
}
