/// The pieces of a `mssql://` URL, percent-decoded.
///
/// Errors never repeat a piece before the `?`: with a `/` or `:` in the wrong place any of them may be the password.
struct URLParts {
    private(set) var userName = ""
    private(set) var password = ""
    private(set) var host = ""
    private(set) var port: Int?
    private(set) var database: String?
    /// The names and values after the `?`, in order.
    private(set) var settings: [(name: String, value: String)] = []

    init(_ url: String) throws(SQLServerError) {
        let text = url.trimmingWhitespace()
        let schemes = ["mssql://", "sqlserver://"]
        guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0) }) else {
            throw .configuration("URL: it must begin with mssql:// or sqlserver://")
        }
        let rest = text.dropFirst(scheme.count)
        guard !rest.contains("#") else {
            throw .configuration("URL: it holds a #; in a password or value write %23")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...].prefix { $0 != "?" }
        let query = rest[path.endIndex...].dropFirst()
        guard !path.contains("@"), authority.contains("@") || !query.contains("@") else {
            throw .configuration(
                "URL: there is an @ after the host; in a password write / as %2F, ? as %3F and @ as %40")
        }
        try readAuthority(authority)
        try readPath(path.dropFirst())
        try readSettings(query)
    }

    private mutating func readAuthority(_ authority: Substring) throws(SQLServerError) {
        var address = authority
        if let at = authority.lastIndex(of: "@") {
            let login = authority[..<at]
            let user = login.prefix { $0 != ":" }
            userName = try Self.decode(user, "user name")
            password = try Self.decode(login[user.endIndex...].dropFirst(), "password")
            address = authority[authority.index(after: at)...]
        }
        var digits: Substring
        if address.hasPrefix("[") {
            guard let close = address.firstIndex(of: "]") else {
                throw .configuration("URL: the IPv6 address lacks its closing bracket")
            }
            host = String(address[address.index(after: address.startIndex)..<close])
            digits = address[address.index(after: close)...]
            guard digits.isEmpty || digits.hasPrefix(":") else {
                throw .configuration("URL: after the IPv6 address only a colon and the port may follow")
            }
        } else {
            let name = address.prefix { $0 != ":" }
            host = try Self.decode(name, "host")
            digits = address[name.endIndex...]
        }
        digits = digits.dropFirst()
        guard !digits.isEmpty else { return }
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(digits)
        else { throw .configuration("URL: the port is not a number; an IPv6 address stands in brackets: [::1]:1433") }
        port = number
    }

    private mutating func readPath(_ path: Substring) throws(SQLServerError) {
        let name = path.hasSuffix("/") ? path.dropLast() : path
        guard !name.contains("/") else {
            throw .configuration("URL: after the host comes one database name; in a name or password write / as %2F")
        }
        database = name.isEmpty ? nil : try Self.decode(name, "database")
    }

    private mutating func readSettings(_ query: Substring) throws(SQLServerError) {
        for pair in query.split(separator: "&") {
            let name = try Self.decode(pair.prefix { $0 != "=" }, "name of a setting")
            guard let equals = pair.firstIndex(of: "=") else {
                throw .configuration("URL: the setting \"\(name)\" has no value; write name=value")
            }
            let value = try Self.decode(pair[pair.index(after: equals)...], "value of \(name)")
            settings.append((name, value))
        }
    }

    private static func decode(_ text: Substring, _ what: String) throws(SQLServerError) -> String {
        guard let decoded = PercentDecoding.decode(text) else {
            throw .configuration("URL: the \(what) is not percent-encoded UTF-8; write a % itself as %25")
        }
        return decoded
    }
}

extension StringProtocol {
    /// The text without white space at both ends.
    func trimmingWhitespace() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else {
            return ""
        }
        return String(self[first...last])
    }
}
