public import SQLValues

extension SQLQuery: ExpressibleByStringInterpolation {
    /// A query without parameters.
    public init(stringLiteral value: StaticString) {
        segments = [.text("\(value)")]
    }

    /// A query with interpolated parameters.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.query
    }

    /// Collects the parts of a query literal.
    ///
    /// ```swift
    /// extension SQLQuery.StringInterpolation {
    ///     mutating func appendInterpolation(tenant: Int) { appendInterpolation("TenantId = \(tenant)" as SQLQuery) }
    /// }
    /// let users: SQLQuery = "SELECT Name FROM dbo.Users WHERE \(tenant: 7)"
    /// ```
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        /// Literal parts are static, so that text made at run time cannot become SQL.
        public typealias StringLiteralType = StaticString

        var query = SQLQuery()

        /// Prepares for a literal; called by the compiler.
        public init(literalCapacity: Int, interpolationCount: Int) {
            query.segments.reserveCapacity(2 * interpolationCount + 1)
        }

        /// Adds a literal part; called by the compiler.
        public mutating func appendLiteral(_ literal: StaticString) {
            query.segments.append(.text("\(literal)"))
        }

        /// A value as a parameter, declared with the type that belongs to its Swift type.
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT Id FROM dbo.Users WHERE Email = \(email)"
        /// ```
        public mutating func appendInterpolation(_ value: some SQLEncodable) {
            append { () throws(SQLServerError) in .parameter(try value.encode()) }
        }

        /// A value as a parameter, or NULL of its type.
        ///
        /// Beside the form for any value only because the compiler warns of an optional in a text without it.
        ///
        /// ```swift
        /// let query: SQLQuery = "UPDATE dbo.Users SET Phone = \(phone)"    // phone is a String?
        /// ```
        public mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            append { () throws(SQLServerError) in .parameter(try value.encode()) }
        }

        /// A value whose type is known only at run time, as a parameter of that type.
        ///
        /// A value that the type cannot hold makes the query fail with `encoding`.
        ///
        /// ```swift
        /// let values = zip(fields, columns).map { SQLTypedValue($0, as: $1.type) }
        /// let row: SQLQuery = "(\(values.map { "\($0)" as SQLQuery }.joined(separator: ", ")))"
        /// ```
        public mutating func appendInterpolation(_ value: SQLTypedValue) {
            append { () throws(SQLServerError) in .parameter(try value.converted(to: value.type)) }
        }

        /// Bytes as a `varbinary` parameter: unlike other arrays they are one value and no list.
        ///
        /// ```swift
        /// let query: SQLQuery = "UPDATE dbo.Users SET Picture = \(bytes)"
        /// ```
        public mutating func appendInterpolation(_ bytes: [UInt8]) {
            append { () throws(SQLServerError) in .parameter(try bytes.encode()) }
        }

        /// A value as a parameter of a given SQL type, such as `\(code, as: .varChar(10))`.
        ///
        /// A value that the type cannot hold exactly (too long, out of range, more decimal places) makes the query fail
        /// with `encoding` before anything is sent. So does a character that the database's code page lacks, which the
        /// server would turn into another one: see ``SQLServerConfiguration/codePage``.
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT Id FROM dbo.Products WHERE Code = \(code, as: .varChar(10))"
        /// ```
        ///
        /// - Parameters:
        ///   - value: The value.
        ///   - type: The type of the parameter, best that of the column it is compared with.
        public mutating func appendInterpolation(
            _ value: some SQLEncodable, as type: SQLType
        ) {
            append { () throws(SQLServerError) in
                .parameter(try value.encode().converted(to: type))
            }
        }

        /// A value as a parameter of a given SQL type, or NULL of that type.
        ///
        /// ```swift
        /// let query: SQLQuery = "UPDATE dbo.Products SET Code = \(code, as: .varChar(10))"    // code is a String?
        /// ```
        public mutating func appendInterpolation<Value: SQLEncodable>(
            _ value: Value?, as type: SQLType
        ) {
            append { () throws(SQLServerError) in
                .parameter(try value.encode().converted(to: type))
            }
        }

        /// Bytes as one parameter of a given SQL type.
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT Id FROM dbo.Files WHERE Hash = \(hash, as: .binary(32))"
        /// ```
        public mutating func appendInterpolation(_ bytes: [UInt8], as type: SQLType) {
            append { () throws(SQLServerError) in .parameter(try bytes.encode().converted(to: type)) }
        }

        /// The values of `IN (\(ids))`, as few different statements as possible.
        ///
        /// Up to 128 values go as parameters, 1, 2, 4, 8 … 128 of them (the last value is repeated), so that a few plans
        /// serve all lengths. More go as one parameter of JSON, which the server reads with OPENJSON into a column of the
        /// exact type (compatibility level 130 or higher), as do the longest lists of a statement that would have too
        /// many parameters. An empty list matches nothing, and `NOT IN` an empty list matches every row.
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT Name FROM dbo.Users WHERE Id IN (\(ids))"
        /// ```
        ///
        /// NULL in a list makes the query fail: `IN` never matches it and `NOT IN` then matches nothing. So does a list
        /// that does not stand alone in the parentheses of IN.
        public mutating func appendInterpolation<Element: SQLEncodable>(_ values: [Element]) {
            append { () throws(SQLServerError) in .list(try SQLValueList(values)) }
        }

        /// The values of `IN (\(codes, as: .varChar(10)))`, each of a given SQL type.
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT Name FROM dbo.Products WHERE Code IN (\(codes, as: .varChar(10)))"
        /// ```
        ///
        /// - Parameters:
        ///   - values: The values, none of them NULL.
        ///   - type: The type of each, best that of the column.
        public mutating func appendInterpolation<Element: SQLEncodable>(
            _ values: [Element], as type: SQLType
        ) {
            append { () throws(SQLServerError) in .list(try SQLValueList(values, as: type)) }
        }

        /// A name in brackets: `\(identifier: "Order Details")` becomes `[Order Details]`.
        ///
        /// Each part of a name is an argument of its own, because a part may hold a point:
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT * FROM \(identifier: "sales", "Order Details")"    // [sales].[Order Details]
        /// ```
        ///
        /// A part has 1 to 128 UTF-16 units and no NUL, and a name at most four parts; else the query fails.
        public mutating func appendInterpolation(identifier name: String, _ more: String...) {
            guard more.count < 4 else {
                return query.fail("a name has at most four parts; this one has \(more.count + 1)")
            }
            var text = ""
            for part in [name] + more {
                guard !part.isEmpty, part.utf16.count <= 128, !part.utf8.contains(0) else {
                    query.fail("an identifier has 1 to 128 characters and no NUL; this one has \(part.utf16.count)")
                    return
                }
                text += (text.isEmpty ? "" : ".") + part.quoted("[", "]")
            }
            query.segments.append(.text(text))
        }

        /// A name of several parts, in brackets.
        ///
        /// ```swift
        /// let table = try SQLObjectName("sales.[Order Details]")
        /// let query: SQLQuery = "SELECT * FROM \(identifier: table)"    // [sales].[Order Details]
        /// ```
        public mutating func appendInterpolation(identifier name: SQLObjectName) {
            do throws(SQLServerError) {
                try name.check()
            } catch {
                query.fail(error.message)
            }
            query.segments.append(.text(name.quoted))
        }

        /// Text that becomes part of the statement as it is.
        ///
        /// Never use it for input from outside the program.
        ///
        /// ```swift
        /// let query: SQLQuery = "SELECT * FROM dbo.Users \(unsafe: isDebugging ? "OPTION (RECOMPILE)" : "")"
        /// ```
        public mutating func appendInterpolation(unsafe text: String) {
            query.segments.append(.text(text))
        }

        /// Another query as a part of this one, with its parameters.
        ///
        /// ```swift
        /// let adults: SQLQuery = "Age >= \(18)"
        /// let query: SQLQuery = "SELECT Name FROM dbo.Users WHERE \(adults)"
        /// ```
        public mutating func appendInterpolation(_ fragment: SQLQuery) {
            query.append(fragment)
        }

        private mutating func append(_ make: () throws(SQLServerError) -> Segment) {
            do {
                query.segments.append(try make())
            } catch {
                query.segments.append(.parameter(SQLTypedValue(.null, as: .int)))
                query.fail(error.message)
            }
        }
    }
}
