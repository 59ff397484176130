import CommandLineTools
import MSSQLCommand
import SQLServer
import Testing

/// One column of each kind, with a row of values and a row of NULL.
private struct Kinds {
    let columns: [SQLColumn]
    let values: [SQLValue]

    init() throws {
        let moment = try #require(SQLDateTime("2024-02-29 12:34:56.7890000"))
        let pairs: [(String, SQLType, SQLValue)] = [
            ("Id", .int, .int(-7)), ("Big", .bigInt, .int(9_007_199_254_740_993)), ("Yes", .bit, .bit(true)),
            ("Price", .decimal(38, 4), .decimal(try #require(SQLDecimal("12345678901234567890.1200")))),
            ("Ratio", .float, .double(1e100)), ("Small", .real, .double(Double(Float(0.1)))),
            ("Name", .nVarChar(20), .string("a,\"b\"\n🐘")), ("Empty", .varChar(5), .string("")),
            ("Bytes", .varBinary(4), .bytes([0, 255])), ("Day", .date, .date(moment.date)),
            ("Clock", .time(2), .time(moment.time)), ("Moment", .dateTime2(7), .dateTime(moment)),
            ("Old", .dateTime, .dateTime(moment)), ("Minute", .smallDateTime, .dateTime(moment)),
            (
                "Zone", .dateTimeOffset(0),
                .dateTimeOffset(try #require(SQLDateTimeOffset("2024-02-29 12:34:56 -05:30")))
            ),
            (
                "Key", .uniqueIdentifier,
                .uniqueIdentifier(try #require(SQLUniqueIdentifier("6F9619FF-8B86-D011-B42D-00C04FC964FF")))
            ),
            ("", .int, .int(1)), ("Id", .int, .int(2)),
        ]
        columns = pairs.map { SQLColumn(name: $0.0, type: $0.1) }
        values = pairs.map(\.2)
    }

    var table: ResultTable {
        ResultTable(columns: columns, rows: [values, Array(repeating: .null, count: columns.count)])
    }
}

@Suite struct ResultTableTests {
    @Test func tablesAreGolden() throws { try expectGolden(try Kinds().table.table, "kinds.table.txt") }

    @Test func csvIsGolden() throws { try expectGolden(try Kinds().table.csv, "kinds.csv") }

    @Test func jsonIsGolden() throws {
        try expectGolden(try Kinds().table.json.text(pretty: true) + "\n", "kinds.json")
    }

    @Test(arguments: [
        (SQLType.decimal(38, 0), SQLValue.decimal(99_999), "99999"), (.bit, .bit(false), "false"),
        (.dateTime2(0), .null, "null"), (.float, .double(.leastNonzeroMagnitude), "5e-324"),
        (.varBinaryMax, .bytes([]), "\"0x\""), (.xml, .string("<a/>"), "\"<a/>\""),
    ])
    func jsonValuesAreExact(type: SQLType, value: SQLValue, json: String) {
        #expect(ValueText(type).json(value).text() == json)
    }

    @Test func aResultWithoutRowsHasItsHeader() {
        let table = ResultTable(columns: [SQLColumn(name: "Id", type: .int)], rows: [])
        #expect(table.table == "Id\n--\n")
        #expect(table.csv == "Id\r\n")
    }
}
