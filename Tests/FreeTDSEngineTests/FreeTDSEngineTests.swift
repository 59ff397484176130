import FreeTDSEngine
import SQLServerCore
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A configuration for a port where nobody listens.
private func configuration(_ change: (inout SQLServerConfiguration) -> Void = { _ in }) -> SQLServerConfiguration {
    var configuration = SQLServerConfiguration(
        host: "127.0.0.1", port: 1, userName: "app", password: "s3cr3t", encryption: .off)
    change(&configuration)
    return configuration
}

/// Why connecting fails.
private func failure(_ configuration: SQLServerConfiguration) async -> SQLServerError? {
    do throws(SQLServerError) {
        let connection = try await FreeTDSEngine().connect(configuration) {}
        await connection.close()
        return nil
    } catch {
        return error
    }
}

@Suite("The FreeTDS engine")
struct FreeTDSEngineTests {
    @Test func hasANameAndAVersion() {
        #expect(FreeTDSEngine().name == "freeTDS")
        #expect(FreeTDSEngine.libraryVersion.contains("freetds"))
    }

    @Test func namesTheCapabilityThatItLacks() async throws {
        let strict = try #require(await failure(configuration { $0.encryption = .strict }))
        #expect(strict.code == .unsupported)
        #expect(strict.message.contains("strict") && strict.message.contains("native"))
        let otherName = try #require(await failure(configuration { $0.hostNameInCertificate = "other" }))
        #expect(otherName.code == .unsupported)
        #expect(otherName.message.contains("hostNameInCertificate") && otherName.message.contains("native"))
    }

    @Test func saysThatNobodyListens() async throws {
        let error = try #require(await failure(configuration()))
        #expect(error.code == .connectionFailed)
        #expect(error.message.contains("127.0.0.1:1"))
        #expect(!"\(error)".contains("s3cr3t"))
    }

    @Test(arguments: [
        "a;b", "a#b", "a]b", "[a", "a=b", "a b", "a\nhost = evil", "a\tb", "", String(repeating: "x", count: 201),
    ])
    func refusesAHostThatCouldChangeItsSettings(host: String) async throws {
        let error = try #require(await failure(configuration { $0.host = host }))
        #expect(error.code == .configuration)
        #expect(error.message.contains("host"))
    }

    @Test func saysThatACAFileCannotBeRead() async throws {
        let error = try #require(
            await failure(
                configuration {
                    $0.encryption = .require
                    $0.caFile = "/nonexistent/ca.pem"
                }))
        #expect(error.code == .configuration)
        #expect(error.message.contains("/nonexistent/ca.pem"))
    }

    @Test func stopsWaitingWhenTheTaskIsCancelled() async {
        let task = Task { await failure(configuration()) }
        task.cancel()
        // Refused or cancelled, whichever was first; never a hang.
        let error = await task.value
        #expect(error?.code == .cancelled || error?.code == .connectionFailed)
    }

    @Test func survivesManyFailures() async {
        await withTaskGroup(of: SQLServerError.Code?.self) { group in
            for _ in 0..<40 { group.addTask { await failure(configuration())?.code } }
            for await code in group { #expect(code == .connectionFailed) }
        }
    }

    /// In a process of its own, because the environment belongs to all tests.
    @Test(arguments: ["TDSPORT", "TDSHOST", "TDSVER", "TDSDUMP", "TDSDUMPCONFIG"])
    func refusesAnEnvironmentThatOverridesTheConfiguration(variable: String) async {
        await #expect(processExitsWith: .exitCode(42)) { [variable] in
            unsafe setenv(variable, "1", 1)
            let error = await failure(configuration())
            let isNamed = error?.code == .configuration && error?.message.contains(variable) == true
            exit(isNamed ? 42 : 1)
        }
    }
}
