import SQLValues
import TransactSQL

extension Binder {
    /// A value, which a search condition is not.
    func bind(_ expression: SQLExpression, _ scope: Scope) throws -> BoundExpression {
        let line = expression.range.line
        switch expression.kind {
        case .literal(let literal): return try Self.constant(literal, line: line)
        case .variable(let name): return try variable(name, line: line)
        case .column(let name): return try column(name, scope)
        case .defaultValue: throw ServerMessage.error(156, line: line, "Incorrect syntax near the keyword 'DEFAULT'.")
        case .unary(let sign, let operand): return try unary(sign, bind(operand, scope), line: line)
        case .binary(let sign, let left, let right):
            return try binary(sign, bind(left, scope), bind(right, scope), line: line)
        case .parenthesized(let inner): return try bind(inner, scope)
        case .collate(let inner, let name):
            guard ["sql_latin1_general_cp1_ci_as", "database_default"].contains(name.value.lowercased()) else {
                throw ServerMessage.unsupported("COLLATE \(name.value)", line: line)
            }
            return try collatable(bind(inner, scope), line: line)
        case .atTimeZone(let value, let zone): return try atTimeZone(bind(value, scope), bind(zone, scope), line: line)
        case .function(let call): return try function(call, scope, line: line)
        case .cast(let cast): return try self.cast(cast, scope, line: line)
        case .caseWhen(let value): return try caseExpression(value, scope, line: line)
        case .subquery(let query): return try scalarSubquery(query, scope, line: line)
        case .nextValue(let name, let over): return try nextValue(name, over, scope, line: line)
        default:
            throw ServerMessage.error(102, line: line, "Incorrect syntax near a search condition.")
        }
    }

    /// A constant as T-SQL types it.
    static func constant(_ literal: Literal, line: Int) throws -> BoundExpression {
        switch literal {
        case .null: return BoundExpression(node: .untypedNull, type: .int, isNullable: true)
        case .integer(let digits):
            if let number = Int32(digits) { return .constant(.int(Int64(number)), .int) }
            return try decimalConstant(digits, line: line)
        case .decimal(let text): return try decimalConstant(text, line: line)
        case .float(let text):
            guard let number = Double(text), number.isFinite else {
                throw ServerMessage.error(
                    168, line: line,
                    "The floating point value '\(text)' is out of the range of computer representation (8 bytes).")
            }
            return .constant(.double(number), .float)
        case .money(let text):
            guard let number = NumberParser.decimal(text.isEmpty ? "0" : text),
                let money = Conversion.fitted(number, to: .money)
            else { throw ServerMessage.overflow(.money).at(line: line) }
            return .constant(.decimal(money), .money)
        case .string(let text, let isNational):
            let units = max(1, text.units)
            if isNational { return .constant(.string(text), units > 4_000 ? .nVarCharMax : .nVarChar(units)) }
            let narrow = try CodePage.narrowed(text)
            return .constant(.string(narrow), units > 8_000 ? .varCharMax : .varChar(units))
        case .binary(let bytes):
            let count = max(1, bytes.count)
            return .constant(.bytes(bytes), count > 8_000 ? .varBinaryMax : .varBinary(count))
        }
    }

    private static func decimalConstant(_ text: String, line: Int) throws -> BoundExpression {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0].drop { $0 == "0" }.utf8.count
        let scale = parts.count > 1 ? parts[1].utf8.count : 0
        guard whole + scale <= 38, let number = NumberParser.decimal(text), let exact = number.rescaled(to: scale)
        else {
            throw ServerMessage.error(
                1007, line: line,
                "The number '\(text)' is out of the range for numeric representation (maximum precision 38).")
        }
        return .constant(.decimal(exact), .numeric(max(1, whole + scale), scale))
    }

    private func variable(_ name: String, line: Int) throws -> BoundExpression {
        if name.hasPrefix("@@") { return try globalVariable(name, line: line) }
        if let arguments {
            guard let value = arguments[name.lowercased()] else {
                throw ServerMessage.error(137, state: 2, line: line, "Must declare the scalar variable \"\(name)\".")
            }
            return value
        }
        guard let index = variables.index(of: name) else {
            throw ServerMessage.error(137, state: 2, line: line, "Must declare the scalar variable \"\(name)\".")
        }
        let node: BoundExpression.Node =
            liveVariables.contains(index) ? .liveVariable(index) : .parameter(.variable(index))
        return BoundExpression(node: node, type: variables.type(at: index), isNullable: true)
    }

    private func globalVariable(_ name: String, line: Int) throws -> BoundExpression {
        func session(_ value: SessionValue, _ type: SQLType) -> BoundExpression {
            BoundExpression(node: .parameter(.session(value)), type: type, isNullable: false)
        }
        switch name.uppercased() {
        case "@@ROWCOUNT": return session(.rowCount, .int)
        case "@@ERROR": return session(.error, .int)
        case "@@TRANCOUNT": return session(.transactionCount, .int)
        case "@@IDENTITY":
            return BoundExpression(node: .parameter(.session(.identity)), type: .numeric(38, 0), isNullable: true)
        case "@@DBTS": return rowVersionCounter(isNext: false)
        case "@@SPID": return session(.processID, .smallInt)
        case "@@VERSION": return session(.version, .nVarChar(300))
        case "@@SERVERNAME": return session(.serverName, .nVarChar(128))
        case "@@SERVICENAME": return session(.serviceName, .nVarChar(128))
        case "@@OPTIONS": return session(.options, .int)
        case "@@TEXTSIZE": return session(.textSize, .int)
        case "@@LOCK_TIMEOUT": return session(.lockTimeout, .int)
        case "@@LANGUAGE": return session(.language, .nVarChar(128))
        case "@@FETCH_STATUS": return session(.fetchStatus, .int)
        case "@@CURSOR_ROWS": return session(.cursorRows, .int)
        case "@@PROCID": return session(.procedureID, .int)
        case "@@NESTLEVEL": return session(.nestLevel, .int)
        case "@@DATEFIRST": return session(.dateFirst, .tinyInt)
        case "@@LANGID": return session(.languageID, .smallInt)
        case "@@MAX_CONNECTIONS": return .constant(.int(32_767), .int)
        case "@@MAX_PRECISION": return session(.maxPrecision, .tinyInt)
        case "@@MICROSOFTVERSION": return .constant(.int(0x1000_0000), .int)
        default: throw ServerMessage.unsupported(name, line: line)
        }
    }

    func column(_ name: MultipartName, _ scope: Scope) throws -> BoundExpression {
        let line = name.range.line
        let qualifier = name.schema
        var current: Scope? = scope
        var foundSource = false
        while let level = current {
            var found: (Scope.Source, Scope.Column)?
            for source in level.sources {
                if let qualifier {
                    guard Self.matches(source, name, qualifier) else { continue }
                    foundSource = true
                } else if source.needsQualifier {
                    continue
                }
                for column in source.columns where TextCollation.areEqual(column.name, name.name) {
                    if found != nil {
                        throw ServerMessage.error(209, line: line, "Ambiguous column name '\(name.name)'.")
                    }
                    found = (source, column)
                }
            }
            if let (source, column) = found {
                level.wasUsed = true
                noteColumn(column, of: source)
                let reference = ColumnReference(
                    source: source.alias, column: column.storedName, displayName: "\(source.name).\(column.name)",
                    scope: level.id)
                return BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable)
            }
            if foundSource { break }
            current = level.outer
        }
        if qualifier != nil, !foundSource {
            return try unknown(
                .error(4104, line: line, "The multi-part identifier \"\(name.description)\" could not be bound."))
        }
        if scope.sources.contains(where: \.isSystem) {
            throw ServerMessage.unsupported("column \(name.name) of a catalogue view", line: line)
        }
        return try unknown(.error(207, line: line, "Invalid column name '\(name.name)'."))
    }

    /// Throws the error of a name, or remembers it and goes on with NULL in its place.
    private func unknown(_ problem: ServerMessage) throws -> BoundExpression {
        guard remembersProblems else { throw problem }
        problems.append(problem)
        return .constant(.null, .int)
    }

    private static func matches(_ source: Scope.Source, _ name: MultipartName, _ qualifier: String) -> Bool {
        guard TextCollation.areEqual(source.name, qualifier) else { return false }
        guard let schema = name.database else { return true }
        return source.schema.map { TextCollation.areEqual($0, schema) } ?? false
    }

    private func unary(_ sign: UnaryOperator, _ operand: BoundExpression, line: Int) throws -> BoundExpression {
        if operand.isUntypedNull { return operand }
        switch sign {
        case .plus: return operand
        case .bitwiseNot:
            guard TypeRules.isInteger(operand.type) || operand.type.kind == .bit else {
                throw ServerMessage.error(
                    8117, line: line, "Operand data type \(operand.type.name) is invalid for '~' operator.")
            }
            return BoundExpression(node: .call("ts_not", [operand]), type: operand.type, isNullable: true)
        case .minus:
            switch operand.node {
            case .constant(.int(let value)) where operand.type == .int: return .constant(.int(-value), .int)
            case .constant(.decimal(let value)):
                if let negative = SQLDecimal(coefficient: -value.coefficient, scale: value.scale) {
                    return .constant(.decimal(negative), operand.type)
                }
            case .constant(.double(let value)): return .constant(.double(-value), operand.type)
            default: break
            }
            guard operand.type.isNumeric, operand.type.kind != .bit else {
                throw ServerMessage.error(
                    8117, line: line, "Operand data type \(operand.type.name) is invalid for minus operator.")
            }
            // The negative of a tinyint is a smallint.
            let type = operand.type.kind == .tinyInt ? .smallInt : operand.type
            return BoundExpression(node: .call("ts_neg", [operand]), type: type, isNullable: true)
        }
    }

    private func cast(_ cast: Cast, _ scope: Scope, line: Int) throws -> BoundExpression {
        if cast.form == .parse { return try parse(cast, scope, line: line) }
        let type = try TypeNames.resolve(cast.type, .cast)
        let value = try bind(cast.value, scope)
        if value.isUntypedNull { return .constant(.null, type) }
        if TypeRules.allowance(from: value.type, to: type) == .never {
            throw Conversion.impossible(value.type, type).at(line: line)
        }
        let style = try cast.style.map { try coerce(bind($0, scope), to: .int, line: line) }
        if style == nil, !cast.isTry {
            var result = convert(value, to: type)
            result.isNullable = value.isNullable
            return result
        }
        if value.type == type, style == nil { return value }
        return BoundExpression(node: .convert(value, isTry: cast.isTry, style: style), type: type, isNullable: true)
    }

    private func caseExpression(_ value: CaseExpression, _ scope: Scope, line: Int) throws -> BoundExpression {
        let operand = try value.operand.map { try bind($0, scope) }
        var conditions: [BoundExpression] = []
        for branch in value.branches {
            if let operand {
                let when = try bind(branch.when, scope)
                conditions.append(try comparison(.equal, operand, when, line: branch.when.range.line))
            } else {
                conditions.append(try bindCondition(branch.when, scope))
            }
        }
        var results = try value.branches.map { try bind($0.then, scope) }
        if let otherwise = value.otherwise { results.append(try bind(otherwise, scope)) }
        guard let type = commonType(results) else {
            throw ServerMessage.error(
                8133, line: line,
                "At least one of the result expressions in a CASE specification must be an expression other than the NULL constant."
            )
        }
        results = try results.map { try coerce($0, to: type, line: line) }
        let branches = zip(conditions, results).map { BoundExpression.Branch(when: $0, then: $1) }
        let otherwise = value.otherwise == nil ? nil : results.last
        let isNullable = otherwise == nil || results.contains { $0.isNullable }
        return BoundExpression(
            node: .caseWhen(branches, otherwise: otherwise), type: type, isNullable: isNullable)
    }

    /// A query inside an expression.
    func bindSubquery(_ query: Query, _ scope: Scope, isExists: Bool = false) throws -> BoundQuery {
        subqueryDepth += 1
        defer { subqueryDepth -= 1 }
        return try bindQuery(query, outer: scope, isExists: isExists)
    }

    /// A subquery that stands for one value.
    func scalarSubquery(_ query: Query, _ scope: Scope, line: Int) throws -> BoundExpression {
        let bound = try bindSubquery(query, scope)
        guard bound.columns.count == 1, let column = bound.columns.first else {
            throw ServerMessage.error(
                116, line: line,
                "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS."
            )
        }
        return BoundExpression(node: .subquery(bound), type: column.type, isNullable: true)
    }
}
