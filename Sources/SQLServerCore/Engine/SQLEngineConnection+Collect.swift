extension SQLEngineConnection {
    /// Runs a request and collects the whole response, in one visit to the connection's thread.
    ///
    /// - Throws: The error of the server when any message has severity 11 or more; the results are dropped then.
    package func run(
        _ request: SQLRequest, ticket: RequestTicket? = nil
    ) throws(SQLServerError) -> SQLResults {
        let results = try collect(request, ticket: ticket)
        if results.messages.contains(where: \.isError) {
            throw SQLServerError.server(results.messages, query: request.text)
        }
        return results
    }

    /// Runs a request and collects the whole response, errors of the server included.
    package func collect(
        _ request: SQLRequest, ticket: RequestTicket? = nil
    ) throws(SQLServerError) -> SQLResults {
        var results = SQLResults()
        do {
            try start(request, ticket: ticket)
            while try results.add(next()) {}
        } catch {
            throw error.during(query: request.text)
        }
        results.messages = messages
        return results
    }
}

extension SQLResults {
    /// Adds an event of a response; false when the response is complete.
    fileprivate mutating func add(_ event: SQLResponseEvent) -> Bool {
        switch event {
        case .columns(let list):
            resultSets.append(SQLResultSet(list: list))
        case .rows(let batch):
            if !resultSets.isEmpty { resultSets[resultSets.count - 1].append(batch) }
        case .statementEnd(let count):
            rowCounts.append(count)
        case .end:
            return false
        }
        return true
    }
}
