import SQLServerCore
import SQLValues
import Testing

@Suite("The URL of a server")
struct ConfigurationURLTests {
    @Test func givesEveryPart() throws {
        let read = try SQLServerConfiguration(
            url: "mssql://user:password@host:1444/database?encrypt=strict&engine=native&hostNameInCertificate=name"
                + "&connectTimeout=5&commandTimeout=60&packetSize=4096&applicationIntent=readOnly&applicationName=a%20b"
                + "&workstationID=w&instanceName=i&language=Deutsch&minPoolSize=1&maxPoolSize=2&caFile=%2Fca.pem"
                + "&cancelTimeout=3&codePage=1250")
        #expect(
            read
                == SQLServerConfiguration(
                    host: "host", port: 1444, instanceName: "i", database: "database", userName: "user",
                    password: "password", applicationName: "a b", workstationID: "w", language: "Deutsch",
                    codePage: .windows1250, encryption: .strict, caFile: "/ca.pem", hostNameInCertificate: "name",
                    connectTimeout: .seconds(5), commandTimeout: .seconds(60), cancelTimeout: .seconds(3),
                    packetSize: 4096, applicationIntent: .readOnly, engine: .native,
                    minimumPoolSize: 1, maximumPoolSize: 2))
    }

    @Test(arguments: [
        ("mssql://host", "host", 1433), ("sqlserver://host", "host", 1433), ("MSSQL://host:1/", "host", 1),
        ("mssql://[::1]", "::1", 1433), ("mssql://[fe80::1]:1444/db", "fe80::1", 1444), ("mssql://host?", "host", 1433),
        ("mssql://u:p@10.0.0.1:99", "10.0.0.1", 99), ("mssql://host:", "host", 1433),
    ])
    func givesTheAddress(url: String, host: String, port: Int) throws {
        let read = try SQLServerConfiguration(url: url)
        #expect(read.host == host)
        #expect(read.port == port)
    }

    @Test(arguments: [
        ("mssql://u%40d:p%40%3A%2F%3F%23@h", "u@d", "p@:/?#"), ("mssql://u:a:b@h", "u", "a:b"),
        ("mssql://u:a@b@h", "u", "a@b"), ("mssql://u@h", "u", ""), ("mssql://:p@h", "", "p"),
        ("mssql://u:p%C3%A4ss%20w%F0%9F%90%98@h", "u", "päss w🐘"), ("mssql://u:100%25@h", "u", "100%"),
        ("mssql://u:a+b@h", "u", "a+b"),
    ])
    func givesTheLogin(url: String, userName: String, password: String) throws {
        let read = try SQLServerConfiguration(url: url)
        #expect(read.userName == userName)
        #expect(read.password.reveal() == password)
    }

    @Test(
        arguments: [
            ("off", .off), ("request", .request), ("optional", .request), ("false", .request), ("require", .require),
            ("mandatory", .require), ("TRUE", .require), ("strict", .strict),
        ] as [(String, SQLServerConfiguration.Encryption)])
    func readsTheWordsForEncryption(word: String, encryption: SQLServerConfiguration.Encryption) throws {
        #expect(try SQLServerConfiguration(url: "mssql://h?encrypt=\(word)").encryption == encryption)
    }

    @Test func readsNamesInAnyCaseAndZeroAsNoLimit() throws {
        let read = try SQLServerConfiguration(
            url: "mssql://h?TRUSTservercertificate=yes&commandtimeout=0&Engine=FreeTDS")
        #expect(read.trustServerCertificate)
        #expect(read.commandTimeout == nil)
        #expect(read.engine == .freeTDS)
    }

    @Test(arguments: [
        ("postgres://h", "must begin with mssql://"), ("mssql://", "there is no host"),
        ("mssql:///db", "there is no host"),
        ("mssql://h?encypt=off", "no setting \"encypt\"; did you mean \"encrypt\"?"),
        ("mssql://h?connect_timeout=1", "did you mean \"connectTimeout\"?"),
        ("mssql://h?zzz=1", "no setting \"zzz\"; there are encrypt, "),
        ("mssql://h?engine=native&Engine=native", "engine is given twice"),
        ("mssql://h?engine", "\"engine\" has no value"),
        ("mssql://h?encrypt=maybe", "encrypt is \"maybe\"; it must be off, request"),
        ("mssql://h?engine=odbc", "engine is \"odbc\"; it must be automatic, freetds, native"),
        ("mssql://h?connectTimeout=0", "waiting forever"), ("mssql://h?connectTimeout=-1", "connectTimeout is \"-1\""),
        ("mssql://h?commandTimeout=99999999999", "a number of seconds"),
        ("mssql://h?cancelTimeout=0", "waiting forever"),
        (
            "mssql://h?codePage=932",
            "codePage is \"932\"; it must be the number of a code page: 874, 1250 to 1258, 65001"
        ),
        ("mssql://h?codePage=latin1", "codePage is \"latin1\""), ("mssql://h?packetSize=1", "packet size is 1;"),
        ("mssql://h?trustServerCertificate=1", "true or false"), ("mssql://[::1", "closing bracket"),
        ("mssql://[::1]x", "after the IPv6 address"), ("mssql://h:99999", "port is 99999"),
        ("mssql://h:99999999999999999999", "the port is not a number"), ("mssql://h:+1", "the port is not a number"),
        ("mssql://h/a/b", "one database name"), ("mssql://h/%zz", "the database is not percent-encoded UTF-8"),
        ("mssql://h/%ff", "the database is not percent-encoded UTF-8"), ("mssql://h/%4", "percent-encoded"),
        ("mssql://h/%00", "the database holds the character U+0000"), ("mssql://h#x", "it holds a #"),
    ])
    func saysWhatIsWrong(url: String, expected: String) {
        let error = #expect(throws: SQLServerError.self) { try SQLServerConfiguration(url: url) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "mssql://u:hush/hush@h/db", "mssql://u:hush?hush@h/db", "mssql://u:hush#hush@h/db", "mssql://u:hush%hush@h",
        "mssql://sa:hush/db", "mssql://u:hush@h:hush", "http://u:hush@h", "mssql://u:hush@h/db?encypt=1",
        "mssql://u:hush@h/a/b", "mssql://u:hush@[::1", "mssql://u:hu%00sh@h",
    ])
    func neverRepeatsThePassword(url: String) {
        let error = #expect(throws: SQLServerError.self) { try SQLServerConfiguration(url: url) }
        #expect(error.map { "\($0)" }?.contains("hush") == false)
        #expect(error.map { "\($0)" }?.contains(url) == false)
    }
}
