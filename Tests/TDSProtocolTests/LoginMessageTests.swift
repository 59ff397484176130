import SQLValues
import TDSProtocol
import Testing

@Suite struct LoginMessageTests {
    /// MS-TDS 4.1.
    static let preLogin = hex(
        """
        00 00 1A 00 06 01 00 20 00 01 02 00 21 00 01 03 00 22 00 04 04 00 26 00 01 FF
        09 00 00 00 00 00 01 00 B8 0D 00 00 01
        """)

    /// MS-TDS 4.3.
    static let login = hex(
        """
        88 00 00 00 02 00 09 72 00 10 00 00 00 00 00 07 00 01 00 00 00 00 00 00
        E0 03 00 00 00 00 00 00 09 04 00 00 5E 00 08 00 6E 00 02 00 72 00 00 00 72 00 07 00 80 00 00 00
        80 00 00 00 80 00 04 00 88 00 00 00 88 00 00 00 00 50 8B E2 B7 8F 88 00 00 00 88 00 00 00 88 00
        00 00 00 00 00 00 73 00 6B 00 6F 00 73 00 74 00 6F 00 76 00 31 00 73 00 61 00 4F 00 53 00 51 00
        4C 00 2D 00 33 00 32 00 4F 00 44 00 42 00 43 00
        """)

    @Test func preLoginOfTheSpecificationIsRead() throws {
        let message = try PreLogin(payload: Self.preLogin)
        #expect(message.version == PreLogin.Version(9, 0, 0))
        #expect(message.encryption == .on)
        #expect(message.instance == [0])
        #expect(message.threadID == 3512)
        #expect(message.isMARS == true)
        #expect(message.encoded() == Self.preLogin)
    }

    @Test func allPreLoginOptionsComeBack() throws {
        var message = PreLogin(version: PreLogin.Version(16, 0, 1000, 6), encryption: .required)
        message.instance = Array("MSSQLServer\0".utf8)
        message.threadID = 1
        message.isMARS = false
        message.traceID = Array(0..<36)
        message.federatedAuthenticationRequired = 1
        message.nonce = Array(0..<32)
        #expect(try PreLogin(payload: message.encoded()) == message)
    }

    @Test(arguments: ["", "00", "00 00 06 00 06 FF", "01 00 06 00 01 FF 09", "00 FF FF 00 06 FF"])
    func aDamagedPreLoginIsRefused(bytes: String) {
        #expect(throws: TDSProtocolError.self) { try PreLogin(payload: hex(bytes)) }
    }

    @Test func login7OfTheSpecificationIsRead() throws {
        let login = try Login7(payload: Self.login)
        #expect(login.tdsVersion == 0x7209_0002)
        #expect(login.packetSize == 4096)
        #expect(login.clientProgramVersion == 0x0700_0000)
        #expect(login.clientProcessID == 256)
        #expect(login.isODBC)
        #expect(!login.usesIntegratedSecurity)
        #expect(login.hostName == "skostov1")
        #expect(login.userName == "sa")
        #expect(login.password.isEmpty)
        #expect(login.applicationName == "OSQL-32")
        #expect(login.libraryName == "ODBC")
        #expect(login.clientID == hex("00 50 8B E2 B7 8F"))
        #expect(login.features.isEmpty)
        #expect(try login.encoded() == Self.login)
    }

    /// Nibbles swapped, then XOR 0xA5: "a" = 61 00 becomes 16^A5 = B3, 00^A5 = A5.
    @Test func passwordsAreObscuredAsTheSpecificationSays() throws {
        var login = Login7()
        login.password = "a"
        let payload = try login.encoded()
        #expect(Array(payload.suffix(2)) == hex("B3 A5"))
        #expect(try Login7(payload: payload).password == "a")
    }

    @Test func allFieldsOfLogin7ComeBack() throws {
        var login = Login7()
        login.hostName = "höst"
        login.userName = "ünïcode"
        login.password = "Embedded!2026 €日"
        login.applicationName = "app"
        login.serverName = "127.0.0.1"
        login.libraryName = "swift"
        login.language = "us_english"
        login.database = "master"
        login.attachedFile = "x.mdf"
        login.newPassword = "new"
        login.sspi = [1, 2, 3]
        login.features = [
            Login7.Feature(id: Login7.Feature.utf8Support, data: [1]), Login7.Feature(id: 2, data: [5, 0, 0, 0, 0]),
        ]
        let read = try Login7(payload: try login.encoded())
        #expect(read.optionFlags3 & 0x10 != 0)
        login.optionFlags3 = read.optionFlags3
        #expect(read == login)
    }

    @Test func fieldsThatPointOutsideOfLogin7AreRefused() {
        var payload = Self.login
        payload[36] = 0xF0
        payload[37] = 0xFF
        #expect(throws: TDSProtocolError.self) { try Login7(payload: payload) }
        #expect(throws: TDSProtocolError.self) { try Login7(payload: Array(Self.login.prefix(90))) }
    }
}
