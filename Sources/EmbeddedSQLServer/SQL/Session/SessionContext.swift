import SQLValues

/// The keys that sp_set_session_context sets.
///
/// Source: "sp_set_session_context", "SESSION_CONTEXT (Transact-SQL)".
struct SessionContext {
    private struct Entry {
        /// A value of `sql_variant`, or NULL.
        var value: StoredValue
        var isReadOnly: Bool
        var size: Int
    }

    /// Keys and values of a session take at most 1 MB.
    private static let limit = 1 << 20
    private static let longestKey = 256

    /// By key, which is compared as the server's collation compares.
    private var entries: [(key: String, entry: Entry)] = []

    private func place(of key: String) -> Int? { entries.firstIndex { TextCollation.areEqual($0.key, key) } }

    /// The value of a key; NULL when it is not set.
    func value(of key: String) -> StoredValue { place(of: key).map { entries[$0].entry.value } ?? .null }

    /// Sets a key.
    ///
    /// - Throws: Msg 15664 for a read-only key, 15665 beyond 1 MB, 15666 for a key of more than 256 bytes.
    mutating func set(_ key: String, to value: SQLValue, isReadOnly: Bool) throws(ServerMessage) {
        guard key.units * 2 <= Self.longestKey else {
            throw .error(
                15_666,
                "Cannot set key '\(key)' in the session context. The size of the key cannot exceed 256 bytes.")
        }
        let place = place(of: key)
        if let place, entries[place].entry.isReadOnly {
            throw .error(
                15_664,
                "Cannot set key '\(key)' in the session context. The key has been set as read_only for this session.")
        }
        var size = key.units * 2
        if let variant = VariantValue(of: value),
            case .int(let length) = ScalarFunction.dataLength(variant.value, variant.type)
        {
            size += Int(length)
        }
        let others = entries.indices.filter { $0 != place }.reduce(0) { $0 + entries[$1].entry.size }
        guard others + size <= Self.limit else {
            throw .error(
                15_665,
                "The value was not set for key '\(key)' because the total size of keys and values in the session context"
                    + " would exceed the 1 MB limit.")
        }
        let entry = Entry(value: StoredForm.encode(value, as: .variant), isReadOnly: isReadOnly, size: size)
        if let place { entries[place].entry = entry } else { entries.append((key, entry)) }
    }
}

extension EmbeddedSession {
    /// sp_set_session_context; its status.
    func setSessionContext(_ call: SystemProcedure.Call) throws -> Int32 {
        guard let key = call.text("@key"), let value = call.values["@value"] else {
            throw ServerMessage.unsupported("sp_set_session_context with the key NULL")
        }
        let isReadOnly = call.values["@read_only"] == .bit(true)
        do throws(ServerMessage) {
            try sessionContext.set(key, to: value, isReadOnly: isReadOnly)
        } catch {
            let message = error.at(line: 1).inside("sp_set_session_context")
            if call.isCaught { throw message }
            try report(message, into: call.sink)
            return 1
        }
        return 0
    }
}
