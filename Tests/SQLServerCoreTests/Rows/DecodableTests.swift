import Foundation
import SQLServerCore
import SQLValues
import Testing

@Suite("A row as a Decodable value")
struct DecodableTests {
    private enum Level: Int, Decodable { case low = 1, high = 2 }
    private enum Colour: String, Decodable { case red, green }

    private struct User: Decodable {
        let id: Int
        let name: String
        let nickname: String?
        let isActive: Bool
        let score: Double
        let balance: Decimal
        let token: UUID
        let created: Date
        let picture: [UInt8]
        let data: Data
        let level: Level
        let colour: Colour?
    }

    private static let columns = [
        SQLColumn(name: "Id", type: .int), SQLColumn(name: "NAME", type: .nVarChar(50)),
        SQLColumn(name: "nickname", type: .nVarChar(50)), SQLColumn(name: "IsActive", type: .bit),
        SQLColumn(name: "score", type: .float), SQLColumn(name: "balance", type: .money),
        SQLColumn(name: "token", type: .uniqueIdentifier), SQLColumn(name: "created", type: .dateTime2(7)),
        SQLColumn(name: "picture", type: .varBinaryMax), SQLColumn(name: "data", type: .varBinaryMax),
        SQLColumn(name: "level", type: .tinyInt), SQLColumn(name: "colour", type: .varChar(10)),
        SQLColumn(name: "unused", type: .int),
    ]
    private static let guid = "6F9619FF-8B86-D011-B42D-00C04FC964FF"

    private static func values(_ changes: [Int: SQLValue] = [:]) -> [SQLValue] {
        var values: [SQLValue] = [
            .int(7), .string("Ann"), .null, .bit(true), .double(0.5), Sample.decimal("12.3400"), Sample.guid(guid),
            Sample.moment("2001-01-01 00:00:01"), .bytes([1]), .bytes([2]), .int(2), .string("green"), .int(0),
        ]
        for (index, value) in changes { values[index] = value }
        return values
    }

    private static func user(_ changes: [Int: SQLValue] = [:]) async throws -> User {
        let rows = try await Fixture.resultSet(columns, [values(changes)])
        return try #require(try rows.decode(as: User.self).first)
    }

    private func message<Value: Decodable>(_ type: Value.Type, _ columns: [SQLColumn], _ values: [SQLValue])
        async throws -> String
    {
        let rows = try await Fixture.resultSet(columns, [values])
        do throws(SQLServerError) {
            _ = try rows.decode(as: type)
            return ""
        } catch {
            #expect(error.code == .decoding)
            return error.message
        }
    }

    @Test func takesItsPropertiesFromColumnsByName() async throws {
        let user = try await Self.user()
        #expect(user.id == 7 && user.name == "Ann" && user.nickname == nil && user.isActive && user.score == 0.5)
        #expect(user.balance == Decimal(string: "12.34") && user.token.uuidString == Self.guid)
        #expect(user.created == Date(timeIntervalSinceReferenceDate: 1))
        #expect(user.picture == [1] && user.data == Data([2]) && user.level == .high && user.colour == .green)
        #expect(try await Self.user([11: .null]).colour == nil)
        #expect(try await Self.user([2: .string("")]).nickname == "")
    }

    @Test(arguments: [
        (0, SQLValue.null, "'Id'", "(int)", "Int"), (1, .null, "'NAME'", "(nvarchar(50))", "String"),
        (10, .null, "'level'", "(tinyint)", "Int"),
    ])
    func saysWhichColumnIsNULL(index: Int, value: SQLValue, column: String, type: String, swift: String) async throws {
        let text = try await message(User.self, Self.columns, Self.values([index: value]))
        for part in [column, type, swift, "NULL"] { #expect(text.contains(part), "\(text)") }
    }

    @Test func saysWhichColumnIsMissing() async throws {
        let text = try await message(User.self, [Self.columns[0]], [.int(1)])
        #expect(text.contains("'name'") && text.contains("'Id'"))
    }

    @Test func takesAnOptionalWithoutAColumnAsNil() async throws {
        struct Small: Decodable {
            let id: Int
            let other: String?
        }
        let rows = try await Fixture.resultSet([Self.columns[0]], [[.int(1)]])
        #expect(try rows.decode(as: Small.self).first?.other == nil)
    }

    @Test(arguments: [
        (10, SQLValue.int(9), "'level'", "(tinyint)", "Level"),
        (11, .string("purple"), "'colour'", "(varchar(10))", "Colour"),
    ])
    func saysWhichColumnIsNoCase(index: Int, value: SQLValue, column: String, type: String, swift: String) async throws
    {
        let text = try await message(User.self, Self.columns, Self.values([index: value]))
        for part in [column, type, swift] { #expect(text.contains(part), "\(text)") }
        #expect(!text.contains("purple"))
    }

    @Test func takesTheNamesOfCodingKeys() async throws {
        struct Order: Decodable {
            let number: Int
            let customer: String
            enum CodingKeys: String, CodingKey {
                case number = "Order No"
                case customer = "CustomerName"
            }
        }
        let columns = [SQLColumn(name: "Order No", type: .int), SQLColumn(name: "customername", type: .varChar(10))]
        let rows = try await Fixture.resultSet(columns, [[.int(1), .string("x")], [.int(2), .string("y")]])
        let orders = try rows.decode(as: Order.self)
        #expect(orders.map(\.number) == [1, 2] && orders.map(\.customer) == ["x", "y"])
    }

    @Test func isASingleValueForASingleType() async throws {
        let numbers = try await Fixture.resultSet([Self.columns[0]], [[.int(1)], [.int(2)]])
        #expect(try numbers.decode(as: Int.self) == [1, 2])
        #expect(try numbers.decode(as: Level.self) == [.low, .high])
        let dates = try await Fixture.resultSet([Self.columns[7]], [[Sample.moment("2001-01-01 00:00:01")]])
        #expect(try dates.decode(as: Date.self) == [Date(timeIntervalSinceReferenceDate: 1)])
        let tokens = try await Fixture.resultSet([Self.columns[6]], [[Sample.guid(Self.guid)]])
        #expect(try tokens.decode(as: UUID.self).map(\.uuidString) == [Self.guid])
    }

    @Test func isNoListAndNoNestedObject() async throws {
        struct Inner: Decodable { let a: Int }
        struct Outer: Decodable { let id: Inner }
        struct Lists: Decodable { let id: [Int] }
        let (columns, values) = ([Self.columns[0]], [SQLValue.int(1)])
        #expect(try await message(Outer.self, columns, values).contains("'Id'"))
        #expect(try await message(Lists.self, columns, values).contains("'Id'"))
        #expect(!(try await message([Int].self, columns, values)).isEmpty)
    }
}
