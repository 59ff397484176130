import Foundation
import SQLValues

extension ScalarFunction {
    /// Angles, logarithms with a base, bits, and the greatest and least of values.
    static let moreMathematics: [ScalarFunction] = [
        double("ts_acos") { abs($0) > 1 ? nil : Foundation.acos($0) },
        double("ts_asin") { abs($0) > 1 ? nil : Foundation.asin($0) },
        double("ts_atan") { Foundation.atan($0) },
        double("ts_cot") { 1 / Foundation.tan($0) },
        double("ts_degrees") { $0 * 180 / .pi },
        double("ts_radians") { $0 * .pi / 180 },
        .typed("ts_atn2") { arguments throws(ServerMessage) in
            if arguments.hasNull { return .null }
            guard arguments.double(0) != 0 || arguments.double(1) != 0 else { throw domain }
            return .double(Foundation.atan2(arguments.double(0), arguments.double(1)))
        },
        .typed("ts_log_base") { arguments throws(ServerMessage) in
            if arguments.hasNull { return .null }
            let (value, base) = (arguments.double(0), arguments.double(1))
            guard value > 0, base > 0, base != 1 else { throw domain }
            return .double(Foundation.log(value) / Foundation.log(base))
        },
        .stored("ts_rand", isDeterministic: false) { arguments, context in
            StoredForm.encode(.double(context.random(at: Int(arguments[0].integer))), as: .float)
        },
        extreme("ts_greatest", sign: 1), extreme("ts_least", sign: -1),
        .typed("ts_shift") { arguments in
            guard !arguments.hasNull else { return .null }
            let width = bits(arguments.types[0])
            let (value, count) = (unsigned(arguments.integer(0), width), arguments.integer(1))
            guard abs(count) < width else { return .int(0) }
            return .int(signed(count >= 0 ? value << UInt64(count) : value >> UInt64(-count), arguments.types[0]))
        },
        .typed("ts_bit_count") { arguments in
            guard !arguments.hasNull else { return .null }
            if case .bytes(let bytes) = arguments.values[0] {
                return .int(Int64(bytes.reduce(0) { $0 + $1.nonzeroBitCount }))
            }
            return .int(Int64(unsigned(arguments.integer(0), bits(arguments.types[0])).nonzeroBitCount))
        },
        .typed("ts_get_bit") { arguments throws(ServerMessage) in
            guard !arguments.hasNull else { return .null }
            let width = bits(arguments.types[0])
            let place = try offset(arguments.integer(1), width, "GET_BIT")
            return .bit(unsigned(arguments.integer(0), width) >> place & 1 == 1)
        },
        .typed("ts_set_bit") { arguments throws(ServerMessage) in
            guard !arguments.hasNull else { return .null }
            let width = bits(arguments.types[0])
            let mask = UInt64(1) << (try offset(arguments.integer(1), width, "SET_BIT"))
            let value = unsigned(arguments.integer(0), width)
            return .int(signed(arguments.integer(2) == 0 ? value & ~mask : value | mask, arguments.types[0]))
        },
    ]

    private static let domain = ServerMessage.error(3623, "An invalid floating point operation occurred.")

    private static func double(_ name: String, _ function: @escaping @Sendable (Double) -> Double?) -> ScalarFunction {
        .typed(name) { arguments throws(ServerMessage) in
            if arguments.hasNull { return .null }
            guard let value = function(arguments.double(0)) else { throw domain }
            guard value.isFinite else {
                throw .unsupported("a result of \(name.dropFirst(3).uppercased()) without end")
            }
            return try Conversion.convert(.double(value), from: .float, to: arguments.result)
        }
    }

    private static func extreme(_ name: String, sign: Int) -> ScalarFunction {
        .typed(name) { arguments in
            var best = SQLValue.null
            for value in arguments.values where !value.isNull {
                if best.isNull || StoredForm.compare(value, best, as: arguments.result) * sign > 0 { best = value }
            }
            return best
        }
    }

    private static func bits(_ type: SQLType) -> Int {
        switch type.kind {
        case .bit: 1
        case .tinyInt: 8
        case .smallInt: 16
        case .int: 32
        default: 64
        }
    }

    private static func unsigned(_ value: Int, _ width: Int) -> UInt64 {
        let all = UInt64(bitPattern: Int64(value))
        return width == 64 ? all : all & (UInt64(1) << UInt64(width) - 1)
    }

    private static func signed(_ bits: UInt64, _ type: SQLType) -> Int64 {
        switch type.kind {
        case .tinyInt: Int64(bits & 0xFF)
        case .smallInt: Int64(Int16(truncatingIfNeeded: bits))
        case .int: Int64(Int32(truncatingIfNeeded: bits))
        default: Int64(bitPattern: bits)
        }
    }

    private static func offset(_ place: Int, _ width: Int, _ function: String) throws(ServerMessage) -> UInt64 {
        guard (0..<width).contains(place) else { throw .unsupported("\(function) of bit \(place)") }
        return UInt64(place)
    }
}

extension StoredForm {
    /// Less than, equal to or greater than 0, as SQL Server orders two values of a type.
    static func compare(_ a: SQLValue, _ b: SQLValue, as type: SQLType) -> Int {
        switch (encode(a, as: type), encode(b, as: type)) {
        case (.integer(let x), .integer(let y)): return x < y ? -1 : x > y ? 1 : 0
        case (.text(let x), .text(let y)):
            if case .dateTimeOffset(let p) = a, case .dateTimeOffset(let q) = b {
                return p.utc < q.utc ? -1 : p.utc > q.utc ? 1 : 0
            }
            return type.kind.isNational ? LinguisticCollation.compare(x, y) : TextCollation.compare(x, y)
        case (.blob(let x), .blob(let y)):
            return x == y ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
        default: return 0
        }
    }
}
