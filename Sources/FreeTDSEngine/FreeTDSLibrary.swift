import CFreeTDS
import SQLServerCore
import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The process-wide state of db-lib: set up once, before the first connection.
enum FreeTDSLibrary {
    /// Seconds that a login may take.
    ///
    /// db-lib has one limit for the whole process.
    static let loginSeconds: Int32 = 15

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
        return .success(())
    }()

    /// Whether the first `dbopen` is over.
    ///
    /// Held during it, because it initialises character conversion without synchronisation (facts: freetds.md 1.2).
    private static let firstOpen = Lock(false)

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

    /// Runs `open`, alone until the first one in the process is over, whether it succeeds or not.
    static func serialisingFirstOpen(_ open: () -> OpaquePointer?) -> OpaquePointer? {
        var process: OpaquePointer??
        firstOpen.withLock { isOver in
            if isOver { return }
            unsafe process = .some(open())
            isOver = true
        }
        return unsafe process ?? open()
    }

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
