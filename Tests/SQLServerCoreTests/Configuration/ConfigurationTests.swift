import SQLServerCore
import Testing

@Suite("A configuration")
struct ConfigurationTests {
    private let ours = SQLServerConfiguration(host: "db", userName: "app", password: "s3cret!")

    @Test func encryptsAndChecksTheCertificateUnlessToldOtherwise() {
        #expect(ours.encryption == .require)
        #expect(!ours.trustServerCertificate)
        #expect(ours.port == 1433)
        #expect(ours.connectTimeout == .seconds(15))
        #expect(ours.commandTimeout == .seconds(30))
        #expect(ours.packetSize == 16_000)
        #expect(ours.engine == .automatic)
    }

    @Test func neverShowsItsPassword() {
        var dumped = ""
        dump(ours, to: &dumped)
        let mirrored = Mirror(reflecting: ours).children.map { "\($0.value)" }.joined()
        for text in ["\(ours)", String(reflecting: ours), dumped, mirrored, "\(ours.password)", "\([ours.password])"] {
            #expect(!text.contains("s3cret!"))
        }
        #expect(ours.password.description == "<redacted>")
        #expect(ours.password.reveal() == "s3cret!")
    }

    @Test func describesItsAddress() {
        #expect("\(ours)" == "app@db:1433 (encrypt: require, engine: automatic)")
        let other = SQLServerConfiguration(
            host: "::1", port: 1, database: "shop", encryption: .strict, engine: .freeTDS)
        #expect("\(other)" == "[::1]:1/shop (encrypt: strict, engine: freetds)")
    }

    @Test func isValidWithAHostAndALogin() throws {
        try ours.validate()
    }

    private static func changed(_ change: (inout SQLServerConfiguration) -> Void) -> SQLServerConfiguration {
        var configuration = SQLServerConfiguration(host: "db", userName: "app", password: "s3cret!")
        change(&configuration)
        return configuration
    }

    @Test(arguments: [
        ("there is no host", changed { $0.host = "" }),
        ("there is no user name", changed { $0.userName = "" }),
        ("port is 0", changed { $0.port = 0 }),
        ("port is 65536", changed { $0.port = 65_536 }),
        ("packet size is 511; it must be 512 to 32767", changed { $0.packetSize = 511 }),
        ("packet size is 32768", changed { $0.packetSize = 32_768 }),
        ("connect timeout", changed { $0.connectTimeout = .zero }),
        ("command timeout", changed { $0.commandTimeout = .seconds(-1) }),
        ("maximum pool size is 0", changed { $0.maximumPoolSize = 0 }),
        ("minimum pool size is 101; it must be 0 to 100", changed { $0.minimumPoolSize = 101 }),
        ("database is 129 characters", changed { $0.database = String(repeating: "d", count: 129) }),
        ("password is 129 characters", changed { $0.password = SQLSecret(String(repeating: "p", count: 129)) }),
        ("user name holds the character U+0000", changed { $0.userName = "a\0b" }),
        (
            "strict encryption always checks",
            changed {
                $0.encryption = .strict
                $0.trustServerCertificate = true
            }
        ),
        (
            "a CA file has no effect",
            changed {
                $0.caFile = "ca.pem"
                $0.trustServerCertificate = true
            }
        ),
    ])
    func saysWhichFieldIsWrong(expected: String, configuration: SQLServerConfiguration) {
        let error = #expect(throws: SQLServerError.self) { try configuration.validate() }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "mssql://app:pw@db/shop", "SQLServer://app:pw@db/shop", " mssql://app:pw@db/shop\n",
        "Server=db;Database=shop;UID=app;PWD=pw", "Data Source=tcp:db;Initial Catalog=shop;User ID=app;Password=pw;",
    ])
    func isMadeFromEitherForm(text: String) throws {
        #expect(
            try SQLServerConfiguration(text)
                == SQLServerConfiguration(host: "db", database: "shop", userName: "app", password: "pw"))
    }
}
