import SQLValues
import TransactSQL

/// A common table expression, with those that stood before it and that its query may name.
final class CommonTable {
    let expression: CommonTableExpression
    let earlier: [String: CommonTable]
    /// Set while the expression itself is being bound: a reference to it is recursive.
    var recursion: Recursion?
    var wasUsed = false

    init(_ expression: CommonTableExpression, earlier: [String: CommonTable], recursion: Recursion? = nil) {
        self.expression = expression
        self.earlier = earlier
        self.recursion = recursion
    }

    var name: String { expression.name.value }
}

/// What is known of a common table expression that may name itself.
final class Recursion {
    /// Its columns, once the anchor members are bound; before, a reference to it only shows that it is recursive.
    var columns: [OutputColumn]?
    /// Its name in SQLite.
    let table: String
    /// The alias of the reference in the member that is being bound.
    var alias: String?
    var queryDepth = 0
    var subqueryDepth = 0

    init(table: String) { self.table = table }
}

/// A common table expression was named in its own query.
private struct SelfReference: Error {}

extension Binder {
    /// Makes the common table expressions of a statement known, each to those after it.
    func declare(_ with: WithClause?) throws {
        guard let with else { return }
        if with.hasXMLNamespaces { throw ServerMessage.unsupported("WITH XMLNAMESPACES", line: with.range.line) }
        var names: Set<String> = []
        for expression in with.expressions {
            let key = expression.name.value.lowercased()
            guard names.insert(key).inserted else {
                throw ServerMessage.error(
                    239, line: expression.range.line,
                    "Duplicate common table expression name '\(expression.name.value)' was specified.")
            }
            commonTables[key] = CommonTable(expression, earlier: commonTables)
        }
    }

    /// Binds the expressions that the statement does not use, for their errors.
    func checkUnused(_ with: WithClause?) throws {
        for expression in with?.expressions ?? [] {
            guard let common = commonTables[expression.name.value.lowercased()], !common.wasUsed else { continue }
            _ = try bindCommonTable(common, common.name)
        }
    }

    /// A common table expression as a source; its query is bound anew for every use, as SQL Server expands it.
    func bindCommonTable(_ common: CommonTable, _ exposed: String) throws -> (BoundSource, [Scope.Source]) {
        if let recursion = common.recursion { return try selfReference(recursion, common, exposed) }
        common.wasUsed = true
        // Every use is expanded: expressions that each name the one before twice grow without bound.
        guard queryDepth < 100, aliasCount < 4_000 else {
            throw ServerMessage.unsupported(
                "so many uses of common table expressions in each other", line: common.expression.range.line)
        }
        let saved = (commonTables, restrictedMember)
        defer { (commonTables, restrictedMember) = saved }
        let recursion = Recursion(table: "r" + nextAlias())
        restrictedMember = nil
        commonTables = common.earlier
        commonTables[common.name.lowercased()] = CommonTable(common.expression, earlier: [:], recursion: recursion)
        let names = common.expression.columns.map(\.value)
        let line = common.expression.range.line
        do {
            let bound = try bindQuery(common.expression.query, outer: nil, place: sourcePlace)
            return try derived(bound, name: common.name, exposed: exposed, columns: names, line: line)
        } catch is SelfReference {
            return try bindRecursive(common, recursion, exposed, names, line: line)
        }
    }

    private func selfReference(_ recursion: Recursion, _ common: CommonTable, _ exposed: String) throws -> (
        BoundSource, [Scope.Source]
    ) {
        guard let columns = recursion.columns else { throw SelfReference() }
        let line = common.expression.range.line
        guard recursion.alias == nil else {
            throw ServerMessage.error(
                253, line: line,
                "Recursive member of a common table expression '\(common.name)' has multiple recursive references.")
        }
        guard subqueryDepth == recursion.subqueryDepth else {
            throw ServerMessage.error(465, line: line, "Recursive references are not allowed in subqueries.")
        }
        guard queryDepth == recursion.queryDepth else {
            throw ServerMessage.unsupported("recursive reference in a derived table", line: line)
        }
        let alias = nextAlias()
        recursion.alias = alias
        return (.recursion(table: recursion.table, alias: alias), [Self.source(exposed, nil, alias, columns)])
    }

    // MARK: Recursion

    private func bindRecursive(
        _ common: CommonTable, _ recursion: Recursion, _ exposed: String, _ names: [String], line: Int
    ) throws -> (BoundSource, [Scope.Source]) {
        let (anchor, recursive) = try members(of: common, recursion, line: line)
        let (body, anchorColumns) = try bindBody(anchor, outer: nil)
        var columns = try Self.named(anchorColumns, name: common.name, columns: names, line: line)
        for index in columns.indices {
            columns[index].isNullable = true
            columns[index].isUntyped = false
            columns[index].identity = nil
        }
        recursion.columns = columns
        restrictedMember = common.name
        var query = RecursiveQuery(
            table: recursion.table, anchor: BoundQuery(body: body, columns: anchorColumns), count: columns.count)
        for member in recursive {
            recursion.alias = nil
            (recursion.queryDepth, recursion.subqueryDepth) = (queryDepth, subqueryDepth)
            query.members.append(try bindMember(member, common, recursion, columns, line: line))
        }
        let alias = nextAlias()
        return (.recursive(query, alias: alias), [Self.source(exposed, nil, alias, columns)])
    }

    /// The anchor members as one query, and the recursive members.
    private func members(of common: CommonTable, _ recursion: Recursion, line: Int) throws -> (QueryBody, [QueryBody]) {
        var rights: [QueryBody] = []
        var rest = common.expression.query.body
        while case .setOperation(.unionAll, let left, let right, _) = rest {
            rights.append(right)
            rest = left
        }
        let all = [rest] + rights.reversed()
        let isRecursive = try all.map { try namesItself($0) }
        guard all.count > 1, let first = isRecursive.firstIndex(of: true) else {
            throw ServerMessage.error(
                252, line: line,
                "Recursive common table expression '\(common.name)' does not contain a top-level UNION ALL operator.")
        }
        guard first > 0 else {
            if case .setOperation = rest {
                throw ServerMessage.error(
                    252, line: line,
                    "Recursive common table expression '\(common.name)' does not contain a top-level UNION ALL operator."
                )
            }
            throw ServerMessage.error(
                246, line: line, "No anchor member was specified for recursive query \"\(common.name)\".")
        }
        guard !isRecursive[first...].contains(false) else {
            throw ServerMessage.error(
                247, line: line,
                "An anchor member was found in the recursive part of recursive query \"\(common.name)\".")
        }
        let anchor = all[1..<first].reduce(all[0]) {
            QueryBody.setOperation(.unionAll, left: $0, right: $1, range: common.expression.query.range)
        }
        return (anchor, Array(all[first...]))
    }

    private func namesItself(_ member: QueryBody) throws -> Bool {
        let known = problems
        defer { problems = known }
        do {
            _ = try bindBody(member, outer: nil)
            return false
        } catch is SelfReference {
            return true
        }
    }

    private func bindMember(
        _ member: QueryBody, _ common: CommonTable, _ recursion: Recursion, _ columns: [OutputColumn], line: Int
    ) throws -> BoundSelect {
        var body = member
        while case .parenthesized(let inner) = body { body = inner }
        guard case .select(let specification) = body else {
            throw ServerMessage.unsupported("set operators inside a recursive member", line: line)
        }
        try checkMember(461, line: line, when: specification.top != nil)
        var (select, own, scope) = try bindSelect(specification, outer: nil, place: .subquery, isExists: false)
        guard own.count == columns.count else { throw Self.unequalColumns.at(line: line) }
        if scope.hasAggregate || scope.groups != nil { throw restriction(467, line: line) }
        for (index, column) in columns.enumerated() {
            let item = select.items[index]
            guard item.isUntypedNull || Self.matches(column.type, item.type) else {
                throw ServerMessage.error(
                    240, line: line,
                    "Types don't match between the anchor and the recursive part in column \"\(column.name)\" of"
                        + " recursive query \"\(common.name)\".")
            }
            select.items[index] = try coerce(item, to: column.type, line: line)
        }
        guard let alias = recursion.alias else { throw SelfReference() }
        let level = ColumnReference(source: alias, column: "lv", displayName: "lv", scope: 0)
        let step = BoundExpression(
            node: .stored(
                "ts_level",
                [
                    BoundExpression(node: .column(level), type: .bigInt, isNullable: false),
                    .constant(.int(Int64(maxRecursion)), .bigInt),
                ]), type: .bigInt, isNullable: false)
        select.items.append(step)
        return select
    }

    private static func matches(_ a: SQLType, _ b: SQLType) -> Bool {
        let exact: Set<SQLType.Kind> = [.decimal, .numeric]
        if exact.contains(a.kind), exact.contains(b.kind) { return a.precision == b.precision && a.scale == b.scale }
        return a == b
    }

    /// Throws when the recursive member that is being bound may not hold a construct.
    func checkMember(_ number: Int32, line: Int, when isPresent: Bool = true) throws {
        if isPresent, restrictedMember != nil { throw restriction(number, line: line) }
    }

    private func restriction(_ number: Int32, line: Int) -> ServerMessage {
        let place = "in the recursive part of a recursive common table expression '\(restrictedMember ?? "")'."
        let subject =
            switch number {
            case 460: "DISTINCT operator is"
            case 461: "The TOP or OFFSET operator is"
            case 462: "Outer join is"
            default: "GROUP BY, HAVING, or aggregate functions are"
            }
        return .error(number, line: line, "\(subject) not allowed \(place)")
    }
}
