/// The collation of character data: language, comparison flags and sort order (MS-TDS 2.2.5.1.2).
package struct Collation: Sendable, Hashable {
    /// The LCID in the low 20 bits, then the comparison flags and the version.
    package var info: UInt32
    /// The SQL Server sort order; 0 for a Windows collation.
    package var sortID: UInt8

    /// A collation from its fields on the wire.
    package init(info: UInt32, sortID: UInt8) {
        self.info = info
        self.sortID = sortID
    }

    /// `SQL_Latin1_General_CP1_CI_AS`: LCID 0x0409, ignoring case, kana and width, sort order 52, code page 1252.
    package static let latin1 = Collation(info: 0x00D0_0409, sortID: 52)

    /// Whether `varchar` data is UTF-8 (fUTF8).
    package var isUTF8: Bool { info & 0x0400_0000 != 0 }

    /// Reads the five bytes of a collation.
    package init(from reader: inout ByteReader) throws(TDSProtocolError) {
        info = try reader.integer()
        sortID = try reader.byte()
    }

    /// Appends the five bytes of the collation.
    package func encode(into writer: inout ByteWriter) {
        writer.integer(info)
        writer.byte(sortID)
    }
}
