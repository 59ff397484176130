import TransactSQL

/// What an error ends when no TRY catches it.
///
/// From the documentation of SET XACT_ABORT, RAISERROR, THROW and TRY...CATCH, and from what servers are known to do.
enum ErrorReach: Comparable {
    /// The statement: the batch goes on.
    case statement
    /// The batch with all modules and dynamic SQL in it; the transaction stays open.
    case batch
    /// The batch and the transaction; inside TRY the transaction cannot be committed any more.
    case transaction

    /// Errors that end the batch and roll back even with XACT_ABORT OFF.
    private static let ofTransactions: Set<Int32> = [
        217, 235, 241, 244, 245, 248, 293, 295, 628, 1205, 2714, 3609, 3616, 3726, 3729, 3732, 3951, 3952, 3960, 3961,
        4712,
        8107, 8114, 8169, 8672,
    ]
    /// Errors that end the batch and leave the transaction open.
    private static let ofBatch: Set<Int32> = [911, 8144]
    /// Errors that XACT_ABORT does not make worse.
    private static let sparedByXactAbort: Set<Int32> = [266, 2787, 3701, 15_003]

    /// What an error of a statement ends.
    init(of error: ServerMessage, in statement: Statement, xactAbort: Bool) {
        // An argument that cannot be converted ends its EXECUTE.
        var isOfArgument = false
        if case .execute = statement.kind { isOfArgument = error.number == 8114 }
        if Self.ofTransactions.contains(error.number) && !isOfArgument
            || error.number == 547 && !statement.isModification
        {
            self = .transaction
            return
        }
        // "The THROW statement honors SET XACT_ABORT. RAISERROR does not."
        if case .raiserror = statement.kind {
            self = .statement
        } else if xactAbort, !Self.sparedByXactAbort.contains(error.number) {
            self = .transaction
        } else if case .throwError = statement.kind {
            self = .batch
        } else {
            self = Self.ofBatch.contains(error.number) ? .batch : .statement
        }
    }
}

extension Statement {
    /// INSERT, UPDATE and DELETE: an error of theirs is followed by Msg 3621.
    var isModification: Bool {
        switch kind {
        case .insert, .insertBulk, .update, .delete, .merge: true
        default: false
        }
    }

    /// Errors of a change that are found before it begins.
    private static let foundEarly: Set<Int32> = [
        206, 213, 229, 230, 257, 262, 544, 545, 916, 1934, 2760, 3930, 8164,
    ]

    /// Whether Msg 3621 follows an error that ended nothing but this statement.
    func isTerminated(by error: ServerMessage) -> Bool {
        // ALTER COLUMN updates the rows.
        if case .alterTable = kind, [220, 515, 2628, 8115].contains(error.number) { return true }
        return error.number == 1505 || isModification && error.severity > 10 && !Self.foundEarly.contains(error.number)
    }
}
