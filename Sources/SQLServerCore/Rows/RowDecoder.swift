/// Decodes a `Decodable` type from a row: the row is a keyed container, each column a single value, and columns whose
/// names have points are nested types, as in `FOR JSON PATH`.
struct RowDecoder: Decoder {
    let row: SQLRow
    let finder: PropertyFinder
    /// What the names of the columns begin with, its point included.
    var prefix = ""
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer<Key>(row: row, finder: finder, prefix: prefix))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SQLServerError(.decoding, "a row is decoded by column names, not as a list")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        guard prefix.isEmpty else {
            throw SQLServerError(.decoding, "the columns '\(prefix)…' are several values, not one")
        }
        return CellContainer(cell: try row.cell(at: 0))
    }
}

/// The columns of a row by name.
private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: SQLRow
    let finder: PropertyFinder
    let prefix: String
    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        let names = row.columns.map(\.name).filter { $0.hasPrefix(prefix) }
        return names.compactMap { Key(stringValue: String($0.dropFirst(prefix.count).prefix { $0 != "." })) }
    }

    func contains(_ key: Key) -> Bool { finder.place(prefix, key.stringValue) != .missing }

    func decodeNil(forKey key: Key) throws -> Bool {
        switch finder.place(prefix, key.stringValue) {
        case .column(let index): row.cell(checked: index).isNull
        // A nested type of a row that an outer join did not find.
        case .nested(let prefix): finder.columns(below: prefix).allSatisfy { row.cell(checked: $0).isNull }
        case .missing: throw missing(key)
        case .ambiguous: throw ambiguous(key)
        }
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        switch finder.place(prefix, key.stringValue) {
        case .column(let index): try CellContainer(cell: row.cell(checked: index)).decode(type)
        case .nested(let prefix): try Value(from: RowDecoder(row: row, finder: finder, prefix: prefix))
        case .missing: throw missing(key)
        case .ambiguous: throw ambiguous(key)
        }
    }

    /// The value of a type that is known to be read from one column.
    private func known<Value: SQLDecodable>(_ type: Value.Type, _ key: Key) throws(SQLServerError) -> Value {
        switch finder.place(prefix, key.stringValue) {
        case .column(let index): return try Value.decode(row.cell(checked: index))
        case .nested, .missing: throw missing(key)
        case .ambiguous: throw ambiguous(key)
        }
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try known(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try known(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try known(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try known(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try known(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try known(type, key) }

    private func missing(_ key: Key) -> SQLServerError {
        let names = row.columns.map { "'\($0.name)'" }.joined(separator: ", ")
        return SQLServerError(.decoding, "there is no column '\(prefix)\(key.stringValue)': the row has \(names)")
    }

    private func ambiguous(_ key: Key) -> SQLServerError {
        SQLServerError(
            .decoding,
            "more than one column fits '\(prefix)\(key.stringValue)'; give each its own name with AS in the query")
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        switch finder.place(prefix, key.stringValue) {
        case .nested(let prefix):
            return KeyedDecodingContainer(RowContainer<NestedKey>(row: row, finder: finder, prefix: prefix))
        case .column:
            throw SQLServerError(.decoding, "column '\(prefix)\(key.stringValue)' holds one value, not an object")
        case .missing: throw missing(key)
        case .ambiguous: throw ambiguous(key)
        }
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SQLServerError(.decoding, "column '\(prefix)\(key.stringValue)' holds one value, not a list")
    }

    func superDecoder() throws -> any Decoder { RowDecoder(row: row, finder: finder, prefix: prefix) }
    func superDecoder(forKey key: Key) throws -> any Decoder { RowDecoder(row: row, finder: finder, prefix: prefix) }
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
        throw cell.mismatch(Key.self, "a column holds one value, not an object; JSON is read as SQLJSON")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw cell.mismatch([Any].self, "a column holds one value, not a list; JSON is read as SQLJSON")
    }
}

/// Makes `Decodable` values of rows, for one task.
package struct RowDecoding<Value: Decodable> {
    private let finder: PropertyFinder
    private let single: (any SQLDecodable.Type)?

    package init(_ type: Value.Type, matching: SQLColumnMatching) {
        finder = PropertyFinder(matching)
        // A type that is read from one column, such as Date, would otherwise decode itself as another.
        single = type as? any SQLDecodable.Type
    }

    package func decode(_ row: SQLRow) throws(SQLServerError) -> Value {
        if let single, let value = try single.decode(row.cell(at: 0)) as? Value { return value }
        do {
            finder.begin(row.storage.list)
            return try Value(from: RowDecoder(row: row, finder: finder))
        } catch let error as SQLServerError {
            throw error
        } catch {
            throw SQLServerError(.decoding, "cannot make \(Value.self) of the row: \(error)")
        }
    }
}

extension SQLRow {
    /// The row as a `Decodable` value, its properties matched to columns by name.
    ///
    /// ```swift
    /// struct Address: Decodable { let street: String; let city: String }
    /// struct User: Decodable { let id: Int; let name: String?; let address: Address? }
    ///
    /// let row = try await db.single(
    ///     "SELECT u.Id, u.Name, a.Street AS [address.street], a.City AS [address.city] FROM …")
    /// let user = try row.decode(as: User.self)
    /// ```
    ///
    /// An optional property is nil for NULL, and also when there is no such column, as with any decoder. A nested type
    /// takes the columns whose names have the property's name and a point before them, as `FOR JSON PATH` writes them;
    /// an optional one is nil when all of them are NULL.
    ///
    /// - Parameters:
    ///   - type: The type.
    ///   - matching: How names are compared.
    /// - Returns: The value.
    /// - Throws: `decoding` with column, SQL type and Swift type when a value does not fit, when there is no column
    ///   for a property that is not optional, or when more than one fits.
    public func decode<Value: Decodable>(
        as type: Value.Type, matching: SQLColumnMatching = .ignoringCase
    ) throws(SQLServerError) -> Value {
        try RowDecoding(type, matching: matching).decode(self)
    }

    /// The cell of a column that exists.
    func cell(checked column: Int) -> SQLCell { SQLCell(storage: storage, columnIndex: column, rowIndex: index) }
}
