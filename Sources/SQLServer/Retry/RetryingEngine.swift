import SQLServerCore
import Threads

/// An engine that connects again after errors that pass, within the time limit for connecting.
struct RetryingEngine: SQLEngine {
    let engine: any SQLEngine
    let resilience: Resilience

    var name: String { engine.name }

    func connect(
        _ configuration: SQLServerConfiguration, whenOver: @escaping @Sendable () -> Void
    ) async throws(SQLServerError) -> any SQLEngineConnection {
        let start = ContinuousClock.now
        var policy = resilience.policy
        policy.maximumElapsed = min(policy.maximumElapsed ?? configuration.connectTimeout, configuration.connectTimeout)
        var attempts = resilience.attempts(of: .connecting, policy)
        var attempt = configuration
        var cause: SQLServerError?
        while true {
            let end = AttemptEnd(whenOver)
            do throws(SQLServerError) {
                return try await engine.connect(attempt) { end.isOver() }
            } catch {
                do throws(SQLServerError) {
                    guard try await attempts.mayRepeat(after: error) else { throw cause.map(error.after) ?? error }
                } catch {
                    end.isLast()
                    throw error
                }
                cause = error
            }
            attempt.connectTimeout = max(.milliseconds(1), configuration.connectTimeout - start.duration(to: .now))
        }
    }
}

extension SQLServerError {
    /// This error of a later attempt; when only the time was over, the error before it is the cause.
    fileprivate func after(_ cause: SQLServerError) -> SQLServerError { code == .timeout ? cause : self }
}

/// The end of an attempt to connect, which is told to the outside only when no other attempt follows.
private final class AttemptEnd: Sendable {
    private let state = Lock((isOver: false, isLast: false))
    private let whenOver: @Sendable () -> Void

    init(_ whenOver: @escaping @Sendable () -> Void) { self.whenOver = whenOver }

    /// The attempt has ended.
    func isOver() { tell { $0.isOver = true } }

    /// No other attempt follows.
    func isLast() { tell { $0.isLast = true } }

    private func tell(_ change: (inout (isOver: Bool, isLast: Bool)) -> Void) {
        let isBoth = state.withLock { state in
            change(&state)
            return state.isOver && state.isLast
        }
        if isBoth { whenOver() }
    }
}
