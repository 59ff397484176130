import Foundation
import SQLServerCore
import SQLValues
import Testing

@Suite("The columns of a Decodable type") struct PropertyMatchingTests {
    private struct User: Decodable, Equatable {
        let id: Int
        let createdAt: String
    }

    private static func rows(_ names: [String], _ values: [[SQLValue]]) async throws -> SQLResultSet {
        let columns = names.enumerated().map { index, name in
            let isText = values.contains { if case .string = $0[index] { true } else { false } }
            return SQLColumn(name: name, type: isText ? .nVarChar(50) : .int)
        }
        return try await Fixture.resultSet(columns, values)
    }

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

    @Test(arguments: [
        (["id", "createdAt"], SQLColumnMatching.exact, true), (["id", "createdAt"], .ignoringCase, true),
        (["id", "createdAt"], .snakeCase, true), (["Id", "CREATEDAT"], .exact, false),
        (["Id", "CREATEDAT"], .ignoringCase, true), (["ID", "created_at"], .ignoringCase, false),
        (["ID", "created_at"], .snakeCase, true), (["id", "CREATED_AT"], .snakeCase, true),
        (["id", "created at"], .snakeCase, false),
    ])
    func areMatchedByPolicy(names: [String], matching: SQLColumnMatching, fits: Bool) async throws {
        let rows = try await Self.rows(names, [[.int(1), .string("x")], [.int(2), .string("y")]])
        let users = Result { try rows.decode(as: User.self, matching: matching) }
        if fits {
            #expect(try users.get() == [User(id: 1, createdAt: "x"), User(id: 2, createdAt: "y")])
        } else {
            #expect(message { _ = try users.get() }?.contains("there is no column") == true)
        }
    }

    @Test func areTheExactOnesAmongThoseThatFit() async throws {
        let rows = try await Self.rows(
            ["created_at", "createdAt", "ID", "id"], [[.string("a"), .string("b"), .int(1), .int(2)]])
        for matching in [SQLColumnMatching.exact, .ignoringCase, .snakeCase] {
            #expect(try rows.decode(as: User.self, matching: matching) == [User(id: 2, createdAt: "b")])
        }
    }

    @Test(arguments: [
        (["id", "id", "createdAt"], SQLColumnMatching.exact), (["ID", "Id", "createdAt"], .ignoringCase),
        (["i_d", "ID", "createdAt"], .snakeCase),
    ])
    func areNeverGuessed(names: [String], matching: SQLColumnMatching) async throws {
        let rows = try await Self.rows(names, [[.int(1), .int(2), .string("x")]])
        let text = message { _ = try rows.decode(as: User.self, matching: matching) }
        #expect(text?.contains("more than one column fits 'id'") == true)
    }

    private struct Address: Decodable, Equatable {
        let street: String
        let zip: Int?
    }
    private struct Customer: Decodable, Equatable {
        let id: Int
        let address: Address?
        let billing: Address
    }
    private static let nested = ["Id", "address.street", "Address.Zip", "billing.street", "billing.zip"]

    @Test func ofANestedTypeHaveItsNameAndAPoint() async throws {
        let rows = try await Self.rows(
            Self.nested,
            [
                [.int(1), .string("A"), .int(10), .string("B"), .null],
                [.int(2), .null, .null, .string("C"), .int(20)],
            ])
        #expect(
            try rows.decode(as: Customer.self) == [
                Customer(id: 1, address: Address(street: "A", zip: 10), billing: Address(street: "B", zip: nil)),
                Customer(id: 2, address: nil, billing: Address(street: "C", zip: 20)),
            ])
    }

    @Test func ofANestedTypeAreNamedInErrors() async throws {
        let rows = try await Self.rows(Self.nested, [[.int(1), .null, .int(10), .string("B"), .null]])
        let text = message { _ = try rows.decode(as: Customer.self) }
        #expect(text?.contains("'address.street'") == true && text?.contains("NULL") == true)
        let missing = try await Self.rows(["Id", "billing.zip"], [[.int(1), .int(1)]])
        #expect(message { _ = try missing.decode(as: Customer.self) }?.contains("'billing.street'") == true)
        let none = try await Self.rows(["Id"], [[.int(1)]])
        #expect(message { _ = try none.decode(as: Customer.self) }?.contains("'billing'") == true)
    }

    @Test func ofTypesInsideNestedTypesHaveAllNames() async throws {
        struct Inner: Decodable, Equatable { let a: Int }
        struct Middle: Decodable, Equatable { let inner: Inner }
        struct Outer: Decodable, Equatable { let middle: Middle }
        let rows = try await Self.rows(["middle.inner.a"], [[.int(5)]])
        #expect(try rows.decode(as: Outer.self) == [Outer(middle: Middle(inner: Inner(a: 5)))])
    }

    @Test func areFoundAgainWhenRowsTakeDifferentPaths() async throws {
        /// Asks for other columns depending on the first.
        struct Shape: Decodable, Equatable {
            let size: Int
            enum Keys: String, CodingKey { case kind, radius, width, height }
            init(from decoder: any Decoder) throws {
                let values = try decoder.container(keyedBy: Keys.self)
                if try values.decode(Int.self, forKey: .kind) == 0 {
                    size = try values.decode(Int.self, forKey: .radius)
                } else {
                    size = try values.decode(Int.self, forKey: .width) * values.decode(Int.self, forKey: .height)
                }
            }
        }
        let rows = try await Self.rows(
            ["kind", "radius", "width", "height"],
            (0..<100).map { [.int($0 % 3 == 0 ? 0 : 1), .int($0), .int(2), .int($0)] })
        #expect(try rows.decode(as: Shape.self).map(\.size) == (0..<100).map { $0 % 3 == 0 ? $0 : 2 * $0 })
    }

    private struct Settings: Codable, Equatable {
        let theme: String
        let sizes: [Int]
    }

    @Test func mayHoldJSON() async throws {
        struct Profile: Decodable {
            let id: Int
            let settings: SQLJSON<Settings>
            let extra: SQLJSON<[String: Int]>?
        }
        let rows = try await Self.rows(
            ["id", "settings", "extra"], [[.int(1), .string(#"{"theme":"dark","sizes":[1,2]}"#), .null]])
        let profile = try #require(try rows.decode(as: Profile.self).first)
        #expect(profile.settings.value == Settings(theme: "dark", sizes: [1, 2]) && profile.extra == nil)
    }

    @Test(arguments: [
        (#"{"theme":"dark"}"#, "'sizes' at $"), (#"{"theme":"secret","sizes":["x"]}"#, "$.sizes[0]"),
        ("nonsense", "not JSON"),
        (#"{"theme":null,"sizes":[]}"#, "$.theme"), ("", "not JSON"),
    ])
    func sayWhereTheirJSONDoesNotFit(text: String, part: String) throws {
        let row = Fixture.row(.string(text), .nVarCharMax)
        let message = try #require(message { _ = try row.decode(SQLJSON<Settings>.self, at: 0) })
        #expect(message.contains("'Value'") && message.contains(part), "\(message)")
        #expect(!message.contains("secret"))
    }

    @Test func mayHoldEnumerations() async throws {
        let rows = try await Self.rows(["level", "colour"], [[.int(2), .string("green")]])
        let (level, colour) = try rows[0].decode((Level, Colour?).self)
        #expect(level == .high && colour == .green)
        let wrong = Fixture.row(.int(9), .int)
        #expect(message { _ = try wrong.decode(Level.self, at: 0) }?.contains("Level") == true)
        #expect(message { _ = try Fixture.row(.null, .int).decode(Level.self, at: 0) }?.contains("Level?") == true)
        #expect(try Level.low.encode() == SQLTypedValue(.int(1), as: .bigInt))
        #expect(try Colour?.none.encode() == SQLTypedValue(.null, as: .nVarChar(4_000)))
    }
}

private enum Level: Int, SQLDecodable, SQLEncodable { case low = 1, high = 2 }
private enum Colour: String, SQLDecodable, SQLEncodable { case red, green }
