import EmbeddedSQLServer
import Foundation
import SQLServer
import TestSupport
import Testing

/// Lists in `IN (…)`, as parameters and as JSON: both find the same rows, whatever the values.
@Suite struct ListTests {
    /// Stores values in a column and finds each again: alone, among others, and among more than fit as parameters.
    private func expectFound<Value: SQLEncodable & SQLDecodable & Hashable>(
        _ engine: Engine, _ values: [Value], others: [Value], column: SQLType
    ) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.T (Id int NOT NULL IDENTITY PRIMARY KEY, V \(unsafe: column.description) NULL)")
            for value in values { try await db.execute("INSERT dbo.T (V) VALUES (\(value, as: column))") }
            try await db.execute("INSERT dbo.T (V) VALUES (NULL)")
            for value in values {
                let few = try await db.query(
                    "SELECT V FROM dbo.T WHERE V IN (\([value], as: column))", as: (Value).self)
                #expect(Set(few) == [value])
                let padding = (0..<200).map { others[$0 % others.count] }
                let many = try await db.query(
                    "SELECT V FROM dbo.T WHERE V IN (\(padding + [value], as: column))", as: (Value).self)
                #expect(Set(many) == [value], "\(value)")
                let rest = try await db.scalar(
                    "SELECT COUNT(*) FROM dbo.T WHERE V NOT IN (\(padding + [value], as: column))", as: Int.self)
                #expect(rest == values.count - values.filter { $0 == value }.count)
            }
        }
    }

    @Test(arguments: Engine.all) func findsWholeNumbers(engine: Engine) async throws {
        try await expectFound(
            engine, [Int.min, -1, 0, Int.max, 9_007_199_254_740_993], others: [5, 6], column: .bigInt)
        try await expectFound(engine, [UInt8.min, 255], others: [7 as UInt8], column: .tinyInt)
        try await expectFound(engine, [true], others: [false], column: .bit)
    }

    @Test(arguments: Engine.all) func findsDecimalsOf38Digits(engine: Engine) async throws {
        let texts = ["12345678901234567890123456.789012345678", "-0.000000000001", "0.000000000000"]
        try await expectFound(
            engine, texts.compactMap { SQLDecimal($0) }, others: [SQLDecimal("1.5")].compactMap { $0 },
            column: .decimal(38, 12)
        )
        try await expectFound(
            engine, [SQLDecimal("922337203685477.5807")].compactMap { $0 }, others: [1, 2], column: .money)
    }

    @Test(arguments: Engine.all) func findsDatesAndTimes(engine: Engine) async throws {
        try await expectFound(
            engine, ["0001-01-01", "2024-02-29", "9999-12-31"].compactMap { SQLDate($0) },
            others: ["1999-01-01"].compactMap { SQLDate($0) }, column: .date)
        try await expectFound(
            engine, ["00:00:00.0000001", "23:59:59.9999999"].compactMap { SQLTime($0) },
            others: ["01:00:00"].compactMap { SQLTime($0) }, column: .time(7))
        try await expectFound(
            engine, ["0001-01-01 00:00:00.0000001", "9999-12-31 23:59:59.9999999"].compactMap { SQLDateTime($0) },
            others: ["1999-01-01 00:00:00"].compactMap { SQLDateTime($0) }, column: .dateTime2(7))
        try await expectFound(
            engine, ["1753-01-01 00:00:00.003", "2024-12-31 23:59:59.997"].compactMap { SQLDateTime($0) },
            others: ["1999-01-01 00:00:00"].compactMap { SQLDateTime($0) }, column: .dateTime)
        try await expectFound(
            engine, ["2024-02-29 12:00:00.1234567 -03:30"].compactMap { SQLDateTimeOffset($0) },
            others: ["1999-01-01 00:00:00 +01:00"].compactMap { SQLDateTimeOffset($0) }, column: .dateTimeOffset(7))
    }

    @Test(arguments: Engine.all) func findsTextOfAnyCharacter(engine: Engine) async throws {
        let texts = [
            "", "it's", "a\"b\\c/d", "tab\tnew\r\nline", "control\u{1}\u{1F}\u{7F}", "Größe 🙂 中文", "[1,2]",
            "null", "\\u0041", "zero\0inside",
        ]
        try await expectFound(engine, texts, others: ["other"], column: .nVarChar(50))
        try await expectFound(engine, ["Zürich €", "a'b"], others: ["other"], column: .varChar(20))
        try await expectFound(engine, [String(repeating: "é", count: 5_000)], others: ["other"], column: .nVarCharMax)
    }

    @Test(arguments: Engine.all) func findsBytesAndIdentifiers(engine: Engine) async throws {
        try await expectFound(
            engine, [Data([0, 255, 62, 63]), Data([1])], others: [Data([9])], column: .varBinary(10))
        try await expectFound(
            engine, [UUID(), UUID()], others: [UUID()], column: .uniqueIdentifier)
        try await expectFound(engine, [0.1, -1.5, 1e300, 1e-300, .pi], others: [2.5], column: .float)
    }

    @Test(arguments: Engine.all) func anEmptyListMatchesNothingAndNotInMatchesAll(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, Name nvarchar(10) NULL)")
            try await db.execute("INSERT dbo.T VALUES (1, N'a'), (2, NULL)")
            let (ids, names): ([Int], [String]) = ([], [])
            let found = try await db.scalar("SELECT COUNT(*) FROM dbo.T WHERE Id IN (\(ids))", as: Int.self)
            let rest = try await db.scalar("SELECT COUNT(*) FROM dbo.T WHERE Name NOT IN (\(names))", as: Int.self)
            #expect(found == 0 && rest == 2)
        }
    }

    @Test(arguments: Engine.all) func tenThousandValuesFindTenThousandRows(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL PRIMARY KEY)")
            try await db.execute("INSERT dbo.T SELECT value FROM GENERATE_SERIES(1, 20000)")
            let ids = Array(stride(from: 2, through: 20_000, by: 2))
            let sum = try await db.scalar("SELECT SUM(Id) FROM dbo.T WHERE Id IN (\(ids))", as: Int.self)
            #expect(sum == ids.reduce(0, +))
        }
    }

    @Test(.embeddedOnly, arguments: Engine.all) func aListHasFewDifferentTexts(engine: Engine) async throws {
        try await withEmbedded(engine) { server, db in
            server.recorder.removeAll()
            for count in 0...300 {
                _ = try await db.query("SELECT 1 WHERE 1 IN (\(Array(repeating: 1, count: count)))")
            }
            let texts = Set(server.recorder.requests.map(\.text).filter { $0.hasPrefix("SELECT 1 WHERE") })
            #expect(texts.count == 10)
        }
    }
}
