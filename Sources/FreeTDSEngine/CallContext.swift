import CFreeTDS
import SQLServerCore
import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A failure that db-lib itself reports, as opposed to an error of the server.
struct LibraryFailure: Sendable, Hashable {
    /// db-lib's number, such as 20009.
    let number: Int
    /// db-lib's text.
    let text: String
    /// The operating system's text; empty when there is none.
    let systemText: String

    /// Unable to connect: the host refused or is unreachable (SYBECONN).
    static let cannotConnect = 20_009
    /// General SQL Server error, which only says that a message came (SYBESMSG).
    static let serverMessage = 20_018
    /// Unknown host name (SYBEUHST, SYBEINTF).
    static let unknownHosts = [20_012, 20_013]
    /// The time limit passed (SYBETIME).
    static let timeout = 20_003
    /// A text could not be converted between the server's character set and UTF-8 (TDS's 2401 to 2404).
    static let conversions = 2_401...2_404
}

/// What db-lib's handlers collect for one connection, on that connection's thread.
///
/// db-lib has one error handler and one message handler for the whole process, and during `dbopen` no user data. Each
/// connection has its own thread, so a thread-specific pointer tells whose message it is (facts: freetds.md 2, 9).
final class CallContext {
    /// Messages of the server, in order.
    var messages: [SQLServerMessage] = []
    /// Failures of db-lib, in order.
    var failures: [LibraryFailure] = []
    /// How often db-lib reported that it should stop waiting, in the running call.
    private(set) var timeouts = 0
    /// How long the server may take to acknowledge an attention.
    var grace = Duration.seconds(5)
    /// Set while a login runs: what stops then is given up at once.
    var isConnecting = false
    /// The work that runs, and that others may ask to stop.
    private(set) var watch: ThreadInterrupter.Watch?
    /// The visit that runs, for its messages.
    var ticket: RequestTicket?
    /// Why the running work was stopped.
    private(set) var stopReason = ThreadInterrupter.Reason.none

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key, nil)
        precondition(status == 0, "pthread_key_create: error \(status)")
        return key
    }()

    /// Makes this the context of all handler calls on the current thread.
    ///
    /// The caller keeps the object alive and calls ``detach()`` before it lets go of it.
    func attach() {
        _ = unsafe pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Handlers on the current thread find no context from now on.
    static func detach() {
        pthread_setspecific(key, nil)
    }

    /// The context of the current thread.
    static var current: CallContext? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        return unsafe Unmanaged<CallContext>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Forgets what was collected, before the next request.
    func clear() {
        messages.removeAll(keepingCapacity: true)
        failures.removeAll(keepingCapacity: true)
        timeouts = 0
        stopReason = .none
    }

    /// Begins work that ends at a deadline at the latest.
    ///
    /// - Throws: ``ThreadStartError`` when nothing could watch over it.
    func begin(
        limit: Duration?, whenStopped: (@Sendable (ThreadInterrupter.Reason) -> Void)?
    ) throws(ThreadStartError) -> ThreadInterrupter.Watch {
        let watch = ThreadInterrupter.Watch(deadline: limit.map(Deadline.after), whenStopped: whenStopped)
        try ThreadInterrupter.shared.begin(watch)
        self.watch = watch
        return watch
    }

    /// Ends the work; nobody can stop it any more.
    func end() {
        if let watch { ThreadInterrupter.shared.end(watch) }
        watch = nil
    }

    /// Whether the running work should stop, and has not been told so yet.
    var shouldStop: Bool { watch?.isStopped ?? false }

    /// The attention is about to be sent: from now on the server has the time of grace to acknowledge it.
    func beginGrace() {
        timeouts += 1
        guard let stopped = watch else { return }
        if stopReason == .none { stopReason = stopped.reason }
        ThreadInterrupter.shared.end(stopped)
        let watch = ThreadInterrupter.Watch(deadline: .after(grace))
        do {
            try ThreadInterrupter.shared.begin(watch)
            self.watch = watch
        } catch {
            // The interrupter runs already, so it need not be started.
            self.watch = nil
        }
    }

    /// What to do about a failure: the value is db-lib's.
    ///
    /// Only INT_CANCEL and, for a time limit, INT_TIMEOUT are safe: any other value ends the process.
    fileprivate func handle(_ failure: LibraryFailure) -> Int32 {
        guard failure.number != LibraryFailure.serverMessage else { return Int32(INT_CANCEL) }
        failures.append(failure)
        guard failure.number == LibraryFailure.timeout, !isConnecting else { return Int32(INT_CANCEL) }
        // The first time an attention is sent and its acknowledgement awaited; when that does not come within the time
        // of grace, the connection is given up.
        beginGrace()
        return timeouts == 1 ? Int32(INT_TIMEOUT) : Int32(INT_CANCEL)
    }
}

/// Asked by db-lib while it waits for the server, at least once a second and after each signal.
func shouldInterrupt(_ process: UnsafeMutableRawPointer?) -> Int32 {
    CallContext.current?.shouldStop == true ? 1 : 0
}

/// What db-lib does then: it reports a passed time limit, and the error handler decides.
func handleInterrupt(_ process: UnsafeMutableRawPointer?) -> Int32 { Int32(INT_CANCEL) }

/// db-lib's error handler: runs on the thread that made the call.
func handleLibraryError(
    _ process: OpaquePointer?, _ severity: Int32, _ number: Int32, _ systemNumber: Int32,
    _ text: UnsafeMutablePointer<CChar>?, _ systemText: UnsafeMutablePointer<CChar>?
) -> Int32 {
    guard let context = CallContext.current else { return Int32(INT_CANCEL) }
    // With no system error db-lib passes "Success".
    let system = systemNumber > 0 ? unsafe string(systemText) : ""
    return context.handle(
        LibraryFailure(number: Int(number), text: unsafe string(text), systemText: system))
}

/// db-lib's message handler: runs on the thread that made the call.
func handleServerMessage(
    _ process: OpaquePointer?, _ number: Int32, _ state: Int32, _ severity: Int32,
    _ text: UnsafeMutablePointer<CChar>?, _ server: UnsafeMutablePointer<CChar>?,
    _ procedure: UnsafeMutablePointer<CChar>?, _ line: Int32
) -> Int32 {
    guard let context = CallContext.current else { return 0 }
    let message = unsafe SQLServerMessage(
        number: Int(number), state: Int(state), severity: Int(severity), text: string(text),
        server: optional(server), procedure: optional(procedure), line: line > 0 ? Int(line) : nil)
    context.messages.append(message)
    context.ticket?.report(message)
    return 0
}

/// A name; nil for an empty one, which stands for none.
private func optional(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    let text = unsafe string(pointer)
    return text.isEmpty ? nil : text
}

private func string(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
}
