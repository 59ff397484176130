import TransactSQL

extension Binder {
    /// Hints of OPTION: those that only steer the optimizer are accepted, others refused.
    func acceptQueryHints(_ hints: [QueryHint]) throws {
        for hint in hints {
            let line = hint.range.line
            let words = hint.words.filter { $0 != "=" }
            if words.first == "MAXRECURSION" {
                guard words.count == 2, let count = Int(words[1]) else {
                    throw ServerMessage.error(102, line: line, "Incorrect syntax near 'MAXRECURSION'.")
                }
                guard (0...32_767).contains(count) else {
                    throw ServerMessage.error(
                        310, line: line,
                        "The value \(count) specified for the MAXRECURSION option exceeds the allowed maximum of 32767."
                    )
                }
                maxRecursion = count
                continue
            }
            let pair = words.prefix(2).joined(separator: " ")
            guard Self.harmless.contains(words.first ?? "") || Self.harmless.contains(pair) else {
                throw ServerMessage.unsupported("OPTION (\(words.joined(separator: " ")))", line: line)
            }
        }
    }

    private static let harmless: Set<String> = [
        "RECOMPILE", "MAXDOP", "FAST", "QUERYTRACEON", "LABEL", "MAX_GRANT_PERCENT", "MIN_GRANT_PERCENT",
        "NO_PERFORMANCE_SPOOL", "IGNORE_NONCLUSTERED_COLUMNSTORE_INDEX", "HASH JOIN", "LOOP JOIN", "MERGE JOIN",
        "HASH GROUP", "ORDER GROUP", "HASH UNION", "MERGE UNION", "CONCAT UNION", "FORCE ORDER", "KEEP PLAN",
        "KEEPFIXED PLAN", "ROBUST PLAN", "OPTIMIZE FOR", "USE HINT", "EXPAND VIEWS", "PARAMETERIZATION SIMPLE",
        "PARAMETERIZATION FORCED", "DISABLE OPTIMIZED_PLAN_FORCING",
    ]

    /// Table hints: those that only make reads weaker or name a lock size are accepted, locks are taken.
    func accept(_ hints: [TableHint]) throws {
        for hint in hints {
            switch hint.name {
            case "NOLOCK", "READUNCOMMITTED", "READCOMMITTED", "ROWLOCK", "PAGLOCK", "KEEPIDENTITY", "INDEX": continue
            case "READCOMMITTEDLOCK", "TABLOCK": locks.passing.formUnion(.shared)
            case "HOLDLOCK", "SERIALIZABLE", "REPEATABLEREAD": locks.held.formUnion(.shared)
            case "UPDLOCK": locks.held.formUnion(.update)
            case "XLOCK", "TABLOCKX": locks.held.formUnion(.exclusive)
            default: throw ServerMessage.unsupported("WITH (\(hint.name))", line: hint.range.line)
            }
        }
    }

    /// INDEX hints name indexes that are there, or 0 and 1 for the table itself.
    func checkIndexes(_ hints: [TableHint], of table: TableInfo, line: Int) throws {
        for hint in hints where hint.name == "INDEX" {
            for argument in hint.arguments where argument != "=" {
                let name = argument.hasPrefix("[") ? String(argument.dropFirst().dropLast()) : argument
                if let number = Int(name) {
                    guard (0...max(1, table.keys.count)).contains(number) else {
                        throw ServerMessage.error(
                            307, line: line,
                            "Index ID \(number) on table '\(table.name)' (specified in the FROM clause) does not exist."
                        )
                    }
                } else if !table.keys.contains(where: { $0.name.lowercased() == name.lowercased() }) {
                    throw ServerMessage.error(
                        308, line: line,
                        "Index '\(name)' on table '\(table.name)' (specified in the FROM clause) does not exist.")
                }
            }
        }
    }
}
