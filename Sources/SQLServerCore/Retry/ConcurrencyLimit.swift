/// How many requests may be under way at a server, found out by trying: additive increase, multiplicative decrease.
///
/// The limit grows by about one while as many requests as it allows succeed, and shrinks by a factor when the server says
/// that it has too much to do (10928, 10929, 40501) or lets small requests wait. One overload counts once: requests that
/// were under way before the last decrease do not shrink the limit again.
///
/// ```swift
/// guard let permit = limit.withLock({ $0.start() }) else { return await queue() }
/// do {
///     let result = try await work()
///     wake(limit.withLock { $0.finish(permit, .answered(waited: nil)) })
///     return result
/// } catch {
///     wake(limit.withLock { $0.finish(permit, .of(error)) })
///     throw error
/// }
/// ```
package struct ConcurrencyLimit: Sendable, Hashable {
    /// The bounds and the pace.
    package struct Settings: Sendable, Hashable {
        /// The fewest requests that are always allowed.
        package var minimum: Int
        /// The most requests that are ever allowed, and the limit at the beginning.
        package var maximum: Int
        /// What is left of the limit after an overload, in percent.
        package var decrease: Int
        /// The wait of a small request (a login, a BEGIN TRANSACTION) from which on the server counts as overloaded;
        /// nil looks at errors only.
        package var maximumWait: Duration?

        /// From 1 to 100 requests, 70 percent after an overload, and a wait of at most 2 seconds.
        package init(minimum: Int = 1, maximum: Int = 100, decrease: Int = 70, maximumWait: Duration? = .seconds(2)) {
            self.minimum = max(1, minimum)
            self.maximum = max(self.minimum, maximum)
            self.decrease = min(max(decrease, 1), 99)
            self.maximumWait = maximumWait
        }
    }

    /// The right to have one request under way.
    package struct Permit: Sendable, Hashable {
        fileprivate let epoch: Int
    }

    /// What became of a request.
    package enum Outcome: Sendable, Hashable {
        /// The server answered, be it with an error. For a request that costs the server next to nothing, how long it
        /// took; nil for others.
        case answered(waited: Duration?)
        /// The server had too much to do.
        case overloaded
        /// The request tells nothing of the server's load.
        case nothing

        /// The numbers with which a server says that it has too much to do.
        package static let overloads: Set<Int> = [10_928, 10_929, 40_501]

        /// What an error tells of the server's load.
        package static func of(_ error: SQLServerError) -> Outcome {
            guard let number = error.number else { return .nothing }
            return overloads.contains(number) ? .overloaded : .answered(waited: nil)
        }
    }

    private let settings: Settings?
    /// The limit in thousandths of a request.
    private var thousandths: Int
    /// The number of decreases so far.
    package private(set) var epoch = 0
    /// Requests under way.
    package private(set) var underWay = 0

    /// A limit at its maximum; without settings there is none.
    package init(_ settings: Settings? = Settings()) {
        self.settings = settings
        thousandths = (settings?.maximum ?? 0) * 1_000
    }

    /// How many requests may be under way; nil without a limit.
    package var limit: Int? { settings == nil ? nil : thousandths / 1_000 }

    /// How many more requests may start.
    private var room: Int { limit.map { max(0, $0 - underWay) } ?? .max }

    /// Begins a request; nil when it has to wait until others have finished.
    package mutating func start() -> Permit? {
        guard room > 0 else { return nil }
        underWay += 1
        return Permit(epoch: epoch)
    }

    /// Ends a request.
    ///
    /// - Parameters:
    ///   - permit: Its permit, which is used up.
    ///   - outcome: What it tells of the server's load.
    /// - Returns: How many that wait may try to start now.
    package mutating func finish(_ permit: Permit, _ outcome: Outcome) -> Int {
        let wasUsed = room <= underWay
        underWay -= 1
        guard let settings else { return 0 }
        switch outcome {
        case .overloaded: shrink(permit, settings)
        case .answered(let waited?) where settings.maximumWait.map({ waited > $0 }) ?? false: shrink(permit, settings)
        // Only a limit that at least half is used has shown that it holds.
        case .answered where wasUsed: grow(settings)
        case .answered, .nothing: break
        }
        return room
    }

    private mutating func grow(_ settings: Settings) {
        // One more for as many successes as the limit allows at a time.
        thousandths = min(thousandths + max(1, 1_000_000 / thousandths), settings.maximum * 1_000)
    }

    private mutating func shrink(_ permit: Permit, _ settings: Settings) {
        guard permit.epoch == epoch else { return }
        epoch += 1
        thousandths = max(thousandths * settings.decrease / 100, settings.minimum * 1_000)
    }
}
