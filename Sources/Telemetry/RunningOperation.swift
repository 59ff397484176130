import SQLServerCore

/// An operation that has begun and has not ended.
package struct RunningOperation: Sendable {
    private let operation: SQLOperation
    private let sink: any SQLTelemetrySink
    private let token: (any Sendable)?
    private let start = ContinuousClock.now

    init(_ operation: SQLOperation, _ sink: any SQLTelemetrySink) {
        self.operation = operation
        self.sink = sink
        token = sink.begin(operation)
    }

    /// It ended with a result.
    package func succeed(returnedRows: Int? = nil, affectedRows: Int? = nil, wasLeftEarly: Bool = false) {
        end(
            SQLOperationOutcome(
                duration: start.duration(to: .now), returnedRows: returnedRows, affectedRows: affectedRows,
                wasLeftEarly: wasLeftEarly))
    }

    /// It ended without one.
    package func fail(_ error: any Error, returnedRows: Int? = nil) {
        end(
            SQLOperationOutcome(
                duration: start.duration(to: .now), error: error as? SQLServerError, isFailure: true,
                returnedRows: returnedRows))
    }

    private func end(_ outcome: SQLOperationOutcome) { sink.end(operation, outcome, token: token) }
}
