package import CommandLineTools
import Foundation
package import SQLServer

/// What `mssql ping` found out.
package struct PingReport: Sendable {
    /// What the server says about itself and the session; nil where it does not say.
    package struct Identity: Sendable {
        var version: String?
        var edition: String?
        var database: String?
        var login: String?

        package init(version: String?, edition: String?, database: String?, login: String?) {
            self.version = version
            self.edition = edition
            self.database = database
            self.login = login
        }
    }

    private let configuration: SQLServerConfiguration
    private let identity: Identity
    private let engine: String
    private let connectTime: Duration
    private let roundTrips: [Duration]

    package init(
        configuration: SQLServerConfiguration, identity: Identity, engine: String, connectTime: Duration,
        roundTrips: [Duration]
    ) {
        self.configuration = configuration
        self.identity = identity
        self.engine = engine
        self.connectTime = connectTime
        self.roundTrips = roundTrips.sorted()
    }

    func write(as format: OutputFormat, to terminal: Terminal) throws(OutputError) {
        switch format {
        case .table: try terminal.write(table)
        case .json: try terminal.write(json.text(pretty: true) + "\n")
        case .csv: try CSVWriter().write(columns: Self.columns, rows: rows, to: terminal.output)
        }
    }

    /// The report as a table.
    package var table: String { TableWriter().text(columns: Self.columns, rows: rows) }

    private static let columns = [OutputColumn("Property"), OutputColumn("Value")]

    private var rows: [[OutputCell]] {
        let edition = identity.edition.map { " (\($0))" } ?? ""
        let entries: [(String, String?)] = [
            ("server", "\(configuration.host):\(configuration.port)"),
            ("version", identity.version.map { $0 + edition }),
            ("engine", engine),
            ("encryption", "\(configuration.encryption.rawValue): \(verification)"),
            ("database", identity.database),
            ("login", identity.login),
            ("connect", "\(Self.milliseconds(connectTime)) ms"),
            ("round trip", minimum.map { "\(Self.milliseconds($0)) ms (shortest of \(roundTrips.count))" }),
            ("median", median.map { "\(Self.milliseconds($0)) ms" }),
        ]
        return entries.map { [.text($0), $1.map(OutputCell.text) ?? .null] }
    }

    /// The report as JSON, schema `mssql.ping/1`.
    package var json: JSONValue {
        .object([
            ("schema", "mssql.ping/1"),
            ("host", .string(configuration.host)),
            ("port", .integer(configuration.port)),
            ("version", Self.text(identity.version)),
            ("edition", Self.text(identity.edition)),
            ("engine", .string(engine)),
            (
                "encryption",
                .object([
                    ("mode", .string(configuration.encryption.rawValue)), ("verification", .string(verification)),
                    ("certificateVerified", .bool(isVerified)),
                ])
            ),
            ("database", Self.text(identity.database)),
            ("login", Self.text(identity.login)),
            ("connectMilliseconds", .number(Self.milliseconds(connectTime))),
            (
                "roundTrip",
                .object([
                    ("count", .integer(roundTrips.count)),
                    ("minimumMilliseconds", minimum.map { .number(Self.milliseconds($0)) } ?? .null),
                    ("medianMilliseconds", median.map { .number(Self.milliseconds($0)) } ?? .null),
                ])
            ),
        ])
    }

    /// What is encrypted, and how the server proved who it is.
    private var verification: String {
        switch configuration.encryption {
        case .off: return "nothing is encrypted"
        case .request: return "the login only, unless the server demands more"
        case .require, .strict:
            guard isVerified else {
                return "TLS, certificate not verified (trustServerCertificate)"
            }
            let name = configuration.hostNameInCertificate ?? configuration.host
            let trust = configuration.caFile == nil ? "the system's authorities" : "the authorities of caFile"
            return "TLS, certificate verified for \(name) by \(trust)"
        }
    }

    /// Whether the server's certificate was checked.
    private var isVerified: Bool {
        switch configuration.encryption {
        case .off, .request: false
        case .require, .strict: !configuration.trustServerCertificate
        }
    }

    private var minimum: Duration? { roundTrips.first }

    /// The middle one; of two the mean.
    private var median: Duration? {
        guard !roundTrips.isEmpty else { return nil }
        let (high, low) = (roundTrips[roundTrips.count / 2], roundTrips[(roundTrips.count - 1) / 2])
        return (low + high) / 2
    }

    private static func milliseconds(_ time: Duration) -> String {
        let microseconds = time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
        let fraction = String(microseconds % 1_000)
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }

    private static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
}
