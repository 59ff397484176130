import Foundation
import Threads

extension EmbeddedServer {
    /// Issues tokens to log in with, as Microsoft Entra ID does for Azure SQL and Fabric.
    ///
    /// ```swift
    /// let token = server.tokens.issue(for: "sa", validFor: .seconds(60))
    /// ```
    ///
    /// A token looks like a JSON Web Token with the claims that drivers read (`aud`, `exp`, `upn`), but nothing is signed:
    /// the server knows the tokens that it has issued and accepts no other. It stands for one of the server's logins.
    public final class TokenIssuer: Sendable {
        private struct Issued {
            var userName: String
            var expires: Date
        }

        private let issued = Lock<[String: Issued]>([:])

        /// What clients are told to ask for a token (FEDAUTHINFO).
        public let authority = "https://login.embedded.invalid/embedded"
        /// For which service clients are told to ask for a token (FEDAUTHINFO).
        public let resource = "https://database.windows.net/"

        init() {}

        /// A new token.
        ///
        /// - Parameters:
        ///   - userName: The login that it stands for.
        ///   - duration: How long it can be used from now on; a negative time makes an expired token.
        /// - Returns: The token's text.
        public func issue(for userName: String, validFor duration: Duration = .seconds(3_600)) -> String {
            let expires = Date() + TimeInterval(duration.components.seconds)
            let claims = """
                {"aud":"\(resource)","iss":"\(authority)","exp":\(Int(expires.timeIntervalSince1970)),\
                "jti":"\(UUID().uuidString)","upn":\(Self.quoted(userName))}
                """
            let token = [#"{"typ":"JWT","alg":"none"}"#, claims, UUID().uuidString].map(Self.encoded)
                .joined(separator: ".")
            issued.withLock { $0[token] = Issued(userName: userName, expires: expires) }
            return token
        }

        /// Makes all tokens that were issued until now expire.
        public func expireAll() {
            issued.withLock { tokens in
                for token in tokens.keys { tokens[token]?.expires = .distantPast }
            }
        }

        /// What a token is worth.
        enum Verdict: Equatable {
            case valid(userName: String)
            case expired, unknown
        }

        /// Looks at a token.
        func verdict(on token: String) -> Verdict {
            guard let found = issued.withLock({ $0[token] }) else { return .unknown }
            return found.expires > Date() ? .valid(userName: found.userName) : .expired
        }

        private static func quoted(_ text: String) -> String {
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\"\(escaped)\""
        }

        /// Base64 for URLs, without padding (RFC 7515).
        private static func encoded(_ text: String) -> String {
            Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }
    }
}
