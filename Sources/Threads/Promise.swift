/// A value that is set once, by whoever comes first, and awaited by one task.
package final class Promise<Value: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Value, Never>?
        var value: Value?
    }

    private let state = Lock(State())

    /// A promise without a value.
    package init() {}

    /// Sets the value; false when another was first.
    @discardableResult
    package func fulfil(_ value: Value) -> Bool {
        let (isFirst, continuation) = state.withLock { state in
            guard state.value == nil else { return (false, nil as CheckedContinuation<Value, Never>?) }
            state.value = value
            defer { state.continuation = nil }
            return (true, state.continuation)
        }
        continuation?.resume(returning: value)
        return isFirst
    }

    /// Waits for the value.
    ///
    /// To be awaited by one task, once.
    package func value() async -> Value {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state in
                if state.value == nil { state.continuation = continuation }
                return state.value
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}
