import SQLValues

extension RowFunction {
    /// The table-valued functions that T-SQL has.
    static var builtIn: [RowFunction] {
        [
            RowFunction(name: "ts_string_split", width: 2) { arguments, _ in try SplitRows(arguments) },
            RowFunction(name: "ts_openjson", width: 1_024) { arguments, _ in try OpenJSONRows(arguments) },
            RowFunction(name: "ts_generate_series", width: 1) { arguments, _ in try SeriesRows(arguments) },
        ]
    }
}

/// STRING_SPLIT: `(text, separator, whether ordinals are wanted)`.
private final class SplitRows: RowProducer {
    private var rest: String?
    private let separator: String
    private var part = ""
    private var ordinal: Int64 = 0

    init(_ arguments: [StoredValue]) throws {
        guard arguments.count > 1, case .text(let separator) = arguments[1], separator.units == 1 else {
            throw ServerMessage.error(
                214, state: 11, "Procedure expects parameter 'separator' of type 'nchar(1)/nvarchar(1)'.")
        }
        self.separator = separator
        if case .text(let text) = arguments[0] { rest = text }
        if arguments.count > 2, case .integer(let flag) = arguments[2], flag != 0, flag != 1 {
            throw ServerMessage.error(
                4199, "Argument value \(flag) is invalid for argument 3 of string_split function.")
        }
    }

    func next() -> Bool {
        guard let text = rest else { return false }
        ordinal += 1
        let found = ScalarFunction.position(of: separator, in: text, from: 1)
        if found > 0 {
            part = text.substringUnits(from: 0, count: found - 1)
            rest = text.substringUnits(from: found, count: text.units - found)
        } else {
            part = text
            rest = nil
        }
        return true
    }

    func column(_ index: Int) -> StoredValue { index == 0 ? .text(part) : .integer(ordinal) }
}

/// GENERATE_SERIES: `(type code, start, stop, step)`; without a step it goes towards the stop by 1.
private final class SeriesRows: RowProducer {
    private let type: SQLType
    private var current: Int128 = 0
    private var stop: Int128 = 0
    private var step: Int128 = 0
    private var isStarted = false

    init(_ arguments: [StoredValue]) throws {
        guard case .integer(let code)? = arguments.first, let type = SQLType(code: code) else {
            throw ServerMessage.error(8624, "Internal error of the embedded server: a series without a type")
        }
        self.type = type
        let numbers = arguments.dropFirst().map { Self.number($0, type) }
        guard let first = numbers[0], let last = numbers[1] else { return }
        current = first
        stop = last
        let one = SQLDecimal.power(type.scale ?? 0)
        guard numbers.count > 2 else {
            step = first <= last ? one : -one
            return
        }
        guard let given = numbers[2] else { return }
        guard given != 0 else {
            throw ServerMessage.error(
                4199, "Argument value 0 is invalid for argument 3 of generate_series function.")
        }
        step = given
    }

    /// A number at the scale of the type.
    private static func number(_ value: StoredValue, _ type: SQLType) -> Int128? {
        switch StoredForm.decode(value, as: type) {
        case .int(let number): Int128(number)
        case .decimal(let number): number.rescaled(to: type.scale ?? 0)?.coefficient
        default: nil
        }
    }

    func next() -> Bool {
        guard step != 0 else { return false }
        if isStarted {
            let (sum, overflow) = current.addingReportingOverflow(step)
            if overflow { return false }
            current = sum
        }
        isStarted = true
        return step > 0 ? current <= stop : current >= stop
    }

    func column(_ index: Int) -> StoredValue {
        guard type.scale != nil || type.precision != nil else { return .integer(Int64(truncatingIfNeeded: current)) }
        guard let number = SQLDecimal(coefficient: current, scale: type.scale ?? 0) else { return .null }
        return StoredForm.encode(.decimal(number), as: type)
    }
}
