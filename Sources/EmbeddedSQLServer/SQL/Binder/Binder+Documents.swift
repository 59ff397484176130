import Foundation
import SQLValues
import TransactSQL

extension Binder {
    /// A query whose rows become one text: FOR JSON and FOR XML.
    func document(_ clause: ForClause, _ query: BoundQuery, _ scope: Scope?, place: QueryPlace, asText: Bool = false)
        throws -> BoundQuery
    {
        let line = clause.range.line
        guard clause.format != .browse else { throw ServerMessage.unsupported("FOR BROWSE", line: line) }
        guard assigned.isEmpty || place != .statement else {
            throw ServerMessage.error(
                6819, line: line,
                "The FOR \(clause.format.rawValue) clause is not allowed in a ASSIGNMENT statement.")
        }
        guard query.columns.count < 120 else {
            throw ServerMessage.unsupported("FOR \(clause.format.rawValue) of so many columns", line: line)
        }
        var shape =
            clause.format == .json
            ? try jsonShape(clause, query, scope, line: line) : try xmlShape(clause, query, asText: asText, line: line)
        shape.columns = zip(shape.columns, query.columns).map { column, output in
            var result = column
            result.typeCode = output.type.code
            return result
        }
        let text = String(decoding: try JSONEncoder().encode(shape), as: UTF8.self)
        let alias = nextAlias()
        let values = query.columns.enumerated().map { index, column in
            let reference = ColumnReference(
                source: alias, column: "c\(index + 1)", displayName: column.name, scope: 0)
            return BoundExpression(node: .column(reference), type: column.type, isNullable: true)
        }
        let aggregate = BoundAggregate(
            function: "ts_document", argument: nil, isDistinct: false,
            extra: [.constant(.string(text), .nVarCharMax)] + values)
        var select = BoundSelect()
        select.from = [.derived(query, alias: alias)]
        select.isAggregate = true
        let isStatement = place == .statement
        let isXML = clause.format == .xml
        let type: SQLType = isStatement && isXML ? .nText : .nVarCharMax
        select.items = [BoundExpression(node: .aggregate(aggregate), type: type, isNullable: true)]
        if isStatement {
            let count = BoundAggregate(function: "count", argument: nil, isDistinct: false)
            select.items.append(BoundExpression(node: .aggregate(count), type: .int, isNullable: false))
        }
        let name = isStatement ? (isXML ? "XML" : "JSON") + "_F52E2B61-18A1-11d1-B105-00805F49916B" : ""
        var result = BoundQuery(
            body: .select(select), columns: [OutputColumn(name: name, type: type, isNullable: true)])
        result.document = clause.format == .json ? (shape.isWrapped ? .json : .text) : .text
        return result
    }

    // MARK: JSON

    private func jsonShape(_ clause: ForClause, _ query: BoundQuery, _ scope: Scope?, line: Int) throws -> DocumentShape
    {
        var shape = DocumentShape(format: .json)
        var isAuto = false
        for option in clause.options {
            switch option.name {
            case "PATH" where option.argument == nil: isAuto = false
            case "AUTO" where option.argument == nil: isAuto = true
            case "ROOT": shape.root = option.argument ?? "root"
            case "INCLUDE_NULL_VALUES": shape.includesNulls = true
            case "WITHOUT_ARRAY_WRAPPER": shape.isWrapped = false
            default: throw ServerMessage.unsupported("FOR JSON \(option.name)", line: line)
            }
        }
        guard shape.root == nil || shape.isWrapped else {
            throw ServerMessage.error(
                13_620, line: line,
                "ROOT option and WITHOUT_ARRAY_WRAPPER option cannot be used together in FOR JSON. Remove one of these options."
            )
        }
        let items = query.select?.items ?? []
        for (index, column) in query.columns.enumerated() {
            guard !column.name.isEmpty else {
                throw ServerMessage.error(
                    13_605, line: line,
                    "Column expressions and data sources without names or aliases cannot be formatted as JSON text using FOR JSON clause. Add alias to the unnamed column or table."
                )
            }
            var part = DocumentShape.Column(
                path: isAuto ? [column.name] : column.name.split(separator: ".").map(String.init))
            if index < items.count { part.isJSON = items[index].isJSONText }
            shape.columns.append(part)
        }
        if isAuto {
            guard let scope, !scope.sources.isEmpty else {
                throw ServerMessage.error(
                    13_600, line: line,
                    "FOR JSON AUTO requires at least one table for generating JSON objects. Use FOR JSON PATH or add a FROM clause with a table name."
                )
            }
            nest(&shape, items, scope)
        }
        try checkConflicts(shape, line: line)
        return shape
    }

    /// AUTO nests what a later source gives inside the rows of those before it.
    private func nest(_ shape: inout DocumentShape, _ items: [BoundExpression], _ scope: Scope) {
        var aliases: [String] = []
        for index in shape.columns.indices {
            var level = max(0, aliases.count - 1)
            if index < items.count, case .column(let reference) = items[index].node,
                let source = scope.sources.first(where: { $0.alias == reference.source })
            {
                if let known = aliases.firstIndex(of: source.alias) {
                    level = known
                } else {
                    aliases.append(source.alias)
                    shape.levels.append(source.name)
                    level = aliases.count - 1
                }
            }
            shape.columns[index].level = level
        }
        if shape.levels.isEmpty { shape.levels = [scope.sources[0].name] }
    }

    private func checkConflicts(_ shape: DocumentShape, line: Int) throws {
        var seen: [[String]] = []
        var last: [String] = []
        for column in shape.columns {
            let key = shape.levels.isEmpty ? column.path : ["\(column.level)"] + column.path
            let common = zip(key, last).prefix { $0 == $1 }.count
            let isClash = seen.contains { old in
                // The same property again, a value where an object is, or an object that was left.
                old == key || old.starts(with: key) || key.starts(with: old)
                    || (old.count > common + 1 && key.count > common + 1 && old[...common] == key[...common])
            }
            if isClash {
                throw ServerMessage.error(
                    13_601, line: line,
                    "Property '\(column.path.joined(separator: "."))' cannot be generated in JSON output due to a conflict with another column name or alias. Use different names and aliases for each column in SELECT list."
                )
            }
            seen.append(key)
            last = key
        }
    }

    // MARK: XML

    private func xmlShape(_ clause: ForClause, _ query: BoundQuery, asText: Bool, line: Int) throws -> DocumentShape {
        var shape = DocumentShape(format: .xml)
        var (isRaw, hasElements, hasType) = (false, false, false)
        for option in clause.options {
            switch option.name {
            case "PATH", "RAW":
                isRaw = option.name == "RAW"
                shape.row = option.argument ?? "row"
            case "ROOT": shape.root = option.argument ?? "root"
            case "ELEMENTS": hasElements = true
            case "BINARY BASE64": continue
            case "TYPE": hasType = true
            default: throw ServerMessage.unsupported("FOR XML \(option.name)", line: line)
            }
        }
        guard hasType == asText else {
            throw ServerMessage.unsupported(asText ? "value() without TYPE" : "FOR XML TYPE", line: line)
        }
        shape.isText = asText
        for column in query.columns {
            guard !column.type.isBinary || !isRaw else {
                throw ServerMessage.unsupported("FOR XML RAW of binary", line: line)
            }
            var part = DocumentShape.Column(path: [])
            if isRaw {
                guard !column.name.isEmpty else {
                    throw ServerMessage.error(
                        6809, line: line,
                        "Unnamed column or table names cannot be used as XML identifiers. Name unnamed columns using AS in the SELECT statement."
                    )
                }
                part.path = [(hasElements ? "" : "@") + DocumentShape.xmlName(column.name)]
            } else {
                part.path = try xmlPath(column.name, line: line)
            }
            try checkAttribute(part.path, after: shape.columns.map(\.path), line: line)
            shape.columns.append(part)
        }
        return shape
    }

    /// An attribute stands before all that its element holds.
    private func checkAttribute(_ path: [String], after others: [[String]], line: Int) throws {
        guard let attribute = path.last, attribute.hasPrefix("@") else { return }
        let parent = path.dropLast()
        let isLate = others.contains { other in
            other.starts(with: parent) && !(other.count == path.count && other.last?.hasPrefix("@") ?? false)
        }
        if isLate {
            throw ServerMessage.error(
                6852, line: line,
                "Attribute-centric column '\(path.joined(separator: "/"))' must not come after a non-attribute-centric sibling in XML hierarchy in FOR XML PATH."
            )
        }
    }

    private func xmlPath(_ name: String, line: Int) throws -> [String] {
        if name.isEmpty || name == "*" || name == "text()" || name == "node()" { return [] }
        var parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if let last = parts.last, last == "text()" || last == "*" || last == "node()" { parts.removeLast() }
        return try parts.enumerated().map { index, part in
            let isAttribute = part.hasPrefix("@") && index == parts.count - 1
            let plain = isAttribute ? String(part.dropFirst()) : part
            guard !plain.isEmpty, !plain.contains("("), !plain.contains("@"), !plain.contains(":"),
                DocumentShape.xmlName(plain) == plain
            else { throw ServerMessage.unsupported("FOR XML PATH with the column name \(name)", line: line) }
            return part
        }
    }

    /// The method `value` on a subquery with FOR XML … TYPE: its texts without tags.
    func xmlValue(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        guard let values = call.values, values.count == 3, case .subquery(let query) = values[0].kind,
            let clause = query.forClause, clause.format == .xml,
            case .literal(.string(let path, _)) = values[1].kind,
            case .literal(.string(let typeText, _)) = values[2].kind,
            [".", "./text()[1]", "(./text())[1]", "text()[1]", "(text())[1]"].contains(path)
        else { throw ServerMessage.unsupported("value()", line: line) }
        let type = try TypeNames.resolve(try Parser.parse(parameters: "@x \(typeText)")[0].type)
        documentAsText = true
        defer { documentAsText = false }
        let bound = try bindSubquery(query, scope)
        let text = BoundExpression(node: .subquery(bound), type: .nVarCharMax, isNullable: true)
        return try coerce(text, to: type, line: line)
    }
}
