/// An isolation level as BEGIN, COMMIT and ROLLBACK requests carry it (MS-TDS 2.2.6.9).
package enum TransactionIsolation: UInt8, Sendable, Hashable, CaseIterable {
    /// The session's current level.
    case current = 0
    case readUncommitted = 1
    case readCommitted = 2
    case repeatableRead = 3
    case serializable = 4
    case snapshot = 5
}

/// A transaction manager request: begin, commit, roll back or save without T-SQL (MS-TDS 2.2.6.9).
package struct TransactionManagerRequest: Sendable, Equatable {
    /// A transaction to begin.
    package struct Begin: Sendable, Equatable {
        /// Its isolation level.
        package var isolation: TransactionIsolation
        /// Its name; empty for none.
        package var name: String

        /// A transaction to begin.
        package init(isolation: TransactionIsolation = .current, name: String = "") {
            self.isolation = isolation
            self.name = name
        }
    }

    /// What the client wants.
    package enum Action: Sendable, Equatable {
        case begin(Begin)
        /// `next` is the transaction that begins at once after the commit (fBeginXact).
        case commit(name: String, next: Begin?)
        /// `next` is the transaction that begins at once after the rollback (fBeginXact).
        case rollback(name: String, next: Begin?)
        case save(name: String)
    }

    /// The request's headers.
    package var headers: RequestHeaders
    /// What the client wants.
    package var action: Action

    /// A request.
    package init(_ action: Action, headers: RequestHeaders = RequestHeaders()) {
        self.action = action
        self.headers = headers
    }

    /// Reads the payload of a request; requests of distributed transactions are an error that names them.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        var reader = ByteReader(payload)
        headers = try RequestHeaders(from: &reader)
        let type = try reader.integer(UInt16.self)
        switch type {
        case 5: action = .begin(try Self.begin(&reader))
        case 7: action = .commit(name: try Self.name(&reader), next: try Self.next(&reader))
        case 8: action = .rollback(name: try Self.name(&reader), next: try Self.next(&reader))
        case 9: action = .save(name: try Self.name(&reader))
        case 0, 1, 6: throw TDSProtocolError("distributed transaction", at: reader.position, kind: .unsupported)
        default: throw reader.failure("\(type) is no transaction manager request")
        }
    }

    private static func begin(_ reader: inout ByteReader) throws(TDSProtocolError) -> Begin {
        let level = try reader.byte()
        guard let isolation = TransactionIsolation(rawValue: level) else {
            throw reader.failure("\(level) is no isolation level")
        }
        return Begin(isolation: isolation, name: try name(&reader))
    }

    private static func next(_ reader: inout ByteReader) throws(TDSProtocolError) -> Begin? {
        guard reader.remaining > 0, try reader.byte() & 1 != 0 else { return nil }
        return try begin(&reader)
    }

    /// A name with its length in bytes before it.
    private static func name(_ reader: inout ByteReader) throws(TDSProtocolError) -> String {
        let count = Int(try reader.byte())
        guard count % 2 == 0 else { throw reader.failure("a transaction name with half a character") }
        return try reader.utf16(count / 2)
    }

    /// The payload of this request.
    package func encoded() throws(TDSProtocolError) -> [UInt8] {
        var writer = ByteWriter()
        headers.encode(into: &writer)
        switch action {
        case .begin(let begin):
            writer.integer(UInt16(5))
            try Self.write(begin, into: &writer)
        case .commit(let name, let next), .rollback(let name, let next):
            if case .commit = action { writer.integer(UInt16(7)) } else { writer.integer(UInt16(8)) }
            try Self.write(name, into: &writer)
            writer.byte(next == nil ? 0 : 1)
            if let next { try Self.write(next, into: &writer) }
        case .save(let name):
            writer.integer(UInt16(9))
            try Self.write(name, into: &writer)
        }
        return writer.bytes
    }

    private static func write(_ begin: Begin, into writer: inout ByteWriter) throws(TDSProtocolError) {
        writer.byte(begin.isolation.rawValue)
        try write(begin.name, into: &writer)
    }

    private static func write(_ name: String, into writer: inout ByteWriter) throws(TDSProtocolError) {
        let count = name.utf16.count * 2
        guard count <= 255 else { throw TDSProtocolError("a transaction name of more than 127 characters") }
        writer.byte(UInt8(count))
        writer.utf16(name)
    }
}
