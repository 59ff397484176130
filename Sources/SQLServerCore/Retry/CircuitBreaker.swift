/// Keeps calls away from a server that does not answer: closed, open, half-open.
///
/// Closed lets everything through and counts failures in a row. Open refuses at once, without a socket. After the pause
/// it is half-open: a few probes go through; one success closes it, one failure opens it for twice as long.
///
/// A failure is a broken or refused connection or a throttled request; an error of a statement is a success, because the
/// server answered. One breaker per server.
///
/// ```swift
/// let admission = breaker.withLock { $0.admit(at: clock.now) }
/// guard case .pass(let permit) = admission else { throw tooManyFailures }
/// do {
///     let result = try await work()
///     breaker.withLock { $0.report(.success, permit, at: clock.now, using: &generator) }
///     return result
/// } catch {
///     breaker.withLock { $0.report(.of(error), permit, at: clock.now, using: &generator) }
///     throw error
/// }
/// ```
package struct CircuitBreaker<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    /// When to open and for how long.
    package struct Settings: Sendable, Hashable {
        /// Failures in a row that open the breaker.
        package var failures: Int
        /// The first pause; it doubles with each failed probe.
        package var pause: Duration
        /// The longest pause.
        package var maximumPause: Duration
        /// Probes at a time while it is half-open.
        package var probes: Int

        /// Ten failures, pauses from 5 to 60 seconds, one probe.
        package init(
            failures: Int = 10, pause: Duration = .seconds(5), maximumPause: Duration = .seconds(60), probes: Int = 1
        ) {
            self.failures = max(1, failures)
            self.pause = pause
            self.maximumPause = max(pause, maximumPause)
            self.probes = max(1, probes)
        }
    }

    /// Whether a call may go to the server.
    package enum Admission: Sendable {
        /// It may; its outcome is reported with the permit.
        case pass(Permit)
        /// It may not before that time.
        case refuse(until: Instant)
    }

    /// The right to make one call.
    package struct Permit: Sendable, Hashable {
        fileprivate let generation: Int
    }

    /// What became of a call.
    package enum Outcome: Sendable, Hashable {
        /// The server answered.
        case success
        /// It did not, or not to the purpose.
        case failure
        /// The call tells nothing of the server, as when it was cancelled.
        case nothing

        /// What an error tells of its server.
        package static func of(_ error: SQLServerError) -> Outcome {
            if [.cancelled, .poolTimeout, .closed, .misuse, .serverUnavailable].contains(error.code) {
                return .nothing
            }
            if error.code == .commitOutcomeUnknown { return .failure }
            return [.connection, .throttled].contains(error.retryClass) ? .failure : .success
        }
    }

    /// What the breaker does with calls.
    package enum State: Sendable, Hashable {
        /// Lets them through, after so many failures in a row.
        case closed(failures: Int)
        /// Refuses them until then.
        case open(until: Instant)
        /// Lets so many more probes through; asks again when nobody has reported by then.
        case halfOpen(probes: Int, until: Instant)
    }

    private let settings: Settings?
    private var pause: Duration
    private var generation = 0
    /// What the breaker does at the moment.
    package private(set) var state = State.closed(failures: 0)

    /// A closed breaker; without settings one that never opens.
    package init(_ settings: Settings? = Settings()) {
        self.settings = settings
        pause = settings?.pause ?? .zero
    }

    /// Asks whether a call may go to the server.
    package mutating func admit(at now: Instant) -> Admission {
        guard let settings else { return .pass(Permit(generation: generation)) }
        switch state {
        case .closed: break
        case .open(let until):
            guard now >= until else { return .refuse(until: until) }
            probe(settings.probes, at: now)
        case .halfOpen(let probes, let until):
            if probes > 0 {
                state = .halfOpen(probes: probes - 1, until: until)
            } else {
                // Probes that never reported must not keep the breaker half-open for ever.
                guard now >= until else { return .refuse(until: until) }
                probe(settings.probes, at: now)
            }
        }
        return .pass(Permit(generation: generation))
    }

    /// Tells what became of a call.
    ///
    /// - Parameters:
    ///   - outcome: What it tells of the server.
    ///   - permit: The permit of the call.
    ///   - now: When.
    ///   - generator: The source of randomness, so that processes do not probe at the same time.
    /// - Returns: The new state when the breaker opened or closed, for whoever watches.
    @discardableResult
    package mutating func report(
        _ outcome: Outcome, _ permit: Permit, at now: Instant, using generator: inout some RandomNumberGenerator
    ) -> State? {
        // A call from before the breaker last changed tells nothing new.
        guard let settings, permit.generation == generation else { return nil }
        switch (state, outcome) {
        case (.closed, .success):
            state = .closed(failures: 0)
        case (.closed(let failures), .failure):
            state = .closed(failures: failures + 1)
            if failures + 1 >= settings.failures { return open(settings, at: now, using: &generator) }
        case (.halfOpen, .success):
            return change(to: .closed(failures: 0), pause: settings.pause)
        case (.halfOpen, .failure):
            pause = min(pause * 2, settings.maximumPause)
            return open(settings, at: now, using: &generator)
        case (.halfOpen(let probes, let until), .nothing):
            state = .halfOpen(probes: min(probes + 1, settings.probes), until: until)
        default: break
        }
        return nil
    }

    private mutating func probe(_ probes: Int, at now: Instant) {
        generation += 1
        state = .halfOpen(probes: probes - 1, until: now.advanced(by: pause))
    }

    /// Opens for the pause, and up to a fifth longer.
    private mutating func open(
        _ settings: Settings, at now: Instant, using generator: inout some RandomNumberGenerator
    ) -> State {
        let jitter = pause / 5 * Double.random(in: 0...1, using: &generator)
        return change(to: .open(until: now.advanced(by: pause + jitter)), pause: pause)
    }

    private mutating func change(to state: State, pause: Duration) -> State {
        self.state = state
        self.pause = pause
        generation += 1
        return state
    }
}
