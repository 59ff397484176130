import Foundation
public import SQLValues

/// A value that a column or a parameter holds as JSON text.
///
/// ```swift
/// struct Address: Codable { let street: String; let city: String }
///
/// let address = try await db.scalar("SELECT Address FROM dbo.Users WHERE Id = \(id)", as: SQLJSON<Address>.self).value
/// try await db.execute("UPDATE dbo.Users SET Address = \(SQLJSON(address)) WHERE Id = \(id)")
///
/// struct User: Decodable { let id: Int; let address: SQLJSON<Address> }    // as a property
/// ```
///
/// Read and written by Foundation's `JSONDecoder` and `JSONEncoder` as they are set from the start; of numbers use
/// `Int`, `Double` or `Decimal`, of dates the `SQL…` types, which read what `FOR JSON` writes. In a decoder other than
/// a row's it stands for its value.
public struct SQLJSON<Value: Sendable>: Sendable {
    /// What the JSON says.
    public var value: Value

    /// A value to be sent as JSON.
    ///
    /// ```swift
    /// let parameter = SQLJSON(["dark", "wide"])
    /// ```
    public init(_ value: Value) { self.value = value }
}

extension SQLJSON: Equatable where Value: Equatable {}
extension SQLJSON: Hashable where Value: Hashable {}

extension SQLJSON: SQLDecodable where Value: Decodable {
    /// JSON in a character column.
    ///
    /// - Throws: `decoding` when the column holds no text, or the text is not the JSON of such a value; the message says
    ///   where in the document, and shows nothing of it.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLJSON<Value> {
        let place = try cell.stored((Int, Int).self, .text, for: SQLJSON<Value>.self)
        do {
            return SQLJSON(try JSONDecoder().decode(Value.self, from: unsafe Data(cell.storage.buffer(place))))
        } catch {
            throw cell.mismatch(SQLJSON<Value>.self, jsonFailure(error))
        }
    }
}

extension SQLJSON: Decodable where Value: Decodable {
    /// The value itself.
    public init(from decoder: any Decoder) throws { value = try Value(from: decoder) }
}

extension SQLJSON: Encodable where Value: Encodable {
    /// The value itself.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension SQLJSON: SQLEncodable where Value: Encodable {
    /// `nvarchar(max)`.
    public static var sqlType: SQLType { .nVarCharMax }

    /// The JSON as `nvarchar(max)`, its keys in order, so that equal values are equal texts.
    ///
    /// - Throws: `encoding` for what JSON cannot say, such as NaN.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let text = String(decoding: try encoder.encode(value), as: UTF8.self)
            return SQLTypedValue(.string(text), as: .nVarCharMax)
        } catch {
            throw SQLServerError(.encoding, "a \(Value.self) cannot be sent as JSON: it holds what JSON cannot say")
        }
    }
}

/// What is wrong with a JSON document, without its values.
func jsonFailure(_ error: any Error) -> String {
    func path(_ context: DecodingError.Context) -> String {
        let parts = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
        return "$" + parts.joined()
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): return "the JSON has no '\(key.stringValue)' at \(path(context))"
    case .valueNotFound(let type, let context): return "the JSON has null for \(type) at \(path(context))"
    case .typeMismatch(let type, let context): return "the JSON is no \(type) at \(path(context))"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
        return "the JSON has no value of the type at \(path(context))"
    default: return "the text is not JSON"
    }
}
