import TransactSQL

/// CurCmd of a DONE token (MS-TDS 2.2.7.6), as SQL Server 2022 and 2025 send it.
///
/// MS-TDS leaves the numbers to the server; clients know the first ones of data statements.
enum StatementCommand {
    static let open: UInt16 = 32
    static let close: UInt16 = 43
    static let deallocate: UInt16 = 44
    static let setOn: UInt16 = 185
    static let setOff: UInt16 = 186
    /// The condition of IF and WHILE.
    static let condition: UInt16 = 192
    /// SELECT, and all that is run as one: SET and DECLARE of a variable, RETURN of a value, FETCH.
    static let select: UInt16 = 193
    static let selectInto: UInt16 = 194
    static let insert: UInt16 = 195
    static let delete: UInt16 = 196
    static let update: UInt16 = 197
    static let createTable: UInt16 = 198
    static let dropTable: UInt16 = 199
    static let createIndex: UInt16 = 200
    static let dropIndex: UInt16 = 201
    static let createDatabase: UInt16 = 203
    static let defineView: UInt16 = 207
    static let dropView: UInt16 = 208
    static let rollback: UInt16 = 210
    static let beginTransaction: UInt16 = 212
    static let commit: UInt16 = 213
    static let alterTable: UInt16 = 216
    /// RETURN without a value.
    static let returned: UInt16 = 219
    static let defineTrigger: UInt16 = 221
    static let defineProcedure: UInt16 = 222
    static let dropProcedure: UInt16 = 223
    static let execute: UInt16 = 224
    static let dropTrigger: UInt16 = 225
    static let use: UInt16 = 226
    static let truncate: UInt16 = 234
    static let insertBulk: UInt16 = 240
    /// RAISERROR, and a THROW that is caught.
    static let raise: UInt16 = 246
    static let print: UInt16 = 247
    /// The end of a batch whose last statement has no DONE of its own.
    static let none: UInt16 = 253
    static let merge: UInt16 = 279
    static let beginTry: UInt16 = 349
    static let beginCatch: UInt16 = 350
    static let endTry: UInt16 = 351
}

extension Statement {
    /// CurCmd of the statement's own DONE; nil for one that has none.
    var command: UInt16? {
        switch kind {
        case .select(let query):
            query.body.first.into == nil ? StatementCommand.select : StatementCommand.selectInto
        case .insert: StatementCommand.insert
        case .insertBulk: StatementCommand.insertBulk
        case .delete: StatementCommand.delete
        case .update: StatementCommand.update
        case .merge: StatementCommand.merge
        case .truncateTable: StatementCommand.truncate
        case .createTable: StatementCommand.createTable
        case .alterTable: StatementCommand.alterTable
        case .createIndex: StatementCommand.createIndex
        case .createDatabase: StatementCommand.createDatabase
        case .view: StatementCommand.defineView
        case .module(let module): module.command
        case .drop(let drop): drop.kind.command
        case .use: StatementCommand.use
        case .transaction(let transaction): transaction.command
        case .set(let set): set.command
        case .declare: StatementCommand.select
        case .execute: StatementCommand.execute
        case .cursor(let cursor): cursor.command
        case .conditional, .loop: StatementCommand.condition
        case .returnValue(let value): value == nil ? StatementCommand.returned : StatementCommand.select
        case .throwError, .raiserror: StatementCommand.raise
        case .print: StatementCommand.print
        default: nil
        }
    }

    /// CurCmd of the DONE after an error of the statement.
    ///
    /// A module's errors of names and syntax are found before the statement is one.
    func command(after error: ServerMessage) -> UInt16 {
        var isFoundEarly = error.number == 4920
        if case .module = kind { isFoundEarly = ![2010, 2103, 2110, 2111, 2714].contains(error.number) }
        return isFoundEarly ? StatementCommand.none : command ?? StatementCommand.none
    }

    /// A statement that reads or changes rows.
    var isOfData: Bool {
        switch kind {
        case .select, .insert, .insertBulk, .update, .delete, .merge: true
        default: false
        }
    }
}

extension ModuleStatement {
    var isTrigger: Bool { if case .trigger = kind { true } else { false } }

    fileprivate var command: UInt16? {
        switch kind {
        case .procedure: StatementCommand.defineProcedure
        case .trigger: StatementCommand.defineTrigger
        default: nil
        }
    }
}

extension DropStatement.Kind {
    fileprivate var command: UInt16? {
        switch self {
        case .table: StatementCommand.dropTable
        case .index: StatementCommand.dropIndex
        case .view: StatementCommand.dropView
        case .procedure: StatementCommand.dropProcedure
        case .trigger: StatementCommand.dropTrigger
        default: nil
        }
    }
}

extension TransactionStatement {
    var command: UInt16? {
        switch self {
        case .begin: StatementCommand.beginTransaction
        case .commit: StatementCommand.commit
        case .rollback: StatementCommand.rollback
        case .save: nil
        }
    }
}

extension SetStatement {
    var command: UInt16 {
        switch self {
        case .options(_, let isOn), .identityInsert(_, let isOn):
            isOn ? StatementCommand.setOn : StatementCommand.setOff
        case .value, .isolationLevel: StatementCommand.setOn
        case .variable: StatementCommand.select
        }
    }
}

extension CursorStatement {
    var command: UInt16 {
        switch self {
        case .declare, .assign, .fetch: StatementCommand.select
        case .open: StatementCommand.open
        case .close: StatementCommand.close
        case .deallocate: StatementCommand.deallocate
        }
    }
}
