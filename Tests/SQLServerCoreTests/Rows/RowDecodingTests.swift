import Foundation
import SQLServerCore
import SQLValues
import Testing

/// A value, its type, and a Swift type that it cannot be read as.
struct Mismatch: Sendable, CustomTestStringConvertible {
    let value: SQLValue
    let type: SQLType
    let swiftType: String
    let decode: @Sendable (SQLRow) throws -> Void

    init<Value: SQLDecodable & SendableMetatype>(_ value: SQLValue, _ type: SQLType, _ swiftType: Value.Type) {
        self.value = value
        self.type = type
        self.swiftType = "\(swiftType)"
        decode = { _ = try $0.decode(Value.self, at: 0) }
    }

    var testDescription: String { "\(type) as \(swiftType)" }
}

@Suite("A row")
struct RowDecodingTests {
    private func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch let error as SQLServerError where error.code == .decoding {
            return error.message
        } catch {
            return "another error: \(error)"
        }
    }

    @Test func isReadAsATuple() async throws {
        let columns = [
            SQLColumn(name: "Id", type: .int), SQLColumn(name: "Name", type: .nVarChar(50)),
            SQLColumn(name: "Price", type: .decimal(9, 2)), SQLColumn(name: "Extra", type: .bit),
        ]
        let rows = try await Fixture.resultSet(
            columns, [[.int(1), .string("Ann"), Sample.decimal("1.50"), .bit(true)], [.int(2), .null, .null, .null]])
        let (id, name, price) = try rows[0].decode((Int, String, SQLDecimal).self)
        #expect(id == 1 && name == "Ann" && price.description == "1.50")
        let all = try rows.decode((Int32, String?, Decimal?, Bool?).self)
        #expect(all[0] == (1, "Ann", Decimal(string: "1.5"), true))
        #expect(all[1] == (2, nil, nil, nil))
    }

    @Test func refusesATupleWithMoreValuesThanColumns() throws {
        let row = Fixture.row(.int(1), .int)
        #expect(message { _ = try row.decode((Int, Int).self) }?.contains("no column 1") == true)
    }

    @Test func isReadAsTheTypesThatHoldItsValues() throws {
        #expect(try Fixture.row(.int(255), .tinyInt).decode(UInt8.self, at: 0) == 255)
        #expect(try Fixture.row(.int(-5), .smallInt).decode(Int8.self, at: 0) == -5)
        #expect(try Fixture.row(.int(.max), .bigInt).decode(UInt64.self, at: 0) == UInt64(Int64.max))
        #expect(try Fixture.row(.int(.min), .bigInt).decode(Int.self, at: 0) == .min)
        #expect(try Fixture.row(.int(7), .int).decode(SQLDecimal.self, at: 0) == 7)
        #expect(try Fixture.row(.int(-7), .int).decode(Decimal.self, at: 0) == -7)
        #expect(try Fixture.row(.double(0.1), .float).decode(Double.self, at: 0) == 0.1)
        #expect(try Fixture.row(.double(Double(Float(0.1))), .real).decode(Float.self, at: 0) == Float(0.1))
        #expect(try Fixture.row(.double(Double(Float(0.1))), .real).decode(Double.self, at: 0) == Double(Float(0.1)))
        #expect(try Fixture.row(.bytes([1, 2]), .varBinary(2)).decode(Data.self, at: 0) == Data([1, 2]))
        #expect(try Fixture.row(.string("<a/>"), .xml).decode(String.self, at: 0) == "<a/>")
        let guid = "6F9619FF-8B86-D011-B42D-00C04FC964FF"
        #expect(try Fixture.row(Sample.guid(guid), .uniqueIdentifier).decode(UUID.self, at: 0).uuidString == guid)
    }

    @Test(arguments: [
        "0", "-922337203685477.5808", "99999999999999999999999999999999999999",
        "0.00000000000000000000000000000000000001",
    ])
    func isReadAsAFoundationDecimalExactly(text: String) throws {
        let number = try #require(SQLDecimal(text))
        let row = Fixture.row(.decimal(number), .decimal(38, number.scale))
        let decimal = try row.decode(Decimal.self, at: 0)
        #expect(SQLDecimal(decimal.description) == number)
    }

    @Test(arguments: [
        ("2001-01-01 00:00:00", 0.0), ("1970-01-01 00:00:00", -978_307_200.0), ("2000-12-31 23:59:59.75", -0.25),
        ("0001-01-01 00:00:00", -63_113_904_000.0), ("9999-12-31 23:59:59", 252_423_993_599.0),
    ])
    func isReadAsADateInUTC(text: String, seconds: Double) throws {
        let expected = Date(timeIntervalSinceReferenceDate: seconds)
        #expect(try Fixture.row(Sample.moment(text), .dateTime2(7)).decode(Date.self, at: 0) == expected)
        if !text.hasPrefix("0001"), !text.hasPrefix("9999") {
            let row = Fixture.row(Sample.offset("2001-01-01 02:00:00 +02:00"), .dateTimeOffset(7))
            #expect(try row.decode(Date.self, at: 0) == Date(timeIntervalSinceReferenceDate: 0))
        }
    }

    static let mismatches = [
        Mismatch(.string("42"), .nVarChar(10), Int.self), Mismatch(.int(42), .int, String.self),
        Mismatch(.int(256), .int, UInt8.self), Mismatch(.int(-1), .int, UInt.self),
        Mismatch(.int(128), .smallInt, Int8.self),
        Mismatch(.int(.max), .bigInt, Int32.self), Mismatch(.int(1), .int, Bool.self),
        Mismatch(.bit(true), .bit, Int.self),
        Mismatch(.bit(true), .bit, SQLDecimal.self), Mismatch(.int(1), .int, Double.self),
        Mismatch(.double(1), .float, Int.self), Mismatch(.double(1), .float, Float.self),
        Mismatch(.double(1), .float, SQLDecimal.self), Mismatch(Sample.decimal("1.5"), .decimal(9, 2), Double.self),
        Mismatch(Sample.decimal("1.00"), .decimal(9, 2), Int.self),
        Mismatch(Sample.decimal("1.0000"), .money, Int.self),
        Mismatch(.bytes([1]), .varBinary(8), String.self), Mismatch(.string("x"), .varChar(8), [UInt8].self),
        Mismatch(.string("x"), .varChar(8), Data.self), Mismatch(.string("2024-01-01"), .char(10), SQLDate.self),
        Mismatch(Sample.date("2024-01-01"), .date, SQLDateTime.self),
        Mismatch(Sample.date("2024-01-01"), .date, Date.self),
        Mismatch(Sample.date("2024-01-01"), .date, Int.self), Mismatch(Sample.time("01:02:03"), .time(7), SQLDate.self),
        Mismatch(Sample.time("01:02:03"), .time(7), Date.self),
        Mismatch(Sample.moment("2024-01-01 00:00:00"), .dateTime, SQLDate.self),
        Mismatch(Sample.moment("2024-01-01 00:00:00"), .dateTime2(7), SQLDateTimeOffset.self),
        Mismatch(Sample.offset("2024-01-01 00:00:00Z"), .dateTimeOffset(7), SQLDateTime.self),
        Mismatch(.string("6F9619FF-8B86-D011-B42D-00C04FC964FF"), .char(36), UUID.self),
        Mismatch(Sample.guid("6F9619FF-8B86-D011-B42D-00C04FC964FF"), .uniqueIdentifier, String.self),
        Mismatch(.bit(true), .bit, Decimal.self), Mismatch(.double(1), .float, Decimal.self),
        Mismatch(.null, .varBinaryMax, Data.self), Mismatch(.null, .money, Decimal.self),
        Mismatch(.null, .int, Int.self), Mismatch(.null, .nVarChar(10), String.self), Mismatch(.null, .bit, Bool.self),
        Mismatch(.null, .decimal(9, 2), SQLDecimal.self), Mismatch(.null, .date, SQLDate.self),
        Mismatch(.null, .dateTime2(7), Date.self), Mismatch(.null, .uniqueIdentifier, UUID.self),
        Mismatch(.null, .time(7), SQLTime.self), Mismatch(.null, .varBinaryMax, [UInt8].self),
    ]

    @Test(arguments: mismatches) func saysWhatDoesNotFit(mismatch: Mismatch) throws {
        let message = try #require(
            message { try mismatch.decode(Fixture.row(mismatch.value, mismatch.type, name: "Salary")) })
        #expect(message.contains("'Salary'"))
        #expect(message.contains("(\(mismatch.type))"))
        #expect(message.contains(mismatch.swiftType))
        if mismatch.value == .null { #expect(message.contains("NULL") && message.contains("\(mismatch.swiftType)?")) }
    }

    @Test func namesAColumnWithoutANameByItsPosition() throws {
        #expect(
            message { _ = try Fixture.row(.int(1), .int, name: "").decode(String.self, at: 0) }?.contains("column 0")
                == true)
    }

    @Test func showsNoValueInItsErrors() throws {
        #expect(
            message { _ = try Fixture.row(.int(471_147), .int).decode(UInt8.self, at: 0) }?.contains("471147") == false)
    }

    @Test func findsAColumnByItsExactNameFirst() async throws {
        let names = ["ID", "id", "Name", "name", "NAME", "", "Größe"]
        let rows = try await Fixture.resultSet(
            names.map { SQLColumn(name: $0, type: .int) }, [names.indices.map { .int(Int64($0)) }])
        for (index, name) in names.enumerated() { #expect(try rows[0].decode(Int.self, at: name) == index) }
        // No exact match: the first column that matches without regard to case.
        #expect(try rows[0].decode(Int.self, at: "Id") == 0)
        #expect(try rows[0].decode(Int.self, at: "nAmE") == 2)
        #expect(try rows[0].decode(Int.self, at: "GRÖSSE".replacing("SS", with: "ß")) == 6)
    }

    @Test func keepsColumnsOfTheSameNameApart() async throws {
        let columns = ["a", "a", "A"].map { SQLColumn(name: $0, type: .int) }
        let rows = try await Fixture.resultSet(columns, [[.int(1), .int(2), .int(3)]])
        #expect(rows[0].values == [.int(1), .int(2), .int(3)])
        #expect(try rows[0].decode((Int, Int, Int).self) == (1, 2, 3))
        #expect(try rows[0].decode(Int.self, at: "a") == 1)
        #expect(try rows[0].decode(Int.self, at: "A") == 3)
    }

    @Test func saysWhichColumnsThereAre() async throws {
        let columns = ["Id", "Name"].map { SQLColumn(name: $0, type: .int) }
        let rows = try await Fixture.resultSet(columns, [[.int(1), .int(2)]])
        let text = message { _ = try rows[0].decode(Int.self, at: "Nmae") }
        #expect(text?.contains("'Nmae'") == true && text?.contains("'Id', 'Name'") == true)
        for position in [-1, 2, .max, .min] {
            #expect(message { _ = try rows[0].decode(Int.self, at: position) }?.contains("\(position)") == true)
        }
    }
}
