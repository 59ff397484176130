import SQLValues

/// STRING_AGG: `(type, text, its type, separator, key, how it sorts, …)`.
final class TextsState: AggregateState {
    private var items: [(text: String, keys: [SortKey])] = []
    private var separator = ""
    private var type = SQLType.nVarCharMax

    func add(_ arguments: StoredArguments, _ context: FunctionContext) {
        type = SQLType(code: arguments[0].integer) ?? type
        guard !arguments[1].isNull else { return }
        separator = arguments[3].text
        var keys: [SortKey] = []
        var index = 4
        while index + 1 < arguments.count {
            keys.append(SortKey(value: arguments.stored(index), code: arguments[index + 1].integer))
            index += 2
        }
        items.append((arguments[1].text, keys))
    }

    func remove(_ arguments: StoredArguments) {}

    func value() throws(ServerMessage) -> StoredValue {
        guard let first = items.first else { return .null }
        if !first.keys.isEmpty { items.sort { SortKey.precedes($0.keys, $1.keys) } }
        let text = items.map(\.text).joined(separator: separator)
        if let limit = type.length, text.units > limit {
            throw .error(
                9829,
                "STRING_AGG aggregation result exceeded the limit of 8000 bytes. Use LOB types to avoid result truncation."
            )
        }
        return .text(text)
    }
}

/// PERCENTILE_CONT and PERCENTILE_DISC: `(type, value, its type, fraction, how values sort)`.
final class PercentileState: AggregateState {
    private let isContinuous: Bool
    private var items: [SortKey] = []
    private var fraction = SQLValue.null

    init(isContinuous: Bool) { self.isContinuous = isContinuous }

    func add(_ arguments: StoredArguments, _ context: FunctionContext) {
        fraction = StoredForm.decode(arguments[3], as: .float)
        guard !arguments[1].isNull else { return }
        items.append(SortKey(value: arguments.stored(1), code: arguments[4].integer))
    }

    func remove(_ arguments: StoredArguments) {
        guard let index = items.firstIndex(where: { $0.value == arguments.stored(1) }) else { return }
        items.remove(at: index)
    }

    func value() throws(ServerMessage) -> StoredValue {
        guard case .double(let share) = fraction, (0...1).contains(share) else {
            throw .error(8727, "Input parameter of percentile function is outside of range [0, 1].")
        }
        guard !items.isEmpty else { return .null }
        let sorted = items.sorted { SortKey.precedes([$0], [$1]) }
        guard isContinuous else {
            let place = Int((share * Double(sorted.count)).rounded(.up)) - 1
            return sorted[min(max(0, place), sorted.count - 1)].value
        }
        let place = share * Double(sorted.count - 1)
        let (low, high) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
        guard case .double(let a) = StoredForm.decode(sorted[low].value, as: .float),
            case .double(let b) = StoredForm.decode(sorted[high].value, as: .float)
        else { return .null }
        return StoredForm.encode(.double(low == high ? a : a + (place - Double(low)) * (b - a)), as: .float)
    }
}

/// FIRST_VALUE, LAST_VALUE, LAG and LEAD with IGNORE NULLS: `(type, value, its type, which, otherwise)`.
final class PlaceState: AggregateState {
    private let isLast: Bool
    private var items: [StoredValue] = []
    private var place = 1
    private var otherwise = StoredValue.null

    init(isLast: Bool) { self.isLast = isLast }

    func add(_ arguments: StoredArguments, _ context: FunctionContext) {
        if arguments.count > 4 {
            place = Int(arguments[3].integer)
            otherwise = arguments.stored(4)
        }
        if !arguments[1].isNull { items.append(arguments.stored(1)) }
    }

    func remove(_ arguments: StoredArguments) {
        if !arguments[1].isNull, !items.isEmpty { items.removeFirst() }
    }

    func value() -> StoredValue {
        guard place > 0, place <= items.count else { return otherwise }
        return isLast ? items[items.count - place] : items[place - 1]
    }
}
