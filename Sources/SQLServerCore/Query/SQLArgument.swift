public import SQLValues

/// An argument of a stored procedure.
///
/// ```swift
/// let results = try await db.call(
///     "dbo.AddOrder", .input("@customer", 42), .input("@note", note), .output("@id", as: .int))
/// let id = try results.output("@id", as: Int.self)
/// ```
///
/// Arguments that are left out have their defaults. Without names arguments are taken in the procedure's order.
public struct SQLArgument: Sendable {
    let name: String
    let make: @Sendable () throws(SQLServerError) -> SQLTypedValue
    let isOutput: Bool
    let table: SQLTable?

    private init(
        _ name: String, isOutput: Bool, table: SQLTable? = nil,
        _ make: @escaping @Sendable () throws(SQLServerError) -> SQLTypedValue
    ) {
        self.name = name
        self.isOutput = isOutput
        self.table = table
        self.make = make
    }

    /// A value for a parameter, by name (with or without its `@`) or, without a name, by position.
    ///
    /// ```swift
    /// try await db.call("dbo.Rename", .input("@id", 7), .input("@name", "new", as: .varChar(50)))
    /// ```
    ///
    /// An empty name means the next parameter in order; nil is NULL; without a type the declared type is the one that
    /// belongs to the Swift type.
    public static func input(_ name: String = "", _ value: some SQLEncodable, as type: SQLType? = nil) -> SQLArgument {
        SQLArgument(name, isOutput: false) { () throws(SQLServerError) in try encode(value, type) }
    }

    /// A value whose type is known only at run time, for a parameter by name or, without a name, by position.
    ///
    /// ```swift
    /// let fee: SQLArgument = .input("@fee", SQLTypedValue(.decimal(amount), as: .money))
    /// ```
    public static func input(_ name: String = "", _ value: SQLTypedValue) -> SQLArgument {
        SQLArgument(name, isOutput: false) { () throws(SQLServerError) in try value.converted(to: value.type) }
    }

    /// An output parameter; the procedure finds NULL in it.
    ///
    /// ```swift
    /// let total: SQLArgument = .output("@total", as: .decimal(19, 4))
    /// ```
    public static func output(_ name: String, as type: SQLType) -> SQLArgument {
        SQLArgument(name, isOutput: true) { SQLTypedValue(.null, as: type) }
    }

    /// An output parameter that the procedure finds a value in.
    ///
    /// ```swift
    /// let counter: SQLArgument = .inputOutput("@counter", 5, as: .int)
    /// ```
    public static func inputOutput(
        _ name: String, _ value: some SQLEncodable, as type: SQLType? = nil
    ) -> SQLArgument {
        SQLArgument(name, isOutput: true) { () throws(SQLServerError) in try encode(value, type) }
    }

    /// A table for a table-valued parameter.
    ///
    /// Needs the native engine; FreeTDS fails with the code `unsupported`.
    ///
    /// ```swift
    /// let list = SQLTable(type: "dbo.IdList", columns: [.int], rows: [[.int(1)], [.int(2)]])
    /// let ids: SQLArgument = .table("@ids", list)
    /// ```
    public static func table(_ name: String = "", _ table: SQLTable) -> SQLArgument {
        SQLArgument(name, isOutput: false, table: table) { SQLTypedValue(.null, as: .int) }
    }

    private static func encode(
        _ value: some SQLEncodable, _ type: SQLType?
    ) throws(SQLServerError) -> SQLTypedValue {
        let encoded = try value.encode()
        guard let type else { return encoded }
        return try encoded.converted(to: type)
    }

    /// The argument as a parameter of the call.
    ///
    /// - Throws: `encoding` for a value that cannot be sent or a name that no parameter can have.
    func parameter() throws(SQLServerError) -> SQLParameter {
        let plain = name.hasPrefix("@") ? String(name.dropFirst()) : name
        // The name stands in the text where an engine calls by EXEC, so it must be a regular identifier.
        let isRegular = plain.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_@#$".unicodeScalars.contains($0)
        }
        guard isRegular, plain.utf16.count <= 127, !plain.isEmpty || name.isEmpty else {
            throw SQLServerError(
                .encoding, "'\(name)' cannot be the name of a parameter: it has letters, digits, _, @, # and $ only")
        }
        let value = try make()
        return SQLParameter(
            name: plain.isEmpty ? "" : "@" + plain, value: value.value, type: value.type, isOutput: isOutput,
            table: table)
    }
}

/// Rows for a table-valued parameter.
///
/// ```swift
/// let ids = SQLTable(type: "dbo.IdList", columns: [.int], rows: [[.int(1)], [.int(2)]])
/// ```
public struct SQLTable: Sendable, Hashable {
    /// The name of the table type, such as `dbo.IdList`.
    public let type: SQLObjectName
    /// The types of its columns, in order.
    public let columns: [SQLType]
    /// The rows; each has one value for each column.
    public let rows: [[SQLValue]]

    /// A table with its rows; the server checks them against the table type.
    ///
    /// ```swift
    /// let ids = SQLTable(type: "dbo.IdList", columns: [.int], rows: [7, 8, 9].map { [.int($0)] })
    /// ```
    public init(type: SQLObjectName, columns: [SQLType], rows: [[SQLValue]]) {
        self.type = type
        self.columns = columns
        self.rows = rows
    }

    /// The values with the types of their columns.
    var cells: [SQLTypedValue] { rows.flatMap { zip($0, columns).map { SQLTypedValue($0, as: $1) } } }
}

extension SQLRequest {
    /// The call of a stored procedure.
    ///
    /// - Parameters:
    ///   - procedure: Its name, such as `dbo.AddOrder`.
    ///   - arguments: By name or by position.
    /// - Throws: `encoding` for an argument that cannot be sent or for what is no name, `misuse` for an argument that is
    ///   given twice.
    package init(calling procedure: SQLObjectName, _ arguments: [SQLArgument]) throws(SQLServerError) {
        try procedure.check()
        var parameters: [SQLParameter] = []
        for argument in arguments {
            let parameter = try argument.parameter()
            if !parameter.name.isEmpty, parameters.contains(where: { $0.name == parameter.name }) {
                throw SQLServerError(.misuse, "the argument \(parameter.name) is given twice", query: procedure.quoted)
            }
            parameters.append(parameter)
        }
        self.init(.procedure, text: procedure.quoted, parameters: parameters)
    }
}

extension SQLResults {
    /// The value of an output parameter, by its name with or without the `@`.
    ///
    /// ```swift
    /// let id = try results.output("@id", as: Int.self)
    /// ```
    ///
    /// - Throws: `decoding` when the value does not fit, or when the call has no such output parameter.
    public func output<Value: SQLDecodable>(_ name: String, as type: Value.Type) throws(SQLServerError) -> Value {
        guard let outputs else {
            throw SQLServerError(.decoding, "there is no output parameter '\(name)': the call has none")
        }
        return try outputs.decode(type, at: name.hasPrefix("@") ? name : "@" + name)
    }
}
