/// Bytes that are not the protocol, or a value that the protocol cannot carry.
///
/// Thrown by every decoder and encoder of this module.
package struct TDSProtocolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What an error means for the connection that the bytes came from.
    package enum Kind: Sendable, Equatable {
        /// The message's structure is broken: nothing after it can be trusted.
        case malformed
        /// A type or a value that is none, in a message that could be read otherwise.
        case invalidValue
        /// A part of the protocol that is known and not done here.
        case unsupported
    }

    /// What is wrong, in words; of something that is not supported only its name.
    package let what: String
    /// Where in the message's payload, in bytes; nil when an encoder failed.
    package let offset: Int?
    /// What it means for the connection.
    package let kind: Kind

    /// An error of a decoder at a byte of the payload, or of an encoder.
    package init(_ what: String, at offset: Int? = nil, kind: Kind = .malformed) {
        self.what = what
        self.offset = offset
        self.kind = kind
    }

    /// What is wrong and where.
    package var description: String {
        offset.map { "TDS protocol error at byte \($0): \(what)" } ?? "TDS protocol error: \(what)"
    }
}
