import SQLServer
import SeededRandom
import TestSupport
import Testing

/// A SQL type with its edges and a source of random values.
struct TypeCase: Sendable, CustomTestStringConvertible {
    let type: SQLType
    /// The smallest, the largest, empty ones, and whatever others lose.
    let edges: [SQLValue]
    let random: @Sendable (inout SeededGenerator) -> SQLValue

    init(_ type: SQLType, _ edges: [SQLValue], _ random: @escaping @Sendable (inout SeededGenerator) -> SQLValue) {
        self.type = type
        self.edges = edges
        self.random = random
    }

    var testDescription: String { type.description }

    /// The edges and NULL, and then random values.
    func values(_ count: Int, _ generator: inout SeededGenerator) -> [SQLValue] {
        edges + [.null] + (0..<count).map { _ in random(&generator) }
    }

    /// What a column of the type holds: fixed lengths are padded ("char and varchar", "binary and varbinary").
    func stored(_ value: SQLValue) -> SQLValue {
        switch value {
        case .string(let text) where type.description.hasPrefix("char(") || type.description.hasPrefix("nchar("):
            .string(text + String(repeating: " ", count: max(0, (type.length ?? 0) - text.utf16.count)))
        case .bytes(let bytes) where type.description.hasPrefix("binary("):
            .bytes(bytes + Array(repeating: 0, count: max(0, (type.length ?? 0) - bytes.count)))
        default: value
        }
    }
}

extension TypeCase {
    static let all = numbers + moments + texts + binaries

    static let numbers: [TypeCase] = [
        TypeCase(.bit, [.bit(false), .bit(true)]) { .bit(.random(using: &$0)) },
        TypeCase(.tinyInt, [.int(0), .int(255), .int(200)]) { .int(.random(in: 0...255, using: &$0)) },
        TypeCase(.smallInt, [.int(-32_768), .int(32_767), .int(-5)]) {
            .int(.random(in: -32_768...32_767, using: &$0))
        },
        TypeCase(.int, [.int(Int64(Int32.min)), .int(Int64(Int32.max)), .int(1234), .int(123_456), .int(-1)]) {
            .int(Int64(Int32.random(in: .min ... .max, using: &$0)))
        },
        TypeCase(.bigInt, [.int(.min), .int(.max), .int(Int64(Int32.max) + 1), .int(0)]) {
            .int(.random(in: .min ... .max, using: &$0))
        },
        TypeCase(
            .real,
            [
                .double(0), .double(Double(Float.greatestFiniteMagnitude)),
                .double(Double(-Float.greatestFiniteMagnitude)), .double(Double(Float.leastNormalMagnitude)),
                .double(Double(Float(0.1))),
            ]
        ) { .double(Double(Random.float(&$0))) },
        TypeCase(
            .float,
            [
                .double(0), .double(.greatestFiniteMagnitude), .double(-.greatestFiniteMagnitude),
                .double(.leastNormalMagnitude), .double(0.1), .double(1e-300), .double(.pi),
            ]
        ) { .double(Random.double(&$0)) },
        money(.smallMoney, Int64(Int32.min)...Int64(Int32.max)), money(.money, Int64.min...Int64.max),
        decimal(.decimal(9, 0)), decimal(.decimal(9, 9)), decimal(.decimal(10, 2)), decimal(.decimal(18, 4)),
        decimal(.numeric(19, 6)), decimal(.decimal(28, 10)), decimal(.decimal(38, 0)), decimal(.decimal(38, 10)),
        decimal(.numeric(38, 38)),
    ]

    private static func money(_ type: SQLType, _ range: ClosedRange<Int64>) -> TypeCase {
        TypeCase(type, [Int128(range.lowerBound), Int128(range.upperBound), 0].map { Random.decimal($0, 4) }) {
            Random.decimal(Int128(Int64.random(in: range, using: &$0)), 4)
        }
    }

    private static func decimal(_ type: SQLType) -> TypeCase {
        let (precision, scale) = (type.precision ?? 18, type.scale ?? 0)
        let limit = (0..<precision).reduce(Int128(1)) { product, _ in product * 10 } - 1
        let edges = [limit, -limit, 0, 1, -1].map { Random.decimal($0, scale) }
        return TypeCase(type, edges) { generator in
            // As many small numbers as large ones.
            let digits = Int.random(in: 1...precision, using: &generator)
            let bound = (0..<digits).reduce(Int128(1)) { product, _ in product * 10 } - 1
            return Random.decimal(Int128.random(in: -bound...bound, using: &generator), scale)
        }
    }

    static let moments: [TypeCase] =
        [
            TypeCase(.date, Random.dates(["0001-01-01", "1582-10-10", "1899-12-31", "2000-02-29", "9999-12-31"])) {
                Random.date(.random(in: 0...3_652_058, using: &$0))
            },
            TypeCase(.dateTime, Random.moments(["1753-01-01 00:00:00", "9999-12-31 23:59:59.997"])) { generator in
                // 1/300 s as it is shown: "datetime (Transact-SQL)", rounded to .000, .003 or .007 seconds.
                let day = Int.random(in: 639_905...3_652_058, using: &generator)
                let unit = Int.random(in: 0..<300 * 86_400, using: &generator)
                return Random.moment(day * Random.day + (unit * 10 + 1) / 3 * 10_000)
            },
            TypeCase(.smallDateTime, Random.moments(["1900-01-01 00:00:00", "2079-06-06 23:59:00"])) { generator in
                let minutes = Int.random(in: 0..<65_536 * 1_440, using: &generator)
                return Random.moment(693_595 * Random.day + minutes * 600_000_000)
            },
        ] + [0, 3, 7].flatMap { [time($0), dateTime2($0), dateTimeOffset($0)] }

    private static func time(_ scale: Int) -> TypeCase {
        let step = Random.step(scale)
        return TypeCase(.time(scale), [0, Random.day - step].map(Random.time)) {
            Random.time(.random(in: 0..<Random.day / step, using: &$0) * step)
        }
    }

    private static func dateTime2(_ scale: Int) -> TypeCase {
        let step = Random.step(scale)
        return TypeCase(.dateTime2(scale), [0, 3_652_059 * Random.day - step].map(Random.moment)) {
            Random.moment(.random(in: 0..<3_652_059 * Random.day / step, using: &$0) * step)
        }
    }

    private static func dateTimeOffset(_ scale: Int) -> TypeCase {
        let step = Random.step(scale)
        let last = 3_652_059 * Random.day - step
        // The clock at its offset stays within the years 1 to 9999 too ("datetimeoffset").
        let edges = [
            Random.offset(0, 0), Random.offset(0, 840), Random.offset(last, 0), Random.offset(last, -840),
            Random.offset(last / 2 / step * step, -210),
        ]
        return TypeCase(.dateTimeOffset(scale), edges) { generator in
            let ticks = Int.random(in: Random.day / step..<3_652_058 * Random.day / step, using: &generator) * step
            return Random.offset(ticks, .random(in: -840...840, using: &generator))
        }
    }

    static let texts: [TypeCase] = [
        TypeCase(.char(12), [.string(""), .string("abc"), .string("naïve €Šž")]) {
            Random.text(&$0, 0...12, Random.western)
        },
        TypeCase(.varChar(60), [.string(""), .string(" "), .string("it's ?"), .string("@p1 100% [x]_")]) {
            Random.text(&$0, 0...60, Random.western)
        },
        TypeCase(.varCharMax, [.string(""), .string(String(repeating: "€", count: 8_001))]) {
            Random.text(&$0, 0...80, Random.western)
        },
        TypeCase(.nChar(12), [.string(""), .string("日本語"), .string("👍👍")]) { Random.text(&$0, 0...6, Random.any) },
        TypeCase(
            .nVarChar(60),
            ["", " ", "zero\0inside", "👩‍👩‍👧‍👦 🏳️‍🌈", "e\u{301}", "\u{10FFFF}\u{FFFF}\u{FEFF}", "\r\n\t"].map { .string($0) }
        ) { Random.text(&$0, 0...30, Random.any) },
        TypeCase(
            .nVarCharMax,
            [
                .string(""), .string(String(repeating: "日", count: 4_000)),
                .string(String(repeating: "日", count: 4_001)),
                .string(String(repeating: "x", count: 8_001)), .string(String(repeating: "👍", count: 50_000)),
            ]
        ) { Random.text(&$0, 0...60, Random.any) },
        TypeCase(.text, [.string(""), .string(String(repeating: "€", count: 9_000))]) {
            Random.text(&$0, 0...40, Random.western)
        },
        TypeCase(.nText, [.string(""), .string(String(repeating: "👍", count: 9_000))]) {
            Random.text(&$0, 0...40, Random.any)
        },
    ]

    static let binaries: [TypeCase] = [
        TypeCase(.binary(16), [.bytes([]), .bytes([1]), .bytes(Array(repeating: 255, count: 16))]) {
            Random.bytes(&$0, 0...16)
        },
        TypeCase(.varBinary(60), [.bytes([]), .bytes([0]), .bytes([0, 0])]) { Random.bytes(&$0, 0...60) },
        TypeCase(
            .varBinaryMax,
            [.bytes([]), .bytes(Array(repeating: 7, count: 8_001)), .bytes(Array(repeating: 0xFF, count: 100_000))]
        ) { Random.bytes(&$0, 0...80) },
        TypeCase(.image, [.bytes([]), .bytes(Array(repeating: 7, count: 9_000))]) { Random.bytes(&$0, 0...40) },
        TypeCase(.uniqueIdentifier, [Random.identifier(Array(repeating: 0, count: 16))]) { generator in
            Random.identifier((0..<16).map { _ in .random(in: 0...255, using: &generator) })
        },
    ]
}
