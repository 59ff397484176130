import SQLServerCore
import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The private freetds.conf through which encryption is configured: db-lib has no other way (facts: freetds.md 1, 7).
///
/// One section for each connection attempt that is under way, named as db-lib looks it up, with host and port in it:
/// when a section is found, no other file (~/.freetds.conf, /etc/freetds) is read, so none can weaken verification.
/// The file lives in a directory of mode 0700, has mode 0600, and is replaced by rename(2).
final class ServerSettings: Sendable {
    /// What a section says.
    struct Section: Sendable, Hashable {
        let host: String
        let port: Int
        let encryption: SQLServerConfiguration.Encryption
        let trustsServer: Bool
        let authorityFile: String?
    }

    private struct State {
        /// The process that made the directory: a forked child must not remove it.
        var owner: pid_t = 0
        var directory: String?
        var sections: [String: (section: Section, users: Int)] = [:]
        var links: [String: String] = [:]
    }

    private let state = Lock(State())
    private let didChangePath: @Sendable (String) -> Void

    /// The file that db-lib reads.
    ///
    /// It is removed when the process exits.
    static let shared: ServerSettings = {
        atexit { ServerSettings.shared.removeFiles() }
        return ServerSettings { FreeTDSLibrary.setConfigurationFile($0) }
    }()

    /// - Parameter didChangePath: Called with the file's path, which changes only when its directory was removed.
    init(didChangePath: @escaping @Sendable (String) -> Void) { self.didChangePath = didChangePath }

    /// Writes a section and returns its name, the server name for `dbopen`.
    ///
    /// Ends with ``release(_:)``.
    ///
    /// - Throws: `configuration` when the file cannot be written or the configuration cannot be put into it.
    func acquire(_ section: Section) throws(SQLServerError) -> String {
        try Self.check(section)
        return try state.withLock { (state) throws(SQLServerError) in
            let name = Self.name(for: section, in: state.sections)
            let users = state.sections[name]?.users ?? 0
            state.sections[name] = (section, users + 1)
            if users == 0 { try write(&state) }
            return name
        }
    }

    /// Removes a section when its last user is done.
    func release(_ name: String) {
        state.withLock { state in
            guard let entry = state.sections[name] else { return }
            state.sections[name] = entry.users > 1 ? (entry.section, entry.users - 1) : nil
        }
    }

    /// The first free name of `host`, `host:port` and numbered ones, or that of the same settings.
    private static func name(
        for section: Section, in sections: [String: (section: Section, users: Int)]
    ) -> String {
        // Host names are compared without regard to case by db-lib; a bracket would end a section's name.
        let host = section.host.lowercased()
        let base = host.contains(":") ? "ipv6-" + host.replacing(":", with: "-") : host
        var candidates = [base, "\(base):\(section.port)"]
        for number in 2...sections.count + 2 { candidates.append("\(base):\(section.port)/\(number)") }
        let free = candidates.first { sections[$0] == nil || sections[$0]?.section == section }
        return free ?? base
    }

    private static func check(_ section: Section) throws(SQLServerError) {
        let isPlain = section.host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"#;[]=".utf8.contains($0) }
        guard isPlain, !section.host.isEmpty, section.host.utf8.count <= 200 else {
            throw SQLServerError(.configuration, "the host name '\(section.host)' has characters that no host name has")
        }
        guard section.encryption != .strict else {
            throw SQLServerError(
                .unsupported, "encrypt=strict (TDS 8.0) needs the native engine: FreeTDS 1.3 does not have it")
        }
        if let file = section.authorityFile, unsafe access(file, R_OK) != 0 {
            throw SQLServerError(.configuration, "the CA file '\(file)' cannot be read")
        }
    }

    private func write(_ state: inout State) throws(SQLServerError) {
        // Cleaners of temporary directories remove what nobody opened for days; then all is made anew.
        let known = state.directory.flatMap { Self.isComplete($0, state.links) ? $0 : nil }
        if known == nil { state.links = [:] }
        let directory: String
        if let known { directory = known } else { directory = try makeDirectory() }
        state.directory = directory
        state.owner = getpid()
        var text = ""
        for (name, entry) in state.sections.sorted(by: { $0.key < $1.key }) {
            var authority: String?
            if let file = entry.section.authorityFile { authority = try link(to: file, in: directory, &state.links) }
            text += Self.text(entry.section, name: name, authority: authority)
        }
        let path = directory + "/freetds.conf"
        try Self.replace(path, with: text)
        if known == nil { didChangePath(path) }
    }

    private static func isComplete(_ directory: String, _ links: [String: String]) -> Bool {
        unsafe access(directory + "/freetds.conf", W_OK) == 0
            && links.values.allSatisfy { link in
                var status = stat()
                return unsafe lstat(link, &status) == 0
            }
    }

    static func text(_ section: Section, name: String, authority: String?) -> String {
        var lines = ["[\(name)]", "host = \(section.host)", "port = \(section.port)", "tds version = 7.4"]
        switch section.encryption {
        case .off: lines.append("encryption = off")
        case .request: lines.append("encryption = request")
        default: lines.append("encryption = require")
        }
        if section.encryption != .off, !section.trustsServer {
            lines.append("ca file = \(authority ?? "system")")
            lines.append("check certificate hostname = yes")
        } else {
            lines.append("check certificate hostname = no")
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// A link with a short plain name, because db-lib cuts lines at 255 bytes and values at `#` and `;`.
    private func link(
        to file: String, in directory: String, _ links: inout [String: String]
    ) throws(SQLServerError) -> String {
        if let known = links[file] { return known }
        let path = "\(directory)/ca-\(links.count).pem"
        let target = file.hasPrefix("/") ? file : Self.workingDirectory() + "/" + file
        guard unsafe symlink(target, path) == 0 else {
            throw SQLServerError(.configuration, "cannot link the CA file '\(file)': \(Self.systemError())")
        }
        links[file] = path
        return path
    }

    private static func workingDirectory() -> String {
        guard let path = unsafe getcwd(nil, 0) else { return "." }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    private func makeDirectory() throws(SQLServerError) -> String {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/swift-sqlserver-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw SQLServerError(.configuration, "cannot make a private directory in \(base): \(Self.systemError())")
        }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path
    }

    /// Removes the file, the links and the directory.
    func removeFiles() {
        state.withLock { state in
            guard let directory = state.directory, state.owner == getpid() else { return }
            for path in state.links.values + [directory + "/freetds.conf"] { unsafe unlink(path) }
            unsafe rmdir(directory)
            state = State()
        }
    }

    private static func replace(_ path: String, with text: String) throws(SQLServerError) {
        let temporary = path + ".new"
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SQLServerError(.configuration, "cannot write \(temporary): \(systemError())") }
        let bytes = Array(text.utf8)
        let written = unsafe bytes.withUnsafeBytes { unsafe Self.write(file, $0.baseAddress, $0.count) }
        let closed = close(file)
        guard written == bytes.count, closed == 0, unsafe rename(temporary, path) == 0 else {
            throw SQLServerError(.configuration, "cannot write \(path): \(systemError())")
        }
    }

    private static func write(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            unsafe Darwin.write(file, bytes, count)
        #else
            unsafe Glibc.write(file, bytes, count)
        #endif
    }

    private static func systemError() -> String { unsafe String(cString: strerror(errno)) }
}
