/// Decodes a `Decodable` type from a row: the row is a keyed container, each column a single value.
struct RowDecoder: Decoder {
    let row: SQLRow
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer<Key>(row: row))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SQLServerError(.decoding, "a row is decoded by column names, not as a list")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        CellContainer(cell: try row.cell(at: 0))
    }
}

/// The columns of a row by name.
private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: SQLRow
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { row.columns.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { row.list.position(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try row.cell(at: key.stringValue).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try CellContainer(cell: row.cell(at: key.stringValue)).decode(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        throw SQLServerError(.decoding, "column '\(key.stringValue)' holds one value, not an object")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SQLServerError(.decoding, "column '\(key.stringValue)' holds one value, not a list")
    }

    func superDecoder() throws -> any Decoder { RowDecoder(row: row) }
    func superDecoder(forKey key: Key) throws -> any Decoder { RowDecoder(row: row) }
}

/// One cell as a decoder, for types such as enumerations that decode themselves from a single value.
private struct CellContainer: SingleValueDecodingContainer, Decoder {
    let cell: SQLCell
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decodeNil() -> Bool { cell.isNull }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let known = type as? any SQLDecodable.Type, let value = try known.decode(cell) as? Value { return value }
        do {
            return try Value(from: self)
        } catch let error as SQLServerError {
            throw error
        } catch {
            // The type's own error, which may show the value and does not know the column.
            throw cell.mismatch(type, "the value is none of the type's")
        }
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw cell.mismatch(Key.self, "a column holds one value, not an object")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw cell.mismatch([Any].self, "a column holds one value, not a list")
    }
}
