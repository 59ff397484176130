/// ENVCHANGE: the session's environment changed (MS-TDS 2.2.7.9).
package enum EnvironmentChange: Sendable, Equatable {
    case database(new: String, old: String)
    case language(new: String, old: String)
    case packetSize(new: Int, old: Int)
    case collation(new: Collation?, old: Collation?)
    case beginTransaction(descriptor: UInt64)
    case commitTransaction(descriptor: UInt64)
    case rollbackTransaction(descriptor: UInt64)
    /// The session was reset as the client asked.
    case resetAcknowledged
    /// The client must connect to another server.
    case routing(server: String, port: UInt16)
    /// A change that is not known here, by its number.
    case other(UInt8)

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        var body = try reader.reader(Int(try reader.integer(UInt16.self)))
        let type = try body.byte()
        switch type {
        case 1: self = .database(new: try body.shortString(), old: try body.shortString())
        case 2: self = .language(new: try body.shortString(), old: try body.shortString())
        case 4: self = .packetSize(new: try Self.size(&body), old: try Self.size(&body))
        case 7: self = .collation(new: try Self.collation(&body), old: try Self.collation(&body))
        case 8: self = .beginTransaction(descriptor: try Self.descriptor(&body))
        case 9:
            _ = try Self.descriptor(&body)
            self = .commitTransaction(descriptor: try Self.descriptor(&body))
        case 10:
            _ = try Self.descriptor(&body)
            self = .rollbackTransaction(descriptor: try Self.descriptor(&body))
        case 18: self = .resetAcknowledged
        case 20:
            var route = try body.reader(Int(try body.integer(UInt16.self)))
            guard try route.byte() == 0 else { throw route.failure("a route that is not TCP") }
            let port = try route.integer(UInt16.self)
            self = .routing(server: try route.string(), port: port)
        default: self = .other(type)
        }
    }

    private static func size(_ body: inout ByteReader) throws(TDSProtocolError) -> Int {
        let text = try body.shortString()
        guard let size = Int(text) else { throw body.failure("\(text) is no packet size") }
        return size
    }

    private static func collation(_ body: inout ByteReader) throws(TDSProtocolError) -> Collation? {
        var value = try body.reader(Int(try body.byte()))
        return value.remaining == 0 ? nil : try Collation(from: &value)
    }

    private static func descriptor(_ body: inout ByteReader) throws(TDSProtocolError) -> UInt64 {
        var value = try body.reader(Int(try body.byte()))
        return value.remaining == 0 ? 0 : try value.integer()
    }

    /// Appends the token; changes that are not known here are not written.
    package func encode(into writer: inout ByteWriter) {
        if case .other = self { return }
        writer.byte(TokenType.environmentChange.rawValue)
        let start = writer.count
        writer.integer(UInt16(0))
        encodeBody(into: &writer)
        writer.patch(UInt16(clamping: writer.count - start - 2), at: start)
    }

    private func encodeBody(into writer: inout ByteWriter) {
        switch self {
        case .database(let new, let old): Self.write(1, new, old, &writer)
        case .language(let new, let old): Self.write(2, new, old, &writer)
        case .packetSize(let new, let old): Self.write(4, String(new), String(old), &writer)
        case .collation(let new, let old):
            writer.byte(7)
            for collation in [new, old] {
                writer.byte(collation == nil ? 0 : 5)
                collation?.encode(into: &writer)
            }
        case .beginTransaction(let descriptor):
            writer.append([8, 8])
            writer.integer(descriptor)
            writer.byte(0)
        case .commitTransaction(let descriptor), .rollbackTransaction(let descriptor):
            if case .commitTransaction = self { writer.byte(9) } else { writer.byte(10) }
            writer.append([0, 8])
            writer.integer(descriptor)
        case .resetAcknowledged: writer.append([18, 0, 0])
        case .routing(let server, let port):
            writer.byte(20)
            let start = writer.count
            writer.integer(UInt16(0))
            writer.byte(0)
            writer.integer(port)
            writer.string(server, limit: 1024)
            writer.patch(UInt16(clamping: writer.count - start - 2), at: start)
            writer.integer(UInt16(0))
        case .other: break
        }
    }

    private static func write(_ type: UInt8, _ new: String, _ old: String, _ writer: inout ByteWriter) {
        writer.byte(type)
        writer.shortString(new)
        writer.shortString(old)
    }
}
