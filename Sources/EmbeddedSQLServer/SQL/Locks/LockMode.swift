/// A mode of a lock: one of SQL Server's base modes, or several held together (SIX is S with IX).
///
/// Every mode holds the weaker ones that it includes, so that sets of modes compare as the modes do. From
/// "Transaction locking and row versioning guide", "Lock modes" and "Lock compatibility".
package struct LockMode: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// The mode of a set of bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let intentShared = LockMode(rawValue: 1)
    package static let shared = LockMode(rawValue: 2 | 1)
    package static let update = LockMode(rawValue: 4 | 2 | 1)
    package static let intentExclusive = LockMode(rawValue: 8 | 1)
    package static let exclusive = LockMode(rawValue: 31)

    /// The bits that each bit conflicts with, from that of IS to that of X.
    private static let conflicts: [UInt8] = [16, 8 | 16, 4 | 8 | 16, 2 | 4 | 16, 31]

    /// Whether two sessions may hold these modes at once.
    package func isCompatible(with other: LockMode) -> Bool {
        Self.conflicts.indices.allSatisfy { bit in
            rawValue & 1 << UInt8(bit) == 0 || Self.conflicts[bit] & other.rawValue == 0
        }
    }

    private var hasIntent: Bool { contains(.intentExclusive) }

    /// As APPLOCK_MODE names the mode.
    package var applicationName: String {
        if contains(.exclusive) { return "Exclusive" }
        if contains(.update) { return hasIntent ? "UpdateIntentExclusive" : "Update" }
        if contains(.shared) { return hasIntent ? "SharedIntentExclusive" : "Shared" }
        return hasIntent ? "IntentExclusive" : contains(.intentShared) ? "IntentShared" : "NoLock"
    }

    /// As sys.dm_tran_locks.request_mode names the mode.
    package var shortName: String {
        if contains(.exclusive) { return "X" }
        if contains(.update) { return hasIntent ? "UIX" : "U" }
        if contains(.shared) { return hasIntent ? "SIX" : "S" }
        return hasIntent ? "IX" : "IS"
    }
}

extension LockMode {
    /// The mode of sp_getapplock's word, whatever its case.
    package init?(applicationName name: String) {
        switch name.lowercased() {
        case "shared": self = .shared
        case "update": self = .update
        case "exclusive": self = .exclusive
        case "intentshared": self = .intentShared
        case "intentexclusive": self = .intentExclusive
        default: return nil
        }
    }
}
