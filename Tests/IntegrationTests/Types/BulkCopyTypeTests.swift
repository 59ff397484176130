import Foundation
import SQLServer
import SeededRandom
import TestSupport
import Testing

/// Every type through a bulk copy: random values and the edges come back bit by bit, as a SELECT reads them.
///
/// A failure names its seed.
@Suite(.serialized, .timeLimit(.minutes(3))) struct BulkCopyTypeTests {
    private static let seed = TypeTests.seed &+ 2

    @Test(arguments: TypeTests.runs) func valuesKeepEveryBit(run: TypeTests.Run) async throws {
        var generator = SeededGenerator(seed: Self.seed)
        let values = run.type.values(2_000, &generator)
        try await withTestClient(run.engine) { db in
            try await db.execute("CREATE TABLE dbo.T (N int NOT NULL, V \(unsafe: "\(run.type.type)") NULL)")
            let rows = values.enumerated().map { index, value in
                [SQLTypedValue(.int(Int64(index)), as: .int), SQLTypedValue(value, as: run.type.type)]
            }
            let copied = try await db.bulkCopy(into: "dbo.T", columns: ["N", "V"], rows: rows)
            #expect(copied.rowsCommitted == values.count)
            let back = try await db.query("SELECT V FROM dbo.T ORDER BY N")
            try #require(back.count == values.count)
            for (index, row) in back.enumerated() {
                let (expected, actual) = (run.type.stored(values[index]), try row.cell(at: 0).value)
                guard !TypeTests.areIdentical(expected, actual) else { continue }
                Issue.record("value \(index) of seed \(Self.seed): \(expected) came back as \(actual)")
                return
            }
        }
    }

    /// All types beside each other, in blocks and batches, so that no column's place or length stays with another's.
    @Test(arguments: Engine.all) func rowsOfAllTypesKeepEveryBit(engine: Engine) async throws {
        var generator = SeededGenerator(seed: Self.seed &+ 1)
        let types = TypeCase.all
        var rows: [[SQLValue]] = []
        for _ in 0..<2_500 {
            rows.append(
                types.map { type in
                    switch Int.random(in: 0..<10, using: &generator) {
                    case 0, 1: .null
                    case 2: type.edges.randomElement(using: &generator).map(Self.shortened) ?? .null
                    default: type.random(&generator)
                    }
                })
        }
        let names = types.indices.map { "C\($0)" }
        let columns = zip(names, types).map { "\($0) \($1.type) NULL" }.joined(separator: ", ")
        try await withTestClient(engine) { db in
            try await db.execute(SQLQuery(unsafe: "CREATE TABLE dbo.T (N int NOT NULL, \(columns))"))
            let sent = rows.enumerated().map { index, row in
                [SQLTypedValue(.int(Int64(index)), as: .int)]
                    + zip(row, types).map { SQLTypedValue($0, as: $1.type) }
            }
            let copied = try await db.bulkCopy(
                into: "dbo.T", columns: ["N"] + names, options: .init(batchSize: 1_100), rows: sent)
            #expect(copied.batchCount == 3)
            var number = 0
            for try await row in db.stream(
                SQLQuery(unsafe: "SELECT \(names.joined(separator: ", ")) FROM dbo.T ORDER BY N"))
            {
                for (index, type) in types.enumerated() {
                    let (expected, actual) = (type.stored(rows[number][index]), try row.cell(at: index).value)
                    guard !TypeTests.areIdentical(expected, actual) else { continue }
                    Issue.record(
                        "row \(number), \(type.type), of seed \(Self.seed &+ 1): \(expected) came back as \(actual)")
                    return
                }
                number += 1
            }
            #expect(number == rows.count)
        }
    }

    /// Long edges have a test of their own; thousands of them would only take memory.
    private static func shortened(_ value: SQLValue) -> SQLValue {
        switch value {
        case .string(let text) where text.utf8.count > 100: .null
        case .bytes(let bytes) where bytes.count > 100: .null
        default: value
        }
    }

    /// A row of Swift types, each as it is and optional.
    private typealias Numbers = (
        Int, Int8, Int16?, Int32, Int64?, UInt8, UInt16, UInt32?, UInt64, Bool?, Double, Float?
    )
    /// The same as a query reads them: a decimal is no integer.
    private typealias ReadNumbers = (
        Int, Int8, Int16?, Int32, Int64?, UInt8, UInt16, UInt32?, SQLDecimal, Bool?, Double, Float?
    )
    private typealias Values = (
        Int, String, String?, [UInt8], Data?, SQLDecimal, SQLDecimal?, SQLDate, SQLTime?, SQLDateTime,
        SQLDateTimeOffset?,
        SQLUniqueIdentifier, UUID?
    )

    @Test(arguments: Engine.all) func swiftNumbersKeepEveryBit(engine: Engine) async throws {
        var generator = SeededGenerator(seed: Self.seed &+ 3)
        let rows = (0..<2_100).map { index -> Numbers in
            let isNull = Bool.random(using: &generator)
            return (
                index, .random(in: .min ... .max, using: &generator),
                isNull ? nil : .random(in: .min ... .max, using: &generator),
                .random(in: .min ... .max, using: &generator),
                isNull ? nil : .random(in: .min ... .max, using: &generator),
                .random(in: .min ... .max, using: &generator), .random(in: .min ... .max, using: &generator),
                isNull ? nil : .random(in: .min ... .max, using: &generator),
                .random(in: .min ... .max, using: &generator), isNull ? nil : .random(using: &generator),
                Random.double(&generator), isNull ? nil : Random.float(&generator)
            )
        }
        try await withTestClient(engine) { db in
            try await db.execute(
                """
                CREATE TABLE dbo.T (C0 int NOT NULL, C1 smallint NOT NULL, C2 smallint NULL, C3 int NOT NULL,
                    C4 bigint NULL, C5 tinyint NOT NULL, C6 int NOT NULL, C7 bigint NULL, C8 decimal(20,0) NOT NULL,
                    C9 bit NULL, C10 float NOT NULL, C11 real NULL)
                """)
            try await db.bulkCopy(into: "dbo.T", columns: (0..<12).map { "C\($0)" }, rows: rows)
            let back = try await db.query("SELECT * FROM dbo.T ORDER BY C0", as: ReadNumbers.self)
            try #require(back.count == rows.count)
            for (sent, read) in zip(rows, back) {
                let isSame =
                    sent.0 == read.0 && sent.1 == read.1 && sent.2 == read.2 && sent.3 == read.3 && sent.4 == read.4
                    && sent.5 == read.5 && sent.6 == read.6 && sent.7 == read.7 && Int128(sent.8) == read.8.coefficient
                    && sent.9 == read.9 && sent.10.bitPattern == read.10.bitPattern
                    && sent.11?.bitPattern == read.11?.bitPattern
                try #require(isSame, "seed \(Self.seed &+ 3): \(sent) came back as \(read)")
            }
        }
    }

    @Test(arguments: Engine.all) func swiftValuesKeepEveryBit(engine: Engine) async throws {
        var generator = SeededGenerator(seed: Self.seed &+ 4)
        let rows = try (0..<2_100).map { try Self.values($0, &generator) }
        try await withTestClient(engine) { db in
            try await db.execute(
                """
                CREATE TABLE dbo.T (C0 bigint NOT NULL, C1 nvarchar(60) NOT NULL, C2 varchar(60) NULL,
                    C3 varbinary(40) NOT NULL, C4 varbinary(max) NULL, C5 decimal(38,10) NOT NULL, C6 money NULL,
                    C7 date NOT NULL, C8 time(7) NULL, C9 datetime2(7) NOT NULL, C10 datetimeoffset(7) NULL,
                    C11 uniqueidentifier NOT NULL, C12 uniqueidentifier NULL)
                """)
            try await db.bulkCopy(into: "dbo.T", columns: (0..<13).map { "C\($0)" }, rows: rows)
            let back = try await db.query("SELECT * FROM dbo.T ORDER BY C0", as: Values.self)
            try #require(back.count == rows.count)
            for (sent, read) in zip(rows, back) {
                let isSame =
                    sent.0 == read.0 && sent.1.utf8.elementsEqual(read.1.utf8) && sent.2 == read.2 && sent.3 == read.3
                    && sent.4 == read.4 && sent.5.coefficient == read.5.coefficient && sent.6 == read.6
                    && sent.7 == read.7 && sent.8 == read.8 && sent.9 == read.9 && sent.10?.utc == read.10?.utc
                    && sent.10?.offsetMinutes == read.10?.offsetMinutes && sent.11 == read.11 && sent.12 == read.12
                try #require(isSame, "seed \(Self.seed &+ 4): \(sent) came back as \(read)")
            }
        }
    }

    private static func values(_ index: Int, _ generator: inout SeededGenerator) throws -> Values {
        let isNull = Bool.random(using: &generator)
        guard case .string(let text) = Random.text(&generator, 0...30, Random.any),
            case .string(let western) = Random.text(&generator, 0...60, Random.western),
            case .bytes(let bytes) = Random.bytes(&generator, 0...40)
        else { throw SQLServerError(.misuse, "no random text") }
        let days = Int.random(in: 1...3_652_057, using: &generator)
        let ticks = Int.random(in: 0..<Random.day, using: &generator)
        let moment = try #require(SQLDateTime(ticksSinceYearOne: days * Random.day + ticks))
        return (
            index, text, isNull ? nil : western, bytes, isNull ? nil : Data(bytes),
            try #require(
                SQLDecimal(coefficient: Int128(Int64.random(in: .min ... .max, using: &generator)), scale: 10)),
            isNull
                ? nil : SQLDecimal(coefficient: Int128(Int64.random(in: .min ... .max, using: &generator)), scale: 4),
            try #require(SQLDate(daysSinceYearOne: days)), isNull ? nil : SQLTime(ticks: ticks), moment,
            isNull
                ? nil : SQLDateTimeOffset(utc: moment, offsetMinutes: .random(in: -840...840, using: &generator)),
            try #require(SQLUniqueIdentifier(bytes: (0..<16).map { _ in .random(in: 0...255, using: &generator) })),
            isNull ? nil : UUID()
        )
    }
}
