import TDSProtocol
import Threads

/// Whole responses in packets, built when they are first asked for.
final class ResponseCache: Sendable {
    /// A response by what it holds and how it is cut.
    private struct Key: Hashable {
        let shape: String
        let rows: Int
        let packetSize: Int
    }

    private let built = Lock<[Key: [UInt8]]>([:])

    /// The packets of so many rows of a shape; nil when there is no such shape.
    func packets(of shape: String, rows: Int, packetSize: Int) throws(TDSProtocolError) -> [UInt8]? {
        let key = Key(shape: shape, rows: rows, packetSize: packetSize)
        if let known = built.withLock({ $0[key] }) { return known }
        guard let shape = WireShape.all[shape] else { return nil }
        var writer = PacketWriter(type: .response, packetSize: packetSize)
        var packets = ByteWriter()
        writer.payload.columnMetadata(shape.columns)
        for number in 0..<rows {
            try writer.payload.row(shape.row(number), shape.columns)
            writer.drain(into: &packets)
        }
        Done(.statement, status: .count, command: 193, rowCount: UInt64(rows)).encode(into: &writer.payload)
        writer.finish(into: &packets)
        built.withLock { $0[key] = packets.bytes }
        return packets.bytes
    }
}
