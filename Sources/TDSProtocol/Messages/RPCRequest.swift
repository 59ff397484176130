package import SQLValues

/// The procedure of an RPC, by name or by the number of a system procedure (MS-TDS 2.2.6.6).
package enum ProcedureReference: Sendable, Hashable {
    case name(String)
    case system(SystemProcedure)
}

/// System procedures with a number of their own (MS-TDS 2.2.6.6).
package enum SystemProcedure: UInt16, Sendable, Hashable, CaseIterable {
    case cursor = 1
    case cursorOpen, cursorPrepare, cursorExecute, cursorPrepExec, cursorUnprepare, cursorFetch, cursorOption
    case cursorClose
    case executeSQL, prepare, execute, prepExec, prepExecRPC, unprepare

    /// The procedure's name in T-SQL.
    package var name: String {
        switch self {
        case .cursor: "sp_cursor"
        case .cursorOpen: "sp_cursoropen"
        case .cursorPrepare: "sp_cursorprepare"
        case .cursorExecute: "sp_cursorexecute"
        case .cursorPrepExec: "sp_cursorprepexec"
        case .cursorUnprepare: "sp_cursorunprepare"
        case .cursorFetch: "sp_cursorfetch"
        case .cursorOption: "sp_cursoroption"
        case .cursorClose: "sp_cursorclose"
        case .executeSQL: "sp_executesql"
        case .prepare: "sp_prepare"
        case .execute: "sp_execute"
        case .prepExec: "sp_prepexec"
        case .prepExecRPC: "sp_prepexecrpc"
        case .unprepare: "sp_unprepare"
        }
    }
}

/// One argument of an RPC.
package struct RPCParameter: Sendable, Equatable {
    /// With its `@`; empty when the argument is positional.
    package var name: String
    /// Its type on the wire.
    package var type: TypeInfo
    /// Its value.
    package var value: SQLValue
    /// Whether the final value comes back (fByRefValue).
    package var isOutput: Bool
    /// Whether the procedure's default is meant (fDefaultValue).
    package var isDefault: Bool
    /// The type inside a `sql_variant` that is not NULL; nil for other types.
    package var baseType: SQLType?
    /// A table-valued parameter, whose type and value stand here; nil for all others.
    package var table: TableValue?

    /// A table-valued argument.
    package init(_ name: String = "", table: TableValue) {
        self.init(name, type: TypeInfo(.variant), value: .null)
        self.table = table
    }

    /// An argument.
    package init(
        _ name: String = "", type: TypeInfo, value: SQLValue, isOutput: Bool = false, isDefault: Bool = false
    ) {
        self.name = name
        self.type = type
        self.value = value
        self.isOutput = isOutput
        self.isDefault = isDefault
    }
}

/// One remote procedure call; a message holds one or more.
package struct RPCRequest: Sendable, Equatable {
    /// What is called.
    package var procedure: ProcedureReference
    /// fWithRecomp (1), fNoMetaData (2), fReuseMetaData (4).
    package var options: UInt16
    /// The arguments in order.
    package var parameters: [RPCParameter]
    /// The client only wants the call to be passed over (separator 0xFE, NoExec).
    package var isNotExecuted = false

    /// A call.
    package init(_ procedure: ProcedureReference, _ parameters: [RPCParameter], options: UInt16 = 0) {
        self.procedure = procedure
        self.parameters = parameters
        self.options = options
    }
}
