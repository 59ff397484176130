import CFreeTDS
import SQLServerCore

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The process-wide state of db-lib: set up once, before the first connection.
enum FreeTDSLibrary {
    /// Seconds that a login may take.
    ///
    /// db-lib has one limit for the whole process; the limit of a configuration is kept by ``ConnectAttempt``.
    static let loginSeconds: Int32 = 60

    /// Variables that override what the program asks for: they redirect, downgrade or log every connection.
    private static let overrides = ["TDSVER", "TDSPORT", "TDSHOST", "TDSDUMP", "TDSDUMPCONFIG"]

    private static let outcome: Result<Void, SQLServerError> = {
        guard dbinit() == SUCCEED else {
            return .failure(SQLServerError(.connectionFailed, "FreeTDS could not be initialised: dbinit failed"))
        }
        // dbinit resets the handlers, so they come after it.
        unsafe dberrhandle(handleLibraryError)
        unsafe dbmsghandle(handleServerMessage)
        dbsetlogintime(loginSeconds)
        do throws(SQLServerError) {
            try initialiseConversion()
        } catch {
            return .failure(error)
        }
        return .success(())
    }()

    /// Initialises db-lib and checks that no environment variable overrides the configuration.
    ///
    /// - Throws: `configuration` naming the variable. A library does not change its host's environment.
    static func prepare() throws(SQLServerError) {
        for name in overrides where unsafe getenv(name) != nil {
            throw SQLServerError(
                .configuration,
                "the environment variable \(name) is set: FreeTDS would let it override the configuration of every "
                    + "connection; unset it before the program starts")
        }
        try outcome.get()
    }

    /// Runs the first `dbopen` of the process, alone: it initialises character conversion without synchronisation
    /// before it connects (facts: freetds.md 1.2).
    ///
    /// It goes to a port that this process holds and does not listen on, so that it is refused at once. A real first
    /// connection would let all others wait for it.
    private static func initialiseConversion() throws(SQLServerError) {
        let descriptor = socket(AF_INET, streamSocket, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound, let login = unsafe dblogin() else { return }
        defer { unsafe dbloginfree(login) }
        _ = unsafe dbsetlname(login, "UTF-8", DBSETCHARSET)
        _ = unsafe dbsetlversion(login, UInt8(DBVERSION_74))
        // Through the private file, so that no other is read: a dump file set there would log every login.
        let server = try ServerSettings.shared.acquire(
            ServerSettings.Section(
                host: "127.0.0.1", port: Int(UInt16(bigEndian: address.sin_port)), encryption: .off,
                trustsServer: false, authorityFile: nil))
        defer { ServerSettings.shared.release(server) }
        if let process = unsafe tdsdbopen(login, server, 1) { unsafe dbclose(process) }
    }

    // SOCK_STREAM is an enumeration in Glibc and a number elsewhere.
    #if canImport(Darwin)
        private static let streamSocket = SOCK_STREAM
    #else
        private static let streamSocket = Int32(SOCK_STREAM.rawValue)
    #endif

    /// The version of the library, such as `freetds v1.3.17`.
    static var version: String {
        guard let text = unsafe dbversion() else { return "unknown" }
        return unsafe String(cString: text)
    }

    /// Tells db-lib where the configuration file is.
    static func setConfigurationFile(_ path: String) {
        // db-lib copies the path.
        var bytes = Array(path.utf8CString)
        unsafe dbsetifile(&bytes)
    }
}
