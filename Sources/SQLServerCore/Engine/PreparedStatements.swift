/// Which statements of one connection are prepared, and which should be.
///
/// A statement pays for being prepared when it comes again: the first time it runs as `sp_executesql`, the second time
/// it is prepared and run in one round trip (`sp_prepexec`), and from then on only its handle and its values are sent
/// (`sp_execute`). There is room for ``maximum`` handles; what comes later runs as before. A reset of the session drops
/// them all.
package struct PreparedStatements: Sendable {
    /// A statement: its text, and the declarations of its parameters, whose types are part of what is prepared.
    package struct Key: Sendable, Hashable {
        let text: String
        let declarations: String

        /// The statement of a request.
        package init(_ request: SQLRequest) {
            text = request.text
            declarations = request.declarations
        }
    }

    /// How a statement should be sent.
    package enum Plan: Sendable, Hashable {
        /// As text, with `sp_executesql`.
        case direct
        /// As text that the server should keep.
        case prepare
        /// By its handle.
        case execute(handle: Int32)
    }

    private enum Entry: Sendable {
        case seen
        case prepared(Int32)
        /// The server did not give a handle: not tried again.
        case refused
    }

    /// Handles that a connection holds at most.
    package static let maximum = 100
    /// Texts that are remembered at most, to know whether they come again.
    private static let maximumSeen = 1_000
    /// A longer text is not kept.
    private static let longestText = 64 << 10

    private var entries: [Key: Entry] = [:]
    private var handles = 0

    /// Nothing is prepared.
    package init() {}

    /// How to send a statement that is about to run.
    package mutating func plan(for key: Key) -> Plan {
        switch entries[key] {
        case .prepared(let handle): return .execute(handle: handle)
        case .refused: return .direct
        case .seen: return handles < Self.maximum ? .prepare : .direct
        case nil:
            guard key.text.utf8.count <= Self.longestText else { return .direct }
            if entries.count >= Self.maximumSeen { forgetSeen() }
            entries[key] = .seen
            return .direct
        }
    }

    /// The server has prepared a statement; nil when it gave no handle.
    package mutating func prepared(_ key: Key, handle: Int32?) {
        guard let handle else {
            entries[key] = .refused
            return
        }
        entries[key] = .prepared(handle)
        handles += 1
    }

    /// A handle is not valid any more (Msg 8179): the statement starts anew.
    package mutating func forget(_ key: Key) {
        if case .prepared = entries.removeValue(forKey: key) { handles -= 1 }
    }

    /// The session was reset: no handle is valid.
    package mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        handles = 0
    }

    private mutating func forgetSeen() {
        entries = entries.filter {
            if case .seen = $0.value { false } else { true }
        }
    }
}
