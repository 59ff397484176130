import SQLServer

/// Runs a test of a time limit with longer and longer limits, until the machine is fast enough for one.
///
/// What a test does takes its time from the limit (it sleeps for twice as long, say), so that a broken promise shows at
/// every limit. A `timeout` that the body throws means that the machine was too slow; the last one is the test's failure.
///
/// - Parameter body: The test, with a limit.
/// - Throws: What the body throws, but `timeout` with the last limit only.
public func withGrowingLimits(_ body: (Duration) async throws -> Void) async throws {
    for limit in [.milliseconds(250), .seconds(1), .seconds(4)] as [Duration] {
        do {
            return try await body(limit)
        } catch let error as SQLServerError where error.code == .timeout {
            continue
        }
    }
    try await body(.seconds(16))
}
