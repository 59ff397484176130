/// The value of `Data Source`: `[tcp:]host[\instance][,port]`.
struct DataSource: Equatable {
    private(set) var host: String
    private(set) var instanceName: String?
    private(set) var port: Int?

    init(_ text: String) throws(SQLServerError) {
        var rest = try Self.withoutProtocol(text.trimmingWhitespace())
        if let comma = rest.lastIndex(of: ",") {
            let digits = rest[rest.index(after: comma)...].trimmingWhitespace()
            guard let number = Int(digits), (1...65_535).contains(number) else {
                throw Self.wrong("the port after the comma must be a number from 1 to 65535")
            }
            port = number
            rest = rest[..<comma]
        }
        if let backslash = rest.firstIndex(of: "\\") {
            let instance = rest[rest.index(after: backslash)...].trimmingWhitespace()
            rest = rest[..<backslash]
            guard rest.trimmingWhitespace().lowercased() != "(localdb)" else {
                throw Self.wrong("(localdb) runs on Windows only, over named pipes; give a server and a port")
            }
            guard !instance.isEmpty else { throw Self.wrong("there is no instance name after the \\") }
            guard port != nil || instance.lowercased() == "mssqlserver" else {
                throw Self.wrong(
                    "looking up the port of an instance (SQL Server Browser) is not supported; "
                        + "give the port: host\\\(instance),port")
            }
            instanceName = instance
        }
        host = try Self.host(rest.trimmingWhitespace())
    }

    private static func withoutProtocol(_ text: String) throws(SQLServerError) -> Substring {
        for (prefix, name) in [("np:", "named pipes"), ("lpc:", "shared memory"), ("admin:", "the admin connection")]
        where text.lowercased().hasPrefix(prefix) {
            throw wrong("\(name) (\(prefix)) is not supported; connect with TCP: tcp:host,port")
        }
        guard !text.hasPrefix("\\\\") else {
            throw wrong("a named pipe (\\\\…) is not supported; connect with TCP: tcp:host,port")
        }
        return text.lowercased().hasPrefix("tcp:") ? text.dropFirst(4) : text[...]
    }

    private static func host(_ text: String) throws(SQLServerError) -> String {
        var name = text
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        switch name.lowercased() {
        case "": throw wrong("there is no host")
        case ".", "(local)": return "localhost"
        default: break
        }
        // One colon is a port written as in a URL; two or more are an IPv6 address.
        guard name.count(where: { $0 == ":" }) != 1 else {
            throw wrong("a port follows a comma, not a colon: host,port")
        }
        guard !name.contains(where: { $0.isWhitespace || "/()[]".contains($0) }) else {
            throw wrong("the host holds a character that no host name may hold")
        }
        return name
    }

    private static func wrong(_ what: String) -> SQLServerError {
        .configuration("connection string: Data Source: \(what)")
    }
}
