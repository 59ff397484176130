internal import CSQLite
import SQLValues

/// Aggregates of ours in SQLite: `name(result type code, value, type code, …)`.
enum AggregateFunction: String, CaseIterable {
    /// SUM with SQL Server's result types and overflow.
    case sum = "ts_sum"
    /// AVG, which cuts for integers.
    case average = "ts_avg"
    /// The value of a subquery: more than one row is Msg 512.
    case single = "ts_single"
    case deviation = "ts_stdev"
    case populationDeviation = "ts_stdevp"
    case variance = "ts_var_of"
    case populationVariance = "ts_varp"
    /// STRING_AGG: also the separator, then keys and how they sort.
    case texts = "ts_string_agg"
    /// PERCENTILE_CONT and PERCENTILE_DISC: also the fraction and how the values sort.
    case percentile = "ts_percentile"
    case percentileOf = "ts_percentile_of"
    /// The first or last value that is not NULL: also which one of them, and what stands for none.
    case first = "ts_first"
    case last = "ts_last"
    /// FOR JSON and FOR XML: how, and the values of a row.
    case document = "ts_document"

    fileprivate func makeState() -> any AggregateState {
        switch self {
        case .sum, .average: SumState(isAverage: self == .average)
        case .single: SingleState()
        case .deviation: MomentState(isRoot: true, isSample: true)
        case .populationDeviation: MomentState(isRoot: true, isSample: false)
        case .variance: MomentState(isRoot: false, isSample: true)
        case .populationVariance: MomentState(isRoot: false, isSample: false)
        case .texts: TextsState()
        case .percentile: PercentileState(isContinuous: true)
        case .percentileOf: PercentileState(isContinuous: false)
        case .first: PlaceState(isLast: false)
        case .last: PlaceState(isLast: true)
        case .document: DocumentState()
        }
    }
}

/// The running state of one group, or of one window.
protocol AggregateState: AnyObject {
    func add(_ arguments: StoredArguments, _ context: FunctionContext) throws(ServerMessage)
    /// Takes back what left the window.
    func remove(_ arguments: StoredArguments) throws(ServerMessage)
    func value() throws(ServerMessage) -> StoredValue
}

/// An aggregate with the statement context of its connection, owned by SQLite.
final class AggregateBox {
    let function: AggregateFunction
    let context: FunctionContext

    init(function: AggregateFunction, context: FunctionContext) {
        self.function = function
        self.context = context
    }
}

/// SQLite keeps eight zeroed bytes for each group, in which the reference to this stands.
private final class StateBox {
    let state: any AggregateState

    init(_ state: any AggregateState) { self.state = state }
}

@unsafe private func state(_ context: OpaquePointer?, making function: AggregateFunction?) -> (any AggregateState)? {
    let size = unsafe Int32(MemoryLayout<UnsafeMutableRawPointer?>.size)
    guard let place = unsafe sqlite3_aggregate_context(context, function == nil ? 0 : size) else { return nil }
    let slot = unsafe place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    if let existing = unsafe slot.pointee {
        return unsafe Unmanaged<StateBox>.fromOpaque(existing).takeUnretainedValue().state
    }
    guard let function else { return nil }
    let made = StateBox(function.makeState())
    unsafe slot.pointee = Unmanaged.passRetained(made).toOpaque()
    return made.state
}

@unsafe private func box(_ context: OpaquePointer?) -> AggregateBox? {
    guard let data = unsafe sqlite3_user_data(context) else { return nil }
    return unsafe Unmanaged<AggregateBox>.fromOpaque(data).takeUnretainedValue()
}

@unsafe private func accumulate(
    _ context: OpaquePointer?, _ count: Int32, _ start: UnsafeMutablePointer<OpaquePointer?>?, isAdded: Bool
) {
    guard let box = unsafe box(context), let state = unsafe state(context, making: box.function) else { return }
    let arguments = unsafe StoredArguments(count: count, start: start)
    do throws(ServerMessage) {
        if isAdded {
            try state.add(arguments, box.context)
        } else {
            try state.remove(arguments)
        }
    } catch {
        unsafe setError(context, error, box.context)
    }
}

func stepAggregate(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    unsafe accumulate(context, count, arguments, isAdded: true)
}

func inverseAggregate(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    unsafe accumulate(context, count, arguments, isAdded: false)
}

func valueOfAggregate(_ context: OpaquePointer?) {
    guard let box = unsafe box(context) else { return }
    guard let state = unsafe state(context, making: nil) else {
        unsafe sqlite3_result_null(context)
        return
    }
    do throws(ServerMessage) {
        unsafe setResult(context, try state.value())
    } catch {
        unsafe setError(context, error, box.context)
    }
}

func finishAggregate(_ context: OpaquePointer?) {
    unsafe valueOfAggregate(context)
    let size: Int32 = 0
    guard let place = unsafe sqlite3_aggregate_context(context, size) else { return }
    let slot = unsafe place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    guard let existing = unsafe slot.pointee else { return }
    unsafe slot.pointee = nil
    unsafe Unmanaged<StateBox>.fromOpaque(existing).release()
}

func releaseAggregateBox(_ data: UnsafeMutableRawPointer?) {
    guard let data = unsafe data else { return }
    unsafe Unmanaged<AggregateBox>.fromOpaque(data).release()
}

extension ServerMessage {
    static let subqueryRows = error(
        512,
        "Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or"
            + " when the subquery is used as an expression.")
}
