import Foundation

/// Sequence values that are written down as given out, for the next start of the server.
struct SequenceReservations {
    /// The last value of each reserved block.
    var limits: [String: Int64] = [:]
    /// How many values of each block are left.
    var left: [String: Int] = [:]
}

extension EmbeddedInstance {
    private static let block = 50

    /// The next value of a sequence, whatever other sessions do and even if the caller rolls back.
    ///
    /// Values are reserved in blocks, so that a server that is killed loses values but never repeats one.
    func nextValue(_ key: String, of sequence: SequenceInfo) throws -> Int64 {
        let (value, needsSaving) = try changeSequences { identities, reservations in
            let value = try sequence.next(after: identities[key])
            identities[key] = value
            let left = reservations.left[key] ?? 0
            guard left <= 0 else {
                reservations.left[key] = left - 1
                return (value, false)
            }
            var limit = value
            for _ in 1..<Self.block {
                do { limit = try sequence.next(after: limit) } catch { break }
            }
            reservations.limits[key] = limit
            reservations.left[key] = Self.block - 1
            return (value, true)
        }
        if needsSaving { try saveSequences() }
        return value
    }

    /// Lets a sequence begin again.
    func restartSequence(_ key: String) throws {
        changeSequences { identities, reservations in
            identities[key] = nil
            reservations.limits[key] = nil
            reservations.left[key] = nil
        }
        try saveSequences()
    }

    private var sequenceFile: URL { URL(fileURLWithPath: directory).appendingPathComponent("sequences.json") }

    private func saveSequences() throws {
        guard isKept else { return }
        let limits = changeSequences { _, reservations in reservations.limits }
        try JSONEncoder().encode(limits).write(to: sequenceFile, options: .atomic)
    }

    /// The values at which sequences go on after a restart of the server.
    static func savedSequences(in directory: String) throws -> [String: Int64] {
        let file = URL(fileURLWithPath: directory).appendingPathComponent("sequences.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
        return try JSONDecoder().decode([String: Int64].self, from: Data(contentsOf: file))
    }
}
