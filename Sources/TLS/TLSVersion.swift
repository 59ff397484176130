import COpenSSL

/// A version of the TLS protocol.
///
/// Older ones than 1.2 are not offered.
package enum TLSVersion: Int, Sendable, Comparable, CaseIterable {
    /// TLS 1.2, the newest one that works inside TDS 7.4 packets.
    case tls12
    /// TLS 1.3, for TDS 8.0 ("strict"), where TLS comes before the first TDS packet.
    case tls13

    /// The number that OpenSSL and the wire use.
    var wireValue: Int32 {
        switch self {
        case .tls12: TLS1_2_VERSION
        case .tls13: TLS1_3_VERSION
        }
    }

    package static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
