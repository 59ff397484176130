import Synchronization

/// A value that is set once, by whoever comes first, and awaited by one task.
///
/// One small object without a lock, because every statement needs one.
@safe
package final class Promise<Value: Sendable>: @unchecked Sendable {
    // Sendable: `outcome` is written by the one who turned `isDecided`, before it says `.fulfilled`; `continuation` by the
    // one who waits, before it says `.waiting`. Each is read only by who finds that said (acquiring and releasing).
    private enum Phase: UInt8, AtomicRepresentable {
        case open
        /// A task waits.
        case waiting
        /// The value is there.
        case fulfilled
    }

    private let isDecided = Atomic(false)
    private let phase = Atomic(Phase.open)
    private var outcome: Value?
    private var continuation: UnsafeContinuation<Value, Never>?

    /// A promise without a value.
    package init() {}

    /// Sets the value; false when another was first.
    @discardableResult
    package func fulfil(_ value: Value) -> Bool {
        guard !isDecided.exchange(true, ordering: .relaxed) else { return false }
        outcome = value
        guard phase.exchange(.fulfilled, ordering: .acquiringAndReleasing) == .waiting else { return true }
        let waiting = unsafe continuation
        unsafe continuation = nil
        unsafe waiting?.resume(returning: value)
        return true
    }

    /// Waits for the value.
    ///
    /// To be awaited by one task, once.
    ///
    /// - Parameter start: Begins what brings the value, when the task waits and needs its executor no more; not called
    ///   when the value is there already. What blocks the task's own executor must begin here: begun before, it could
    ///   get ahead of the task, which then would not come to wait.
    /// - Returns: The value.
    package func value(afterStarting start: () -> Void = {}) async -> Value {
        await unsafe withUnsafeContinuation { continuation in
            unsafe self.continuation = unsafe continuation
            let (waits, _) = phase.compareExchange(
                expected: .open, desired: .waiting, ordering: .acquiringAndReleasing)
            // Whoever fulfils from now on resumes the continuation.
            if waits { return start() }
            guard let outcome else { return }
            unsafe continuation.resume(returning: outcome)
        }
    }
}
