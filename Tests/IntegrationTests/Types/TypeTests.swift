import SQLServer
import SQLServerCore
import SeededRandom
import TestSupport
import Testing

/// Every type, both ways: 2,000 random values and the edges go as parameters into a column and come back bit by bit.
///
/// A failure names its seed.
@Suite(.serialized, .timeLimit(.minutes(3))) struct TypeTests {
    struct Run: Sendable, CustomTestStringConvertible {
        let engine: Engine
        let type: TypeCase
        var testDescription: String { "\(engine) \(type.type)" }
    }

    static let runs = Engine.all.flatMap { engine in TypeCase.all.map { Run(engine: engine, type: $0) } }
    static let seed = UInt64.random(in: 1 ... .max)

    @Test(arguments: runs) func valuesKeepEveryBitInAColumn(run: Run) async throws {
        var generator = SeededGenerator(seed: Self.seed)
        let values = run.type.values(2_000, &generator)
        try await withTestClient(run.engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.T (N int NOT NULL PRIMARY KEY, V \(unsafe: "\(run.type.type)") NULL)")
            for start in stride(from: 0, to: values.count, by: 1_000) {
                let part = values[start..<min(values.count, start + 1_000)]
                try await db.execute(Self.insertion(part, run.type.type))
            }
            let rows = try await db.query("SELECT N, V FROM dbo.T ORDER BY N")
            try #require(rows.count == values.count)
            #expect(rows.columns[1].type == run.type.type)
            for (index, row) in rows.enumerated() {
                let (expected, actual) = (run.type.stored(values[index]), try row.cell(at: 1).value)
                guard !Self.areIdentical(expected, actual) else { continue }
                Issue.record("value \(index) of seed \(Self.seed): \(expected) came back as \(actual)")
                return
            }
        }
    }

    @Test(arguments: runs) func valuesKeepEveryBitInAResult(run: Run) async throws {
        var generator = SeededGenerator(seed: Self.seed &+ 1)
        let values = Array(run.type.values(100, &generator))
        try await withTestClient(run.engine) { db in
            let parameters = try Self.parameters(values[...], run.type.type)
            let text = parameters.map(\.name).joined(separator: ", ")
            let row = try await db.single(SQLQuery(unsafe: "SELECT \(text)", parameters: parameters))
            for (index, value) in values.enumerated() {
                let (expected, actual) = (run.type.stored(value), try row.cell(at: index).value)
                guard !Self.areIdentical(expected, actual) else { continue }
                Issue.record("value \(index) of seed \(Self.seed &+ 1): \(expected) came back as \(actual)")
                return
            }
        }
    }

    @Test(arguments: Engine.all) func everyCharacterOfCodePage1252(engine: Engine) async throws {
        #expect(Random.westernCharacters.count == 251)
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (N int NOT NULL PRIMARY KEY, V varchar(10) NOT NULL)")
            let texts = Random.westernCharacters.map { "<\($0)>" }
            try await db.execute(Self.insertion(texts.map { .string($0) }[...], .varChar(10)))
            let rows = try await db.query("SELECT V, DATALENGTH(V) FROM dbo.T ORDER BY N", as: (String, Int).self)
            #expect(rows.map { Array($0.0.unicodeScalars) } == texts.map { Array($0.unicodeScalars) })
            #expect(rows.allSatisfy { $0.1 == 3 })
        }
    }

    /// An INSERT of numbered rows with one parameter each.
    private static func insertion(_ values: ArraySlice<SQLValue>, _ type: SQLType) throws -> SQLQuery {
        let parameters = try parameters(values, type)
        let rows = parameters.map { "(\($0.name.dropFirst(2)), \($0.name))" }.joined(separator: ", ")
        return SQLQuery(unsafe: "INSERT dbo.T (N, V) VALUES \(rows)", parameters: parameters)
    }

    private static func parameters(_ values: ArraySlice<SQLValue>, _ type: SQLType) throws -> [SQLParameter] {
        try values.indices.map { index in
            let typed = try encoded(values[index]).converted(to: type)
            return SQLParameter(name: "@p\(index)", value: typed.value, type: typed.type)
        }
    }

    /// A value as its Swift type encodes it.
    private static func encoded(_ value: SQLValue) throws -> SQLTypedValue {
        switch value {
        case .null: try Int?.none.encode()
        case .bit(let value): try value.encode()
        case .int(let value): try value.encode()
        case .double(let value): try value.encode()
        case .decimal(let value): try value.encode()
        case .string(let value): try value.encode()
        case .bytes(let value): try value.encode()
        case .uniqueIdentifier(let value): try value.encode()
        case .date(let value): try value.encode()
        case .time(let value): try value.encode()
        case .dateTime(let value): try value.encode()
        case .dateTimeOffset(let value): try value.encode()
        }
    }

    /// Whether two values are the same to the last bit, where `==` looks at what they mean.
    static func areIdentical(_ a: SQLValue, _ b: SQLValue) -> Bool {
        switch (a, b) {
        case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern
        case (.decimal(let a), .decimal(let b)): a.coefficient == b.coefficient && a.scale == b.scale
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.dateTimeOffset(let a), .dateTimeOffset(let b)): a.utc == b.utc && a.offsetMinutes == b.offsetMinutes
        default: a == b
        }
    }
}
