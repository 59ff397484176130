import SQLValues

extension ScalarFunction {
    /// What queries need around SQLite's own words.
    static let queries: [ScalarFunction] = [
        // The level of a row of a recursive common table expression: `(level before, limit)`.
        .stored("ts_level", isDeterministic: false) { arguments, _ throws(ServerMessage) in
            let (level, limit) = (arguments[0].integer + 1, arguments[1].integer)
            guard limit == 0 || level <= limit else {
                throw .error(
                    530,
                    "The statement terminated. The maximum recursion \(limit) has been exhausted before statement completion."
                )
            }
            return .integer(level)
        },
        // The rows of TOP PERCENT: `(all rows, percentage as float)`.
        .stored("ts_percent") { arguments, _ throws(ServerMessage) in
            guard case .double(let percentage) = StoredForm.decode(arguments[1], as: .float) else {
                throw .error(1014, "A TOP or FETCH clause contains an invalid value.")
            }
            guard (0...100).contains(percentage) else {
                throw .error(1031, "Percent values must be between 0 and 100.")
            }
            return .integer(Int64((Double(arguments[0].integer) * percentage / 100).rounded(.up)))
        },
        // A number of SQLite's own as float.
        .stored("ts_real") { arguments, _ throws(ServerMessage) in
            arguments[0].isNull ? .null : StoredForm.encode(.double(arguments[0].real), as: .float)
        },
        // How far LAG and LEAD look.
        .stored("ts_offset") { arguments, _ throws(ServerMessage) in
            guard !arguments[0].isNull, arguments[0].integer >= 0 else {
                throw .error(8730, "Offset parameter for Lag and Lead functions cannot be a negative value.")
            }
            return .integer(arguments[0].integer)
        },
        // The number of groups of NTILE.
        .stored("ts_buckets") { arguments, _ throws(ServerMessage) in
            guard !arguments[0].isNull, arguments[0].integer > 0 else {
                throw .error(
                    9819, "The function 'NTILE' takes only a positive int or bigint expression as its input.")
            }
            return .integer(arguments[0].integer)
        },
        // An aggregate's value with its types in one: `(result type, value, type)`.
        .stored("ts_pack") { arguments, _ throws(ServerMessage) in
            arguments[1].isNull
                ? .null : .blob(PackedValue.pack(arguments[0].integer, arguments.stored(1), arguments[2].integer))
        },
    ]
}

/// A stored value with the types that an aggregate needs, as bytes that are equal when the values are.
enum PackedValue {
    static func pack(_ result: Int64, _ value: StoredValue, _ source: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in [result, source] { append(number, to: &bytes) }
        switch value {
        case .null: break
        case .integer(let number):
            bytes.append(1)
            append(number, to: &bytes)
        case .text(let text): bytes += [2] + Array(text.utf8)
        case .blob(let blob): bytes += [3] + blob
        }
        return bytes
    }

    static func unpack(_ bytes: [UInt8]) -> (result: Int64, value: StoredValue, source: Int64) {
        let rest = bytes.dropFirst(17)
        let value: StoredValue =
            switch bytes.count > 16 ? bytes[16] : 0 {
            case 1: .integer(number(rest))
            case 2: .text(String(decoding: rest, as: UTF8.self))
            case 3: .blob(Array(rest))
            default: .null
            }
        return (number(bytes.prefix(8)), value, number(bytes.dropFirst(8).prefix(8)))
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int64 {
        Int64(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
