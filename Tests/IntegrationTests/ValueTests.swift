import Foundation
import SQLServer
import TestSupport
import Testing

/// Values that go as parameters and come back as columns: each is the same bit by bit.
@Suite struct ValueTests {
    private func expectRoundTrip<Value: SQLEncodable & SQLDecodable & Equatable>(
        _ engine: Engine, _ values: [Value]
    ) async throws {
        try await withTestClient(engine) { db in
            for value in values {
                let back = try await db.scalar("SELECT \(value)", as: Value.self)
                #expect(back == value)
            }
            let null = try await db.scalar("SELECT \(Value?.none)", as: Value?.self)
            #expect(null == nil)
        }
    }

    @Test(arguments: Engine.all) func wholeNumbersKeepEveryBit(engine: Engine) async throws {
        try await expectRoundTrip(engine, [0, 1, -1, 1234, 123_456, Int(Int32.max) + 1, Int.max, Int.min])
        try await expectRoundTrip(engine, [Int32.min, -1, 0, Int32.max])
        try await expectRoundTrip(engine, [Int16.min, -5, 0, Int16.max])
        try await expectRoundTrip(engine, [Int8.min, -5, 0, Int8.max])
        try await expectRoundTrip(engine, [UInt8.min, 200, UInt8.max])
        try await expectRoundTrip(engine, [UInt32.min, UInt32.max])
    }

    @Test(arguments: Engine.all) func truthValues(engine: Engine) async throws {
        try await expectRoundTrip(engine, [true, false])
    }

    @Test(arguments: Engine.all) func floatingPointKeepsEveryBit(engine: Engine) async throws {
        try await expectRoundTrip(
            engine, [0.1, -1.5, Double.greatestFiniteMagnitude, Double.leastNormalMagnitude, 1e-300, .pi])
        try await expectRoundTrip(engine, [Float(0.1), -1.5, Float.greatestFiniteMagnitude])
    }

    @Test(arguments: Engine.all) func textKeepsEveryCharacter(engine: Engine) async throws {
        try await expectRoundTrip(
            engine,
            [
                "", " ", "a", "naïve café", "Пример", "日本語", "👩‍👩‍👧‍👦 🏳️‍🌈", "it's", "100% [x] _", "tab\tnew\nline\r\n", "?",
                "@p1",
                "'; DROP TABLE dbo.Users; --", "zero\0inside", String(repeating: "x", count: 3_999) + "é",
                String(repeating: "日", count: 4_000), String(repeating: "日", count: 4_001),
                String(repeating: "x", count: 8_000), String(repeating: "x", count: 8_001),
                String(repeating: "👍", count: 100_000), String(repeating: "é", count: 1_000_000),
            ])
    }

    @Test(arguments: Engine.all) func bytesKeepEveryValue(engine: Engine) async throws {
        try await expectRoundTrip(
            engine,
            [
                [], [0], Array(0...255), Array(repeating: 7, count: 8_000), Array(repeating: 7, count: 8_001),
                Array(repeating: 0xFF, count: 100_000),
            ] as [[UInt8]])
        try await expectRoundTrip(engine, [Data([1, 2, 3]), Data()])
    }

    static let decimals = [
        "0", "1", "-1", "0.1", "-0.0001", "12345.6789", "99999999999999999999999999999999999999",
        "-99999999999999999999999999999999999999", "0.00000000000000000000000000000000000001", "922337203685477.5807",
    ]

    @Test(arguments: Engine.all, decimals) func decimalsAreExact(engine: Engine, text: String) async throws {
        let value = try #require(SQLDecimal(text))
        try await expectRoundTrip(engine, [value])
    }

    @Test(arguments: Engine.all) func datesAndTimesKeepHundredNanoseconds(engine: Engine) async throws {
        try await expectRoundTrip(
            engine,
            ["0001-01-01", "1582-10-10", "1899-12-31", "2000-02-29", "9999-12-31"].compactMap { SQLDate($0) })
        try await expectRoundTrip(
            engine, ["00:00:00", "12:34:56.1234567", "23:59:59.9999999"].compactMap { SQLTime($0) })
        try await expectRoundTrip(
            engine,
            ["0001-01-01 00:00:00", "2024-06-30 23:59:59.9999999", "9999-12-31 23:59:59.9999999"]
                .compactMap { SQLDateTime($0) })
    }

    static let offsets = [
        "0001-01-01 14:00:00.0000000 +14:00", "2024-02-29 12:00:00.1234567 -03:30",
        "9999-12-31 09:59:59.9999999 -14:00",
    ]

    @Test(arguments: Engine.all, offsets) func datetimeoffsetKeepsItsOffset(engine: Engine, text: String) async throws {
        let value = try #require(SQLDateTimeOffset(text))
        try await withTestClient(engine) { db in
            let back = try await db.scalar("SELECT \(value)", as: SQLDateTimeOffset.self)
            #expect(back.utc == value.utc)
            #expect(back.offsetMinutes == value.offsetMinutes)
        }
    }

    @Test(arguments: Engine.all) func uniqueIdentifiers(engine: Engine) async throws {
        try await expectRoundTrip(
            engine,
            ["00000000-0000-0000-0000-000000000000", "6F9619FF-8B86-D011-B42D-00C04FC964FF"].compactMap(UUID.init))
    }

    /// An int NULL does not convert to dates and uniqueidentifier (Msg 206), and one of text not to binary (Msg 257).
    @Test(arguments: Engine.all) func aNullOfEverySwiftTypeGoesIntoItsColumn(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                """
                CREATE TABLE dbo.N (A uniqueidentifier, B date, C time(7), D datetime2(7), E datetimeoffset(7),
                    F decimal(38, 10), G varbinary(20), H nvarchar(20), I float, J bit, K bigint, L datetime, M real)
                """)
            try await db.execute(
                """
                INSERT dbo.N VALUES (\(UUID?.none), \(SQLDate?.none), \(SQLTime?.none), \(SQLDateTime?.none),
                    \(SQLDateTimeOffset?.none), \(SQLDecimal?.none), \([UInt8]?.none), \(String?.none), \(Double?.none),
                    \(Bool?.none), \(Int?.none), \(Date?.none), \(Float?.none))
                """)
            let row = try await db.single("SELECT * FROM dbo.N")
            #expect(row.values.count == 13)
            #expect(row.values.allSatisfy { $0 == .null })
        }
    }

    @Test(arguments: Engine.all, [512, 4_096, 32_767])
    func longValuesCrossPacketsOfEverySize(engine: Engine, size: Int) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.packetSize = size
            try await withSQLServer(configuration) { db in
                for length in [5_000, 100_000] {
                    let text = String(repeating: "ab日\0", count: length / 4)
                    let back = try await db.scalar("SELECT \(text)", as: String.self)
                    #expect(back == text)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func severalParametersKeepTheirPlaces(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let row = try await db.query(
                "SELECT \(1), \("two"), \(3.5), \(String?.none), \(""), \(true)",
                as: (Int, String, Double, String?, String, Bool).self)
            let first = try #require(row.first)
            #expect(first.0 == 1 && first.1 == "two" && first.2 == 3.5)
            #expect(first.3 == nil && first.4.isEmpty && first.5)
        }
    }

    @Test(arguments: Engine.all) func aQuestionMarkInALiteralIsNoParameter(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let text = try await db.scalar("SELECT N'what? @p1 ' + \("x?")", as: String.self)
            #expect(text == "what? @p1 x?")
        }
    }

    @Test(arguments: Engine.all) func columnsOfEveryCommonTypeAreRead(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let rows = try await db.query(
                """
                SELECT CAST(1 AS bit) AS a, CAST(255 AS tinyint) AS b, CAST(-5 AS smallint) AS c, CAST(123456 AS int) AS d,
                    CAST(9223372036854775807 AS bigint) AS e, CAST(1.5 AS real) AS f, CAST(0.1 AS float) AS g,
                    CAST(12.3456 AS money) AS h, CAST(-0.0001 AS smallmoney) AS i, CAST(1234.50 AS decimal(9, 2)) AS j,
                    CAST('2024-02-29' AS date) AS k, CAST('12:34:56.789' AS time(3)) AS l,
                    CAST('2024-02-29T12:34:56.003' AS datetime) AS m, CAST('2024-02-29T12:34:00' AS smalldatetime) AS n,
                    CAST('2024-02-29T12:34:56.1234567' AS datetime2(7)) AS o, CAST('abc' AS char(5)) AS p,
                    CAST('abc' AS varchar(10)) AS q, CAST(N'äö' AS nchar(3)) AS r, CAST(N'äö' AS nvarchar(max)) AS s,
                    CAST(0x0102 AS binary(4)) AS t, CAST(0x0102 AS varbinary(max)) AS u,
                    CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier) AS v
                """)
            let row = try #require(rows.first)
            #expect(
                row.values.map(\.description) == [
                    "1", "255", "-5", "123456", "9223372036854775807", "1.5", "0.1", "12.3456", "-0.0001", "1234.50",
                    "2024-02-29", "12:34:56.7890000", "2024-02-29 12:34:56.0030000", "2024-02-29 12:34:00.0000000",
                    "2024-02-29 12:34:56.1234567", "abc  ", "abc", "äö ", "äö", "0x01020000", "0x0102",
                    "6F9619FF-8B86-D011-B42D-00C04FC964FF",
                ])
            #expect(
                row.columns.map(\.type.description) == [
                    "bit", "tinyint", "smallint", "int", "bigint", "real", "float", "money", "smallmoney",
                    "decimal(9,2)", "date", "time(3)", "datetime", "smalldatetime", "datetime2(7)", "char(5)",
                    "varchar(10)", "nchar(3)", "nvarchar(max)", "binary(4)", "varbinary(max)", "uniqueidentifier",
                ])
        }
    }

    @Test(arguments: Engine.all) func duplicateColumnNamesKeepBothValues(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let pair = try await db.query("SELECT 1 AS x, 2 AS x", as: (Int, Int).self)
            #expect(pair.first?.0 == 1 && pair.first?.1 == 2)
        }
    }

    @Test(arguments: Engine.all, [SQLType.text, .nText, .image, .varChar(10), .char(3), .binary(4)])
    func anEmptyValueOfEveryTypeCanBeAParameter(engine: Engine, type: SQLType) async throws {
        try await withTestClient(engine) { db in
            let query: SQLQuery =
                type.isBinary ? "SELECT DATALENGTH(\([UInt8](), as: type))" : "SELECT DATALENGTH(\("", as: type))"
            let length = try await db.scalar(query, as: Int.self)
            #expect(length == type.length.map { type.description.hasPrefix("var") ? 0 : $0 } ?? 0)
        }
    }

    @Test(arguments: Engine.all) func aDecimalTypeThatDoesNotExistIsAnError(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await serverError(db, "SELECT \(1, as: .decimal(39, 0))")
            #expect(error?.code == .encoding)
        }
    }

    @Test(arguments: Engine.all) func aRowWiderThanAPacketArrivesWhole(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let wide = String(repeating: "ab日", count: 60_000)
            let (a, b, c) = try #require(
                try await db.query("SELECT \(wide), \(7), \(wide)", as: (String, Int, String).self).first)
            #expect(a == wide && b == 7 && c == wide)
        }
    }

    @Test(arguments: Engine.all) func aTypeThatAColumnCannotBeReadAsIsNamed(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let rows = try await db.query("SELECT 300 AS Big, CAST(NULL AS int) AS Missing, N'x' AS Name")
            let row = try #require(rows.first)
            let big = #expect(throws: SQLServerError.self) { try row.decode(UInt8.self, at: "Big") }
            #expect(big?.message.contains("'Big' (int)") == true && big?.message.contains("UInt8") == true)
            let missing = #expect(throws: SQLServerError.self) { try row.decode(Int.self, at: "Missing") }
            #expect(missing?.message.contains("NULL") == true)
            let name = #expect(throws: SQLServerError.self) { try row.decode(Int.self, at: "Name") }
            #expect(name?.code == .decoding)
        }
    }

    @Test(arguments: Engine.all) func aBatchOfSeveralThousandRowsKeepsItsOrder(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.Numbers (N int NOT NULL PRIMARY KEY, Label nvarchar(20) NULL)")
            for start in stride(from: 0, to: 5_000, by: 500) {
                let values = (start..<start + 500).map { "(\($0), \($0 % 3 == 0 ? "NULL" : "N'n\($0)'"))" }
                try await db.execute("INSERT dbo.Numbers (N, Label) VALUES \(unsafe: values.joined(separator: ", "))")
            }
            let rows = try await db.query(
                "SELECT N, Label FROM dbo.Numbers ORDER BY N", as: (Int, String?).self)
            #expect(rows.count == 5_000)
            for (index, row) in rows.enumerated() {
                #expect(row.0 == index && row.1 == (index % 3 == 0 ? nil : "n\(index)"))
            }
        }
    }
}
