import SQLValues
import TransactSQL

/// A column as sp_describe_first_result_set tells of it.
struct DescribedColumn {
    /// The column of a table that a result shows as it is.
    struct Origin {
        var database: String
        var table: TableInfo
        var column: ColumnInfo
    }

    /// Nil when the possible results name it differently.
    var name: String?
    var type: SQLType
    var isNullable: Bool
    var isIdentity = false
    var origin: Origin?
    /// A key that browsing needs and the query does not select.
    var isHidden = false
    /// Its place in ORDER BY, from 1.
    var order: (ordinal: Int, isDescending: Bool)?
}

/// One result that may be the first of a batch, and the statement that gives it.
struct DescribedResult {
    var columns: [DescribedColumn]
    var orderLength: Int?
    var statement: String
    /// The procedure in which the statement stands; empty for the batch itself.
    var procedure: String

    /// This result, or another in its place: what both share.
    ///
    /// - Throws: Msg 11509 to 11512 when they have other types or another number of columns.
    func merged(with other: DescribedResult) throws -> DescribedResult {
        guard columns.count == other.columns.count else { throw mismatch(with: other) }
        var result = self
        for (index, column) in other.columns.enumerated() {
            let mine = columns[index]
            guard let type = Self.common(mine.type, column.type) else { throw mismatch(with: other) }
            result.columns[index].type = type
            result.columns[index].isNullable = mine.isNullable || column.isNullable
            if mine.name != column.name { result.columns[index].name = nil }
            if mine.origin?.table.id != column.origin?.table.id { result.columns[index].origin = nil }
            if mine.order?.ordinal != column.order?.ordinal { result.columns[index].order = nil }
        }
        if orderLength != other.orderLength { result.orderLength = nil }
        return result
    }

    /// The longer of two types that differ in length only; nil for any other difference.
    private static func common(_ a: SQLType, _ b: SQLType) -> SQLType? {
        if a == b { return a }
        guard a.kind == b.kind, [.varChar, .nVarChar, .varBinary].contains(a.kind) else { return nil }
        guard let length = a.length else { return a }
        guard let otherLength = b.length else { return b }
        return length >= otherLength ? a : b
    }

    private func mismatch(with other: DescribedResult) -> ServerMessage {
        let start = "The metadata could not be determined because the statement '\(statement)' "
        let middle = "is not compatible with the statement '\(other.statement)'"
        switch (procedure.isEmpty, other.procedure.isEmpty) {
        case (true, true): return .error(11_509, "\(start)\(middle).")
        case (true, false):
            return .error(11_510, "\(start)in the main batch \(middle) in procedure '\(other.procedure)'.")
        case (false, true): return .error(11_511, "\(start)in procedure '\(procedure)' \(middle) in the main batch.")
        case (false, false):
            return .error(11_512, "\(start)in procedure '\(procedure)' \(middle) in procedure '\(other.procedure)'.")
        }
    }
}

extension BoundQuery {
    /// The column of a table behind a column of the result; nil for expressions and for rows that stand for several.
    func origin(of index: Int, _ lookUp: (_ alias: String, _ storedName: String) -> (String, TableInfo)?)
        -> DescribedColumn.Origin?
    {
        guard document == nil else { return nil }
        if case .nested(let inner) = body { return inner.origin(of: index, lookUp) }
        guard let select, !select.isDistinct, select.groupBy.isEmpty, !select.isAggregate,
            select.items.indices.contains(index), case .column(let reference) = select.items[index].node
        else { return nil }
        for source in select.from.flatMap(\.leaves) {
            switch source {
            case .table(let alias, let name, let own) where own == reference.source:
                guard let (database, table) = lookUp(alias, name),
                    let column = table.columns.first(where: { $0.storedName == reference.column })
                else { return nil }
                return DescribedColumn.Origin(database: database, table: table, column: column)
            case .derived(let inner, let own) where own == reference.source:
                guard let place = Int(reference.column.dropFirst()) else { return nil }
                return inner.origin(of: place - 1, lookUp)
            default: continue
            }
        }
        return nil
    }

    /// The tables whose rows the result shows one by one.
    func baseTables(_ lookUp: (_ alias: String, _ storedName: String) -> (String, TableInfo)?) -> [(String, TableInfo)]
    {
        if case .nested(let inner) = body { return inner.baseTables(lookUp) }
        guard let select, !select.isDistinct, select.groupBy.isEmpty, !select.isAggregate else { return [] }
        return select.from.flatMap(\.leaves).flatMap { source -> [(String, TableInfo)] in
            switch source {
            case .table(let alias, let name, _): return lookUp(alias, name).map { [$0] } ?? []
            case .derived(let inner, _): return inner.baseTables(lookUp)
            default: return []
            }
        }
    }
}

extension BoundSource {
    /// The sources that joins connect.
    fileprivate var leaves: [BoundSource] {
        if case .join(_, let left, let right, _) = self { return left.leaves + right.leaves }
        return [self]
    }
}
