import SQLServerCore
import Threads

/// The connections of one server behind its gate: every call of a client that waits for its result passes here.
struct GuardedSource: Sendable {
    let source: ConnectionSource
    let gate: ServerGate
    let resilience: Resilience

    /// Runs one call on any free connection, again when its options allow that.
    ///
    /// - Parameters:
    ///   - options: Those of the call.
    ///   - body: The call, with the options for one attempt.
    /// - Returns: What `body` returned.
    /// - Throws: The error of the last attempt.
    func withLease<Result>(
        _ options: SQLCallOptions,
        _ body: (SQLServerConnection, SQLCallOptions) async throws(SQLServerError) -> Result
    ) async throws(SQLServerError) -> Result {
        guard let policy = options.retry.policy(resilience.policy) else {
            return try await attempt(nil) { (lease) throws(SQLServerError) in try await body(lease, options) }
        }
        let once = options.once
        var attempts = resilience.attempts(of: .statement(isIdempotent: true), policy)
        while true {
            do throws(SQLServerError) {
                return try await attempt(policy.rules) { (lease) throws(SQLServerError) in
                    try await body(lease, once)
                }
            } catch {
                guard try await attempts.mayRepeat(after: error) else { throw error }
            }
        }
    }

    private func attempt<Result>(
        _ rules: SQLRetryRules?, _ body: (SQLServerConnection) async throws(SQLServerError) -> Result
    ) async throws(SQLServerError) -> Result {
        let (lease, pass) = try await lease()
        do throws(SQLServerError) {
            let result = try await body(lease)
            await end(lease, pass, .success)
            return result
        } catch {
            await end(lease, pass, .failure(error), rules)
            throw error
        }
    }

    /// Lends one connection for the time of `body`, on the connection's thread.
    ///
    /// - Parameters:
    ///   - rules: The classes of errors after which the connection is not lent again; nil when nothing is repeated.
    ///   - body: Work on the connection.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or why no connection could be had.
    func withScope<Result>(
        _ rules: SQLRetryRules? = nil, _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        let (lease, pass) = try await lease()
        lease.state.withLock { $0.resilience = resilience }
        do {
            let held = ServerGate.held + [ObjectIdentifier(gate)]
            let result = try await ServerGate.$held.withValue(held) {
                try await withTaskExecutorPreference(lease.connection.taskExecutor) { try await body(lease) }
            }
            await end(lease, pass, .success)
            return result
        } catch {
            await end(lease, pass, SQLServerError.within(error).map(ServerGate.Ending.failure) ?? .other, rules)
            throw error
        }
    }

    private func lease() async throws(SQLServerError) -> (SQLServerConnection, ServerGate.Pass) {
        let pass = try await gate.enter()
        do throws(SQLServerError) {
            return (try await source.lease(), pass)
        } catch {
            gate.leave(pass, .failure(error))
            throw error
        }
    }

    private func end(
        _ lease: SQLServerConnection, _ pass: ServerGate.Pass, _ ending: ServerGate.Ending,
        _ rules: SQLRetryRules? = nil
    ) async {
        // The pool would lend the same connection to the next attempt.
        if case .failure(let error) = ending, let rules, error.retryClass(by: rules).needsNewConnection {
            await lease.connection.close()
        }
        await source.end(lease)
        gate.leave(pass, ending)
        if case .success = ending { resilience.noteSuccess() }
    }
}

extension SQLServerError {
    /// The error of the server behind an error of a scope; nil when there is none.
    static func within(_ error: any Error) -> SQLServerError? {
        switch error {
        case let error as SQLServerError: error
        case let error as SQLTransactionError: error.cause as? SQLServerError
        default: nil
        }
    }
}
