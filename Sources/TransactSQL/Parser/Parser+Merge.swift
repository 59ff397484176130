extension Parser {
    mutating func mergeStatement(with: WithClause?) throws(Fault) -> Statement.Kind {
        try expect(.merge)
        let top = at(.top) ? try topClause() : nil
        _ = accept(.into)
        let target = try modificationTarget()
        let tableHints = try self.tableHints()
        let alias = at(text: "USING") ? nil : try tableAlias()
        guard accept(text: "USING") else { throw unexpected() }
        let source = try tableSource()
        try expect(.on)
        let condition = try self.condition()
        var clauses: [MergeStatement.Clause] = []
        while at(.when) { clauses.append(try mergeClause(after: clauses)) }
        guard !clauses.isEmpty else { throw unexpected() }
        let output = try outputClauses()
        let hints = try queryHints()
        guard at(.semicolon) else {
            let last = tokens[max(0, position - 1)]
            throw error(10713, "A MERGE statement must be terminated by a semi-colon (;).", at: last)
        }
        return .merge(
            MergeStatement(
                with: with, top: top, target: target, tableHints: tableHints, alias: alias, source: source,
                condition: condition, clauses: clauses, output: output, hints: hints))
    }

    private mutating func mergeClause(after others: [MergeStatement.Clause]) throws(Fault) -> MergeStatement.Clause {
        let start = try expect(.when)
        let match = try mergeMatch()
        let condition = accept(.and) ? try self.condition() : nil
        try expect(.then)
        let action = try mergeAction(match)
        let clause = MergeStatement.Clause(
            match: match, condition: condition, action: action, range: range(from: start))
        try check(clause, after: others, at: start)
        return clause
    }

    private mutating func mergeMatch() throws(Fault) -> MergeStatement.Match {
        let isNot = accept(.not)
        guard accept(text: "MATCHED") else { throw unexpected() }
        guard isNot else { return .matched }
        guard accept(.by) else { return .notMatched }
        if accept(text: "TARGET") { return .notMatched }
        guard accept(text: "SOURCE") else { throw unexpected() }
        return .notMatchedBySource
    }

    private mutating func mergeAction(_ match: MergeStatement.Match) throws(Fault) -> MergeStatement.Action {
        let start = current
        switch start.word {
        case .update, .delete:
            guard match != .notMatched else { throw notAllowed(start, in: match) }
            advance()
            guard start.word == .update else { return .delete }
            try expect(.set)
            return .update(try commaList { parser throws(Fault) in try parser.updateAssignment() })
        case .insert:
            guard match == .notMatched else { throw notAllowed(start, in: match) }
            advance()
            return try mergeInsert()
        default: throw unexpected()
        }
    }

    private mutating func mergeInsert() throws(Fault) -> MergeStatement.Action {
        var columns: [MultipartName] = []
        if at(.leftParenthesis) {
            columns = try parenthesizedList { parser throws(Fault) in try parser.columnName() }
        }
        if accept(.default) {
            try expect(.values)
            return .insert(columns: columns, values: nil)
        }
        try expect(.values)
        let values = try parenthesizedList { parser throws(Fault) in try parser.valueOrDefault() }
        return .insert(columns: columns, values: values)
    }

    // MARK: - Rules

    private func notAllowed(_ token: Token, in match: MergeStatement.Match) -> Fault {
        error(
            token.word == .insert ? 10711 : 10710,
            "An action of type '\(upperText(token))' is not allowed in the '\(match.rawValue)' clause of a MERGE "
                + "statement.", at: token)
    }

    /// Two clauses of a kind must do different things, and only the last may be without a condition.
    private func check(
        _ clause: MergeStatement.Clause, after others: [MergeStatement.Clause], at token: Token
    ) throws(Fault) {
        let same = others.filter { $0.match == clause.match }
        if same.contains(where: { $0.condition == nil }) {
            throw error(
                5324,
                "In a MERGE statement, a '\(clause.match.rawValue)' clause with a search condition cannot appear after "
                    + "a '\(clause.match.rawValue)' clause with no search condition.", at: token)
        }
        if same.contains(where: { $0.action.word == clause.action.word }) {
            throw error(
                10714,
                "An action of type '\(clause.action.word)' cannot appear more than once in a '\(clause.match.rawValue)' "
                    + "clause of a MERGE statement.", at: token)
        }
    }
}

extension MergeStatement.Action {
    fileprivate var word: String {
        switch self {
        case .update: "UPDATE"
        case .delete: "DELETE"
        case .insert: "INSERT"
        }
    }
}
