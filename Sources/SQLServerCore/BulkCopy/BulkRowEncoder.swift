package import SQLValues

/// Takes the properties of `Encodable` values as values of columns, by name.
///
/// For one task. The keys of the first value are the columns; a property that is nil counts as NULL.
package final class BulkRowEncoder {
    private var names: [String] = []
    private var positions: [String: Int] = [:]
    private var values: [SQLTypedValue?] = []
    private var isLearning = false

    package init() {}

    /// The keys of a value, in the order in which it encodes them.
    package func names(of row: some Encodable) throws(BulkValueError) -> [String] {
        isLearning = true
        defer { isLearning = false }
        try encode(row)
        guard !names.isEmpty else { throw BulkValueError("\(type(of: row)) encodes no properties", .row) }
        return names
    }

    /// Writes a value's properties in the order of the columns.
    package func write(_ row: some Encodable, to writer: inout BulkRowWriter) throws(BulkValueError) {
        for index in values.indices { values[index] = nil }
        try encode(row)
        for index in values.indices {
            guard let value = values[index] else {
                throw BulkValueError(
                    "the value has nothing for '\(names[index])', unlike the first one", .property(names[index]))
            }
            try writer.append(value)
        }
    }

    private func encode(_ row: some Encodable) throws(BulkValueError) {
        do {
            try row.encode(to: RowValues(encoder: self))
        } catch let error as BulkValueError {
            throw error
        } catch let error as SQLServerError {
            throw BulkValueError(error.message, .row)
        } catch {
            throw BulkValueError("\(type(of: row)) cannot be encoded", .row)
        }
    }

    fileprivate func set(_ value: SQLTypedValue, _ key: String) throws(BulkValueError) {
        if let position = positions[key] {
            values[position] = value
            return
        }
        guard isLearning else {
            throw BulkValueError("the value has a property '\(key)' that the first one lacks", .property(key))
        }
        positions[key] = names.count
        names.append(key)
        values.append(value)
    }

    fileprivate func set(_ value: some Encodable, _ key: String) throws {
        guard let value = value as? any SQLEncodable else {
            return try value.encode(to: SingleValue(encoder: self, key: key))
        }
        let encoded: SQLTypedValue
        do throws(SQLServerError) {
            encoded = try value.encode()
        } catch {
            throw BulkValueError(error.message, .property(key))
        }
        try set(encoded, key)
    }
}

private func refuse(_ key: String) -> BulkValueError {
    BulkValueError("the property '\(key)' is an object or a list; a column holds one value", .property(key))
}

/// The properties of one value.
private struct RowValues: Encoder {
    let encoder: BulkRowEncoder
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Properties<Key>(encoder: encoder))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Refusal(key: "") }
    func singleValueContainer() -> any SingleValueEncodingContainer { Refusal(key: "") }
}

private struct Properties<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: BulkRowEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { try encoder.set(SQLTypedValue(.null, as: .int), key.stringValue) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try encoder.set(value, key.stringValue) }

    // Without these a nil property would not be told at all.
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value, key) }

    private func optional<Value: Encodable>(_ value: Value?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(RefusedProperties<Nested>(key: key.stringValue))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { Refusal(key: key.stringValue) }
    func superEncoder() -> any Encoder { SingleValue(encoder: encoder, key: "super") }
    func superEncoder(forKey key: Key) -> any Encoder { SingleValue(encoder: encoder, key: key.stringValue) }
}

/// A property whose type encodes itself, such as an enumeration.
private struct SingleValue: Encoder, SingleValueEncodingContainer {
    let encoder: BulkRowEncoder
    let key: String
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(RefusedProperties<Key>(key: key))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Refusal(key: key) }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }
    func encodeNil() throws { try encoder.set(SQLTypedValue(.null, as: .int), key) }
    func encode(_ value: some Encodable) throws { try encoder.set(value, key) }
}

/// Takes nothing: a column holds one value.
private struct Refusal: UnkeyedEncodingContainer, SingleValueEncodingContainer, Encoder {
    let key: String
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var count: Int { 0 }

    func encodeNil() throws { throw refuse(key) }
    func encode(_ value: some Encodable) throws { throw refuse(key) }
    func nestedContainer<Key: CodingKey>(keyedBy keyType: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(RefusedProperties<Key>(key: key))
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder { self }
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(RefusedProperties<Key>(key: key))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

private struct RefusedProperties<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let key: String
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { throw refuse(self.key) }
    func encode(_ value: some Encodable, forKey key: Key) throws { throw refuse(self.key) }
    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(RefusedProperties<Nested>(key: self.key))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { Refusal(key: self.key) }
    func superEncoder() -> any Encoder { Refusal(key: key) }
    func superEncoder(forKey key: Key) -> any Encoder { Refusal(key: self.key) }
}
