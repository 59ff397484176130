import TDSProtocol

extension LoginNegotiation {
    /// Logs in with a token of ``EmbeddedServer/TokenIssuer`` (MS-TDS 3.2.5.3, federated authentication).
    ///
    /// - Returns: The login that the token stands for, or why it is refused.
    /// - Throws: When the client breaks the protocol or leaves.
    func userName(
        of request: FederatedAuthenticationRequest, isExpiring: Bool, _ response: ResponseWriter
    ) throws -> Result<String, ServerMessage> {
        let token: String
        switch request.library {
        case .securityToken(let text): token = text
        case .workflow:
            response.tell(
                FederatedAuthenticationInformation(authority: core.tokens.authority, resource: core.tokens.resource))
            try response.end()
            let message = try transport.nextMessage(timeout: Self.patience)
            guard message.type == .federatedAuthentication else {
                throw TDSProtocolError("a token was expected, a message of type \(message.type) came")
            }
            token = try FederatedAuthenticationToken(payload: message.payload).token
        }
        switch core.tokens.verdict(on: token) {
        case .valid(let userName) where !isExpiring: return .success(userName)
        case .valid, .expired: return .failure(.tokenRefused(" Token is expired."))
        case .unknown: return .failure(.tokenRefused(""))
        }
    }
}

extension ServerMessage {
    /// Msg 18456 in the words of Azure SQL for tokens.
    fileprivate static func tokenRefused(_ reason: String) -> ServerMessage {
        error(18_456, line: 1, "Login failed for user '<token-identified principal>'.\(reason)")
    }
}
