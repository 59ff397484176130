import SQLServerCore

/// The call of a procedure as SQL text, for what db-lib cannot send as a remote procedure call or read back from one:
/// output parameters of all types, and arguments such as an empty text.
///
/// ```sql
/// DECLARE @r int, @o2 nvarchar(100)=@p2; EXEC @r=dbo.P @a=@p1, @b=@o2 OUTPUT; SELECT @o2 AS [@b], @r AS […];
/// ```
struct ProcedureText {
    /// The statement that calls it.
    let request: SQLRequest

    /// The name of the last column of the row that the text ends with; no procedure of a user gives a column this name.
    private static let statusColumn = "swift-sqlserver return status"

    /// Whether a result set is the row with status and outputs.
    static func isOutputRow(_ list: ColumnList) -> Bool { list.columns.last?.name == statusColumn }

    init(_ call: SQLRequest) {
        var declarations = ["@r int"]
        var arguments: [String] = []
        var outputs: [String] = []
        var parameters: [SQLParameter] = []
        for (index, parameter) in call.parameters.enumerated() {
            let name = "@p\(index + 1)"
            parameters.append(SQLParameter(name: name, value: parameter.value, type: parameter.type))
            let label = parameter.name.isEmpty ? "" : "\(parameter.name)="
            guard parameter.isOutput else {
                arguments.append(label + name)
                continue
            }
            let variable = "@o\(index + 1)"
            declarations.append("\(variable) \(parameter.type)=\(name)")
            arguments.append("\(label)\(variable) OUTPUT")
            outputs.append("\(variable) AS [\(parameter.name.isEmpty ? name : parameter.name)]")
        }
        outputs.append("@r AS [\(Self.statusColumn)]")
        request = SQLRequest(
            .statement,
            text: """
                DECLARE \(declarations.joined(separator: ", ")); \
                EXEC @r=\(call.text) \(arguments.joined(separator: ", ")); \
                SELECT \(outputs.joined(separator: ", "));
                """,
            parameters: parameters)
    }
}

extension FreeTDSConnection {
    /// Sends the call of a procedure: as a remote procedure call when db-lib can do all of it.
    func send(procedure call: SQLRequest) throws(SQLServerError) {
        if let parameter = call.parameters.first(where: { $0.table != nil }) {
            throw SQLServerError(
                .unsupported,
                "table-valued parameter \(parameter.name): FreeTDS 1.3 cannot send one, the native engine "
                    + "(engine=native) can; or pass the rows as JSON and read them with OPENJSON, or bulk copy them "
                    + "into a temporary table", query: call.text)
        }
        let needsText = call.parameters.contains { $0.isOutput || ParameterArena.isUnsendable($0) }
        guard !needsText, call.text.utf8.count <= Self.longestRemoteName else {
            awaitsOutputRow = true
            return try send(call: ProcedureText(call).request)
        }
        awaitsStatus = true
        try self.call(call.text, failure: "the procedure could not be called") {
            (arena, process) throws(SQLServerError) in
            for parameter in call.parameters { try arena.add(parameter, to: process) }
        }
    }

    /// A longer name might be cut on its way.
    private static let longestRemoteName = 255

    /// Reads the row that the text of a call ends with.
    func readOutputRow() throws(SQLServerError) -> SQLResponseEvent {
        awaitsOutputRow = false
        var row: SQLColumnBatch?
        while true {
            switch try next() {
            case .rows(let batch): row = batch
            case .statementEnd:
                guard let row else { throw fail("the outputs of the procedure did not come") }
                mayHideStatements = false
                return try Self.outputs(row)
            case .columns, .outputs, .end: throw fail("the outputs of the procedure did not come")
            }
        }
    }

    private static func outputs(_ batch: SQLColumnBatch) throws(SQLServerError) -> SQLResponseEvent {
        let status = try batch[row: 0].decode(Int?.self, at: batch.columns.count - 1)
        return .outputs(returnStatus: status, values: batch.columns.count > 1 ? batch.droppingLastColumn() : nil)
    }
}
