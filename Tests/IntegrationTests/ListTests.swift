import EmbeddedSQLServer
import Foundation
import SQLServer
import TestSupport
import Testing

/// Lists in `IN (…)`, as parameters and as JSON: both find the same rows, whatever the values.
@Suite struct ListTests {
    /// Stores values in a column and finds each again: alone, among others, and among more than fit as parameters.
    private func expectFound<Value: SQLEncodable & SQLDecodable & Hashable>(
        _ values: [Value], others: [Value], column: SQLType
    ) async throws {
        try await withTestClient { db in
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

    @Test func findsWholeNumbers() async throws {
        try await expectFound([Int.min, -1, 0, Int.max, 9_007_199_254_740_993], others: [5, 6], column: .bigInt)
        try await expectFound([UInt8.min, 255], others: [7 as UInt8], column: .tinyInt)
        try await expectFound([true], others: [false], column: .bit)
    }

    @Test func findsDecimalsOf38Digits() async throws {
        let texts = ["12345678901234567890123456.789012345678", "-0.000000000001", "0.000000000000"]
        try await expectFound(
            texts.compactMap { SQLDecimal($0) }, others: [SQLDecimal("1.5")].compactMap { $0 }, column: .decimal(38, 12)
        )
        try await expectFound([SQLDecimal("922337203685477.5807")].compactMap { $0 }, others: [1, 2], column: .money)
    }

    @Test func findsDatesAndTimes() async throws {
        try await expectFound(
            ["0001-01-01", "2024-02-29", "9999-12-31"].compactMap { SQLDate($0) },
            others: ["1999-01-01"].compactMap { SQLDate($0) }, column: .date)
        try await expectFound(
            ["00:00:00.0000001", "23:59:59.9999999"].compactMap { SQLTime($0) },
            others: ["01:00:00"].compactMap { SQLTime($0) }, column: .time(7))
        try await expectFound(
            ["0001-01-01 00:00:00.0000001", "9999-12-31 23:59:59.9999999"].compactMap { SQLDateTime($0) },
            others: ["1999-01-01 00:00:00"].compactMap { SQLDateTime($0) }, column: .dateTime2(7))
        try await expectFound(
            ["1753-01-01 00:00:00.003", "2024-12-31 23:59:59.997"].compactMap { SQLDateTime($0) },
            others: ["1999-01-01 00:00:00"].compactMap { SQLDateTime($0) }, column: .dateTime)
        try await expectFound(
            ["2024-02-29 12:00:00.1234567 -03:30"].compactMap { SQLDateTimeOffset($0) },
            others: ["1999-01-01 00:00:00 +01:00"].compactMap { SQLDateTimeOffset($0) }, column: .dateTimeOffset(7))
    }

    @Test func findsTextOfAnyCharacter() async throws {
        let texts = [
            "", "it's", "a\"b\\c/d", "tab\tnew\r\nline", "control\u{1}\u{1F}\u{7F}", "Größe 🙂 中文", "[1,2]",
            "null", "\\u0041", "zero\0inside",
        ]
        try await expectFound(texts, others: ["other"], column: .nVarChar(50))
        try await expectFound(["Zürich €", "a'b"], others: ["other"], column: .varChar(20))
        try await expectFound([String(repeating: "é", count: 5_000)], others: ["other"], column: .nVarCharMax)
    }

    @Test func findsBytesAndIdentifiers() async throws {
        try await expectFound([Data([0, 255, 62, 63]), Data([1])], others: [Data([9])], column: .varBinary(10))
        try await expectFound(
            [UUID(), UUID()], others: [UUID()], column: .uniqueIdentifier)
        try await expectFound([0.1, -1.5, 1e300, 1e-300, .pi], others: [2.5], column: .float)
    }

    @Test func anEmptyListMatchesNothingAndNotInMatchesAll() async throws {
        try await withTestClient { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, Name nvarchar(10) NULL)")
            try await db.execute("INSERT dbo.T VALUES (1, N'a'), (2, NULL)")
            let (ids, names): ([Int], [String]) = ([], [])
            let found = try await db.scalar("SELECT COUNT(*) FROM dbo.T WHERE Id IN (\(ids))", as: Int.self)
            let rest = try await db.scalar("SELECT COUNT(*) FROM dbo.T WHERE Name NOT IN (\(names))", as: Int.self)
            #expect(found == 0 && rest == 2)
        }
    }

    @Test func tenThousandValuesFindTenThousandRows() async throws {
        try await withTestClient { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL PRIMARY KEY)")
            try await db.execute("INSERT dbo.T SELECT value FROM GENERATE_SERIES(1, 20000)")
            let ids = Array(stride(from: 2, through: 20_000, by: 2))
            let sum = try await db.scalar("SELECT SUM(Id) FROM dbo.T WHERE Id IN (\(ids))", as: Int.self)
            #expect(sum == ids.reduce(0, +))
        }
    }

    @Test(.embeddedOnly) func aListHasFewDifferentTexts() async throws {
        try await withEmbedded { server, db in
            server.recorder.removeAll()
            for count in 0...300 {
                _ = try await db.query("SELECT 1 WHERE 1 IN (\(Array(repeating: 1, count: count)))")
            }
            let texts = Set(server.recorder.requests.map(\.text).filter { $0.hasPrefix("SELECT 1 WHERE") })
            #expect(texts.count == 10)
        }
    }
}
