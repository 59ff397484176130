import Threads

/// What the threads of one server share.
final class ServerCore: Sendable {
    private struct State {
        var isStopping = false
        var nextProcessID: UInt16 = 51
        var connections: [UInt64: (socket: ClientSocket, processID: UInt16, thread: OperatingSystemThread?)] = [:]
        var nextConnection: UInt64 = 1
        /// Threads that have ended and wait to be joined.
        var ended: [OperatingSystemThread] = []
        /// Connections that ended before their thread's handle was known.
        var endedEarly: Set<UInt64> = []
    }

    let configuration: EmbeddedServer.Configuration
    let instance: any SQLInstance
    let tls: ServerCredentials.Contexts?
    let tokens = EmbeddedServer.TokenIssuer()
    let faults = EmbeddedServer.Faults()
    let recorder = EmbeddedServer.Recorder()
    private let bell: Bell
    private let state = Lock(State())
    /// Deep statements are parsed, bound and written out by recursion; the pages are taken only when they are used.
    private static let stackSize = 64 << 20

    init(configuration: EmbeddedServer.Configuration, instance: any SQLInstance, tls: ServerCredentials.Contexts?)
        throws
    {
        self.configuration = configuration
        self.instance = instance
        self.tls = tls
        bell = try Bell()
        try instance.prepare(administrators: configuration.logins.map { ($0.userName, $0.password) })
        instance.whenKilled { [weak self] in self?.hangUp(processID: $0) }
    }

    /// Ends a connection from this side; its thread rolls back.
    private func hangUp(processID: Int32) {
        let sockets = state.withLock { state in
            state.connections.values.filter { Int32($0.processID) == processID }.map(\.socket)
        }
        for socket in sockets { socket.hangUp() }
    }

    /// How many clients are connected.
    var connectionCount: Int { state.withLock { $0.connections.count } }

    /// Whether the server is being stopped.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Tells all threads to end; ``acceptConnections(on:)`` returns when they have.
    func stop() {
        state.withLock {
            $0.isStopping = true
            for connection in $0.connections.values { connection.socket.hangUp() }
        }
        bell.ring()
    }

    /// Accepts clients until the server is stopped, then waits for the threads of all connections.
    func acceptConnections(on listener: ListeningSocket) {
        while !isStopping {
            switch listener.accept(or: bell) {
            case .client(let socket): begin(socket)
            case .woken, .nothing: break
            }
            for thread in takeEnded() { thread.join() }
        }
        while connectionCount > 0 { waitForAnEnd() }
        for thread in takeEnded() { thread.join() }
    }

    private func takeEnded() -> [OperatingSystemThread] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    private func waitForAnEnd() {
        bell.wait()
        for thread in takeEnded() { thread.join() }
    }

    private func begin(_ socket: ClientSocket) {
        if faults.take(at: .connection) != nil {
            socket.closeNow()
            return
        }
        let start: (id: UInt64, processID: UInt16)? = state.withLock { state in
            guard !state.isStopping else { return nil }
            let start = (state.nextConnection, state.nextProcessID)
            state.nextConnection += 1
            // Numbers up to 50 belong to system processes.
            state.nextProcessID = state.nextProcessID == .max ? 51 : state.nextProcessID + 1
            state.connections[start.0] = (socket, start.1, nil)
            return start
        }
        guard let start else { return socket.closeNow() }
        do {
            let thread = try OperatingSystemThread(stackSize: Self.stackSize) {
                ClientConnection(self, socket, processID: start.processID).run()
                socket.closeNow()
                self.end(start.id)
            }
            register(thread, start.id)
        } catch {
            socket.closeNow()
            state.withLock { _ = $0.connections.removeValue(forKey: start.id) }
        }
    }

    private func register(_ thread: OperatingSystemThread, _ id: UInt64) {
        state.withLock {
            if $0.endedEarly.remove(id) != nil {
                $0.ended.append(thread)
            } else {
                $0.connections[id]?.thread = thread
            }
        }
    }

    /// Called at the end of a connection's thread.
    private func end(_ id: UInt64) {
        state.withLock {
            if let thread = $0.connections.removeValue(forKey: id)?.thread {
                $0.ended.append(thread)
            } else {
                $0.endedEarly.insert(id)
            }
        }
        bell.ring()
    }
}
