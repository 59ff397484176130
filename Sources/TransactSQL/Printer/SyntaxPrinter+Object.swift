extension SyntaxPrinter {
    mutating func object(_ object: ObjectStatement) {
        switch object {
        case .createType(let type): createType(type)
        case .sequence(let sequence): self.sequence(sequence)
        case .createSynonym(let synonym, let target):
            write("CREATE SYNONYM")
            name(synonym)
            write("FOR")
            name(target)
        case .alterIndex(let change): alterIndex(change)
        case .transfer(let transfer):
            write("ALTER SCHEMA")
            identifier(transfer.schema)
            write("TRANSFER")
            if let word = transfer.kindWord { write("\(word)::") }
            name(transfer.name)
        case .createStatistics(let statistics): createStatistics(statistics)
        case .updateStatistics(let table, let update): updateStatistics(table, update)
        case .checkIdentity(let check): checkIdentity(check)
        }
    }

    private mutating func createType(_ type: CreateTypeStatement) {
        write("CREATE TYPE")
        name(type.name)
        switch type.definition {
        case .alias(let base, let isNullable):
            write("FROM")
            dataType(base)
            nullability(isNullable)
        case .table(let definition):
            write("AS TABLE")
            tableDefinition(definition)
            options(type.options)
        }
    }

    // MARK: - Sequences

    private mutating func sequence(_ sequence: SequenceStatement) {
        write(sequence.isAlter ? "ALTER SEQUENCE" : "CREATE SEQUENCE")
        name(sequence.name)
        if let type = sequence.type {
            write("AS")
            dataType(type)
        }
        numbered("START WITH", sequence.start)
        switch sequence.restart {
        case .some(.value(let number)): numbered("RESTART WITH", number)
        case .some(.none): write("RESTART")
        case nil: break
        }
        numbered("INCREMENT BY", sequence.increment)
        bound("MINVALUE", sequence.minimum)
        bound("MAXVALUE", sequence.maximum)
        if let cycles = sequence.cycles { write(cycles ? "CYCLE" : "NO CYCLE") }
        switch sequence.cache {
        case "0": write("NO CACHE")
        case let size: numbered("CACHE", size)
        }
    }

    private mutating func numbered(_ keyword: String, _ number: String?) {
        guard let number else { return }
        write(keyword)
        write(number)
    }

    private mutating func bound(_ keyword: String, _ bound: SequenceStatement.Bound?) {
        switch bound {
        case .some(.value(let number)): numbered(keyword, number)
        case .some(.none): write("NO \(keyword)")
        case nil: break
        }
    }

    // MARK: - Indexes and statistics

    private mutating func alterIndex(_ change: AlterIndexStatement) {
        write("ALTER INDEX")
        write("ALL", if: change.name == nil)
        if let name = change.name { identifier(name) }
        write("ON")
        name(change.table)
        write(change.action.rawValue)
        write("PARTITION = ALL", if: change.namesAllPartitions)
        guard !change.options.isEmpty else { return }
        write("WITH", if: change.action != .set)
        parenthesized(change.options) { printer, option in printer.option(option) }
    }

    private mutating func createStatistics(_ statistics: CreateStatisticsStatement) {
        write("CREATE STATISTICS")
        identifier(statistics.name)
        write("ON")
        name(statistics.table)
        nameList(statistics.columns)
        clause("WHERE", statistics.condition)
        statisticsOptions(statistics.options)
    }

    private mutating func updateStatistics(_ table: MultipartName, _ update: StatisticsUpdate) {
        write("UPDATE STATISTICS")
        name(table)
        if update.hasParentheses {
            nameList(update.names)
        } else {
            list(update.names) { printer, name in printer.identifier(name) }
        }
        statisticsOptions(update.options)
    }

    private mutating func statisticsOptions(_ options: [[String]]) {
        guard !options.isEmpty else { return }
        write("WITH")
        list(options) { printer, option in printer.write(words: option) }
    }

    private mutating func checkIdentity(_ check: CheckIdentityStatement) {
        write("DBCC CHECKIDENT")
        parenthesized { printer in
            printer.expression(check.table)
            switch check.action {
            case .correct: printer.write(", RESEED", if: check.namesAction)
            case .report: printer.write(", NORESEED")
            case .reseed(let value):
                printer.write(", RESEED ,")
                printer.expression(value)
            }
        }
        write("WITH NO_INFOMSGS", if: check.isQuiet)
    }
}
