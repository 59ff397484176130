package import SQLValues

/// What the network side knows of the connection under a session (sys.dm_exec_connections).
package struct ConnectionFacts: Sendable, Equatable {
    /// An address and a port.
    package struct End: Sendable, Equatable {
        package var address: String
        package var port: Int
    }

    package var id: SQLUniqueIdentifier
    /// When the client connected, in ticks of local time.
    package var connected: Int
    package var isEncrypted: Bool
    /// The version of TDS that client and server speak, such as 0x74000004.
    package var protocolVersion: UInt32
    package var packetSize: Int
    /// Nil when the system no longer tells.
    package var client: End?
    package var server: End?
}
