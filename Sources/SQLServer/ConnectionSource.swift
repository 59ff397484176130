import ConnectionPool
import SQLServerCore
import Telemetry
import Threads

/// Lends connections from a bounded pool, opens them when needed and resets them before they are lent again.
final class ConnectionSource: Sendable {
    typealias Connection = any SQLEngineConnection

    /// A connection that nobody has at the moment.
    private struct Idle: Sendable {
        let connection: Connection
        /// Its last borrower may have left something in the session.
        let mustReset: Bool
    }

    private typealias Pool = PoolState<Idle, CheckedContinuation<Turn, Never>>

    /// What a waiter is told.
    private enum Turn: Sendable {
        case use(Idle)
        case connect
        case fail(SQLServerError)
    }

    private struct State {
        var pool: Pool
        var nextID = 0
        /// Those whose turn has not come, with the error of one that gave up before it was queued.
        var pending: [Int: SQLServerError?] = [:]
    }

    private let configuration: SQLServerConfiguration
    private let engine: any SQLEngine
    private let telemetry: Telemetry
    private let state: Lock<State>

    init(_ configuration: SQLServerConfiguration, engine: any SQLEngine, telemetry: Telemetry) {
        self.configuration = configuration
        self.engine = engine
        self.telemetry = telemetry
        state = Lock(State(pool: PoolState(maximum: configuration.maximumPoolSize)))
    }

    /// What the pool holds at the moment.
    var statistics: SQLPoolStatistics {
        state.withLock {
            SQLPoolStatistics(
                open: $0.pool.openCount, inUse: $0.pool.lentCount, waiting: $0.pool.waitingCount,
                maximum: configuration.maximumPoolSize)
        }
    }

    /// Lends a connection that is as new: just opened, reset, or without anything left by its last borrower.
    ///
    /// - Throws: What connecting throws; `poolTimeout`, `cancelled`, `closed`.
    func lease() async throws(SQLServerError) -> SQLServerConnection {
        SQLServerConnection(try await acquire(), telemetry: telemetry, commandTimeout: configuration.commandTimeout)
    }

    /// Lends a connection for one call.
    func withLease<Result>(
        _ body: (SQLServerConnection) async throws(SQLServerError) -> Result
    ) async throws(SQLServerError) -> Result {
        let lease = try await lease()
        do throws(SQLServerError) {
            let result = try await body(lease)
            await end(lease)
            return result
        } catch {
            await end(lease)
            throw error
        }
    }

    /// Ends a lease and takes its connection back.
    ///
    /// When the server still has to acknowledge a statement that was stopped, or something is left to be cleaned up,
    /// that happens behind the caller; the connection counts as lent until then.
    func end(_ lease: SQLServerConnection) async {
        lease.endScope()
        guard lease.isSettling else {
            await release(lease)
            return
        }
        Task {
            await lease.settle()
            await release(lease)
        }
    }

    private func acquire() async throws(SQLServerError) -> Connection {
        while true {
            switch try await turn() {
            case .use(let idle):
                if await isReady(idle) { return idle.connection }
                // A connection that broke or refuses the reset is replaced. Those that lay idle beside it are not
                // tried one after another: after a failover or a cut network they are broken too.
                let (handover, others) = state.withLock { ($0.pool.discarded(), $0.pool.removeIdle()) }
                hand(handover)
                for other in others { await other.connection.close() }
            case .connect: return try await connect()
            case .fail(let error): throw error
            }
        }
    }

    /// Takes a connection back: it is lent again if it is open.
    private func release(_ lease: SQLServerConnection) async {
        let connection = lease.connection
        guard connection.isOpen else {
            hand(state.withLock { $0.pool.discarded() })
            return
        }
        let idle = Idle(connection: connection, mustReset: lease.mustReset)
        let handover = state.withLock { $0.pool.release(idle) }
        guard let handover else {
            await connection.close()
            return
        }
        hand(handover)
    }

    /// Closes idle connections and refuses new leases; lent connections are closed when they come back.
    func shutDown() async {
        let (idle, waiters) = state.withLock { $0.pool.shutDown() }
        for waiter in waiters { waiter.resume(returning: .fail(Self.closedError)) }
        for idle in idle { await idle.connection.close() }
    }

    /// How long a reset may take: it is two short round trips.
    private static let resetLimit = Duration.seconds(5)

    private static let closedError = SQLServerError(.closed, "the client was shut down")

    private func isReady(_ idle: Idle) async -> Bool {
        if !idle.mustReset, idle.connection.isQuiet { return true }
        guard idle.connection.isOpen else { return false }
        do throws(SQLServerError) {
            // Also when the socket is not quiet: a reset finds out whether the server still answers.
            try await idle.connection.reset(limit: Self.resetLimit)
            return true
        } catch {
            // reset() closed it; the caller gets another connection, and with it the reason if that fails too.
            return false
        }
    }

    private func connect() async throws(SQLServerError) -> Connection {
        // An attempt that cannot be interrupted keeps its place until it is over.
        let operation = telemetry.begin(.connect)
        let connection: Connection
        do throws(SQLServerError) {
            connection = try await engine.connect(configuration) { [self] in
                hand(state.withLock { $0.pool.connectFailed() })
            }
            operation?.succeed()
        } catch {
            operation?.fail(error)
            throw error
        }
        if state.withLock({ $0.pool.connected() }) { return connection }
        await connection.close()
        hand(state.withLock { $0.pool.discarded() })
        throw Self.closedError
    }

    private func hand(_ handover: Pool.Handover) {
        switch handover {
        case .lend(let idle, let waiter): waiter.resume(returning: .use(idle))
        case .connect(let waiter): waiter.resume(returning: .connect)
        case .none: break
        }
    }

    // MARK: Waiting

    private func turn() async throws(SQLServerError) -> Turn {
        switch state.withLock({ $0.pool.acquireNow() }) {
        case .lend(let idle): return .use(idle)
        case .connect: return .connect
        case .refuse: throw Self.closedError
        case .wait: break
        }
        let id = state.withLock { state in
            state.nextID += 1
            state.pending[state.nextID] = .some(nil)
            return state.nextID
        }
        let limit = configuration.connectTimeout
        let timer = Task {
            do {
                try await Task.sleep(for: limit)
            } catch {
                // Cancelled: the turn came before the limit.
                return
            }
            self.abandon(id, self.timeoutError)
        }
        defer { timer.cancel() }
        let turn = await withTaskCancellationHandler {
            await self.wait(id)
        } onCancel: {
            self.abandon(id, SQLServerError(.cancelled, "the task was cancelled while it waited for a connection"))
        }
        state.withLock { _ = $0.pending.removeValue(forKey: id) }
        return turn
    }

    private func wait(_ id: Int) async -> Turn {
        await withCheckedContinuation { continuation in
            let decision: Turn? = state.withLock { state in
                if let error = state.pending[id] ?? nil { return .fail(error) }
                switch state.pool.acquire(id: id, waiter: continuation) {
                case .lend(let connection): return .use(connection)
                case .connect: return .connect
                case .refuse: return .fail(Self.closedError)
                case .wait: return nil
                }
            }
            if let decision { continuation.resume(returning: decision) }
        }
    }

    private func abandon(_ id: Int, _ error: SQLServerError) {
        let waiter = state.withLock { state in
            let waiter = state.pool.abandon(id: id)
            if waiter == nil, state.pending[id] != nil { state.pending[id] = .some(error) }
            return waiter
        }
        waiter?.resume(returning: .fail(error))
    }

    private var timeoutError: SQLServerError {
        let now = statistics
        return SQLServerError(
            .poolTimeout,
            "no connection became free within \(configuration.connectTimeout): \(now.inUse) of \(now.maximum) are in use, "
                + "\(now.waiting) wait; raise maximumPoolSize or hold connections for a shorter time")
    }
}

/// What a client's pool holds at a moment.
///
/// ```swift
/// let pool = db.poolStatistics
/// print("\(pool.inUse) of \(pool.maximum) connections are in use, \(pool.waiting) callers wait")
/// ```
public struct SQLPoolStatistics: Sendable, Hashable {
    /// Connections that are open or being opened.
    public let open: Int
    /// Connections that are lent.
    public let inUse: Int
    /// Callers that wait for a connection.
    public let waiting: Int
    /// The most connections that may be open.
    public let maximum: Int
}
