import SQLValues
import TransactSQL

/// A parameter that a batch uses and nobody declared, with the type that its place gives it.
struct UndeclaredParameter {
    var name: String
    var type: SQLType
    /// The parameter of a procedure to which it is passed.
    var formalName: String?
    var isOutput = false
}

/// Deduces the types of parameters ("sp_describe_undeclared_parameters", "Parameter Selection Algorithm").
///
/// Places that take one type are known: values of INSERT, assignments of UPDATE, comparisons with a column or with
/// what needs no column, arguments of CAST and of procedures, and numbers of rows. A parameter anywhere else is refused.
final class ParameterDeduction {
    private let session: EmbeddedSession
    private let declared: Variables
    private(set) var found: [UndeclaredParameter] = []

    init(_ session: EmbeddedSession, declared: Variables) {
        self.session = session
        self.declared = declared
    }

    func visit(_ statements: [Statement]) throws {
        for statement in statements {
            try visit(statement)
            try visit(statement.inner)
        }
    }

    private func visit(_ statement: Statement) throws {
        switch statement.kind {
        case .select(let query): try visit(query)
        case .insert(let insert):
            guard case .table(let name) = insert.target, let table = try table(name) else { return }
            switch insert.source {
            case .values(let rows): for row in rows { try visit(row, into: table, insert.columns) }
            case .query(let query): try visit(query)
            case .execute(let execute): try visit(execute)
            case .defaultValues: break
            }
        case .update(let update):
            let sources = try self.sources(update.from, target: update.target)
            try rowCount(update.top?.count)
            for case .column(let column, .assign, let value) in update.assignments {
                guard let info = Self.column(column, in: sources) else { continue }
                try note(value, info.type, sources)
            }
            try condition(update.condition, sources)
        case .delete(let delete):
            try rowCount(delete.top?.count)
            try condition(delete.condition, sources(delete.from, target: delete.target))
        case .execute(let execute): try visit(execute)
        default: break
        }
    }

    private func visit(_ query: Query) throws {
        guard case .select(let select) = query.body else { return }
        let sources = try self.sources(select.from, target: nil)
        try rowCount(select.top?.count)
        for case .expression(let value, _) in select.items { try casts(in: value) }
        try condition(select.condition, sources)
        try rowCount(query.offset)
        try rowCount(query.fetch)
    }

    private func visit(_ row: [SQLExpression], into table: TableInfo, _ names: [MultipartName]) throws {
        let columns =
            names.isEmpty ? table.columns.filter(\.isGiven) : names.compactMap { table.column(named: $0.name) }
        for (value, column) in zip(row, columns) { try note(value, column.type, []) }
    }

    private func visit(_ execute: ExecuteStatement) throws {
        guard case .procedure(let name) = execute.target, let module = try session.module(name) else { return }
        for (index, argument) in execute.arguments.enumerated() {
            let parameter =
                argument.name.map { wanted in
                    module.info.parameters.first { TextCollation.areEqual($0.name, wanted) }
                } ?? (module.info.parameters.indices.contains(index) ? module.info.parameters[index] : nil)
            guard let parameter, let own = undeclared(argument.value) else { continue }
            try add(own, parameter.type, formalName: parameter.name, isOutput: argument.isOutput)
        }
    }

    // MARK: Places

    /// A condition over the columns of tables.
    private func condition(_ expression: SQLExpression?, _ sources: [(name: String, table: TableInfo)]) throws {
        guard let expression else { return }
        switch expression.kind {
        case .and: for part in expression.conjuncts { try condition(part, sources) }
        case .or: for part in expression.disjuncts { try condition(part, sources) }
        case .not(let inner), .parenthesized(let inner): try condition(inner, sources)
        case .comparison(let sign, let left, let right):
            let isEquality = sign == .equal || sign == .notEqual
            try compare(left, right, isEquality, sources)
        case .between(let value, let low, let high, _):
            try compare(value, low, false, sources)
            try compare(value, high, false, sources)
        case .inList(let value, let list, _): for item in list { try compare(value, item, true, sources) }
        default: break
        }
    }

    private func compare(
        _ left: SQLExpression, _ right: SQLExpression, _ isEquality: Bool, _ sources: [(name: String, table: TableInfo)]
    ) throws {
        if let first = undeclared(left), let second = undeclared(right) {
            throw ServerMessage.error(
                11_503,
                "The parameter type cannot be deduced because a single expression contains two untyped parameters, '\(first)' and '\(second)'."
            )
        }
        for (own, other) in [(left, right), (right, left)] {
            guard let name = undeclared(own) else {
                try casts(in: own)
                continue
            }
            guard let type = try type(of: other, sources) else { continue }
            guard let deduced = isEquality ? type : Self.general(type) else { continue }
            try add(name, deduced)
        }
    }

    /// The type that general deduction takes for a comparison of order.
    private static func general(_ type: SQLType) -> SQLType? {
        switch type.kind {
        case .char, .varChar: type.kind == .varChar && type.length == nil ? type : .varChar(8_000)
        case .nChar, .nVarChar: type.kind == .nVarChar && type.length == nil ? type : .nVarChar(4_000)
        case .binary, .varBinary: type.kind == .varBinary && type.length == nil ? type : .varBinary(8_000)
        case .decimal, .numeric: .numeric(38, 19)
        case .time: .time(7)
        case .dateTime2: .dateTime2(7)
        case .dateTimeOffset: .dateTimeOffset(7)
        case .bit, .tinyInt, .smallInt, .int, .bigInt, .smallMoney, .money, .float, .real, .date, .smallDateTime,
            .dateTime:
            type
        default: nil
        }
    }

    /// A number of rows is a bigint.
    private func rowCount(_ expression: SQLExpression?) throws {
        guard let expression, let name = undeclared(expression) else { return }
        try add(name, .bigInt)
    }

    /// Parameters that CAST and CONVERT take.
    private func casts(in expression: SQLExpression) throws {
        guard case .cast(let cast) = expression.kind, let name = undeclared(cast.value) else { return }
        let named = try session.type(cast.type, place: 0)
        guard let type = named.type else { return }
        try add(name, type)
    }

    private func note(
        _ value: SQLExpression, _ type: SQLType, _ sources: [(name: String, table: TableInfo)]
    ) throws {
        guard let name = undeclared(value) else { return try casts(in: value) }
        try add(name, type)
    }

    // MARK: Types

    private func add(_ name: String, _ type: SQLType, formalName: String? = nil, isOutput: Bool = false) throws {
        guard !found.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw ServerMessage.error(
                11_508, "The undeclared parameter '\(name)' is used more than once in the batch being analyzed.")
        }
        found.append(UndeclaredParameter(name: name, type: type, formalName: formalName, isOutput: isOutput))
    }

    /// The parameter that an expression is, also in parentheses.
    private func undeclared(_ expression: SQLExpression) -> String? {
        switch expression.kind {
        case .parenthesized(let inner): undeclared(inner)
        case .variable(let name) where !name.hasPrefix("@@") && declared.index(of: name) == nil: name
        default: nil
        }
    }

    /// The type of a column, or of what names none; nil for all else.
    private func type(of expression: SQLExpression, _ sources: [(name: String, table: TableInfo)]) throws -> SQLType? {
        if case .column(let name) = expression.kind { return Self.column(name, in: sources)?.type }
        do {
            return try session.makeBinder(declared).bindAlone(expression).type
        } catch is ServerMessage {
            return nil
        }
    }

    private static func column(_ name: MultipartName, in sources: [(name: String, table: TableInfo)]) -> ColumnInfo? {
        let named = sources.filter { source in name.schema.map { TextCollation.areEqual(source.name, $0) } ?? true }
        return named.lazy.compactMap { $0.table.column(named: name.name) }.first
    }

    private func table(_ name: MultipartName) throws -> TableInfo? {
        guard case .table(let resolved) = try session.resolve(name) else { return nil }
        return resolved.table
    }

    private func sources(_ from: [TableSource], target: ModificationTarget?) throws -> [(
        name: String, table: TableInfo
    )] {
        var result: [(name: String, table: TableInfo)] = []
        func collect(_ source: TableSource) throws {
            switch source {
            case .table(let named):
                guard let table = try table(named.name) else { return }
                result.append((named.alias?.value ?? named.name.name, table))
            case .join(let join):
                try collect(join.left)
                try collect(join.right)
            case .parenthesized(let inner): try collect(inner)
            default: return
            }
        }
        for source in from { try collect(source) }
        if from.isEmpty, case .table(let name)? = target, let table = try table(name) {
            result.append((name.name, table))
        }
        return result
    }
}
