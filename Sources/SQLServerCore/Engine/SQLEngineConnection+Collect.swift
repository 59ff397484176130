extension SQLEngineConnection {
    /// Does work inside a visit: its time is limited, and it can be cancelled.
    ///
    /// - Throws: What `work` throws; `connectionLost` when the connection is closed; `cancelled`.
    package func visit<Value>(
        _ ticket: RequestTicket? = nil, limit: Duration?, _ work: () throws(SQLServerError) -> Value
    ) throws(SQLServerError) -> Value {
        try beginVisit(ticket, limit: limit)
        defer { endVisit() }
        return try work()
    }

    /// Runs a request and collects the whole response, in a visit of its own.
    ///
    /// - Throws: The error of the server when any message has severity 11 or more; the results are dropped then.
    package func run(
        _ request: SQLRequest, ticket: RequestTicket? = nil, limit: Duration?
    ) throws(SQLServerError) -> SQLResults {
        let results = try collect(request, ticket: ticket, limit: limit)
        if results.messages.contains(where: \.isError) {
            throw SQLServerError.server(results.messages, query: request.text)
        }
        return results
    }

    /// Runs a request and collects the whole response, errors of the server included.
    package func collect(
        _ request: SQLRequest, ticket: RequestTicket? = nil, limit: Duration?
    ) throws(SQLServerError) -> SQLResults {
        var results = SQLResults()
        do {
            try visit(ticket, limit: limit) { () throws(SQLServerError) in
                try send(request)
                while try results.add(next()) {}
            }
        } catch {
            throw error.during(query: request.text)
        }
        results.messages = messages
        return results
    }
}

extension SQLResults {
    /// Adds an event of a response; false when the response is complete.
    mutating func add(_ event: SQLResponseEvent) -> Bool {
        switch event {
        case .columns(let list):
            resultSets.append(SQLResultSet(list: list))
        case .rows(let batch):
            if !resultSets.isEmpty { resultSets[resultSets.count - 1].append(batch) }
        case .statementEnd(let count):
            rowCounts.append(count)
        case .outputs(let status, let values):
            returnStatus = status
            outputs = values?[row: 0]
        case .end:
            return false
        }
        return true
    }
}
