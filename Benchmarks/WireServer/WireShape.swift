import SQLValues
import TDSProtocol

/// The columns of a result and its rows, made by a rule.
struct WireShape: Sendable {
    let columns: [ColumnDescription]
    /// The values of a row, from its number.
    let row: @Sendable (Int) -> [SQLValue]

    private init(_ types: [SQLType], isNullable: Bool = false, row: @escaping @Sendable (Int) -> [SQLValue]) {
        columns = types.enumerated().map { index, type in
            ColumnDescription(
                name: "c\(index)", type: TypeInfo(type, isNullable: isNullable), flags: isNullable ? .nullable : [])
        }
        self.row = row
    }

    /// The shapes by the names that queries call them.
    static let all: [String: WireShape] = [
        "one": WireShape([.int]) { _ in [.int(1)] },
        "integers": WireShape(Array(repeating: .int, count: 10)) { number in
            (0..<10).map { .int(Int64(number * 10 + $0)) }
        },
        "ascii": WireShape(Array(repeating: .nVarChar(20), count: 10)) { number in
            (0..<10).map { .string("Ada Lovelace \(number % 1_000 + $0)") }
        },
        "unicode": WireShape(Array(repeating: .nVarChar(20), count: 10)) { number in
            (0..<10).map { .string("Zo\u{EB} \u{17D}i\u{17E}ek \u{65E5}\u{672C} \(number % 1_000 + $0)") }
        },
        "mixed": WireShape(
            [
                .int, .nVarChar(50), .decimal(18, 4), .dateTime2(7), .uniqueIdentifier, .bigInt, .float, .nVarChar(20),
            ], row: mixed),
        "nulls": WireShape(Array(repeating: .int, count: 10), isNullable: true) { number in
            (0..<10).map { (number + $0).isMultiple(of: 2) ? .null : .int(Int64(number + $0)) }
        },
        "large": WireShape([.nVarCharMax]) { number in
            [.string(String(repeating: "T-SQL \(number % 10) ", count: 6_400))]
        },
    ]

    private static func mixed(_ number: Int) -> [SQLValue] {
        var bytes = [UInt8](repeating: 0x42, count: 16)
        bytes[15] = UInt8(number & 0xFF)
        let amount = SQLDecimal(coefficient: Int128(number) * 1_234, scale: 4)
        // Ticks of 100 ns from year 1: a moment of 2026 and some seconds.
        let moment = SQLDateTime(ticksSinceYearOne: 639_000_000_000_000_000 + number % 86_400 * 10_000_000)
        return [
            .int(Int64(number)), .string("Customer number \(number % 10_000)"), amount.map { .decimal($0) } ?? .null,
            moment.map { .dateTime($0) } ?? .null,
            SQLUniqueIdentifier(wireBytes: bytes).map { .uniqueIdentifier($0) } ?? .null,
            .int(Int64(number) << 20), .double(Double(number) / 7), .string("note \(number % 100)"),
        ]
    }
}
