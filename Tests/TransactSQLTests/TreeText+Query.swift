import TransactSQL

extension TreeText {
    static func query(_ query: Query) -> String {
        var parts: [String] = []
        if let with = query.with {
            for expression in with.expressions {
                let columns = expression.columns.isEmpty ? "" : "(\(names(expression.columns)))"
                parts.append("with \(expression.name.value)\(columns) {\(TreeText.query(expression.query))}")
            }
        }
        parts.append(body(query.body))
        if !query.orderBy.isEmpty { parts.append("order \(order(query.orderBy))") }
        if let offset = query.offset { parts.append("offset \(expression(offset))") }
        if let fetch = query.fetch { parts.append("fetch \(expression(fetch))") }
        if let clause = query.forClause {
            let options = clause.options.map { $0.name + ($0.argument.map { "('\($0)')" } ?? "") }
            parts.append("for \(clause.format.rawValue) \(options.joined(separator: ","))")
        }
        if !query.hints.isEmpty {
            parts.append("option \(query.hints.map { $0.words.joined(separator: " ") }.joined(separator: ","))")
        }
        return parts.joined(separator: " ")
    }

    static func names(_ names: [Identifier]) -> String { names.map(\.value).joined(separator: ",") }

    private static func body(_ body: QueryBody) -> String {
        switch body {
        case .select(let select): TreeText.select(select)
        case .setOperation(let operation, let left, let right, _):
            "(\(operation.rawValue) \(TreeText.body(left)) | \(TreeText.body(right)))"
        case .parenthesized(let inner): "[\(TreeText.body(inner))]"
        }
    }

    private static func select(_ select: SelectSpecification) -> String {
        var parts = ["select"]
        if select.isDistinct { parts.append("distinct") }
        if let top = select.top { parts.append(TreeText.top(top)) }
        parts.append(select.items.map(item).joined(separator: ", "))
        if let into = select.into { parts.append("into \(name(into))") }
        if !select.from.isEmpty { parts.append("from \(select.from.map(source).joined(separator: ", "))") }
        if let condition = select.condition { parts.append("where \(expression(condition))") }
        if let groupBy = select.groupBy {
            parts.append("group \(groupBy.items.map(group).joined(separator: " "))")
            if let option = groupBy.legacyOption { parts.append("with \(option)") }
        }
        if let having = select.having { parts.append("having \(expression(having))") }
        if !select.windows.isEmpty { parts.append("window \(select.windows.map(\.name.value).joined(separator: ","))") }
        return parts.joined(separator: " ")
    }

    static func top(_ top: TopClause) -> String {
        "top \(expression(top.count))" + (top.isPercent ? " percent" : "") + (top.withTies ? " ties" : "")
    }

    static func item(_ item: SelectItem) -> String {
        switch item {
        case .star: "*"
        case .qualifiedStar(let table): "\(name(table)).*"
        case .expression(let value, let alias): expression(value) + (alias.map { " as \($0.value)" } ?? "")
        case .assignment(let variable, let operation, let value):
            "\(variable)\(operation.rawValue)\(expression(value))"
        }
    }

    private static func group(_ item: GroupByClause.Item) -> String {
        switch item {
        case .expression(let value): expression(value)
        case .composite(let values): "<\(values.map(expression).joined(separator: " "))>"
        case .rollup(let items): "rollup(\(items.map(group).joined(separator: " ")))"
        case .cube(let items): "cube(\(items.map(group).joined(separator: " ")))"
        case .groupingSets(let items): "sets(\(items.map(group).joined(separator: " ")))"
        case .grandTotal: "()"
        }
    }

    static func source(_ source: TableSource) -> String {
        switch source {
        case .table(let table): TreeText.table(table)
        case .variable(let name, let alias, _): name + suffix(alias)
        case .derived(let query, let alias, let columns, _):
            "{\(TreeText.query(query))}" + suffix(alias, columns)
        case .values(let rows, let alias, let columns, _):
            "values \(TreeText.rows(rows))" + suffix(alias, columns)
        case .function(let function):
            TreeText.function(function.call) + schema(function.schema) + suffix(function.alias, function.columns)
        case .join(let join):
            "(\(join.kind.rawValue)\(join.hint.map { " \($0)" } ?? "") \(TreeText.source(join.left)) | "
                + TreeText.source(join.right) + (join.condition.map { " on \(expression($0))" } ?? "") + ")"
        case .pivot(let pivot):
            "(pivot \(TreeText.source(pivot.source)) \(function(pivot.aggregate)) for \(name(pivot.column)) in "
                + "\(names(pivot.values)))" + suffix(pivot.alias)
        case .unpivot(let unpivot):
            "(unpivot \(TreeText.source(unpivot.source)) \(unpivot.value.value) for \(unpivot.column.value) in "
                + "\(unpivot.columns.map(name).joined(separator: ",")))" + suffix(unpivot.alias)
        case .parenthesized(let inner): "[\(TreeText.source(inner))]"
        }
    }

    static func rows(_ rows: [[SQLExpression]]) -> String {
        rows.map { "(\($0.map(expression).joined(separator: " ")))" }.joined()
    }

    private static func schema(_ columns: [JSONColumn]) -> String {
        guard !columns.isEmpty else { return "" }
        let texts = columns.map { "\($0.name.value) \(type($0.type)) \($0.path ?? "-")\($0.isJSON ? " json" : "")" }
        return " with (\(texts.joined(separator: ", ")))"
    }

    private static func suffix(_ alias: Identifier?, _ columns: [Identifier] = []) -> String {
        guard let alias else { return "" }
        return " as \(alias.value)" + (columns.isEmpty ? "" : "(\(names(columns)))")
    }

    private static func table(_ table: NamedTable) -> String {
        var text = name(table.name)
        if !table.systemTime.isEmpty { text += " time \(table.systemTime.joined(separator: " "))" }
        text += suffix(table.alias)
        if !table.sample.isEmpty { text += " sample \(table.sample.joined(separator: " "))" }
        return text + hints(table.hints)
    }

    static func hints(_ hints: [TableHint]) -> String {
        guard !hints.isEmpty else { return "" }
        let texts = hints.map { $0.name + ($0.arguments.isEmpty ? "" : "=\($0.arguments.joined(separator: "+"))") }
        return " hints(\(texts.joined(separator: ",")))"
    }
}
