/// Independent statements as one request: each runs as an `sp_executesql` of its own, followed by a row that marks its
/// end and tells how many rows it changed or returned.
package struct SQLStatementBatch: Sendable {
    /// What is sent.
    package let request: SQLRequest
    /// The texts of the statements, for errors.
    package let texts: [String]
    /// What all of them together may leave behind.
    package let effect: SessionEffect

    /// The name of the column of the marks; no statement of a user gives a column this name.
    private static let mark = "swift-sqlserver statement end"

    /// Whether a result set is a mark.
    package static func isMark(_ list: ColumnList) -> Bool { list.columns.first?.name == mark }

    /// Puts statements together.
    ///
    /// - Throws: `encoding` when a value cannot be sent, or when there are more than 2,098 parameters in all: the
    ///   server's limit is 2,100.
    package init(_ queries: [SQLQuery]) throws(SQLServerError) {
        var parameters: [SQLParameter] = []
        var text = ""
        var texts: [String] = []
        var narrowTexts: [SQLTypedValue] = []
        for query in queries {
            let request = try query.rendered()
            narrowTexts += request.narrowTexts
            texts.append(request.text)
            let arguments = request.parameters.enumerated().map { index, parameter in
                "\(parameter.name)=@b\(parameters.count + index + 1)"
            }
            parameters += request.parameters.enumerated().map { index, parameter in
                SQLParameter(
                    name: "@b\(parameters.count + index + 1)", value: parameter.value, type: parameter.type)
            }
            text += "EXEC sys.sp_executesql N\(request.text.quoted("'", "'"))"
            if !arguments.isEmpty {
                text += ", N\(request.declarations.quoted("'", "'")), " + arguments.joined(separator: ", ")
            }
            text += "; SELECT @@ROWCOUNT AS [\(Self.mark)];\n"
        }
        guard parameters.count <= SQLQuery.maximumParameters else {
            throw SQLServerError(
                .encoding,
                "the statements have \(parameters.count) parameters in all, and one round trip can have "
                    + "\(SQLQuery.maximumParameters): "
                    + "send fewer statements at a time")
        }
        request = SQLRequest(
            parameters.isEmpty ? .batch : .statement, text: text, parameters: parameters, narrowTexts: narrowTexts)
        self.texts = texts
        effect = texts.allSatisfy { SessionEffect.of($0, isCall: true) == .none } ? .none : .mayRemain
    }
}

extension SQLEngineConnection {
    /// Runs independent statements in one round trip.
    ///
    /// - Returns: For each statement what it returned, or its error.
    /// - Throws: When there is no complete response.
    package func collect(
        _ batch: SQLStatementBatch, ticket: RequestTicket?, limit: Duration?
    ) throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        try visit(ticket, limit: limit) { () throws(SQLServerError) in
            try send(batch.request)
            var outcomes: [Result<SQLResults, SQLServerError>] = []
            var current = SQLResults()
            var isMark = false
            while true {
                let event = try next()
                switch event {
                case .columns(let list) where SQLStatementBatch.isMark(list): isMark = true
                case .rows(let rows) where isMark:
                    current.rowCounts = [try rows[row: 0].decode(Int.self, at: 0)]
                    outcomes.append(finish(&current, of: batch, outcomes.count))
                case .statementEnd where isMark: isMark = false
                case .end:
                    while outcomes.count < batch.texts.count {
                        outcomes.append(finishUnmarked(&current, of: batch, outcomes.count))
                    }
                    return outcomes
                default: _ = current.add(event)
                }
            }
        }
    }

    /// What a statement returned, with the messages since the one before.
    private func finish(
        _ current: inout SQLResults, of batch: SQLStatementBatch, _ index: Int
    ) -> Result<SQLResults, SQLServerError> {
        current.messages = Array(messages.dropFirst(current.earlierMessages))
        defer {
            current = SQLResults()
            current.earlierMessages = messages.count
        }
        guard current.messages.contains(where: \.isError) else { return .success(current) }
        return .failure(SQLServerError.server(current.messages, query: batch.texts[index]))
    }

    /// A statement whose end never came: it ended the batch, or it comes after such a one.
    private func finishUnmarked(
        _ current: inout SQLResults, of batch: SQLStatementBatch, _ index: Int
    ) -> Result<SQLResults, SQLServerError> {
        if messages.count > current.earlierMessages { return finish(&current, of: batch, index) }
        return .failure(
            SQLServerError(
                .server, "the statement did not run, because an earlier one ended the batch", query: batch.texts[index])
        )
    }
}
