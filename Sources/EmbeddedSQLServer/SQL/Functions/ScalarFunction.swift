internal import CSQLite
import SQLValues

/// A function of ours in SQLite.
struct ScalarFunction: Sendable {
    /// What the function does.
    enum Body: Sendable {
        /// Values with their types: SQLite passes the result's type code, then each value and its type code.
        case typed(@Sendable (FunctionArguments) throws(ServerMessage) -> SQLValue)
        /// Stored forms as they are.
        case stored(@Sendable (StoredArguments, FunctionContext) throws(ServerMessage) -> StoredValue)
    }

    let name: String
    let isDeterministic: Bool
    let body: Body

    /// A function of typed values.
    static func typed(
        _ name: String, isDeterministic: Bool = true,
        _ body: @escaping @Sendable (FunctionArguments) throws(ServerMessage) -> SQLValue
    ) -> ScalarFunction {
        ScalarFunction(name: name, isDeterministic: isDeterministic, body: .typed(body))
    }

    /// A function of stored forms.
    static func stored(
        _ name: String, isDeterministic: Bool = true,
        _ body: @escaping @Sendable (StoredArguments, FunctionContext) throws(ServerMessage) -> StoredValue
    ) -> ScalarFunction {
        ScalarFunction(name: name, isDeterministic: isDeterministic, body: .stored(body))
    }

    /// All functions, by topic.
    static let all: [ScalarFunction] =
        conversions + integers + arithmetic + strings + textTests + textTools + mathematics + moreMathematics + dates
        + dateParts + formats + collations + controls + queries + json + metadata + securityLookups

    /// The typed functions by name, for folding constants.
    static let typedByName: [String: @Sendable (FunctionArguments) throws(ServerMessage) -> SQLValue] = {
        var table: [String: @Sendable (FunctionArguments) throws(ServerMessage) -> SQLValue] = [:]
        for function in all {
            if case .typed(let body) = function.body, function.isDeterministic { table[function.name] = body }
        }
        return table
    }()
}

/// The arguments of a typed function.
struct FunctionArguments {
    var values: [SQLValue]
    var types: [SQLType]
    let result: SQLType

    var count: Int { values.count }
    var hasNull: Bool { values.contains { $0.isNull } }

    /// A text argument; NULL and other types read as an empty text.
    func text(_ index: Int) -> String {
        if case .string(let text) = values[index] { return text }
        return ""
    }

    /// An integer argument; NULL and other types read as 0.
    func integer(_ index: Int) -> Int {
        if case .int(let number) = values[index] { return Int(number) }
        if case .bit(let flag) = values[index] { return flag ? 1 : 0 }
        return 0
    }

    /// A float argument; NULL and other types read as 0.
    func double(_ index: Int) -> Double {
        if case .double(let number) = values[index] { return number }
        return 0
    }
}

/// The arguments of a function of stored forms.
@safe
struct StoredArguments {
    let count: Int
    private let start: UnsafeMutablePointer<OpaquePointer?>?

    init(count: Int32, start: UnsafeMutablePointer<OpaquePointer?>?) {
        self.count = Int(count)
        unsafe self.start = start
    }

    subscript(index: Int) -> ArgumentCell {
        guard index < count, let start = unsafe start else { return unsafe ArgumentCell(nil) }
        return unsafe ArgumentCell(start[index])
    }

    /// An argument as it came.
    func stored(_ index: Int) -> StoredValue {
        guard index < count, let start = unsafe start else { return .null }
        switch unsafe sqlite3_value_type(start[index]) {
        case SQLITE_INTEGER: return .integer(self[index].integer)
        case SQLITE_TEXT: return .text(self[index].text)
        case SQLITE_BLOB: return .blob(self[index].bytes)
        default: return .null
        }
    }
}

/// A function with the statement context of its connection, owned by SQLite.
final class FunctionBox {
    let function: ScalarFunction
    let context: FunctionContext

    init(function: ScalarFunction, context: FunctionContext) {
        self.function = function
        self.context = context
    }

    fileprivate func call(_ arguments: StoredArguments) throws(ServerMessage) -> StoredValue {
        switch function.body {
        case .stored(let body): return try body(arguments, context)
        case .typed(let body):
            guard let result = SQLType(code: arguments[0].integer) else { return .null }
            var values: [SQLValue] = []
            var types: [SQLType] = []
            values.reserveCapacity(arguments.count / 2)
            types.reserveCapacity(arguments.count / 2)
            var index = 1
            while index + 1 < arguments.count {
                guard let type = SQLType(code: arguments[index + 1].integer) else { return .null }
                values.append(StoredForm.decode(arguments[index], as: type))
                types.append(type)
                index += 2
            }
            return StoredForm.encode(
                try body(FunctionArguments(values: values, types: types, result: result)), as: result)
        }
    }
}

func callScalar(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    guard let data = unsafe sqlite3_user_data(context) else { return }
    let box = unsafe Unmanaged<FunctionBox>.fromOpaque(data).takeUnretainedValue()
    do throws(ServerMessage) {
        unsafe setResult(context, try box.call(StoredArguments(count: count, start: arguments)))
    } catch {
        unsafe setError(context, error, box.context)
    }
}

func releaseBox(_ data: UnsafeMutableRawPointer?) {
    guard let data = unsafe data else { return }
    unsafe Unmanaged<FunctionBox>.fromOpaque(data).release()
}

/// Hands a function's error to the statement.
@unsafe func setError(_ context: OpaquePointer?, _ error: ServerMessage, _ owner: FunctionContext) {
    if owner.error == nil { owner.error = error }
    unsafe sqlite3_result_error(context, "raised", -1)
}

/// Hands a function's result to SQLite.
@unsafe func setResult(_ context: OpaquePointer?, _ value: StoredValue) {
    switch value {
    case .null: unsafe sqlite3_result_null(context)
    case .integer(let number): unsafe sqlite3_result_int64(context, number)
    case .text(var text):
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else {
                unsafe csqlite_result_text(context, "", 0)
                return
            }
            unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                unsafe csqlite_result_text(context, $0, Int32(bytes.count))
            }
        }
    case .blob(let bytes):
        unsafe bytes.withUnsafeBytes { unsafe csqlite_result_blob(context, $0.baseAddress, Int32($0.count)) }
    }
}
