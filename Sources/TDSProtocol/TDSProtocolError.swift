/// Bytes that are not the protocol, or a value that the protocol cannot carry.
///
/// Thrown by every decoder and encoder of this module; the connection that the bytes came from is of no use any more.
package struct TDSProtocolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, in words.
    package let what: String
    /// Where in the message's payload, in bytes; nil when an encoder failed.
    package let offset: Int?

    /// An error of a decoder at a byte of the payload, or of an encoder.
    package init(_ what: String, at offset: Int? = nil) {
        self.what = what
        self.offset = offset
    }

    /// What is wrong and where.
    package var description: String {
        offset.map { "TDS protocol error at byte \($0): \(what)" } ?? "TDS protocol error: \(what)"
    }
}
