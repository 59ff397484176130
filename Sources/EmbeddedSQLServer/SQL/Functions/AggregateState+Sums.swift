import SQLValues

/// The one value of a subquery.
final class SingleState: AggregateState {
    private var result: StoredValue?

    func add(_ arguments: StoredArguments, _ context: FunctionContext) throws(ServerMessage) {
        guard result == nil else { throw .subqueryRows }
        result = arguments.stored(1)
    }

    func remove(_ arguments: StoredArguments) {}

    func value() -> StoredValue { result ?? .null }
}

/// SUM and AVG.
final class SumState: AggregateState {
    private let isAverage: Bool
    private var count = 0
    private var whole: Int128 = 0
    private var float = 0.0
    private var result = SQLType.int
    private var source = SQLType.int

    init(isAverage: Bool) { self.isAverage = isAverage }

    func add(_ arguments: StoredArguments, _ context: FunctionContext) throws(ServerMessage) {
        let value = read(arguments)
        if value.isNull {
            context.sawNull = true
        } else {
            try add(value, sign: 1)
        }
    }

    func remove(_ arguments: StoredArguments) throws(ServerMessage) {
        let value = read(arguments)
        if !value.isNull { try add(value, sign: -1) }
    }

    /// The value, which with DISTINCT comes packed with its types.
    private func read(_ arguments: StoredArguments) -> SQLValue {
        guard arguments.count > 1 else {
            guard !arguments[0].isNull else { return .null }
            let packed = PackedValue.unpack(arguments[0].bytes)
            result = SQLType(code: packed.result) ?? .int
            source = SQLType(code: packed.source) ?? .int
            return StoredForm.decode(packed.value, as: source)
        }
        result = SQLType(code: arguments[0].integer) ?? .int
        source = SQLType(code: arguments[2].integer) ?? .int
        return StoredForm.decode(arguments[1], as: source)
    }

    private func add(_ value: SQLValue, sign: Int) throws(ServerMessage) {
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

    func value() throws(ServerMessage) -> StoredValue {
        guard count > 0 else { return .null }
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

/// STDEV, STDEVP, VAR and VARP of floats.
final class MomentState: AggregateState {
    private let isRoot: Bool
    private let isSample: Bool
    private var count = 0.0
    private var sum = 0.0
    private var squares = 0.0

    init(isRoot: Bool, isSample: Bool) {
        self.isRoot = isRoot
        self.isSample = isSample
    }

    func add(_ arguments: StoredArguments, _ context: FunctionContext) {
        guard let number = number(arguments) else {
            context.sawNull = true
            return
        }
        count += 1
        sum += number
        squares += number * number
    }

    func remove(_ arguments: StoredArguments) {
        guard let number = number(arguments) else { return }
        count -= 1
        sum -= number
        squares -= number * number
    }

    private func number(_ arguments: StoredArguments) -> Double? {
        var value = SQLValue.null
        if arguments.count > 1 {
            value = StoredForm.decode(arguments[1], as: .float)
        } else if !arguments[0].isNull {
            value = StoredForm.decode(PackedValue.unpack(arguments[0].bytes).value, as: .float)
        }
        if case .double(let number) = value { return number }
        return nil
    }

    func value() throws(ServerMessage) -> StoredValue {
        let degrees = isSample ? count - 1 : count
        guard count > 0, degrees > 0 else { return .null }
        let variance = max(0, (squares - sum * sum / count) / degrees)
        guard variance.isFinite else { throw .overflow(.float) }
        return StoredForm.encode(.double(isRoot ? variance.squareRoot() : variance), as: .float)
    }
}
