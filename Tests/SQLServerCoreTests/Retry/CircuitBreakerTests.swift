import SQLServerCore
import SeededRandom
import Testing

/// Closed, open, half-open.
@Suite struct CircuitBreakerTests {
    typealias Breaker = CircuitBreaker<ContinuousClock.Instant>
    private let start = ContinuousClock.now
    private static let settings = Breaker.Settings(
        failures: 3, pause: .seconds(5), maximumPause: .seconds(30), probes: 1)

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

    /// A breaker with its randomness, to be asked in conditions.
    private final class Server {
        private var breaker: Breaker
        private var generator: SeededGenerator
        var state: Breaker.State { breaker.state }

        init(_ settings: Breaker.Settings? = CircuitBreakerTests.settings, seed: UInt64 = 1) {
            breaker = Breaker(settings)
            generator = SeededGenerator(seed: seed)
        }

        func admit(at now: ContinuousClock.Instant) -> Breaker.Permit? {
            if case .pass(let permit) = breaker.admit(at: now) { permit } else { nil }
        }

        @discardableResult
        func report(
            _ outcome: Breaker.Outcome, _ permit: Breaker.Permit, at now: ContinuousClock.Instant
        ) -> Breaker.State? {
            breaker.report(outcome, permit, at: now, using: &generator)
        }

        /// Fails so often.
        func fail(_ times: Int, at now: ContinuousClock.Instant) {
            for _ in 0..<times {
                guard let permit = admit(at: now) else { return }
                report(.failure, permit, at: now)
            }
        }
    }

    @Test func failuresInARowOpenIt() {
        let server = Server()
        server.fail(2, at: start)
        #expect(server.state == .closed(failures: 2))
        server.fail(1, at: start)
        guard case .open(let until) = server.state else {
            Issue.record("not open: \(server.state)")
            return
        }
        #expect((at(5)...at(6)).contains(until))
        #expect(server.admit(at: at(4.9)) == nil)
    }

    @Test func aSuccessBetweenFailuresStartsTheCountAnew() {
        let server = Server()
        for _ in 0..<10 {
            server.fail(2, at: start)
            guard let permit = server.admit(at: start) else {
                Issue.record("opened")
                return
            }
            server.report(.success, permit, at: start)
        }
        #expect(server.state == .closed(failures: 0))
    }

    @Test func afterThePauseOneProbeDecides() throws {
        let server = Server()
        server.fail(3, at: start)
        let probe = try #require(server.admit(at: at(6)))
        #expect(server.admit(at: at(6)) == nil)
        let change = server.report(.success, probe, at: at(6.1))
        #expect(change == .closed(failures: 0))
        #expect(server.admit(at: at(6.1)) != nil && server.admit(at: at(6.1)) != nil)
    }

    @Test func failedProbesDoubleThePauseUpToItsLimit() throws {
        let server = Server()
        server.fail(3, at: start)
        for pause in [10, 20, 30, 30] {
            guard case .open(let now) = server.state else {
                Issue.record("not open before \(pause)")
                return
            }
            let probe = try #require(server.admit(at: now))
            let change = server.report(.failure, probe, at: now)
            guard case .open(let next) = change else {
                Issue.record("not open after \(pause)")
                return
            }
            #expect((Duration.seconds(pause) ... .seconds(pause) * 1.2).contains(now.duration(to: next)))
        }
    }

    @Test func whatWasUnderWayBeforeAChangeTellsNothing() throws {
        let server = Server()
        let old = try #require(server.admit(at: start))
        server.fail(3, at: start)
        #expect(server.report(.success, old, at: at(1)) == nil)
        #expect(server.admit(at: at(1)) == nil)
        let probe = try #require(server.admit(at: at(6)))
        #expect(server.report(.failure, old, at: at(6)) == nil)
        #expect(server.report(.success, probe, at: at(7)) == .closed(failures: 0))
    }

    @Test func aProbeThatTellsNothingMakesRoomForAnother() throws {
        let server = Server()
        server.fail(3, at: start)
        let probe = try #require(server.admit(at: at(6)))
        server.report(.nothing, probe, at: at(6))
        #expect(server.admit(at: at(6)) != nil)
    }

    @Test func aProbeThatNeverReportsDoesNotKeepItShut() throws {
        let server = Server()
        server.fail(3, at: start)
        _ = try #require(server.admit(at: at(6)))
        #expect(server.admit(at: at(10.9)) == nil)
        #expect(server.admit(at: at(11)) != nil)
    }

    @Test func withoutSettingsItNeverOpens() {
        let server = Server(nil)
        server.fail(1_000, at: start)
        #expect(server.admit(at: start) != nil)
    }

    static let outcomes: [(SQLServerError.Code, number: Int?, Breaker.Outcome)] = [
        (.connectionFailed, nil, .failure), (.connectionLost, nil, .failure), (.protocolViolation, nil, .failure),
        (.server, 40_501, .failure), (.server, 40_613, .failure), (.server, 2_627, .success),
        (.server, 1_205, .success),
        (.loginFailed, 18_456, .success), (.decoding, nil, .success), (.cancelled, nil, .nothing),
        (.poolTimeout, nil, .nothing), (.closed, nil, .nothing),
    ]

    @Test(arguments: outcomes)
    func anErrorTellsOfItsServer(code: SQLServerError.Code, number: Int?, outcome: Breaker.Outcome) {
        let messages = number.map { [SQLServerMessage(number: $0, severity: 16, text: "x")] } ?? []
        #expect(Breaker.Outcome.of(SQLServerError(code, "x", messages: messages, query: "q")) == outcome)
    }

    /// For any sequence of calls: nothing passes before the pause is over, no more probes than allowed are under way in
    /// their time, and a server that is well again is used again.
    @Test(arguments: UInt64(1)...100) func itKeepsItsPromisesForAnySequence(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let settings = Breaker.Settings(
            failures: .random(in: 1...5, using: &generator), pause: .seconds(2), maximumPause: .seconds(9),
            probes: .random(in: 1...3, using: &generator))
        let server = Server(settings, seed: seed)
        var (now, underWay): (ContinuousClock.Instant, [Breaker.Permit]) = (start, [])
        for _ in 0..<1_000 {
            now = now.advanced(by: .milliseconds(Int.random(in: 0...1_500, using: &generator)))
            if Bool.random(using: &generator) {
                let before = server.state
                let permit = server.admit(at: now)
                switch before {
                case .open(let until):
                    guard (permit != nil) == (now >= until) else { throw Broken("\(before) at \(now)") }
                case .closed:
                    guard permit != nil else { throw Broken("closed, and it refused") }
                case .halfOpen(let probes, let until):
                    guard (permit != nil) == (probes > 0 || now >= until) else { throw Broken("\(before) at \(now)") }
                }
                if let permit { underWay.append(permit) }
            } else if let index = underWay.indices.randomElement(using: &generator) {
                let outcome =
                    [Breaker.Outcome.success, .failure, .nothing].randomElement(using: &generator) ?? .nothing
                server.report(outcome, underWay.remove(at: index), at: now)
            }
            if case .closed(let failures) = server.state, failures >= settings.failures { throw Broken("not opened") }
            if case .halfOpen(let probes, _) = server.state, !(0...settings.probes).contains(probes) {
                throw Broken("\(probes) probes")
            }
        }
        // The server is well: at most one longest pause later a probe closes it.
        now = now.advanced(by: settings.maximumPause * 1.2)
        guard let permit = server.admit(at: now) else {
            Issue.record("shut for longer than the longest pause: \(server.state)")
            return
        }
        server.report(.success, permit, at: now)
        #expect(server.state == .closed(failures: 0))
    }
}
