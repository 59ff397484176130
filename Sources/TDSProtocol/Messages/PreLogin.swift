/// The encryption that a side wants, or that the server decided (MS-TDS 2.2.6.5).
package enum EncryptionOption: UInt8, Sendable, Hashable, CaseIterable {
    /// Only LOGIN7 is encrypted.
    case off = 0
    /// Everything is encrypted.
    case on = 1
    /// There is no encryption.
    case notSupported = 2
    /// Everything must be encrypted.
    case required = 3
}

/// PRELOGIN, the first message of each side (MS-TDS 2.2.6.5).
package struct PreLogin: Sendable, Equatable {
    /// Version of the sender: major, minor, build (big-endian), sub-build.
    package struct Version: Sendable, Equatable {
        /// Major version.
        package var major: UInt8
        /// Minor version.
        package var minor: UInt8
        /// Build number.
        package var build: UInt16
        /// Sub-build number.
        package var subBuild: UInt16

        /// A version.
        package init(_ major: UInt8, _ minor: UInt8, _ build: UInt16, _ subBuild: UInt16 = 0) {
            self.major = major
            self.minor = minor
            self.build = build
            self.subBuild = subBuild
        }
    }

    /// The sender's version.
    package var version: Version
    /// What the sender wants of encryption; nil when it does not say.
    package var encryption: EncryptionOption?
    /// From a client the instance it wants, from a server whether it is that one (0 = yes), with the final zero byte.
    package var instance: [UInt8]?
    /// The client's thread number.
    package var threadID: UInt32?
    /// Whether several active result sets are wanted.
    package var isMARS: Bool?
    /// The client's connection and activity identifiers, 36 bytes.
    package var traceID: [UInt8]?
    /// Whether the sender supports federated authentication.
    package var federatedAuthenticationRequired: UInt8?
    /// 32 random bytes for federated authentication.
    package var nonce: [UInt8]?

    /// A PRELOGIN with a version and an encryption.
    package init(version: Version, encryption: EncryptionOption?) {
        self.version = version
        self.encryption = encryption
    }

    private enum Option: UInt8 {
        case version, encryption, instance, threadID, mars, traceID, federatedAuthentication, nonce
    }

    /// Reads the payload of a PRELOGIN; options that are not known are passed over.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        self.init(version: Version(0, 0, 0), encryption: nil)
        var reader = ByteReader(payload)
        while true {
            let rawOption = try reader.byte()
            if rawOption == 0xFF { return }
            let offset = Int(try reader.bigEndian(UInt16.self))
            let count = Int(try reader.bigEndian(UInt16.self))
            guard let option = Option(rawValue: rawOption) else { continue }
            var data = try reader.reader(at: offset, count: count)
            try read(option, from: &data)
        }
    }

    private mutating func read(_ option: Option, from data: inout ByteReader) throws(TDSProtocolError) {
        switch option {
        case .version:
            version = Version(
                try data.byte(), try data.byte(), try data.bigEndian(), data.remaining >= 2 ? try data.integer() : 0)
        case .encryption:
            // The bit 0x80 asks for a client certificate.
            let value = try data.byte()
            guard let known = EncryptionOption(rawValue: value & 0x7F) else {
                throw data.failure("\(value) is no ENCRYPTION option")
            }
            encryption = known
        case .instance: instance = Array(try data.slice(data.remaining))
        case .threadID: threadID = data.remaining >= 4 ? try data.integer() : nil
        case .mars: isMARS = try data.byte() != 0
        case .traceID: traceID = Array(try data.slice(data.remaining))
        case .federatedAuthentication: federatedAuthenticationRequired = try data.byte()
        case .nonce: nonce = Array(try data.slice(data.remaining))
        }
    }

    /// The payload of this PRELOGIN.
    package func encoded() -> [UInt8] {
        var options: [(Option, ByteWriter)] = []
        func add(_ option: Option, _ write: (inout ByteWriter) -> Void) {
            var data = ByteWriter()
            write(&data)
            options.append((option, data))
        }
        add(.version) {
            $0.byte(version.major)
            $0.byte(version.minor)
            $0.bigEndian(version.build)
            $0.integer(version.subBuild)
        }
        if let encryption { add(.encryption) { $0.byte(encryption.rawValue) } }
        if let instance { add(.instance) { $0.append(instance) } }
        if let threadID { add(.threadID) { $0.integer(threadID) } }
        if let isMARS { add(.mars) { $0.byte(isMARS ? 1 : 0) } }
        if let traceID { add(.traceID) { $0.append(traceID) } }
        if let required = federatedAuthenticationRequired { add(.federatedAuthentication) { $0.byte(required) } }
        if let nonce { add(.nonce) { $0.append(nonce) } }
        var writer = ByteWriter()
        var offset = options.count * 5 + 1
        for (option, data) in options {
            writer.byte(option.rawValue)
            writer.bigEndian(UInt16(clamping: offset))
            writer.bigEndian(UInt16(clamping: data.count))
            offset += data.count
        }
        writer.byte(0xFF)
        for (_, data) in options { writer.append(data.bytes) }
        return writer.bytes
    }
}
