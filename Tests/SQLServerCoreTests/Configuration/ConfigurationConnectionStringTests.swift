import SQLServerCore
import SQLValues
import Testing

@Suite("An ADO.NET connection string")
struct ConfigurationConnectionStringTests {
    private func read(_ text: String) throws -> SQLServerConfiguration {
        try SQLServerConfiguration(connectionString: text)
    }

    private func message(_ text: String) -> String {
        let error = #expect(throws: SQLServerError.self) { try SQLServerConfiguration(connectionString: text) }
        #expect(error?.code == .configuration)
        return error?.message ?? ""
    }

    @Test func givesEverySettingThatIsSupported() throws {
        let text = """
            Data Source=tcp:db.example.com,1444;Initial Catalog=shop;User ID=app;Password=pw;Encrypt=Strict;
            Host Name In Certificate=name;Connect Timeout=5;Command Timeout=0;Packet Size=4096;Application Name=a b;
            Application Intent=ReadOnly;Workstation ID=w;Min Pool Size=1;Max Pool Size=2;Current Language=Deutsch;
            Cancel Timeout=3;Code Page=65001
            """
        #expect(
            try read(text)
                == SQLServerConfiguration(
                    host: "db.example.com", port: 1444, database: "shop", userName: "app", password: "pw",
                    applicationName: "a b", workstationID: "w", language: "Deutsch", codePage: .utf8,
                    encryption: .strict, hostNameInCertificate: "name", connectTimeout: .seconds(5),
                    commandTimeout: nil, cancelTimeout: .seconds(3), packetSize: 4096, applicationIntent: .readOnly,
                    minimumPoolSize: 1, maximumPoolSize: 2))
    }

    @Test func isReadAsTheAzurePortalWritesIt() throws {
        let text =
            "Server=tcp:x.database.windows.net,1433;Initial Catalog=d;Persist Security Info=False;User ID=u;Password=p;"
            + "MultipleActiveResultSets=False;Encrypt=True;TrustServerCertificate=False;Connection Timeout=30;"
        #expect(
            try read(text)
                == SQLServerConfiguration(
                    host: "x.database.windows.net", database: "d", userName: "u", password: "p",
                    connectTimeout: .seconds(30)))
    }

    @Test(arguments: ["Data Source", "Server", "ADDRESS", "addr", "Network Address"])
    func knowsTheSynonymsOfTheServer(keyword: String) throws {
        #expect(try read("\(keyword)=h").host == "h")
    }

    @Test(arguments: [
        ("Database", SQLServerConfiguration(host: "h", database: "value")),
        ("Initial Catalog", SQLServerConfiguration(host: "h", database: "value")),
        ("Language", SQLServerConfiguration(host: "h", language: "value")),
        ("WSID", SQLServerConfiguration(host: "h", workstationID: "value")),
        ("App", SQLServerConfiguration(host: "h", applicationName: "value")),
        ("CodePage", SQLServerConfiguration(host: "h", codePage: .windows1251)),
        ("HostNameInCertificate", SQLServerConfiguration(host: "h", hostNameInCertificate: "value")),
    ])
    func knowsSynonyms(keyword: String, expected: SQLServerConfiguration) throws {
        let value = expected.codePage.map { "\($0.number)" } ?? "value"
        #expect(try read("Server=h;\(keyword)=\(value)") == expected)
    }

    @Test(arguments: ["UID", "User", "User ID"], ["PWD", "Password"])
    func knowsTheSynonymsOfTheLogin(user: String, password: String) throws {
        let read = try read("\(user)=u;\(password)=p;Server=h")
        #expect(read.userName == "u")
        #expect(read.password.reveal() == "p")
    }

    @Test(arguments: ["Connect Timeout", "Connection Timeout", "ConnectTimeout", "timeout"])
    func knowsTheSynonymsOfTheTimeout(keyword: String) throws {
        #expect(try read("Server=h;\(keyword)=7").connectTimeout == .seconds(7))
    }

    @Test(arguments: [
        ("PWD=\"a;b\"", "a;b"), ("PWD='a;b'", "a;b"), ("PWD='it''s'", "it's"), ("PWD=\"say \"\"hi\"\"\"", "say \"hi\""),
        ("PWD='\"'", "\""), ("PWD=\"'\"", "'"), ("PWD= a b ", "a b"), ("PWD=' a '", " a "), ("PWD=a=b==", "a=b=="),
        ("PWD=''", ""), ("PWD=", ""), ("PWD=it's", "it's"), (" ; PWD = 'x' ; ", "x"), ("PWD={a}", "{a}"),
        ("PWD=a;PWD=b", "b"), ("Password=a;PWD=b;password=c", "c"), ("PWD=a;PWD=", ""), ("PWD='a\tb'", "a\tb"),
        ("PWD=a\nb", "a\nb"), ("PWD='\u{301};'", "\u{301};"),
    ])
    func followsTheGrammar(pair: String, password: String) throws {
        #expect(try read("Server=h;\(pair)").password.reveal() == password)
    }

    @Test(
        arguments: [
            ("h", "h", nil, 1433), ("h,99", "h", nil, 99), (" h , 99 ", "h", nil, 99), ("tcp:h,99", "h", nil, 99),
            ("TCP:h", "h", nil, 1433), (".", "localhost", nil, 1433), ("(local)", "localhost", nil, 1433),
            ("(LOCAL),99", "localhost", nil, 99), ("localhost", "localhost", nil, 1433), ("h\\i,99", "h", "i", 99),
            ("h\\MSSQLSERVER", "h", "MSSQLSERVER", 1433), ("10.0.0.1,99", "10.0.0.1", nil, 99),
            ("::1,99", "::1", nil, 99),
            ("tcp:::1", "::1", nil, 1433), ("[::1],99", "::1", nil, 99), (".\\i,5", "localhost", "i", 5),
        ] as [(String, String, String?, Int)])
    func readsTheDataSource(text: String, host: String, instance: String?, port: Int) throws {
        let read = try read("Server=\(text)")
        #expect(read.host == host)
        #expect(read.instanceName == instance)
        #expect(read.port == port)
    }

    @Test(arguments: [
        ("np:\\\\h\\pipe", "named pipes"), ("\\\\h\\pipe\\sql", "named pipe"), ("lpc:h", "shared memory"),
        ("admin:h", "the admin connection"), ("h\\SQLEXPRESS", "give the port: host\\SQLEXPRESS,port"),
        ("(localdb)\\v11", "Windows only"), ("h:1433", "a port follows a comma"), ("h,x", "port after the comma"),
        ("h,0", "port after the comma"), ("h,65536", "port after the comma"), (",1", "there is no host"),
        ("h\\,1", "no instance name"), ("a b", "no host name may hold"), ("", "there is no host"),
    ])
    func saysWhyADataSourceIsRefused(text: String, expected: String) {
        #expect(message("Server=\(text)").contains(expected))
    }

    @Test(arguments: [
        ("Sever=h", "no keyword \"Sever\"; did you mean \"Server\"?"),
        ("Server=h;Trust_Server_Certificate=true", "did you mean \"Trust Server Certificate\"?"),
        ("Server=h;Multi Subnet=1;", "\"Multi Subnet\""), ("Server=h;Zebra=1", "no keyword \"Zebra\"; Microsoft"),
        ("Database=d", "Data Source (Server) is missing"), ("", "Data Source (Server) is missing"),
        ("Server=h;Encrypt=maybe", "Encrypt is \"maybe\""), ("Server=h;TrustServerCertificate=1", "true or false"),
        ("Server=h;Packet Size=big", "Packet Size is \"big\"; it must be a whole number"),
        ("Server=h;Connect Timeout=0", "waiting forever"), ("Server=h;ApplicationIntent=Write", "ReadWrite, ReadOnly"),
        ("Server=h;Min Pool Size=9;Max Pool Size=3", "minimum pool size is 9"), ("Server", "has no = and no value"),
        ("Server=h;=1", "= without a keyword"), ("Server='h", "not closed (at character 8)"),
        ("Server='h'x", "text follows the closing quote"), ("Server=h'", "ends with a quote"),
        ("Server=h;PWD=\u{1}", "control character"), ("Ser\u{1}ver=h", "control character"),
        ("Server=h;PWD= =", "begins with ="),
    ])
    func saysWhatIsWrong(text: String, expected: String) {
        let message = message(text)
        #expect(message.contains(expected), "\(message)")
    }

    @Test(arguments: [
        "MultipleActiveResultSets=False", "Multiple Active Result Sets=no", "Persist Security Info=False",
        "Integrated Security=false", "Trusted_Connection=No", "Pooling=True", "Enlist=false", "Enlist=true",
        "Authentication=SqlPassword", "Authentication=Sql Password", "Column Encryption Setting=Disabled",
        "Attestation Protocol=None", "Enclave Attestation Url=", "Failover Partner=", "AttachDBFilename=",
        "Initial File Name=", "Extended Properties=", "User Instance=false", "Type System Version=Latest",
        "Transaction Binding=Implicit Unbind", "Replication=false", "Context Connection=false",
        "Network Library=dbmssocn",
        "Net=DBMSSOCN", "Pool Blocking Period=Auto", "PoolBlockingPeriod=NeverBlock", "ConnectRetryCount=1",
        "Connect Retry Count=0", "Connect Retry Interval=10", "IPAddressPreference=IPv4First", "Server SPN=",
        "FailoverPartnerSPN=", "Load Balance Timeout=0", "Connection Lifetime=0", "MultiSubnetFailover=False",
        "Server Certificate=", "Connection Reset=true", "Transparent Network IP Resolution=true", "Idle Timeout=0",
    ])
    func acceptsUnsupportedKeywordsThatAskForNothing(pair: String) throws {
        #expect(try read("Server=h;\(pair)") == SQLServerConfiguration(host: "h"))
    }

    @Test(arguments: [
        (
            "MultipleActiveResultSets=True",
            "Multiple Active Result Sets=True is not supported; take a second connection"
        ),
        ("Integrated Security=SSPI", "Integrated Security=SSPI is not supported; use a SQL login"),
        ("Trusted_Connection=yes", "Integrated Security=yes is not supported"),
        ("Authentication=Active Directory Default", "Authentication=Active Directory Default is not supported"),
        (
            "Server Certificate=/a.cer",
            "Server Certificate=/a.cer is not supported; it pins one certificate: set caFile"
        ),
        ("Pooling=false", "Pooling=false is not supported; set Max Pool Size=1"),
        ("Failover Partner=other", "Failover Partner=other is not supported"),
        ("MultiSubnetFailover=True", "Multi Subnet Failover=True is not supported"),
        ("Column Encryption Setting=Enabled", "is not supported"), ("AttachDbFilename=a.mdf", "is not supported"),
        ("User Instance=true", "is not supported"), ("Context Connection=true", "is not supported"),
        ("Network Library=dbnmpntw", "Network Library=dbnmpntw is not supported; connections use TCP"),
        ("Type System Version=SQL Server 2005", "is not supported"), ("Connection Lifetime=60", "is not supported"),
        ("Connect Retry Count=5", "is not supported"), ("IP Address Preference=IPv6First", "is not supported"),
        ("Server SPN=MSSQLSvc/h", "is not supported"), ("Persist Security Info=true", "is not supported"),
    ])
    func refusesWhatItDoesNotSupport(pair: String, expected: String) {
        let message = message("Server=h;\(pair)")
        #expect(message.contains(expected), "\(message)")
    }

    @Test(arguments: [
        "Server=h;PWD=hush;hush", "Server=h;PWD=a;hush=b", "Server=h;PWD='hush", "Server=h;PWD='a'hush",
        "Server=h;PWD=hush'",
        "Server=h;PWD=hush\u{1}", "Server=h;PWD==hush", "PWD=hush", "Server=h;PWD=hush;Zebra=1",
    ])
    func neverRepeatsThePassword(text: String) {
        let message = message(text)
        #expect(!message.contains("hush"), "\(message)")
    }

    @Test func explainsAKeywordAfterAPasswordWithoutQuotes() {
        #expect(message("Server=h;PWD=a;b=c").contains("a password that holds a ; must stand in quotes"))
        #expect(message("Server=h;PWD=a;Databse=c").contains("did you mean \"Database\"?"))
        #expect(message("Server=h;PWD='a';Zebra=c").contains("no keyword \"Zebra\""))
    }
}
