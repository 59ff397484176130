import Foundation
import SQLValues
import Threads

/// Where the databases of an instance are kept.
package enum SQLStorage: Sendable, Equatable {
    /// A private temporary directory, removed when the instance closes.
    case memory
    /// A directory: one SQLite file for each database and `instance.json`, which names them.
    case directory(String)
}

/// Makes an instance with its system database `master`.
package func makeSQLInstance(
    storage: SQLStorage, edition: EmbeddedServer.Edition = .developer
) throws -> any SQLInstance {
    try EmbeddedInstance(storage: storage, edition: edition)
}

/// The databases of one embedded server.
final class EmbeddedInstance: SQLInstance {
    /// One database and its file.
    struct Database: Codable, Sendable, Equatable {
        var id: Int
        var name: String
        var file: String
        var created: Int
        var isOffline = false
    }

    private struct State {
        var databases: [Database]
        /// Databases that are being made: their ids and names are taken.
        var coming: [Database] = []
        /// Sessions by the database they are in.
        var users: [Int: Int] = [:]
        /// The last identity value of a table: never rolled back.
        var identities: [String: Int64] = [:]
        /// Sessions by the login that opened them.
        var logins: [Int: Int] = [:]
        var reservations = SequenceReservations()
        var orphans: Set<Int> = []
        var nextDescriptor: UInt64 = 1
        /// The highest id of a database so far.
        var lastID = 4
        var nextLockID: Int32 = 1
        var sessions: [Int32: SessionRecord] = [:]
        /// Hangs up the connection of a process id.
        var disconnect: @Sendable (Int32) -> Void = { _ in }
        var isClosed = false
    }

    let directory: String
    let edition: EmbeddedServer.Edition
    let provisions = ServerProvisions()
    private let isTemporary: Bool
    private let state: Lock<State>
    private let saving = Lock(())
    /// Which tables were defined anew, and when.
    let definitions = DefinitionLog()
    /// Who may write to which database.
    let locks = LockManager()

    init(storage: SQLStorage, edition: EmbeddedServer.Edition) throws {
        self.edition = edition
        switch storage {
        case .memory:
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("mssql-\(UUID().uuidString)")
            directory = url.path
            isTemporary = true
        case .directory(let path):
            directory = path
            isTemporary = false
        }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let list = URL(fileURLWithPath: directory).appendingPathComponent("instance.json")
        var databases: [Database] = []
        if FileManager.default.fileExists(atPath: list.path) {
            databases = try JSONDecoder().decode([Database].self, from: Data(contentsOf: list))
        }
        // Temporary tables do not outlive the server.
        for database in databases where database.name == "tempdb" { try Self.removeFiles(directory, database) }
        databases.removeAll { $0.name == "tempdb" }
        let saved = try Self.savedSequences(in: directory)
        state = Lock(State(databases: databases, identities: saved))
        changeSequences { $1.limits = saved }
        for database in databases { try upgrade(database) }
        for (id, name) in [(1, "master"), (2, "tempdb"), (3, "model"), (4, "msdb")]
        where !databases.contains(where: { $0.name == name }) {
            try addDatabase(Self.database(name, id: id))
        }
    }

    private static func database(_ name: String, id: Int) -> Database {
        Database(id: id, name: name, file: "\(id).sqlite", created: Clock.ticks(utc: true))
    }

    private func addDatabase(_ database: Database) throws {
        let connection = try SQLiteConnection(path: path(of: database))
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN")
        try DatabaseCatalog.create(in: connection, schema: "main", firstID: 581_577_110)
        try connection.execute("COMMIT")
        state.withLock { $0.databases.append(database) }
        try saveList()
    }

    /// Gives a database of an earlier version what it lacks.
    private func upgrade(_ database: Database) throws {
        try SQLiteConnection(path: path(of: database)).execute(
            "CREATE TABLE IF NOT EXISTS sys_security(kind TEXT PRIMARY KEY, body TEXT)")
    }

    /// Writes the list as it is now; one at a time, so that no older list comes last.
    private func saveList() throws {
        try saving.withLock { _ in
            let data = try JSONEncoder().encode(state.withLock { $0.databases })
            let list = URL(fileURLWithPath: directory).appendingPathComponent("instance.json")
            try data.write(to: list, options: .atomic)
        }
    }

    func path(of database: Database) -> String { directory + "/" + database.file }

    var databases: [Database] { state.withLock { $0.databases } }

    func database(named name: String) -> Database? {
        databases.first { TextCollation.areEqual($0.name, name) }
    }

    func createDatabase(_ name: String) throws {
        let reserved = state.withLock { state -> Database? in
            let known = state.databases + state.coming
            guard !known.contains(where: { TextCollation.areEqual($0.name, name) }) else { return nil }
            let highest = known.map(\.id).max() ?? 4
            // An id is given once: sessions may still hold what they knew of a database that was dropped.
            state.lastID = max(state.lastID, highest) + 1
            let database = Self.database(name, id: state.lastID)
            state.coming.append(database)
            return database
        }
        guard let reserved else {
            throw ServerMessage.error(
                1801, state: 3, "Database '\(name)' already exists. Choose a different database name.")
        }
        defer { state.withLock { $0.coming.removeAll { $0.id == reserved.id } } }
        try addDatabase(reserved)
    }

    func dropDatabase(_ database: Database) throws {
        guard database.id > 4 else {
            throw ServerMessage.error(
                3708, "Cannot drop the database '\(database.name)' because it is a system database.")
        }
        let isUsed = state.withLock { state in
            if (state.users[database.id] ?? 0) > 0 { return true }
            state.databases.removeAll { $0.id == database.id }
            // Another database may get this id.
            state.identities = state.identities.filter { !$0.key.hasPrefix("d\(database.id).") }
            return false
        }
        guard !isUsed else {
            throw ServerMessage.error(
                3702, state: 3, "Cannot drop database \"\(database.name)\" because it is currently in use.")
        }
        try saveList()
        try Self.removeFiles(directory, database)
    }

    private static func removeFiles(_ directory: String, _ database: Database) throws {
        for suffix in ["", "-wal", "-shm"] {
            let file = "\(directory)/\(database.file)\(suffix)"
            if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
        }
    }

    func setOffline(_ database: Database, _ isOffline: Bool) throws {
        state.withLock { state in
            guard let index = state.databases.firstIndex(where: { $0.id == database.id }) else { return }
            state.databases[index].isOffline = isOffline
        }
        try saveList()
    }

    func enter(_ database: Database) { state.withLock { $0.users[database.id, default: 0] += 1 } }
    func leave(_ database: Database) { state.withLock { $0.users[database.id, default: 0] -= 1 } }

    func logIn(_ login: Int) { state.withLock { $0.logins[login, default: 0] += 1 } }
    func logOut(_ login: Int) { state.withLock { $0.logins[login, default: 0] -= 1 } }
    func isLoggedIn(_ login: Int) -> Bool { state.withLock { ($0.logins[login] ?? 0) > 0 } }

    func nextDescriptor() -> UInt64 {
        state.withLock { state in
            state.nextDescriptor += 1
            return state.nextDescriptor
        }
    }

    /// What a session says of itself.
    func publish(_ record: SessionRecord) { state.withLock { $0.sessions[record.lockID] = record } }

    /// Forgets a session that has ended, with its locks.
    func forget(_ lockID: Int32) {
        state.withLock { $0.sessions[lockID] = nil }
        locks.forget(lockID)
    }

    /// The sessions and locks of this moment.
    var liveState: LiveState {
        let sessions = state.withLock { $0.sessions.values.sorted { $0.lockID < $1.lockID } }
        return LiveState(sessions: sessions, locks: locks.table)
    }

    func whenKilled(_ disconnect: @escaping @Sendable (Int32) -> Void) {
        state.withLock { $0.disconnect = disconnect }
    }

    /// Ends the connection of a session, which rolls back.
    func disconnect(_ processID: Int32) { state.withLock { $0.disconnect }(processID) }

    /// A number for a session that no other session has.
    func nextLockID() -> Int32 {
        state.withLock { state in
            defer { state.nextLockID &+= 1 }
            return state.nextLockID
        }
    }

    // MARK: Identity values

    /// The last identity value that was given out; nil when the table is not yet known.
    func identity(_ key: String) -> Int64? { state.withLock { $0.identities[key] } }
    func setIdentity(_ key: String, _ value: Int64?) { state.withLock { $0.identities[key] = value } }

    /// Reads or changes the values of sequences as one step.
    func changeSequences<Result>(
        _ change: (inout [String: Int64], inout SequenceReservations) throws -> Result
    ) rethrows -> Result {
        try state.withLock { try change(&$0.identities, &$0.reservations) }
    }

    /// Global temporary tables that could not be dropped with their sessions.
    func takeOrphans() -> Set<Int> {
        state.withLock { state in
            defer { state.orphans = [] }
            return state.orphans
        }
    }

    func addOrphan(_ id: Int) { state.withLock { _ = $0.orphans.insert(id) } }

    /// Whether the databases outlive the server.
    var isKept: Bool { !isTemporary }

    /// The next identity value, whatever other sessions do and even if the caller rolls back.
    func nextIdentity(_ key: String, seed: Int64, increment: Int64, stored: Int64?) -> Int64? {
        state.withLock { state in
            let last = state.identities[key] ?? stored
            guard let last else {
                state.identities[key] = seed
                return seed
            }
            let (next, overflow) = last.addingReportingOverflow(increment)
            if overflow { return nil }
            state.identities[key] = next
            return next
        }
    }

    // MARK: SQLInstance

    var checksPasswords: Bool { true }

    func openSession(database name: String, options: SessionOptions) throws(ServerMessage) -> any SQLSession {
        do {
            return try EmbeddedSession.open(instance: self, database: name, options: options)
        } catch let message as ServerMessage {
            throw message
        } catch {
            throw .error(17_187, "SQL Server cannot open a session: \(error)")
        }
    }

    func close() {
        let wasClosed = state.withLock { state in
            let was = state.isClosed
            state.isClosed = true
            return was
        }
        guard isTemporary, !wasClosed else { return }
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            // The system clears its temporary directory in time; nothing else is lost.
            return
        }
    }

    deinit { close() }
}
