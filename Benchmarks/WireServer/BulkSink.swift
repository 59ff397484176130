import TDSProtocol

/// What came in a bulk load: enough to tell whether two clients sent the same rows.
struct BulkReceipt: Sendable, Equatable {
    var rows = 0
    /// Bytes of all rows.
    var bytes = 0
    /// All bytes of all rows, added up.
    var sum: UInt64 = 0
}

/// Swallows a bulk load packet by packet: it finds where rows end, and decodes nothing.
struct BulkSink {
    /// How the values of each column tell their length.
    private let formats: [ValueFormat]
    /// Bytes of the description of the columns, which comes first.
    private var passing: Int
    /// Bytes of a row that goes on in the next packet.
    private var pending: [UInt8] = []
    private(set) var receipt = BulkReceipt()

    /// A sink for rows of a shape.
    ///
    /// The client describes the columns as it was told them, so that its description has as many bytes.
    init(_ shape: WireShape) {
        formats = shape.columns.map(\.type.format)
        var writer = ByteWriter()
        writer.columnMetadata(shape.columns)
        passing = writer.count
    }

    /// Takes the data of a packet.
    ///
    /// - Throws: When a row is none.
    mutating func take(_ data: ArraySlice<UInt8>) throws(TDSProtocolError) {
        let skipped = min(passing, data.count)
        passing -= skipped
        pending += data.dropFirst(skipped)
        var start = 0
        while let end = try endOfRow(from: start) {
            receipt.rows += 1
            for index in start..<end { receipt.sum &+= UInt64(pending[index]) }
            receipt.bytes += end - start
            start = end
        }
        pending.removeFirst(start)
    }

    /// Whether the load ended with a whole row.
    var isComplete: Bool { passing == 0 && pending.isEmpty }

    /// Where the row that begins here ends; nil when that has not come yet.
    private func endOfRow(from start: Int) throws(TDSProtocolError) -> Int? {
        guard start < pending.count else { return nil }
        guard pending[start] == TokenType.row.rawValue else {
            throw TDSProtocolError("a token \(pending[start]) in a bulk load")
        }
        var position = start + 1
        for format in formats {
            switch format {
            case .fixed(let count): position += count
            case .byteLength:
                guard position < pending.count else { return nil }
                position += 1 + Int(pending[position])
            case .shortLength:
                guard position + 1 < pending.count else { return nil }
                let count = Int(pending[position]) | Int(pending[position + 1]) << 8
                position += 2 + (count == 0xFFFF ? 0 : count)
            default: throw TDSProtocolError("rows of this shape cannot be loaded", kind: .unsupported)
            }
        }
        return position <= pending.count ? position : nil
    }
}
