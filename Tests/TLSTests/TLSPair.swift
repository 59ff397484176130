import Foundation
import TLS

/// Fixed points in time around the tests' run, which the certificates' validity is counted from.
enum Times {
    static let day: TimeInterval = 86_400
    static let now = Date()
    static let valid = now - day..<now + 365 * day
    static let expired = now - 30 * day..<now - day
    static let notYet = now + day..<now + 30 * day
}

/// A client and a server in memory, and what carries bytes between them.
struct TLSPair {
    let client: TLSSession
    let server: TLSSession

    init(
        server: TLSServerConfiguration, client: TLSClientConfiguration, host: String = "localhost",
        certificateName: String? = nil
    ) throws {
        self.server = try TLSContext(server: server).makeServerSession()
        self.client = try TLSContext(client: client)
            .makeClientSession(host: host, certificateName: certificateName)
    }

    /// A pair that trusts each other, for host `localhost`.
    static func trusting(versions: ClosedRange<TLSVersion> = .tls12 ... .tls13) throws -> TLSPair {
        let authority = try CertificateAuthority(validity: Times.valid)
        let identity = try authority.issueServerIdentity(for: ["localhost"], validity: Times.valid)
        return try TLSPair(
            server: TLSServerConfiguration(identity: identity, versions: versions),
            client: TLSClientConfiguration(trust: .pem(authority.certificatePEM)))
    }

    /// Carries what waits from one side to the other, in pieces of `size` bytes; `step` runs after each piece.
    func carry(
        from sender: TLSSession, to receiver: TLSSession, size: Int = .max, step: () throws -> Void = {}
    ) throws {
        var bytes = sender.takeOutput()[...]
        while !bytes.isEmpty {
            try receiver.receive(bytes.prefix(size))
            bytes = bytes.dropFirst(size)
            try step()
        }
    }

    /// Shakes hands; the turns are bounded, so that a deadlock is an error and not a hang.
    func connect(size: Int = .max) throws {
        for _ in 0..<10 {
            let clientProgress = try client.handshake()
            try carry(from: client, to: server, size: size) { _ = try server.handshake() }
            let serverProgress = try server.handshake()
            try carry(from: server, to: client, size: size) { _ = try client.handshake() }
            if clientProgress == .finished, serverProgress == .finished { return }
        }
        throw TLSError(.handshake, "no end after ten turns")
    }

    /// Shakes hands and returns the error of the side that found it, or nil when they connected.
    func connectionError() -> TLSError? {
        do {
            try connect()
            return nil
        } catch let error as TLSError {
            return error
        } catch {
            return TLSError(.handshake, "unexpected: \(error)")
        }
    }
}

/// Bytes that look random and are the same in every run (xorshift).
struct Noise {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }
}
