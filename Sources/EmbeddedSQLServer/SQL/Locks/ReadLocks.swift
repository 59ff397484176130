/// The locks that a statement takes on the databases it reads.
struct ReadLocks: Equatable, Sendable {
    /// Held to the end of the transaction, or of the statement outside one.
    var held: LockMode = []
    /// Held while the statement runs.
    var passing: LockMode = []
}
