import SQLValues

/// The place after a row: the values of its sort keys, sealed.
///
/// The text is base64url of: version, expiry in seconds since 1970 (the largest number for never), seal of the list (order and filter),
/// values, and seal of all that stands before.
struct SQLCursor {
    static let version: UInt8 = 1
    private static let sealLength = 32
    /// No cursor that this library makes of keys that an index can hold (1,700 bytes) is longer.
    private static let longest = 64 << 10

    let values: [SQLValue]
    /// Seconds since 1970; nil for never.
    let expiry: Int64?

    /// What a cursor belongs to: the columns of an order with their directions, and a filter.
    static func context(_ order: SQLSortOrder, _ filter: SQLQuery) -> [UInt8] {
        var bytes = CanonicalBytes()
        bytes.add("swift-sqlserver list")
        bytes.add(order.listName)
        bytes.add(UInt32(order.keys.count))
        for key in order.keys {
            bytes.add(key.column.name)
            bytes.add(key.column.type.description)
            bytes.add(key.isDescending ? 1 as UInt8 : 0)
            bytes.add(key.column.expression)
        }
        bytes.add(filter)
        return bytes.bytes
    }

    func text(context: [UInt8], _ signer: any SQLCursorSigner) throws(SQLServerError) -> String {
        var bytes = CanonicalBytes()
        bytes.add(Self.version)
        bytes.add(expiry ?? .max)
        for byte in try Self.seal(context, signer) { bytes.add(byte) }
        for value in values { bytes.add(value) }
        return Base64URL.encode(bytes.bytes + (try Self.seal(Self.domain + bytes.bytes, signer)))
    }

    /// Reads a cursor, and checks all but its age.
    init(_ text: String, context: [UInt8], count: Int, _ signer: any SQLCursorSigner) throws(SQLServerError) {
        guard text.utf8.count <= Self.longest, let bytes = Base64URL.decode(text),
            bytes.count >= 9 + 2 * Self.sealLength
        else { throw Self.damaged }
        let body = Array(bytes.dropLast(Self.sealLength))
        guard try signer.isAuthentic(Array(bytes.suffix(Self.sealLength)), for: Self.domain + body) else {
            throw Self.damaged
        }
        var reader = CanonicalReader(body[...])
        guard reader.byte() == Self.version else {
            throw SQLServerError(
                .expiredCursor, "the cursor was made by another version of this service; begin with the first page")
        }
        guard let expiry = reader.integer(Int64.self), let seal = reader.take(Self.sealLength) else {
            throw Self.damaged
        }
        guard try signer.isAuthentic(Array(seal), for: context) else {
            throw SQLServerError(
                .invalidCursor, "the cursor belongs to another list, order or filter; begin with the first page")
        }
        var values: [SQLValue] = []
        for _ in 0..<count {
            guard let value = reader.value() else { throw Self.damaged }
            values.append(value)
        }
        guard reader.isAtEnd else { throw Self.damaged }
        self.values = values
        self.expiry = expiry == .max ? nil : expiry
    }

    init(values: [SQLValue], expiry: Int64?) {
        self.values = values
        self.expiry = expiry
    }

    /// Keeps a seal of a cursor from being one of a list.
    private static let domain = Array("swift-sqlserver cursor".utf8)

    private static var damaged: SQLServerError {
        SQLServerError(.invalidCursor, "the cursor is damaged, or not one of this service; begin with the first page")
    }

    private static func seal(_ message: [UInt8], _ signer: any SQLCursorSigner) throws(SQLServerError) -> [UInt8] {
        let code = try signer.authenticationCode(for: message)
        guard code.count == sealLength else {
            throw SQLServerError(.misuse, "the signer made a code of \(code.count) bytes; it must have \(sealLength)")
        }
        return code
    }
}
