import Foundation
import SQLServerCore
import SQLValues
import Testing

/// A Swift type that columns are read as, in three ways.
struct SwiftType: Sendable, CustomTestStringConvertible {
    let name: String
    let isDecodable: Bool
    /// Reads the only column of a row as the type; says whether it gave a value.
    let direct: @Sendable (SQLRow) throws -> Void
    let optional: @Sendable (SQLRow) throws -> Bool
    let property: @Sendable (SQLRow) throws -> Void

    private struct Box<Value: Decodable>: Decodable { let value: Value }

    init<Value: SQLDecodable & Decodable & SendableMetatype>(_ type: Value.Type) {
        name = "\(type)"
        isDecodable = true
        direct = { _ = try $0.decode(Value.self, at: 0) }
        optional = { try $0.decode(Value?.self, at: 0) != nil }
        property = { _ = try $0.decode(as: Box<Value>.self) }
    }

    var testDescription: String { name }

    static let integers = [
        SwiftType(Int.self), SwiftType(Int8.self), SwiftType(Int16.self), SwiftType(Int32.self), SwiftType(Int64.self),
        SwiftType(UInt.self), SwiftType(UInt8.self), SwiftType(UInt16.self), SwiftType(UInt32.self),
        SwiftType(UInt64.self),
    ]
    static let all =
        integers + [
            SwiftType(Bool.self), SwiftType(Double.self), SwiftType(Float.self), SwiftType(String.self),
            SwiftType([UInt8].self), SwiftType(Data.self), SwiftType(UUID.self), SwiftType(Decimal.self),
            SwiftType(Date.self), SwiftType(SQLDecimal.self), SwiftType(SQLDate.self), SwiftType(SQLTime.self),
            SwiftType(SQLDateTime.self), SwiftType(SQLDateTimeOffset.self), SwiftType(SQLUniqueIdentifier.self),
        ]
}

/// Every Swift type against every SQL type: a value or an error that says what does not fit, never a trap.
@Suite("A column of each type") struct DecodingTableTests {
    /// The Swift types that hold every value of a SQL type, or, for integers, those in range.
    private static func fitting(_ type: SQLType) -> Set<String> {
        switch type.description.prefix(while: { $0 != "(" }) {
        case "bit": ["Bool"]
        case "tinyint", "smallint", "int", "bigint":
            Set(SwiftType.integers.map(\.name)).union(["SQLDecimal", "Decimal", "NSDecimal"])
        case "real": ["Double", "Float"]
        case "float": ["Double"]
        case "money", "smallmoney", "decimal", "numeric": ["SQLDecimal", "Decimal", "NSDecimal"]
        case "date": ["SQLDate"]
        case "time": ["SQLTime"]
        case "datetime", "smalldatetime", "datetime2": ["SQLDateTime", "Date"]
        case "datetimeoffset": ["SQLDateTimeOffset", "Date"]
        case "uniqueidentifier": ["UUID", "SQLUniqueIdentifier"]
        case "binary", "varbinary", "image", "timestamp": ["Array<UInt8>", "Data"]
        default: ["String"]
        }
    }

    private func failure(_ body: () throws -> Void) -> SQLServerError? {
        do {
            try body()
            return nil
        } catch let error as SQLServerError {
            #expect(error.code == .decoding)
            return error
        } catch {
            Issue.record("not a SQLServerError: \(error)")
            return nil
        }
    }

    @Test(arguments: SwiftType.all) func isReadAsATypeThatHoldsItAndElseRefused(swift: SwiftType) throws {
        for (type, values) in Sample.all {
            for value in values {
                let row = Fixture.row(value, type)
                let error = failure { try swift.direct(row) }
                let message = error?.message ?? ""
                if Self.fitting(type).contains(swift.name) {
                    // An integer may be out of the Swift type's range, and nothing else may be wrong.
                    #expect(error == nil || message.contains("out of range"), "\(type): \(message)")
                } else {
                    #expect(error != nil, "\(type) was read as \(swift.name)")
                }
                if error != nil {
                    #expect(message.contains("'Value'") && message.contains("(\(type))"), "\(message)")
                    #expect(message.contains(swift.name), "\(message)")
                }
                // An optional and a property of a Decodable type do the same.
                #expect(failure { _ = try swift.optional(row) }.map { _ in true } == error.map { _ in true })
                #expect(failure { try swift.property(row) }?.message == error?.message, "\(type)")
            }
        }
    }

    @Test(arguments: SwiftType.all) func isNilForNULLAndElseRefused(swift: SwiftType) throws {
        for (type, _) in Sample.all {
            let row = Fixture.row(.null, type)
            #expect(try swift.optional(row) == false)
            let message = try #require(failure { try swift.direct(row) }?.message)
            #expect(message.contains("NULL") && message.contains("(\(type))"), "\(message)")
        }
    }
}
