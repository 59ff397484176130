import CFreeTDS
import SQLServerCore

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The owner of one DBPROCESS: closes it when it goes away.
@safe
struct DatabaseProcess: ~Copyable {
    /// For the engine's own files only; it must not outlive this owner.
    let pointer: OpaquePointer

    private init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe dbclose(pointer) }

    /// The socket; negative when db-lib does not tell.
    var descriptor: Int32 { unsafe dbiordesc(pointer) }

    /// Whether the connection is broken.
    var isDead: Bool { unsafe dbdead(pointer) != 0 }

    /// The number of columns of the current result; 0 when it has no rows.
    var columnCount: Int { Int(unsafe dbnumcols(pointer)) }

    /// Rows that the last statement counted; nil when the server did not count.
    ///
    /// db-lib has 32 bits for it.
    var rowCount: Int? {
        let count = unsafe dbcount(pointer)
        return count >= 0 ? Int(count) : nil
    }

    /// The status that a procedure returned; nil when the response has none.
    var returnStatus: Int? {
        unsafe dbhasretstat(pointer) != 0 ? Int(unsafe dbretstatus(pointer)) : nil
    }

    /// The first output parameter of a response that is over; nil when there is none or it is no int.
    var firstOutputInteger: Int32? {
        guard unsafe dbnumrets(pointer) > 0, unsafe dbretlen(pointer, 1) == 4,
            let data = unsafe dbretdata(pointer, 1)
        else { return nil }
        return unsafe UnsafeRawPointer(data).loadUnaligned(as: Int32.self)
    }

    /// The database that the session is in.
    var database: String { unsafe dbname(pointer).map { unsafe String(cString: $0) } ?? "" }

    /// Sends a batch; false when that failed.
    borrowing func send(batch: String) -> Bool {
        unsafe dbcmd(pointer, batch) == SUCCEED && dbsqlsend(pointer) == SUCCEED
    }

    /// Waits for the first token of the response.
    borrowing func awaitResponse() -> RETCODE { unsafe dbsqlok(pointer) }

    /// Goes on to the next result.
    borrowing func nextResult() -> RETCODE { unsafe dbresults(pointer) }

    /// The columns of the current result set.
    ///
    /// - Throws: `unsupported` for a type that this engine cannot read.
    borrowing func describeColumns() throws(SQLServerError) -> [DescribedColumn] {
        try DescribedColumn.all(of: self)
    }

    /// Cancels what runs and drops the rest of the response; false when the connection broke.
    borrowing func cancel() -> Bool { unsafe dbcancel(pointer) == SUCCEED && !isDead }

    /// Sends a remote procedure call whose parameters `body` adds.
    ///
    /// - Throws: What `body` throws, with nothing sent; `connectionLost` when it could not be sent.
    borrowing func call(
        _ procedure: String,
        _ body: (inout ParameterArena, borrowing DatabaseProcess) throws(SQLServerError) -> Void
    ) throws(SQLServerError) {
        guard unsafe dbrpcinit(pointer, procedure, 0) == SUCCEED else {
            throw SQLServerError(.connectionLost, "FreeTDS refused the call of \(procedure)")
        }
        var arena = ParameterArena()
        do {
            try body(&arena, self)
        } catch {
            // Drops the half-built call, so that the next one does not start with it.
            _ = unsafe dbrpcinit(pointer, procedure, DBSMALLINT(cfreetds_rpc_reset))
            throw error
        }
        guard unsafe dbrpcsend(pointer) == SUCCEED else {
            throw SQLServerError(.connectionLost, "the call of \(procedure) could not be sent")
        }
    }

    /// Connects and logs in.
    ///
    /// Messages and failures go to the thread's call context.
    ///
    /// - Throws: `configuration`, `connectionFailed`, `tlsFailed` or `loginFailed`.
    static func open(
        _ configuration: SQLServerConfiguration, _ context: CallContext
    ) throws(SQLServerError) -> DatabaseProcess {
        let section = ServerSettings.Section(
            host: configuration.host, port: configuration.port, encryption: configuration.encryption,
            trustsServer: configuration.trustServerCertificate, authorityFile: configuration.caFile)
        let login = try LoginRecord(configuration)
        let server = try ServerSettings.shared.acquire(section)
        defer { ServerSettings.shared.release(server) }
        // The last argument makes INT_EXIT harmless, as in Microsoft's db-lib.
        let record = unsafe login.pointer
        context.isConnecting = true
        defer { context.isConnecting = false }
        let opened = unsafe tdsdbopen(record, server, 1)
        guard let opened = unsafe opened else { throw ConnectFailure(configuration, context).error }
        let process = unsafe DatabaseProcess(opened)
        // The socket must not leak into programs that this process starts.
        let descriptor = process.descriptor
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        unsafe dbsetinterrupt(process.pointer, shouldInterrupt, handleInterrupt)
        return process
    }
}

/// The owner of a LOGINREC: what LOGIN7 will say.
@safe
struct LoginRecord: ~Copyable {
    fileprivate let pointer: OpaquePointer

    deinit { unsafe dbloginfree(pointer) }

    /// Fills a login record.
    ///
    /// - Throws: `configuration` naming a value that db-lib refuses, such as a password of more than 128 bytes.
    init(_ configuration: SQLServerConfiguration) throws(SQLServerError) {
        guard let record = unsafe dblogin() else { throw SQLServerError(.connectionFailed, "out of memory") }
        do throws(SQLServerError) {
            try unsafe Self.fill(record, configuration)
        } catch {
            unsafe dbloginfree(record)
            throw error
        }
        unsafe pointer = record
    }

    private static func fill(
        _ record: OpaquePointer, _ configuration: SQLServerConfiguration
    ) throws(SQLServerError) {
        let texts: [(String, String, Int32)] = [
            ("user name", configuration.userName, DBSETUSER),
            ("password", configuration.password.reveal(), DBSETPWD),
            ("application name", configuration.applicationName, DBSETAPP),
            ("workstation ID", configuration.workstationID ?? "", DBSETHOST),
            ("database", configuration.database ?? "", DBSETDBNAME),
            ("language", configuration.language ?? "", DBSETNATLANG),
            ("character set", "UTF-8", DBSETCHARSET),
        ]
        for (name, value, which) in texts where !value.isEmpty {
            guard !value.utf8.contains(0), unsafe dbsetlname(record, value, which) == SUCCEED else {
                throw SQLServerError(
                    .configuration,
                    "FreeTDS refuses the \(name): it has \(value.utf8.count) bytes (the limit is 128) "
                        + "or a NUL character")
            }
        }
        let isReadOnly = configuration.applicationIntent == .readOnly
        // With TLS a packet must fit a TLS record.
        let packetSize = min(configuration.packetSize, configuration.encryption == .off ? 32_767 : 16_383)
        let isSet =
            unsafe dbsetlversion(record, UInt8(DBVERSION_74)) == SUCCEED
            && dbsetllong(record, packetSize, DBSETPACKET) == SUCCEED
            && dbsetlbool(record, isReadOnly ? 1 : 0, DBSETREADONLY) == SUCCEED
            && dbsetlbool(record, 1, DBSETUTF16) == SUCCEED
            // One bit of LOGIN7, which allows bulk loads.
            && dbsetlbool(record, 1, DBSETBCP) == SUCCEED
        guard isSet else {
            throw SQLServerError(
                .configuration,
                "FreeTDS refuses TDS 7.4, UTF-16, bulk loads, read-only intent or the packet size \(packetSize)")
        }
    }
}
