import EmbeddedSQLServer
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A server raises the limit of open files, so that a thousand sessions fit.
struct OpenFileLimitTests {
    #if canImport(Glibc)
        @Test func startingAServerRaisesTheLimitToItsHardLimit() throws {
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            var limit = rlimit()
            try #require(unsafe getrlimit(resource, &limit) == 0)
            // One below, so that no other test runs out of files meanwhile.
            limit.rlim_cur = limit.rlim_max - 1
            try #require(unsafe setrlimit(resource, &limit) == 0)
            let server = try EmbeddedServer.start()
            defer { server.stop() }
            try #require(unsafe getrlimit(resource, &limit) == 0)
            #expect(limit.rlim_cur == limit.rlim_max)
            #expect(OpenFileLimit.raise() == Int(clamping: limit.rlim_max))
        }
    #endif
}
