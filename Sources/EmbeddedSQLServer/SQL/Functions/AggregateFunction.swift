internal import CSQLite
import SQLValues

/// Aggregates of ours in SQLite: `name(result type code, value, type code)`.
enum AggregateFunction: String, CaseIterable {
    /// SUM with SQL Server's result types and overflow.
    case sum = "ts_sum"
    /// AVG, which cuts for integers.
    case average = "ts_avg"
    /// The value of a subquery: more than one row is Msg 512.
    case single = "ts_single"
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

/// The running state of one group.
private final class Accumulator {
    var count = 0
    var whole: Int128 = 0
    var float = 0.0
    var value = StoredValue.null
    var result = SQLType.int
    var source = SQLType.int

    func add(_ value: SQLValue, sign: Int) throws(ServerMessage) {
        switch value {
        case .int(let number): try addWhole(Int128(number) * Int128(sign))
        case .bit(let flag): try addWhole((flag ? 1 : 0) * Int128(sign))
        case .decimal(let number):
            let scale = source.scale ?? 4
            try addWhole((number.rescaled(to: scale) ?? number).coefficient * Int128(sign))
        case .double(let number): float += number * Double(sign)
        default: return
        }
        count += sign
    }

    private func addWhole(_ number: Int128) throws(ServerMessage) {
        let (sum, overflow) = whole.addingReportingOverflow(number)
        guard !overflow, sum.magnitude < SQLDecimal.limit.magnitude else { throw .overflow(result) }
        whole = sum
    }

    func finish(_ function: AggregateFunction) throws(ServerMessage) -> StoredValue {
        guard function != .single else { return value }
        guard count > 0 else { return .null }
        let isAverage = function == .average
        switch result.kind {
        case .real, .float:
            let total = isAverage ? float / Double(count) : float
            guard total.isFinite else { throw .overflow(result) }
            return StoredForm.encode(.double(total), as: result)
        case .decimal, .numeric, .money, .smallMoney:
            let scale = source.scale ?? (source.kind == .money || source.kind == .smallMoney ? 4 : 0)
            guard let total = SQLDecimal(coefficient: whole, scale: scale) else { throw .overflow(result) }
            let target = result.scale ?? 4
            let value = isAverage ? total.combined(.divide, with: SQLDecimal(count), scale: target) : total
            guard let value else { throw .overflow(result) }
            return StoredForm.encode(try Conversion.convert(.decimal(value), from: result, to: result), as: result)
        default:
            let total = isAverage ? whole / Int128(count) : whole
            guard let number = Int64(exactly: total), IntegerRange.of(result.kind).contains(number) else {
                throw .overflow(result)
            }
            return .integer(number)
        }
    }
}

/// SQLite keeps eight zeroed bytes for each group, in which our accumulator's reference stands.
@unsafe private func accumulator(_ context: OpaquePointer?, creating: Bool) -> Accumulator? {
    let size = unsafe Int32(MemoryLayout<UnsafeMutableRawPointer?>.size)
    guard let place = unsafe sqlite3_aggregate_context(context, creating ? size : 0) else { return nil }
    let slot = unsafe place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    if let existing = unsafe slot.pointee {
        return unsafe Unmanaged<Accumulator>.fromOpaque(existing).takeUnretainedValue()
    }
    guard creating else { return nil }
    let made = Accumulator()
    unsafe slot.pointee = Unmanaged.passRetained(made).toOpaque()
    return made
}

@unsafe private func box(_ context: OpaquePointer?) -> AggregateBox? {
    guard let data = unsafe sqlite3_user_data(context) else { return nil }
    return unsafe Unmanaged<AggregateBox>.fromOpaque(data).takeUnretainedValue()
}

@unsafe private func accumulate(
    _ context: OpaquePointer?, _ count: Int32, _ start: UnsafeMutablePointer<OpaquePointer?>?, sign: Int
) {
    guard let box = unsafe box(context), let state = unsafe accumulator(context, creating: true) else { return }
    let arguments = unsafe StoredArguments(count: count, start: start)
    do throws(ServerMessage) {
        if box.function == .single {
            guard state.count == 0 else { throw .subqueryRows }
            state.count = 1
            state.value = arguments.stored(1)
            return
        }
        guard let result = SQLType(code: arguments[0].integer), let source = SQLType(code: arguments[2].integer) else {
            return
        }
        (state.result, state.source) = (result, source)
        let value = StoredForm.decode(arguments[1], as: source)
        if value.isNull {
            box.context.sawNull = true
        } else {
            try state.add(value, sign: sign)
        }
    } catch {
        unsafe setError(context, error, box.context)
    }
}

func stepAggregate(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    unsafe accumulate(context, count, arguments, sign: 1)
}

func inverseAggregate(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    unsafe accumulate(context, count, arguments, sign: -1)
}

func valueOfAggregate(_ context: OpaquePointer?) {
    guard let box = unsafe box(context) else { return }
    guard let state = unsafe accumulator(context, creating: false) else {
        unsafe sqlite3_result_null(context)
        return
    }
    do throws(ServerMessage) {
        unsafe setResult(context, try state.finish(box.function))
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
    unsafe Unmanaged<Accumulator>.fromOpaque(existing).release()
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
