/// ALL_HEADERS before a batch, an RPC or a transaction manager request (MS-TDS 2.2.5.3).
package struct RequestHeaders: Sendable, Equatable {
    /// The transaction in which the request runs; 0 for none.
    package var transactionDescriptor: UInt64
    /// How many requests are active on the connection; 1 without MARS.
    package var outstandingRequests: UInt32
    /// Whether the transaction is named at all.
    package private(set) var namesTransaction = true
    /// Whether the client wants to be notified when the result would change (MS-TDS 2.2.5.3.1).
    package private(set) var wantsNotification = false

    /// Headers of a request.
    package init(transactionDescriptor: UInt64 = 0, outstandingRequests: UInt32 = 1) {
        self.transactionDescriptor = transactionDescriptor
        self.outstandingRequests = outstandingRequests
    }

    private static let notificationHeader: UInt16 = 1
    private static let transactionHeader: UInt16 = 2

    /// Reads ALL_HEADERS; the content of headers other than the transaction's is passed over.
    package init(from reader: inout ByteReader) throws(TDSProtocolError) {
        self.init()
        namesTransaction = false
        let total = Int(try reader.integer(UInt32.self))
        guard total >= 4 else { throw reader.failure("ALL_HEADERS of \(total) bytes") }
        var headers = try reader.reader(total - 4)
        while headers.remaining > 0 {
            let length = Int(try headers.integer(UInt32.self))
            guard length >= 6 else { throw headers.failure("a request header of \(length) bytes") }
            var header = try headers.reader(length - 4)
            switch try header.integer(UInt16.self) {
            case Self.notificationHeader: wantsNotification = true
            case Self.transactionHeader:
                transactionDescriptor = try header.integer()
                outstandingRequests = try header.integer()
                namesTransaction = true
            default: continue
            }
        }
    }

    /// Appends ALL_HEADERS.
    package func encode(into writer: inout ByteWriter) {
        writer.integer(UInt32(22))
        writer.integer(UInt32(18))
        writer.integer(Self.transactionHeader)
        writer.integer(transactionDescriptor)
        writer.integer(outstandingRequests)
    }
}

/// A batch of T-SQL (MS-TDS 2.2.6.7).
package struct SQLBatch: Sendable, Equatable {
    /// The request's headers.
    package var headers: RequestHeaders
    /// The text.
    package var text: String

    /// A batch.
    package init(_ text: String, headers: RequestHeaders = RequestHeaders()) {
        self.text = text
        self.headers = headers
    }

    /// Reads the payload of a batch.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        var reader = ByteReader(payload)
        headers = try RequestHeaders(from: &reader)
        guard reader.remaining % 2 == 0 else { throw reader.failure("SQL text with half a character") }
        text = try reader.utf16(reader.remaining / 2)
    }

    /// The payload of this batch.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        headers.encode(into: &writer)
        writer.utf16(text)
        return writer.bytes
    }
}
