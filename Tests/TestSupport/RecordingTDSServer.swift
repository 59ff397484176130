import Synchronization

/// A TDS server that records each packet that its client sends, and answers by hand: for what a login puts on the wire.
///
/// It tells its client in PRELOGIN what it thinks of encryption, lets it in with a packet size of its own, and answers
/// every request with a DONE. For one connection at a time.
public final class RecordingTDSServer: Sendable {
    /// One packet (MS-TDS 2.2.3.1).
    public struct Packet: Sendable {
        /// The type: 0x12 is PRELOGIN and the TLS handshake, 0x10 a login, 1 a batch, 3 a call.
        public let type: UInt8
        /// What follows the header.
        public let payload: [UInt8]

        /// The option ENCRYPTION of a PRELOGIN (MS-TDS 2.2.6.5); nil when it has none.
        public var encryption: UInt8? {
            for start in stride(from: 0, to: max(0, payload.count - 4), by: 5) where payload[start] != 0xFF {
                guard payload[start] == 1 else { continue }
                let offset = Int(payload[start + 1]) << 8 + Int(payload[start + 2])
                return offset < payload.count ? payload[offset] : nil
            }
            return nil
        }
    }

    /// What is known of the connection.
    private struct State {
        var rest: [UInt8] = []
        var packets: [Packet] = []

        /// Takes bytes in, and returns the last packet's type when a message is complete.
        mutating func receive(_ bytes: [UInt8]) -> UInt8? {
            rest += bytes
            var finished: UInt8?
            while rest.count >= 8 {
                let length = Int(rest[2]) << 8 + Int(rest[3])
                // What is no TDS (a TLS record, say) is one packet of the type of its first byte.
                guard length >= 8, rest[0] < 0x20, rest[0] != 0x16 else {
                    packets.append(Packet(type: rest[0], payload: rest))
                    rest = []
                    break
                }
                guard rest.count >= length else { break }
                packets.append(Packet(type: rest[0], payload: Array(rest[8..<length])))
                if rest[1] & 1 == 1 { finished = rest[0] }
                rest.removeFirst(length)
            }
            return finished
        }
    }

    private let server: ScriptedTCPServer
    private let state: SharedState

    private final class SharedState: Sendable {
        let value = Mutex(State())
    }

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - encryption: The answer to the client's PRELOGIN: 0 the login only, 1 on, 2 not supported, 3 required.
    ///   - packetSize: The packet size that the server grants, whatever the client asks for.
    /// - Throws: When no port is free.
    public init(encryption: UInt8, packetSize: Int = 4_096) throws {
        let state = SharedState()
        self.state = state
        server = try ScriptedTCPServer(
            .conversation { bytes in
                switch state.value.withLock({ $0.receive(bytes) }) {
                case nil: return []
                case 0x12: return Self.preLogin(encryption, state)
                case 0x10: return Self.framed(Self.loginAcknowledgement(packetSize) + Self.done)
                case 0x06: return Self.framed([0xFD, 0x20, 0] + [UInt8](repeating: 0, count: 10))
                default: return Self.framed(Self.done)
                }
            })
    }

    /// The port that the server listens on.
    public var port: Int { server.port }
    /// The packets that came.
    public var packets: [Packet] { state.value.withLock { $0.packets } }

    /// Stops listening.
    public func stop() { server.stop() }

    /// The answer to the first PRELOGIN; what comes in such packets later is a handshake, which is answered with bytes
    /// that are no TLS.
    private static func preLogin(_ encryption: UInt8, _ state: SharedState) -> [UInt8] {
        let isFirst = state.value.withLock { $0.packets.count { $0.type == 0x12 } == 1 }
        guard isFirst else { return framed([UInt8](repeating: 0, count: 32)) }
        return framed([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, encryption])
    }

    /// ENVCHANGE of the packet size (type 4, MS-TDS 2.2.7.9), and LOGINACK: TDS 7.4, program name `x`.
    private static func loginAcknowledgement(_ packetSize: Int) -> [UInt8] {
        func text(_ number: Int) -> [UInt8] {
            let digits = Array("\(number)".utf8)
            return [UInt8(digits.count)] + digits.flatMap { [$0, 0] }
        }
        let change = [4] + text(packetSize) + text(4_096)
        return [0xE3, UInt8(change.count), 0] + change + [0xAD, 12, 0, 1, 0x74, 0, 0, 4, 1, 0x78, 0, 16, 0, 0, 0]
    }

    private static let done: [UInt8] = [0xFD, 0, 0, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    private static func framed(_ payload: [UInt8]) -> [UInt8] {
        let count = payload.count + 8
        return [4, 1, UInt8(count >> 8), UInt8(count & 0xFF), 0, 0, 1, 0] + payload
    }
}
