/// DONE, DONEPROC or DONEINPROC: the end of a statement, a procedure, or a statement in a procedure
/// (MS-TDS 2.2.7.6, 2.2.7.7, 2.2.7.8).
package struct Done: Sendable, Equatable {
    /// Which of the three tokens.
    package enum Kind: Sendable, Equatable {
        case statement, procedure, inProcedure

        fileprivate var token: TokenType {
            switch self {
            case .statement: .done
            case .procedure: .doneProcedure
            case .inProcedure: .doneInProcedure
            }
        }
    }

    /// The status bits.
    package struct Status: OptionSet, Sendable, Hashable {
        /// The bits.
        package let rawValue: UInt16
        /// The given bits.
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        /// More results of the request follow.
        package static let more = Status(rawValue: 0x0001)
        /// The statement failed; an ERROR came before.
        package static let error = Status(rawValue: 0x0002)
        /// A transaction is open.
        package static let inTransaction = Status(rawValue: 0x0004)
        /// The row count is valid.
        package static let count = Status(rawValue: 0x0010)
        /// The server acknowledges an attention.
        package static let attention = Status(rawValue: 0x0020)
        /// A severe error: the result is to be thrown away.
        package static let serverError = Status(rawValue: 0x0100)
    }

    /// Which of the three tokens.
    package var kind: Kind
    /// The status bits.
    package var status: Status
    /// The number of the statement's kind, such as 193 for SELECT.
    package var command: UInt16
    /// Rows, valid with ``Status/count``.
    package var rowCount: UInt64

    /// A token.
    package init(_ kind: Kind, status: Status = [], command: UInt16 = 0, rowCount: UInt64 = 0) {
        self.kind = kind
        self.status = status
        self.command = command
        self.rowCount = rowCount
    }

    init(_ kind: Kind, from reader: inout ByteReader) throws(TDSProtocolError) {
        self.kind = kind
        status = Status(rawValue: try reader.integer())
        command = try reader.integer()
        rowCount = try reader.integer()
    }

    /// Appends the token.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(kind.token.rawValue)
        writer.integer(status.rawValue)
        writer.integer(command)
        writer.integer(rowCount)
    }
}
