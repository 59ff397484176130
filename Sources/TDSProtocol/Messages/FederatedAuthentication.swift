/// What the FEDAUTH feature of LOGIN7 asks for (MS-TDS 2.2.6.4, FeatureExt FEDAUTH).
package struct FederatedAuthenticationRequest: Sendable, Equatable {
    /// Where the token comes from.
    package enum Library: Sendable, Equatable {
        /// The client has a token and sends it along.
        case securityToken(String)
        /// The client gets a token when FEDAUTHINFO has told it from whom; with the workflow's number (1 password,
        /// 2 integrated, 3 interactive).
        case workflow(UInt8)
    }

    /// Where the token comes from.
    package var library: Library
    /// What the server said of FEDAUTHREQUIRED in its PRELOGIN.
    package var echo: Bool

    /// A request.
    package init(_ library: Library, echo: Bool) {
        self.library = library
        self.echo = echo
    }

    private static let securityTokenLibrary: UInt8 = 0x01
    private static let activeDirectoryLibrary: UInt8 = 0x02

    /// Reads the feature's data.
    package init(data: [UInt8]) throws(TDSProtocolError) {
        var reader = ByteReader(data)
        let options = try reader.byte()
        echo = options & 1 != 0
        switch options >> 1 {
        case Self.securityTokenLibrary: library = .securityToken(try reader.token())
        case Self.activeDirectoryLibrary: library = .workflow(try reader.byte())
        default: throw reader.failure("\(options >> 1) is no library of federated authentication")
        }
    }

    /// The feature with this data.
    package var feature: Login7.Feature {
        var data = ByteWriter()
        switch library {
        case .securityToken(let token):
            data.byte(Self.securityTokenLibrary << 1 | (echo ? 1 : 0))
            data.token(token)
        case .workflow(let workflow):
            data.byte(Self.activeDirectoryLibrary << 1 | (echo ? 1 : 0))
            data.byte(workflow)
        }
        return Login7.Feature(id: Login7.Feature.federatedAuthentication, data: data.bytes)
    }
}

/// The message in which a client sends its token after FEDAUTHINFO (MS-TDS 2.2.6.3).
package struct FederatedAuthenticationToken: Sendable, Equatable {
    /// The token's text.
    package var token: String

    /// A token.
    package init(_ token: String) { self.token = token }

    /// Reads the payload of the message.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        var reader = ByteReader(payload)
        var data = try reader.reader(Int(try reader.integer(UInt32.self)))
        token = try data.token()
    }

    /// The payload of the message.
    package func encoded() -> [UInt8] {
        var data = ByteWriter()
        data.token(token)
        var writer = ByteWriter()
        writer.integer(UInt32(data.count))
        writer.append(data.bytes)
        return writer.bytes
    }
}

/// FEDAUTHINFO: where the client gets its token (MS-TDS 2.2.7.12).
package struct FederatedAuthenticationInformation: Sendable, Equatable {
    /// The authority's address.
    package var authority: String
    /// The name of the service for which the token is.
    package var resource: String

    /// Where a token is to be had, and for what.
    package init(authority: String, resource: String) {
        self.authority = authority
        self.resource = resource
    }

    private static let authorityID: UInt8 = 0x01
    private static let resourceID: UInt8 = 0x02

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        self.init(authority: "", resource: "")
        // The offsets count from the first byte after the token's length.
        let all = ByteReader(Array(try reader.slice(Int(try reader.integer(UInt32.self)))))
        var body = all
        for _ in 0..<min(try body.integer(UInt32.self), 64) {
            let id = try body.byte()
            let count = Int(try body.integer(UInt32.self))
            var data = try all.reader(at: Int(try body.integer(UInt32.self)), count: count)
            let text = try data.utf16(count / 2)
            if id == Self.authorityID { authority = text }
            if id == Self.resourceID { resource = text }
        }
    }

    /// Appends the token.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(TokenType.federatedAuthenticationInfo.rawValue)
        var texts = ByteWriter()
        var body = ByteWriter()
        body.integer(UInt32(2))
        let optionsSize = 4 + 2 * 9
        for (id, text) in [(Self.authorityID, authority), (Self.resourceID, resource)] {
            let start = texts.count
            texts.utf16(text)
            body.byte(id)
            body.integer(UInt32(texts.count - start))
            body.integer(UInt32(optionsSize + start))
        }
        writer.integer(UInt32(body.count + texts.count))
        writer.append(body.bytes)
        writer.append(texts.bytes)
    }
}

extension ByteReader {
    /// A token's text with its length in bytes before it.
    fileprivate mutating func token() throws(TDSProtocolError) -> String {
        let count = Int(try integer(UInt32.self))
        guard count % 2 == 0 else { throw failure("a token of \(count) bytes, with half a character") }
        return try utf16(count / 2)
    }
}

extension ByteWriter {
    /// Appends a token's text with its length in bytes before it.
    fileprivate mutating func token(_ text: String) {
        let start = count
        integer(UInt32(0))
        utf16(text)
        patch(UInt32(count - start - 4), at: start)
    }
}
