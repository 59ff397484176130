import Foundation
import TLS

/// The certificate of a server with encryption, and the file that its clients trust.
struct ServerCredentials: Sendable {
    /// What TLS needs, inside TDS 7.4 and before TDS 8.0.
    struct Contexts: Sendable {
        let inBand: TLSContext
        let strict: TLSContext

        init(_ identity: TLSIdentity) throws(TLSError) {
            inBand = try TLSContext(server: .inBand(identity: identity))
            strict = try TLSContext(server: .strict(identity: identity))
        }
    }

    let contexts: Contexts
    let caFile: String?
    /// The folder that was made for ``caFile``.
    private let folder: URL?

    /// Makes or reads what an encryption needs; nil when there is none.
    static func make(_ encryption: EmbeddedServer.Encryption) throws -> ServerCredentials? {
        guard encryption.mode != .off else { return nil }
        do {
            switch encryption.certificate.source {
            case .generated(let names, let validity): return try generated(names, validity)
            case .files(let chain, let key, let authorities):
                let identity = TLSIdentity(
                    certificateChainPEM: try text(ofFile: chain), privateKeyPEM: try text(ofFile: key))
                return ServerCredentials(contexts: try Contexts(identity), caFile: authorities, folder: nil)
            }
        } catch let error as TLSError {
            throw EmbeddedServerError("the certificate of the embedded server cannot be used: \(error)")
        }
    }

    private static func text(ofFile path: String) throws -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw EmbeddedServerError(
                "the embedded server cannot read the PEM file \(path): \(error.localizedDescription)")
        }
    }

    private static func generated(_ names: [String], _ validity: Range<Date>?) throws -> ServerCredentials {
        let now = Date()
        let day: TimeInterval = 86_400
        let authority = try CertificateAuthority(
            name: "Embedded SQL Server \(UUID().uuidString.prefix(8))",
            validity: now - 3_650 * day..<now + 3_650 * day)
        let identity = try authority.issueServerIdentity(
            for: names, validity: validity ?? now - day..<now + 365 * day)
        let contexts = try Contexts(identity)
        let folder = FileManager.default.temporaryDirectory.appending(
            component: "embedded-sql-server-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = folder.appending(component: "ca.pem", directoryHint: .notDirectory)
        try authority.certificatePEM.write(to: file, atomically: true, encoding: .utf8)
        return ServerCredentials(contexts: contexts, caFile: file.path(percentEncoded: false), folder: folder)
    }

    /// Removes the file that was made.
    func removeFiles() {
        guard let folder else { return }
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            // A public certificate stays in the temporary folder; nothing depends on it.
        }
    }
}
