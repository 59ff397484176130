import Foundation
import SQLServer
import TestSupport
import Testing

/// Every type through a bulk copy and back, bit by bit.
@Suite(.timeLimit(.minutes(2))) struct BulkCopyValueTests {
    private static let types: [SQLType] = [
        .bit, .tinyInt, .smallInt, .int, .bigInt, .real, .float, .smallMoney, .money, .decimal(9, 2), .decimal(19, 4),
        .decimal(38, 0), .decimal(38, 38), .numeric(28, 10), .date, .time(0), .time(7), .smallDateTime, .dateTime,
        .dateTime2(0), .dateTime2(3), .dateTime2(7), .dateTimeOffset(0), .dateTimeOffset(7), .char(10), .varChar(50),
        .varCharMax, .nChar(10), .nVarChar(50), .nVarCharMax, .binary(8), .varBinary(50), .varBinaryMax,
        .uniqueIdentifier, .text, .nText, .image,
    ]

    /// The edges of a type, in the form that a column of it gives back.
    private static func edges(_ type: SQLType) -> [SQLValue] {
        switch type.name {
        case "bit": [.bit(false), .bit(true)]
        case "tinyint": [.int(0), .int(255)]
        case "smallint": [.int(-32_768), .int(32_767)]
        case "int": [.int(-2_147_483_648), .int(2_147_483_647), .int(0)]
        case "bigint": [.int(.min), .int(.max), .int(-1)]
        case "real": [.double(Double(Float.greatestFiniteMagnitude)), .double(-1.5), .double(0)]
        case "float": [.double(.greatestFiniteMagnitude), .double(.leastNormalMagnitude), .double(-0.1)]
        case "smallmoney": decimals(["-214748.3648", "214748.3647", "0.0001", "0.0000"])
        case "money": decimals(["-922337203685477.5808", "922337203685477.5807", "-0.0001"])
        case "decimal", "numeric": decimalEdges(type)
        case "date": ["0001-01-01", "9999-12-31", "2024-02-29"].compactMap { SQLDate($0).map(SQLValue.date) }
        case "time": times(type.scale ?? 7)
        case "smalldatetime": moments(["1900-01-01 00:00:00", "2079-06-06 23:59:00"])
        case "datetime": moments(["1753-01-01 00:00:00", "9999-12-31 23:59:59.997", "1900-01-01 00:00:00.003"])
        case "datetime2": moments(["0001-01-01 00:00:00", "9999-12-31 23:59:59", "2026-01-02 03:04:05.0000000"])
        case "datetimeoffset":
            offsets(["0001-01-01 14:00:00 +14:00", "9999-12-31 09:59:59 -14:00", "2026-05-06 07:08:09 +05:30"])
        case "char": [.string("0123456789"), .string("Zoë €".padding(toLength: 10, withPad: " ", startingAt: 0))]
        case "nchar": [.string("0123456789"), .string("😀 Łódź   ")]
        case "varchar", "text":
            [.string(""), .string("Zoë €uro ÿ"), .string(" a "), .string(String(repeating: "x", count: 50))]
        case "nvarchar", "ntext":
            [.string(""), .string("😀 Łódź 日本"), .string("e\u{301}"), .string(String(repeating: "é", count: 50))]
        case "binary": [.bytes([0, 1, 2, 3, 4, 5, 6, 255])]
        case "varbinary", "image": [.bytes([]), .bytes([0]), .bytes(Array(0..<50))]
        case "uniqueidentifier":
            ["00000000-0000-0000-0000-000000000000", "6F9619FF-8B86-D011-B42D-00C04FC964FF"]
                .compactMap { SQLUniqueIdentifier($0).map(SQLValue.uniqueIdentifier) }
        default: []
        }
    }

    private static func decimals(_ texts: [String]) -> [SQLValue] {
        texts.compactMap { SQLDecimal($0).map(SQLValue.decimal) }
    }
    private static func moments(_ texts: [String]) -> [SQLValue] {
        texts.compactMap { SQLDateTime($0).map(SQLValue.dateTime) }
    }
    private static func offsets(_ texts: [String]) -> [SQLValue] {
        texts.compactMap { SQLDateTimeOffset($0).map(SQLValue.dateTimeOffset) }
    }

    private static func times(_ scale: Int) -> [SQLValue] {
        (scale == 7 ? ["00:00:00", "23:59:59.9999999"] : ["00:00:00", "23:59:59"]).compactMap {
            SQLTime($0).map(SQLValue.time)
        }
    }

    private static func decimalEdges(_ type: SQLType) -> [SQLValue] {
        let (precision, scale) = (type.precision ?? 18, type.scale ?? 0)
        let most = (0..<precision).reduce(Int128(0)) { value, _ in value * 10 + 9 }
        return [most, -most, 0, 1, -1].compactMap { SQLDecimal(coefficient: $0, scale: scale).map(SQLValue.decimal) }
    }

    @Test(arguments: Engine.all, types) func valuesComeBackAsTheyWere(engine: Engine, type: SQLType) async throws {
        let values = Self.edges(type)
        #expect(!values.isEmpty)
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.V (Id int NOT NULL, V \(unsafe: type.description) NULL)")
            let all = values + [.null] + values + [.null, .null] + values
            let rows = all.enumerated().map { index, value in
                [SQLTypedValue(.int(Int64(index)), as: .int), SQLTypedValue(value, as: type)]
            }
            try await db.bulkCopy(into: "dbo.V", columns: ["Id", "V"], rows: rows)
            let back = try await db.query("SELECT V FROM dbo.V ORDER BY Id").map { $0.values[0] }
            #expect(back == all, "\(type)")
        }
    }

    @Test(arguments: Engine.all) func everyCharacterOfTheCodePageIsKept(engine: Engine) async throws {
        let characters = (0x80...0xFF).compactMap { byte -> String? in
            String(data: Data([UInt8(byte)]), encoding: .windowsCP1252)
        }
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.C (Id int NOT NULL, V varchar(2) NOT NULL)")
            try await db.bulkCopy(into: "dbo.C", columns: ["Id", "V"], rows: characters.enumerated().map { ($0, $1) })
            let back = try await db.query("SELECT V FROM dbo.C ORDER BY Id", as: (String).self)
            #expect(back == characters)
            #expect(characters.count >= 123)
        }
    }

    @Test(arguments: Engine.all) func longValuesAreKept(engine: Engine) async throws {
        let texts = [4_000, 4_001, 8_000, 8_001, 1_000_000].map { String(repeating: "ab😀c", count: $0 / 5) }
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.L (Id int NOT NULL, V nvarchar(max) NULL, B varbinary(max) NULL)")
            let rows = texts.enumerated().map { ($0, $1, Array($1.utf8)) }
            try await db.bulkCopy(into: "dbo.L", columns: ["Id", "V", "B"], rows: rows)
            let back = try await db.query("SELECT V, B FROM dbo.L ORDER BY Id", as: (String, [UInt8]).self)
            #expect(back.map(\.0) == texts)
            #expect(back.map(\.1) == texts.map { Array($0.utf8) })
        }
    }

    @Test(arguments: Engine.all) func foundationValuesAreCopied(engine: Engine) async throws {
        let (id, date, data) = (UUID(), Date(timeIntervalSinceReferenceDate: 1_234.5), Data([1, 2, 3]))
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.F (Id uniqueidentifier, At datetime2(7), B varbinary(9), D decimal(20,5))")
            try await db.bulkCopy(
                into: "dbo.F", columns: ["Id", "At", "B", "D"], rows: [(id, date, data, Decimal(string: "12.5"))])
            let back = try await db.query("SELECT Id, At, B, D FROM dbo.F", as: (UUID, Date, Data, Decimal).self)
            #expect(back.first?.0 == id)
            #expect(back.first?.1 == date)
            #expect(back.first?.2 == data)
            #expect(back.first?.3 == Decimal(string: "12.5"))
        }
    }
}
