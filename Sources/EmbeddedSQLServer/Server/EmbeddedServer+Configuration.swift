public import Foundation

extension EmbeddedServer {
    /// What an embedded server listens on, who may log in, and what it keeps.
    ///
    /// ```swift
    /// var configuration = EmbeddedServer.Configuration()
    /// configuration.storage = .directory("shop.db")
    /// configuration.encryption = .required()
    /// ```
    public struct Configuration: Sendable, Hashable {
        /// The address to listen on; by default `127.0.0.1`, which only programs of this machine can reach.
        public var address: String
        /// The TCP port; 0 takes any that is free.
        public var port: Int
        /// Where the databases are kept.
        public var storage: Storage
        /// Who may log in.
        public var logins: [Login]
        /// Whether connections are encrypted.
        public var encryption: Encryption
        /// The engine edition that the server says it is, and whose limits it keeps.
        public var edition = Edition.developer
        /// The name that the server gives itself in messages.
        public var serverName: String
        /// Where the server tells of clients that it had to disconnect; nowhere by default.
        public var log = LogHandler.none

        /// The configuration of a server in memory on any free port of this machine, without encryption.
        public init(
            port: Int = 0, storage: Storage = .memory, logins: [Login] = [.administrator],
            encryption: Encryption = .off
        ) {
            address = "127.0.0.1"
            self.port = port
            self.storage = storage
            self.logins = logins
            self.encryption = encryption
            serverName = "EMBEDDED"
        }
    }

    /// Where databases are kept.
    public enum Storage: Sendable, Hashable {
        /// In memory, until the server stops.
        case memory
        /// On disk, in a directory that is made when it is not there: one SQLite file for each database.
        case directory(String)
    }

    /// A login with SQL Server authentication.
    public struct Login: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
        /// The name, compared without regard to case.
        public var userName: String
        /// The password, compared exactly.
        public var password: String

        /// A login.
        public init(userName: String, password: String) {
            self.userName = userName
            self.password = password
        }

        /// `sa` with the password `Embedded!2026`, which is no secret: the server listens on this machine only.
        public static let administrator = Login(userName: "sa", password: "Embedded!2026")

        /// The name, never the password.
        public var description: String { "Login(\(userName))" }
        /// The name, never the password.
        public var customMirror: Mirror { Mirror(self, children: ["userName": userName]) }
    }

    /// Whether connections are encrypted, and with which certificate.
    ///
    /// TLS is 1.2 inside TDS 7.4, or 1.2 and 1.3 before the first byte of TDS 8.0 ("strict"), as the client begins.
    public struct Encryption: Sendable, Hashable {
        package enum Mode: Sendable, Hashable { case off, optional, required, strict }

        let mode: Mode
        let certificate: Certificate

        /// No encryption; clients that demand it are turned away.
        public static let off = Encryption(mode: .off, certificate: .generated())

        /// As the client wants: nothing, the login only, or everything.
        public static func optional(_ certificate: Certificate = .generated()) -> Encryption {
            Encryption(mode: .optional, certificate: certificate)
        }

        /// Everything is encrypted; clients that cannot are turned away.
        public static func required(_ certificate: Certificate = .generated()) -> Encryption {
            Encryption(mode: .required, certificate: certificate)
        }

        /// TLS before the first byte of TDS (TDS 8.0), and nothing else: clients that begin otherwise are turned away.
        public static func strict(_ certificate: Certificate = .generated()) -> Encryption {
            Encryption(mode: .strict, certificate: certificate)
        }
    }

    /// The server's certificate and where it comes from.
    public struct Certificate: Sendable, Hashable {
        enum Source: Sendable, Hashable {
            case generated(names: [String], validity: Range<Date>?)
            case files(chain: String, key: String, authorities: String?)
        }

        let source: Source

        /// A certificate made when the server starts, by an authority of its own; see ``EmbeddedServer/caFile``.
        ///
        /// - Parameters:
        ///   - names: The host names and addresses it is for. Other names make a certificate that clients refuse.
        ///   - validity: When it is valid; nil for from yesterday on for a year. A time in the past makes an expired one.
        /// - Returns: The description of a certificate that will be made.
        public static func generated(
            names: [String] = ["localhost", "127.0.0.1"], validity: Range<Date>? = nil
        ) -> Certificate {
            Certificate(source: .generated(names: names, validity: validity))
        }

        /// A certificate from PEM files.
        ///
        /// - Parameters:
        ///   - chain: The server's certificate, then those that lead to the authority.
        ///   - key: The private key, not encrypted.
        ///   - authorities: What clients should trust, for ``EmbeddedServer/url``; nil for the system's authorities.
        /// - Returns: The description of a certificate that will be read.
        public static func files(chain: String, key: String, authorities: String? = nil) -> Certificate {
            Certificate(source: .files(chain: chain, key: key, authorities: authorities))
        }
    }
}
