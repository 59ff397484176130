import SQLServerCore
import Threads

/// One attempt to connect, raced against its time limit and the task's cancellation.
///
/// The first of the three decides; a connection that comes later is closed.
struct ConnectAttempt {
    private typealias Outcome = Result<FreeTDSConnection, SQLServerError>

    private static func outcome(
        of open: @Sendable () async throws(SQLServerError) -> FreeTDSConnection
    ) async -> Outcome {
        do throws(SQLServerError) {
            return .success(try await open())
        } catch {
            return .failure(error)
        }
    }

    /// Runs `open`, but waits for it no longer than `limit`.
    ///
    /// `whenOver` is called once when `open` has ended and its connection was not handed over.
    ///
    /// - Throws: What `open` throws, `timeout` at the limit, `cancelled` when the task is cancelled.
    func run(
        limit: Duration, server: String, whenOver: @escaping @Sendable () -> Void,
        _ open: @escaping @Sendable () async throws(SQLServerError) -> FreeTDSConnection
    ) async throws(SQLServerError) -> FreeTDSConnection {
        let promise = Promise<Outcome>()
        Task {
            let outcome = await Self.outcome(of: open)
            let isFirst = promise.fulfil(outcome)
            if case .success(let connection) = outcome {
                if isFirst { return }
                await connection.close()
            }
            whenOver()
        }
        let timer = Task {
            do {
                try await Task.sleep(for: limit)
            } catch {
                // Cancelled: the attempt was decided before the limit.
                return
            }
            promise.fulfil(
                .failure(SQLServerError(.timeout, "\(server) did not complete a login within \(limit)")))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            await promise.value()
        } onCancel: {
            promise.fulfil(.failure(SQLServerError(.cancelled, "the task was cancelled while connecting")))
        }.get()
    }
}
