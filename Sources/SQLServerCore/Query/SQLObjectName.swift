/// The name of a table, a procedure or a type, with up to four parts.
///
/// Read as T-SQL reads names: parts with a point between them, each as it is, in brackets or in quotation marks. To the
/// server it goes in brackets, so nothing in it can become SQL.
///
/// ```swift
/// try await db.call("dbo.AddOrder", .input("@customer", 42))
/// try await db.bulkCopy(into: "shop.dbo.[Order Details]", columns: ["Id"], rows: 1...10)
/// let table = try SQLObjectName(name)    // known only at run time
/// let count = try await db.scalar("SELECT COUNT(*) FROM \(identifier: table)", as: Int.self)
/// ```
///
/// A literal that is no name is an `encoding` error of the call that uses it.
public struct SQLObjectName: Sendable, Hashable {
    /// Server, database, schema and name as far as they were given; the schema may be empty, as in `db..t`.
    public let parts: [String]
    /// The name as it was written.
    public let description: String
    private let isName: Bool

    /// Reads a name that is known only at run time, such as `Users`, `dbo.Users`, `[Order Details]` or `#ids`.
    ///
    /// ```swift
    /// let table = try SQLObjectName(request.parameter("table") ?? "dbo.Users")
    /// ```
    ///
    /// - Throws: `encoding` for text that is no such name.
    public init(_ text: String) throws(SQLServerError) {
        self.init(reading: text)
        try check()
    }

    /// A name from its parts, which may hold any character but NUL.
    ///
    /// ```swift
    /// let table = try SQLObjectName(parts: [schema, "Order Details"])    // [sales].[Order Details]
    /// ```
    ///
    /// - Throws: `encoding` for more than four parts, and for parts of no or more than 128 characters.
    public init(parts: [String]) throws(SQLServerError) {
        self.init(reading: parts.map(Self.quote).joined(separator: "."))
        try check()
    }

    private init(reading text: String) {
        let parts = Self.parts(of: text) ?? []
        self.parts = parts
        description = text
        isName =
            (1...4).contains(parts.count) && parts.first?.isEmpty == false && parts.last?.isEmpty == false
            && parts.allSatisfy { $0.utf16.count <= 128 && !$0.utf8.contains(0) }
    }

    /// The parts of a name; nil for text that is none.
    private static func parts(of text: String) -> [String]? {
        var parts: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            guard let part = part(&rest) else { return nil }
            parts.append(part)
            guard rest.popFirst() == "." else { return rest.isEmpty ? parts : nil }
        }
    }

    private static func part(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var part = String.UnicodeScalarView()
        guard let first = rest.first, first == "[" || first == "\"" else {
            while let scalar = rest.first, scalar != "." {
                guard scalar != "[", scalar != "]", scalar != "\"" else { return nil }
                part.append(scalar)
                rest.removeFirst()
            }
            return String(part)
        }
        let close: Unicode.Scalar = first == "[" ? "]" : "\""
        rest.removeFirst()
        while let scalar = rest.popFirst() {
            if scalar == close {
                // A doubled closing character stands for itself.
                guard rest.first == close else {
                    return rest.isEmpty || rest.first == "." ? String(part) : nil
                }
                rest.removeFirst()
            }
            part.append(scalar)
        }
        return nil
    }

    /// Refuses what is no name, or has too many parts.
    ///
    /// - Parameter maximumParts: 3 where the server must be this one.
    /// - Throws: `encoding`.
    package func check(maximumParts: Int = 4) throws(SQLServerError) {
        guard isName, parts.count <= maximumParts else {
            throw SQLServerError(
                .encoding,
                "'\(description)' is no name here: write it like Users, dbo.Users, [Order Details] or shop.dbo.Users")
        }
    }
}

extension SQLObjectName: ExpressibleByStringLiteral, CustomStringConvertible {
    /// A name that the program knows.
    public init(stringLiteral value: StaticString) { self.init(reading: "\(value)") }
}

extension SQLObjectName {
    /// The name in brackets, as a part of SQL text.
    package var quoted: String { parts.map(Self.quote).joined(separator: ".") }

    /// One part in brackets; nothing for an empty one.
    package static func quote(_ part: String) -> String { part.isEmpty ? "" : part.quoted("[", "]") }

    /// Whether it is a temporary table, which lives in tempdb.
    package var isTemporary: Bool { parts.last?.hasPrefix("#") == true }

    /// The database it is in, if that is not the current one.
    package var database: String? { isTemporary ? "tempdb" : parts.count == 3 ? parts[0] : nil }

    /// The name as OBJECT_ID takes it.
    package var objectName: String {
        isTemporary ? "tempdb..\(Self.quote(parts[parts.count - 1]))" : quoted
    }
}
