/// LOGINACK: the login was accepted (MS-TDS 2.2.7.14).
package struct LoginAcknowledgement: Sendable, Equatable {
    /// The TDS version of the session, such as 0x74000004.
    package var tdsVersion: UInt32
    /// The server program's name.
    package var programName: String
    /// The server's version: major, minor and build.
    package var version: PreLogin.Version

    /// An accepted login.
    package init(tdsVersion: UInt32, programName: String, version: PreLogin.Version) {
        self.tdsVersion = tdsVersion
        self.programName = programName
        self.version = version
    }

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        var body = try reader.reader(Int(try reader.integer(UInt16.self)))
        try body.skip(1)
        tdsVersion = try body.bigEndian()
        programName = try body.shortString()
        version = PreLogin.Version(try body.byte(), try body.byte(), try body.bigEndian())
    }

    /// Appends the token.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(TokenType.loginAcknowledgement.rawValue)
        let start = writer.count
        writer.integer(UInt16(0))
        // Interface 1: T-SQL.
        writer.byte(1)
        writer.bigEndian(tdsVersion)
        writer.shortString(programName)
        writer.byte(version.major)
        writer.byte(version.minor)
        writer.bigEndian(version.build)
        writer.patch(UInt16(clamping: writer.count - start - 2), at: start)
    }
}

/// FEATUREEXTACK: the features that the server granted (MS-TDS 2.2.7.11).
package struct FeatureAcknowledgement: Sendable, Equatable {
    /// The granted features with the server's data.
    package var features: [Login7.Feature]

    /// Granted features.
    package init(_ features: [Login7.Feature]) { self.features = features }

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        features = []
        while true {
            let id = try reader.byte()
            if id == 0xFF { return }
            let count = Int(try reader.integer(UInt32.self))
            features.append(Login7.Feature(id: id, data: Array(try reader.slice(count))))
        }
    }

    /// Appends the token.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(TokenType.featureExtensionAcknowledgement.rawValue)
        for feature in features {
            writer.byte(feature.id)
            writer.integer(UInt32(feature.data.count))
            writer.append(feature.data)
        }
        writer.byte(0xFF)
    }
}
