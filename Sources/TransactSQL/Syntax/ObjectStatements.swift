/// Definitions of objects other than tables, views and modules, and upkeep of indexes and statistics.
package indirect enum ObjectStatement: Sendable, Equatable {
    case createType(CreateTypeStatement)
    case sequence(SequenceStatement)
    /// The form `CREATE SYNONYM name FOR target`.
    case createSynonym(MultipartName, target: MultipartName)
    case alterIndex(AlterIndexStatement)
    /// `ALTER SCHEMA schema TRANSFER [OBJECT::|TYPE::] name`.
    case transfer(TransferStatement)
    case createStatistics(CreateStatisticsStatement)
    /// `UPDATE STATISTICS table [names]`; options are read over.
    case updateStatistics(MultipartName, StatisticsUpdate)
    case checkIdentity(CheckIdentityStatement)
}

/// The form `CREATE TYPE`.
package struct CreateTypeStatement: Sendable, Equatable {
    /// What the type stands for.
    package enum Definition: Sendable, Equatable {
        /// `FROM type [NULL | NOT NULL]`.
        case alias(DataTypeName, isNullable: Bool?)
        case table(TableDefinition)
    }

    package let name: MultipartName
    package let definition: Definition
    /// `WITH (…)` of a table type.
    package var options: [DefinitionOption] = []
}

/// `CREATE SEQUENCE` or `ALTER SEQUENCE`; what was not written is nil.
package struct SequenceStatement: Sendable, Equatable {
    /// A bound of the sequence.
    package enum Bound: Sendable, Equatable {
        /// `NO MINVALUE` or `NO MAXVALUE`.
        case none
        case value(String)
    }

    package let isAlter: Bool
    package let name: MultipartName
    package var type: DataTypeName?
    package var start: String?
    /// `RESTART [WITH n]`; `.none` restarts at the start value.
    package var restart: Bound?
    package var increment: String?
    package var minimum: Bound?
    package var maximum: Bound?
    package var cycles: Bool?
    /// `CACHE n`; 0 for NO CACHE, nil when not written or without a number.
    package var cache: String?
}

/// The form `ALTER INDEX name | ALL ON table …`.
package struct AlterIndexStatement: Sendable, Equatable {
    /// What is done.
    package enum Action: String, Sendable, Equatable, CaseIterable {
        case rebuild = "REBUILD"
        case disable = "DISABLE"
        case reorganize = "REORGANIZE"
        case set = "SET"
    }

    /// Nil for ALL.
    package let name: Identifier?
    package let table: MultipartName
    package let action: Action
    package let options: [DefinitionOption]
    /// Whether `PARTITION = ALL` was written.
    package var namesAllPartitions = false
}

/// The form `ALTER SCHEMA schema TRANSFER name`.
package struct TransferStatement: Sendable, Equatable {
    package let schema: Identifier
    package let isType: Bool
    package let name: MultipartName
    /// `OBJECT` or `TYPE` before `::`.
    package var kindWord: String?
}

/// The form `CREATE STATISTICS`.
package struct CreateStatisticsStatement: Sendable, Equatable {
    package let name: Identifier
    package let table: MultipartName
    package let columns: [Identifier]
    package let condition: SQLExpression?
    /// The options after WITH, each as words.
    package var options: [[String]] = []
}

/// What UPDATE STATISTICS is to renew.
package struct StatisticsUpdate: Sendable, Equatable {
    /// Indexes and statistics; none means all of the table.
    package let names: [Identifier]
    package let hasParentheses: Bool
    /// The options after WITH, each as words.
    package let options: [[String]]
}

/// The form `DBCC CHECKIDENT (table [, NORESEED | RESEED [, value]])`.
package struct CheckIdentityStatement: Sendable, Equatable {
    /// What is done besides the report.
    package enum Action: Sendable, Equatable {
        /// Corrects the current value when it is lower than the highest in the table.
        case correct
        case report
        case reseed(SQLExpression)
    }

    /// A name, a string that holds one, or a variable.
    package let table: SQLExpression
    package let action: Action
    /// `WITH NO_INFOMSGS`.
    package let isQuiet: Bool
    /// Whether RESEED was written without a value.
    package var namesAction = false
}
