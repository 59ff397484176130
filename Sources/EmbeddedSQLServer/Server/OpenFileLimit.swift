#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How many files and sockets this process may have open.
///
/// A session takes a socket and a few files; the usual limit of 1,024 ends at some 200 sessions.
package enum OpenFileLimit {
    #if canImport(Darwin)
        private static let resource = RLIMIT_NOFILE
    #else
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif

    /// Raises the limit as far as this process may, and leaves it where it is when it may not.
    ///
    /// - Returns: The limit now; nil when the system does not tell.
    @discardableResult
    package static func raise() -> Int? {
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return nil }
        let usual = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        #if canImport(Darwin)
            // What has no limit is refused (setrlimit(2)).
            limit.rlim_cur = min(limit.rlim_max, rlim_t(OPEN_MAX))
        #endif
        guard limit.rlim_cur > usual, unsafe setrlimit(resource, &limit) == 0 else { return Int(clamping: usual) }
        return Int(clamping: limit.rlim_cur)
    }
}
