import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A TDS server that answers every query with the same bytes, for what no honest server sends.
///
/// It lets everyone in, without encryption, and answers a batch that contains `SELECT` with the tokens that it was
/// given, and every other request with a DONE. The tokens are written by hand from MS-TDS.
public final class CannedTDSServer: Sendable {
    /// The port that the server listens on.
    public var port: Int { server.port }
    private let server: ScriptedTCPServer

    /// Starts a server.
    ///
    /// - Parameter tokens: The answer to every `SELECT`, without the final DONE.
    /// - Throws: When no port is free.
    public init(answeringSelect tokens: [UInt8]) throws {
        server = try ScriptedTCPServer(.conversation { Self.answer($0, tokens) })
    }

    /// Stops listening.
    public func stop() { server.stop() }

    /// A result set of one nullable nvarchar(50) column with one row of raw UTF-16LE bytes.
    public static func textRow(_ utf16: [UInt16]) -> [UInt8] {
        let bytes = littleEndian(utf16)
        return row([0xE7, 100, 0] + collation, [UInt8(bytes.count), 0] + bytes)
    }

    /// A result set of one nullable varchar(50) column with one row of raw bytes of code page 1252.
    public static func textRow(bytes: [UInt8]) -> [UInt8] {
        row([0xA7, 50, 0] + collation, [UInt8(bytes.count), 0] + bytes)
    }

    /// A result set of one nullable xml column with one row, and without a schema collection.
    public static func xmlRow(_ text: String) -> [UInt8] { row([0xF1, 0], partial(littleEndian(Array(text.utf16)))) }

    /// A result set of one nullable column of a CLR type, such as `hierarchyid`, with one row (MS-TDS 2.2.5.5.2).
    public static func clrRow(type: String, _ bytes: [UInt8]) -> [UInt8] {
        func name(_ text: String) -> [UInt8] { [UInt8(text.utf16.count)] + littleEndian(Array(text.utf16)) }
        let assembly = "Microsoft.SqlServer.Types"
        let info = [0xF0, 0xFF, 0xFF] + name("master") + name("sys") + name(type) + name(assembly).prefix(1) + [0]
        return row(info + littleEndian(Array(assembly.utf16)), partial(bytes))
    }

    /// A result set of one nullable int column with one row.
    public static func intRow(_ value: Int32?) -> [UInt8] {
        let bytes = value.map { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } } ?? []
        return row([0x26, 4], [UInt8(bytes.count)] + bytes)
    }

    /// A result set of an xml column, bound to a schema collection or not, and an int column behind it, with one row
    /// (MS-TDS 2.2.5.5.3).
    public static func xmlAndIntRow(_ text: String?, collection: String? = nil, _ number: UInt8) -> [UInt8] {
        func name(_ text: String) -> [UInt8] { [UInt8(text.utf16.count)] + littleEndian(Array(text.utf16)) }
        func column(_ name: UInt8, _ type: [UInt8]) -> [UInt8] { [0, 0, 0, 0, 0x09, 0] + type + [1, name, 0] }
        let schema = collection.map {
            [1] + name("shop") + name("dbo") + name($0).prefix(1) + [0] + name($0).dropFirst()
        }
        let columns = column(0x74, [0xF1] + (schema ?? [0])) + column(0x6E, [0x26, 4])
        let cell = text.map { partial(littleEndian(Array($0.utf16))) } ?? [UInt8](repeating: 0xFF, count: 8)
        return [0x81, 2, 0] + columns + [0xD1] + cell + [4, number, 0, 0, 0]
    }

    /// A result set of one float column with one row.
    public static func floatRow(_ value: Double) -> [UInt8] {
        row([0x6D, 8], [8] + (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) })
    }

    /// A result set of one rowversion column, a binary(8) of user type 80, with one row.
    public static func rowVersionRow(_ bytes: [UInt8]) -> [UInt8] {
        row(userType: 80, [0xAD, 8, 0], [UInt8(bytes.count), 0] + bytes)
    }

    /// A result set of one sql_variant column with an int (MS-TDS 2.2.5.5.4).
    public static func variantRow(_ value: UInt8) -> [UInt8] {
        row([0x62, 0x49, 0x1F, 0, 0], [6, 0, 0, 0, 0x38, 0, value, 0, 0, 0])
    }

    /// SQL_Latin1_General_CP1_CI_AS.
    private static let collation: [UInt8] = [0x09, 0x04, 0xD0, 0x00, 0x34]

    /// COLMETADATA of one nullable column named `t` (MS-TDS 2.2.7.4), and one ROW.
    private static func row(userType: UInt8 = 0, _ type: [UInt8], _ cell: [UInt8]) -> [UInt8] {
        [0x81, 1, 0] + [userType, 0, 0, 0, 0x09, 0] + type + [1, 0x74, 0] + [0xD1] + cell
    }

    /// A partially length-prefixed value in one chunk (MS-TDS 2.2.5.2.3).
    private static func partial(_ bytes: [UInt8]) -> [UInt8] {
        let count = [UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8), 0, 0]
        return count + [0, 0, 0, 0] + (bytes.isEmpty ? [] : count + bytes) + [0, 0, 0, 0]
    }

    private static func littleEndian(_ units: [UInt16]) -> [UInt8] {
        units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    private static func answer(_ packet: [UInt8], _ tokens: [UInt8]) -> [UInt8] {
        switch packet.first {
        case 0x12:
            // PRELOGIN: version 16.0, encryption not supported.
            return framed([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2])
        case 0x10:
            // LOGINACK: TDS 7.4, program name `x`, then DONE.
            return framed([0xAD, 12, 0, 1, 0x74, 0, 0, 4, 1, 0x78, 0, 16, 0, 0, 0] + done(0))
        case 0x06:
            // The acknowledgement of an attention.
            return framed([0xFD, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        default:
            let isSelect = contains(packet, "SELECT")
            return framed((isSelect ? tokens : []) + done(isSelect ? 1 : 0))
        }
    }

    private static func contains(_ packet: [UInt8], _ word: String) -> Bool {
        let pattern: [UInt8] = word.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0 as UInt8] }
        return Data(packet).range(of: Data(pattern)) != nil
    }

    private static func done(_ count: UInt8) -> [UInt8] {
        [0xFD, count > 0 ? 0x10 : 0, 0, 0xC1, 0, count, 0, 0, 0, 0, 0, 0, 0]
    }

    private static func framed(_ payload: [UInt8]) -> [UInt8] {
        let count = payload.count + 8
        return [4, 1, UInt8(count >> 8), UInt8(count & 0xFF), 0, 0, 1, 0] + payload
    }
}
