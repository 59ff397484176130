/// Finds the columns for the properties of a `Decodable` type, and remembers them from one row to the next.
///
/// Used by one task, for the rows of one result set after another.
final class PropertyFinder {
    /// What a property stands for.
    enum Place: Equatable {
        case column(Int)
        /// Columns whose names begin with this, as in `address.city`.
        case nested(prefix: String)
        case missing
        case ambiguous
    }

    private struct Entry {
        let prefix: String
        let key: String
        let place: Place
    }

    private let matching: SQLColumnMatching
    private var list: ColumnList?
    private var exact: [String: [Int]] = [:]
    private var folded: [String: [Int]] = [:]
    /// The look-ups of the row before: the next row makes the same ones in the same order.
    private var entries: [Entry] = []
    private var position = 0

    init(_ matching: SQLColumnMatching) { self.matching = matching }

    /// Begins a row.
    func begin(_ list: ColumnList) {
        position = 0
        guard self.list !== list else { return }
        self.list = list
        entries = []
        exact = Dictionary(grouping: list.columns.indices) { list.columns[$0].name }
        folded = Dictionary(grouping: list.columns.indices) { matching.folded(list.columns[$0].name) ?? "" }
    }

    /// The place of a property.
    func place(_ prefix: String, _ key: String) -> Place {
        // A decoder asks up to three times for one property.
        if position > 0, let place = remembered(position - 1, prefix, key) { return place }
        if position < entries.count, let place = remembered(position, prefix, key) {
            position += 1
            return place
        }
        let place = look(prefix + key)
        entries.removeSubrange(position...)
        entries.append(Entry(prefix: prefix, key: key, place: place))
        position += 1
        return place
    }

    private func remembered(_ index: Int, _ prefix: String, _ key: String) -> Place? {
        let entry = entries[index]
        return entry.key == key && entry.prefix == prefix ? entry.place : nil
    }

    private func look(_ name: String) -> Place {
        if let columns = exact[name] { return columns.count == 1 ? .column(columns[0]) : .ambiguous }
        if let form = matching.folded(name), let columns = folded[form] {
            return columns.count == 1 ? .column(columns[0]) : .ambiguous
        }
        let prefix = name + "."
        return columns(below: prefix).isEmpty ? .missing : .nested(prefix: prefix)
    }

    /// The columns of a nested type.
    func columns(below prefix: String) -> [Int] {
        guard let list else { return [] }
        let form = matching.folded(prefix)
        return list.columns.indices.filter { index in
            let name = list.columns[index].name
            return name.hasPrefix(prefix) || form.flatMap { matching.folded(name)?.hasPrefix($0) } == true
        }
    }
}
