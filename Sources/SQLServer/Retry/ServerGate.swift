import SQLServerCore
import Threads

/// Stands before one server: refuses calls while it does not answer, and lets fewer through at a time while it is
/// overloaded.
///
/// The decisions are those of `CircuitBreaker` and `ConcurrencyLimit`; this is a lock around both, and the queue of
/// those who wait.
final class ServerGate: Sendable {
    typealias Breaker = CircuitBreaker<ContinuousClock.Instant>

    /// The right to make one call, to be given back with ``leave(_:_:)``.
    struct Pass: Sendable {
        fileprivate let breaker: Breaker.Permit
        /// Nil while the server is not overloaded, and for a call inside another that has a place: waiting for one could
        /// wait for itself.
        fileprivate let place: ConcurrencyLimit.Permit?
    }

    /// How a call ended.
    enum Ending: Sendable {
        /// The server did what it was asked for.
        case success
        /// It did not, or could not be asked.
        case failure(SQLServerError)
        /// With an error that tells nothing of the server.
        case other

        fileprivate var ofBreaker: Breaker.Outcome {
            switch self {
            case .success: .success
            case .failure(let error): .of(error)
            case .other: .nothing
            }
        }

        fileprivate var ofLimit: ConcurrencyLimit.Outcome {
            switch self {
            case .success: .answered(waited: nil)
            case .failure(let error): .of(error)
            case .other: .nothing
            }
        }
    }

    private typealias Turn = Promise<Result<ConcurrencyLimit.Permit, SQLServerError>>

    private struct State {
        var breaker: Breaker
        var limit: ConcurrencyLimit
        var random = SystemRandomNumberGenerator()
        var waiting: [Turn] = []
        var refused = 0
        var opened = 0
    }

    private enum Decision: Sendable {
        case pass(Pass)
        case wait(Breaker.Permit, Turn)
        case refuse(until: ContinuousClock.Instant)
    }

    /// The gates whose places the current task holds.
    @TaskLocal static var held: [ObjectIdentifier] = []

    private let state: Lock<State>
    private let patience: Duration
    /// The limit of a server that is not overloaded.
    private let maximum: Int

    init(_ configuration: SQLServerConfiguration) {
        let options = configuration.resilience
        patience = configuration.connectTimeout
        maximum = configuration.maximumPoolSize
        let breaker = options.circuitBreaker.map {
            Breaker.Settings(failures: $0.failures, pause: $0.pause, maximumPause: $0.maximumPause)
        }
        let limit = options.concurrencyLimit.map {
            ConcurrencyLimit.Settings(
                minimum: $0.minimum, maximum: configuration.maximumPoolSize, decrease: $0.decrease, maximumWait: nil)
        }
        state = Lock(State(breaker: Breaker(breaker), limit: ConcurrencyLimit(limit)))
    }

    /// Asks for the right to make a call, and waits for it while too many are under way.
    ///
    /// - Throws: `serverUnavailable`; `poolTimeout` after the connect timeout; `cancelled`.
    func enter() async throws(SQLServerError) -> Pass {
        switch state.withLock({ decide(&$0) }) {
        case .pass(let pass): return pass
        case .refuse(let until): throw Self.unavailable(until)
        case .wait(let permit, let turn):
            do throws(SQLServerError) {
                return Pass(breaker: permit, place: try await wait(turn))
            } catch {
                leave(Pass(breaker: permit, place: nil), .failure(error))
                throw error
            }
        }
    }

    /// Gives a right back, and tells how its call ended.
    func leave(_ pass: Pass, _ ending: Ending) {
        let next = state.withLock { state -> [(Turn, ConcurrencyLimit.Permit)] in
            let change = state.breaker.report(ending.ofBreaker, pass.breaker, at: .now, using: &state.random)
            if case .open? = change { state.opened += 1 }
            guard let place = pass.place else { return [] }
            _ = state.limit.finish(place, ending.ofLimit)
            var next: [(Turn, ConcurrencyLimit.Permit)] = []
            while let turn = state.waiting.first, let permit = state.limit.start() {
                state.waiting.removeFirst()
                next.append((turn, permit))
            }
            return next
        }
        for (turn, permit) in next { turn.fulfil(.success(permit)) }
    }

    private func decide(_ state: inout State) -> Decision {
        switch state.breaker.admit(at: .now) {
        case .refuse(let until):
            state.refused += 1
            return .refuse(until: until)
        case .pass(let permit):
            if state.waiting.isEmpty, let place = state.limit.start() {
                return .pass(Pass(breaker: permit, place: place))
            }
            // While the server is not overloaded the pool alone says who waits, in which order, and why.
            guard let limit = state.limit.limit, limit < maximum, !Self.held.contains(ObjectIdentifier(self)) else {
                return .pass(Pass(breaker: permit, place: nil))
            }
            let turn = Turn()
            state.waiting.append(turn)
            return .wait(permit, turn)
        }
    }

    // MARK: Waiting

    private func wait(_ turn: Turn) async throws(SQLServerError) -> ConcurrencyLimit.Permit {
        let timer = Task {
            do {
                try await Task.sleep(for: patience)
            } catch {
                // Cancelled: the turn came before the limit.
                return
            }
            self.abandon(turn, self.timeoutError)
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            await turn.value()
        } onCancel: {
            self.abandon(turn, SQLServerError(.cancelled, "the task was cancelled while it waited for its turn"))
        }.get()
    }

    /// Takes someone out of the queue; whoever has got a place keeps it.
    private func abandon(_ turn: Turn, _ error: SQLServerError) {
        let isQueued = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0 === turn }) else { return false }
            state.waiting.remove(at: index)
            return true
        }
        if isQueued { turn.fulfil(.failure(error)) }
    }

    private var timeoutError: SQLServerError {
        let (limit, waiting) = state.withLock { ($0.limit.limit ?? 0, $0.waiting.count) }
        return SQLServerError(
            .poolTimeout,
            "the server is overloaded: it is given \(limit) calls at a time, \(waiting + 1) wait, and none ended within "
                + "\(patience)")
    }

    private static func unavailable(_ until: ContinuousClock.Instant) -> SQLServerError {
        let seconds = max(0, Int(ContinuousClock.now.duration(to: until) / .seconds(1)))
        return SQLServerError(
            .serverUnavailable,
            "the server did not answer many calls in a row, so it is left alone for \(seconds) more seconds; see the "
                + "errors before this one for the cause")
    }

    // MARK: Observation

    /// What the gate does at a moment, and what it has done.
    struct Snapshot: Sendable {
        let breaker: Breaker.State
        let opened: Int
        let refused: Int
        let limit: Int?
        let underWay: Int
        let waiting: Int
    }

    var snapshot: Snapshot {
        state.withLock { state in
            Snapshot(
                breaker: state.breaker.state, opened: state.opened, refused: state.refused, limit: state.limit.limit,
                underWay: state.limit.underWay, waiting: state.waiting.count)
        }
    }
}
