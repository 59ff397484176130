import SQLValues

extension SQLAllowList {
    /// The condition that a query string asks for.
    ///
    /// ```swift
    /// let filter = try orders.filter(query: "status[in]=open,late&total[ge]=100&sort=-placed")
    /// let rows = try await db.query("SELECT Id FROM dbo.Orders WHERE \(filter)")
    /// ```
    ///
    /// Each item is `name=value` or `name[operator]=value`; all must hold. `in` and `between` take values with commas
    /// between them, where `\,` is a comma and `\\` a backslash of a value; `isNull` takes `true` or `false`.
    ///
    /// - Parameters:
    ///   - query: What stands behind the `?` of a URL.
    ///   - ignored: Names of items that are no conditions.
    /// - Returns: A condition that can stand behind WHERE; `1 = 1` when there is none.
    /// - Throws: `invalidRequest` naming the unknown column or operator, or the ill-formed value, and what is allowed.
    public func filter(
        query: String, ignoring ignored: Set<String> = ["sort", "cursor", "page", "size"]
    ) throws(SQLServerError) -> SQLQuery {
        try filter(SQLFilterTerm.terms(ofQuery: query).filter { !ignored.contains($0.column) })
    }

    /// The condition that some terms ask for; all must hold.
    ///
    /// ```swift
    /// let filter = try orders.filter([SQLFilterTerm("total[ge]", "100")])    // o.Total >= @p1
    /// ```
    ///
    /// - Returns: A condition that can stand behind WHERE; `1 = 1` when there are no terms.
    /// - Throws: `invalidRequest` naming the unknown column or operator, or the ill-formed value, and what is allowed.
    public func filter(_ terms: [SQLFilterTerm]) throws(SQLServerError) -> SQLQuery {
        try checkDeclaration()
        guard terms.count <= maximumConditions else {
            throw SQLServerError(.invalidRequest, "a filter has at most \(maximumConditions) conditions")
        }
        var conditions: [SQLQuery] = []
        for term in terms { conditions.append(try condition(term)) }
        return conditions.joined(operator: .and)
    }

    private func condition(_ term: SQLFilterTerm) throws(SQLServerError) -> SQLQuery {
        let filterable = columns.filter { !$0.operators.isEmpty }
        guard let column = filterable.first(where: { $0.name == term.column }) else {
            throw Self.unknown("filter", term.column, among: filterable.map(\.name))
        }
        guard let wanted = SQLFilterOperator(rawValue: term.operator), column.operators.contains(wanted) else {
            throw SQLServerError(
                .invalidRequest,
                "'\(column.name)' has no operator \(quoted(term.operator)); it has \(column.operators.names)")
        }
        let place = "\(column.name)[\(wanted.rawValue)]"
        do {
            return try condition(column, wanted, term.value)
        } catch {
            throw SQLServerError(.invalidRequest, "\(place): \(error.message)")
        }
    }

    private func condition(
        _ column: Column, _ wanted: SQLFilterOperator, _ text: String
    ) throws(SQLServerError) -> SQLQuery {
        let expression = column.expression
        if let comparison = wanted.comparison {
            return "\(expression) \(comparison) \(try column.parameter(text))"
        }
        switch wanted {
        case .in:
            let texts = Self.parts(text)
            guard texts.count <= maximumValues else {
                throw SQLServerError(
                    .invalidRequest, "there are \(texts.count) values; at most \(maximumValues) are taken")
            }
            var values: [SQLTypedValue] = []
            for text in texts { values.append(try column.value(text)) }
            var list = SQLQuery()
            list.segments = [.list(try SQLValueList(values, type: column.type))]
            return "\(expression) IN (\(list))"
        case .between:
            let texts = Self.parts(text)
            guard texts.count == 2 else {
                throw SQLServerError(.invalidRequest, "it takes two values with a comma between them, such as 1,9")
            }
            return "\(expression) BETWEEN \(try column.parameter(texts[0])) AND \(try column.parameter(texts[1]))"
        case .isNull:
            switch text {
            case "true": return "\(expression) IS NULL"
            case "false": return "\(expression) IS NOT NULL"
            default: throw SQLServerError(.invalidRequest, "it takes true or false")
            }
        default:
            return "\(column.matched(wanted)) LIKE \(try column.pattern(wanted, text)) ESCAPE '\\'"
        }
    }

    /// The parts of a list: commas separate, `\` takes the next character as it is.
    private static func parts(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        var parts: [String] = []
        var part = "".unicodeScalars
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped: isEscaped = true
            case "," where !isEscaped:
                parts.append(String(part))
                part = "".unicodeScalars
            default:
                part.append(scalar)
                isEscaped = false
            }
        }
        if isEscaped { part.append("\\") }
        return parts + [String(part)]
    }

    /// The error for a name that is not allowed.
    static func unknown(_ use: String, _ name: String, among known: [String]) -> SQLServerError {
        let nearest = NearestName.suggestion(for: name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
        let list = known.isEmpty ? "none" : known.map { "'\($0)'" }.joined(separator: ", ")
        return SQLServerError(
            .invalidRequest, "there is no column \(quoted(name)) to \(use) by\(nearest); there are: \(list)")
    }
}

extension SQLAllowList.Column {
    /// The value of a text that a caller sent.
    func value(_ text: String) throws(SQLServerError) -> SQLTypedValue {
        guard let value = ValueText.value(text, as: type) else {
            throw SQLServerError(.invalidRequest, "the value is no \(type)\(ValueText.hint(type))")
        }
        return try SQLTypedValue(value, as: type).converted(to: type, codePage: codePage)
    }

    func parameter(_ text: String) throws(SQLServerError) -> SQLQuery {
        SQLQuery(parameter: try value(text))
    }

    /// The left side of LIKE: the blanks at the end of fixed-length text are no part of what a caller means.
    func matched(_ wanted: SQLFilterOperator) -> SQLQuery {
        let isPadded = type.kind == .char || type.kind == .nChar
        return isPadded && wanted == .endsWith ? "RTRIM(\(expression))" : expression
    }

    /// The pattern for LIKE, in which nothing that a caller sent is a wildcard.
    func pattern(_ wanted: SQLFilterOperator, _ text: String) throws(SQLServerError) -> SQLQuery {
        var pattern = "".unicodeScalars
        if wanted != .startsWith { pattern.append("%") }
        // By scalars: as a Character a % with a combining mark is no %, but to the server it is one.
        for scalar in text.unicodeScalars {
            if "%_[\\".unicodeScalars.contains(scalar) { pattern.append("\\") }
            pattern.append(scalar)
        }
        if wanted != .endsWith { pattern.append("%") }
        // LIKE takes patterns of up to 8,000 bytes.
        let isUnicode = type.kind == .nChar || type.kind == .nVarChar
        let patternType: SQLType = isUnicode ? .nVarChar(4_000) : .varChar(8_000)
        let value = SQLTypedValue(.string(String(pattern)), as: patternType)
        return SQLQuery(parameter: try value.converted(to: patternType, codePage: codePage))
    }
}

extension SQLQuery {
    init(parameter: SQLTypedValue) {
        segments = [.parameter(parameter)]
    }
}
