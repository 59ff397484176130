import TDSProtocol

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Makes an ordered failure happen to one request.
struct FaultPlayer {
    let transport: Transport
    let response: ResponseWriter

    /// Answers a request with its failure.
    ///
    /// - Parameters:
    ///   - fault: The failure.
    ///   - rollBack: Rolls back the session's transaction, for errors that do so.
    ///   - answer: Runs the request and writes its response.
    /// - Throws: When the connection has come to its end.
    func play(_ fault: EmbeddedServerFault, rollBack: () throws -> Void, answer: () throws -> Void) throws {
        switch fault.kind {
        case .error(let number, let severity, let state, let text):
            if severity >= 20 || number == 1205 || number == 3960 { try rollBack() }
            try response.message(
                ServerMessage(number: number, state: state, severity: severity, text: text, line: 1))
            try response.finish(failed: true)
            if severity >= 20 { throw SocketFailure("error \(number) ends the connection") }
        case .dropRequest, .refuseConnection: throw SocketFailure("a test ordered the connection's end")
        case .dropResponse:
            transport.delivery = .discarded
            try answer()
            throw SocketFailure("a test ordered the connection's end")
        case .dropInResponse:
            transport.delivery = .held([])
            try answer()
            try transport.deliverHalf()
            throw SocketFailure("a test ordered the connection's end")
        case .dropAfterResponse:
            try answer()
            throw SocketFailure("a test ordered the connection's end")
        case .stall:
            while !(try transport.takeAttention(waiting: true)) {}
            try response.finishWithAttention()
        case .hang:
            while true { _ = try transport.takeAttention(waiting: true) }
        case .delay(let duration):
            guard try wait(duration) else { return try response.finishWithAttention() }
            try answer()
        case .trickle:
            transport.delivery = .trickling
            defer { transport.delivery = .normal }
            try answer()
        case .garbage:
            try transport.send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
            throw SocketFailure("a test ordered the connection's end")
        case .closeInRow, .redirect, .expireTokens: try answer()
        }
    }

    /// Waits; false when an attention came first.
    private func wait(_ duration: Duration) throws -> Bool {
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end {
            if try transport.takeAttention() { return false }
            usleep(2_000)
        }
        return true
    }
}
