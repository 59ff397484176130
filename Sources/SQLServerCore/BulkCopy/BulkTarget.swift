package import SQLValues

/// A column of a table that rows are copied into.
package struct BulkColumn: Sendable, Hashable {
    package let name: String
    /// Nil for a type that no engine can load, such as a CLR type; then ``typeName`` tells it.
    package let type: SQLType?
    /// The type as T-SQL writes it, for errors.
    package let typeName: String
    package let isNullable: Bool
    package let isIdentity: Bool
    /// Computed, a rowversion, or written by system versioning: the server makes its values.
    package let isGenerated: Bool
    package let hasDefault: Bool
    /// The code page of `char`, `varchar` and `text`; nil for a double-byte one.
    package let codePage: SQLCodePage?

    package init(
        name: String, type: SQLType?, typeName: String, isNullable: Bool, isIdentity: Bool = false,
        isGenerated: Bool = false, hasDefault: Bool = false, codePage: SQLCodePage? = nil
    ) {
        self.name = name
        self.type = type
        self.typeName = typeName
        self.isNullable = isNullable
        self.isIdentity = isIdentity
        self.isGenerated = isGenerated
        self.hasDefault = hasDefault
        self.codePage = codePage
    }
}

/// What a server is asked for in a bulk load.
package struct BulkHints: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Values of the identity column come with the rows.
    package static let keepIdentity = BulkHints(rawValue: 1)
    package static let tableLock = BulkHints(rawValue: 2)
    package static let checkConstraints = BulkHints(rawValue: 4)
    package static let fireTriggers = BulkHints(rawValue: 8)
    /// NULL stays NULL in a column with a default.
    package static let keepNulls = BulkHints(rawValue: 16)
}

/// Where the rows of a bulk load go, as an engine gets it.
package struct BulkTarget: Sendable {
    /// The table's quoted name.
    package let table: String
    /// All columns of the table, in its order.
    package let columns: [BulkColumn]
    /// For each value of a row the position of its column in ``columns``.
    package let loaded: [Int]
    package let hints: BulkHints
    /// The code page of the database, in which an engine gets the text of `char`, `varchar` and `text`; nil for a
    /// double-byte one, of which only ASCII is used.
    package let codePage: SQLCodePage?

    package init(
        table: String, columns: [BulkColumn], loaded: [Int], hints: BulkHints, codePage: SQLCodePage?
    ) {
        self.table = table
        self.columns = columns
        self.loaded = loaded
        self.hints = hints
        self.codePage = codePage
    }

    /// The columns that rows have values for, in the order of the values.
    package var loadedColumns: [BulkColumn] { loaded.map { columns[$0] } }
}

extension BulkTarget {
    /// Finds the columns that rows name.
    ///
    /// The names stand in the order of the rows' values and are looked up as written first, then without regard to case.
    ///
    /// - Throws: `encoding` for a column that is not there, is named twice, cannot be loaded or is missing.
    package init(
        table: String, columns: [BulkColumn], named names: [String], hints: BulkHints, codePage: SQLCodePage?
    ) throws(SQLServerError) {
        var loaded: [Int] = []
        for name in names {
            let position =
                columns.firstIndex { $0.name == name }
                ?? columns.firstIndex { $0.name.lowercased() == name.lowercased() }
            guard let position else {
                let known = columns.map { "'\($0.name)'" }.joined(separator: ", ")
                throw SQLServerError(.encoding, "\(table) has no column '\(name)'; it has \(known)")
            }
            guard !loaded.contains(position) else {
                throw SQLServerError(.encoding, "column '\(columns[position].name)' is named twice")
            }
            try Self.check(columns[position], hints)
            loaded.append(position)
        }
        for (position, column) in columns.enumerated() where !loaded.contains(position) && column.needsValue {
            throw SQLServerError(
                .encoding,
                "the rows have no value for column '\(column.name)' (\(column.typeName)) of \(table), which is NOT NULL "
                    + "and has no default")
        }
        self.init(table: table, columns: columns, loaded: loaded, hints: hints, codePage: codePage)
    }

    private static func check(_ column: BulkColumn, _ hints: BulkHints) throws(SQLServerError) {
        let name = "column '\(column.name)' (\(column.typeName))"
        guard !column.isGenerated else {
            throw SQLServerError(.encoding, "\(name) is computed by the server and takes no values; leave it out")
        }
        guard !column.isIdentity || hints.contains(.keepIdentity) else {
            throw SQLServerError(
                .encoding,
                "\(name) is the identity column, whose values the server gives; leave it out, or set keepIdentity")
        }
        guard column.type != nil else {
            throw SQLServerError(.unsupported, "\(name) has a type that bulk copy cannot load")
        }
    }
}

extension BulkColumn {
    /// Whether a row without a value for it cannot be inserted.
    fileprivate var needsValue: Bool { !isNullable && !hasDefault && !isIdentity && !isGenerated }
}
