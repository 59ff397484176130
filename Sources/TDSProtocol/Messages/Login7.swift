/// LOGIN7: who logs in, to which database, with what options (MS-TDS 2.2.6.4).
package struct Login7: Sendable, Equatable {
    /// A feature that the client asks for, by number (MS-TDS 2.2.6.4, FeatureExt).
    package struct Feature: Sendable, Equatable {
        /// SESSIONRECOVERY.
        package static let sessionRecovery: UInt8 = 0x01
        /// FEDAUTH.
        package static let federatedAuthentication: UInt8 = 0x02
        /// COLUMNENCRYPTION.
        package static let columnEncryption: UInt8 = 0x04
        /// GLOBALTRANSACTIONS.
        package static let globalTransactions: UInt8 = 0x05
        /// UTF8_SUPPORT.
        package static let utf8Support: UInt8 = 0x0A

        /// The feature's number.
        package var id: UInt8
        /// Its data.
        package var data: [UInt8]

        /// A feature with its data.
        package init(id: UInt8, data: [UInt8] = []) {
            self.id = id
            self.data = data
        }
    }

    /// The TDS version the client wants, such as 0x74000004.
    package var tdsVersion: UInt32 = TDSVersion.tds74
    /// The packet size the client wants.
    package var packetSize: UInt32 = 4096
    /// Version of the client's library.
    package var clientProgramVersion: UInt32 = 0
    /// The client's process number.
    package var clientProcessID: UInt32 = 0
    /// The connection's number, deprecated.
    package var connectionID: UInt32 = 0
    /// Byte order, character set, number format, USE DB and SET LANGUAGE options.
    package var optionFlags1: UInt8 = 0xE0
    /// fLanguage (0x01), fODBC (0x02), fIntSecurity (0x80).
    package var optionFlags2: UInt8 = 0x03
    /// SQL type, fReadOnlyIntent (0x20).
    package var typeFlags: UInt8 = 0
    /// fChangePassword (0x01), fUserInstance (0x04), fExtension (0x10).
    package var optionFlags3: UInt8 = 0
    /// The client's time zone in minutes, deprecated.
    package var clientTimeZone: Int32 = 0
    /// The client's language.
    package var clientLCID: UInt32 = 0x0409
    /// The client machine's name.
    package var hostName = ""
    /// The login.
    package var userName = ""
    /// The password in clear.
    package var password = ""
    /// The client program's name.
    package var applicationName = ""
    /// The server's name as the client knows it.
    package var serverName = ""
    /// The client library's name.
    package var libraryName = ""
    /// The first language of the session; empty for the login's.
    package var language = ""
    /// The first database of the session; empty for the login's.
    package var database = ""
    /// The client's hardware address, 6 bytes.
    package var clientID: [UInt8] = [0, 0, 0, 0, 0, 0]
    /// SSPI data for integrated authentication.
    package var sspi: [UInt8] = []
    /// File to attach as a database.
    package var attachedFile = ""
    /// A new password, when fChangePassword is set.
    package var newPassword = ""
    /// The features that the client asks for, in order.
    package var features: [Feature] = []

    /// A LOGIN7 with the defaults of an ODBC client.
    package init() {}

    /// Whether the session starts with ODBC's SET options (fODBC).
    package var isODBC: Bool { optionFlags2 & 0x02 != 0 }
    /// Whether the client wants integrated (SSPI) authentication (fIntSecurity).
    package var usesIntegratedSecurity: Bool { optionFlags2 & 0x80 != 0 }
    /// The feature with a number, when the client asked for it.
    package func feature(_ id: UInt8) -> Feature? { features.first { $0.id == id } }
}

/// Versions of the protocol as LOGIN7 and LOGINACK carry them.
package enum TDSVersion {
    /// TDS 7.3, revision A (SQL Server 2008).
    package static let tds73A: UInt32 = 0x730A_0003
    /// TDS 7.3, revision B (SQL Server 2008 R2).
    package static let tds73B: UInt32 = 0x730B_0003
    /// TDS 7.4 (SQL Server 2012 and later).
    package static let tds74: UInt32 = 0x7400_0004
    /// TDS 8.0 (SQL Server 2022, strict encryption).
    package static let tds80: UInt32 = 0x0800_0000
}
