import CommandLineTools
import MSSQLCommand
import SQLServer
import Testing

@Suite struct PingReportTests {
    private func report(
        _ url: String, _ times: [Duration] = [.microseconds(900), .microseconds(300), .microseconds(400)]
    )
        throws -> PingReport
    {
        PingReport(
            configuration: try SQLServerConfiguration(url: url),
            identity: PingReport.Identity(
                version: "16.0.1000.6", edition: "Developer Edition", database: "shop", login: nil),
            engine: "freeTDS (freetds v1.3.17)", connectTime: .milliseconds(12), roundTrips: times)
    }

    @Test func tableIsGolden() throws {
        try expectGolden(try report("mssql://app:secret-word@db.example.com/shop").table, "ping.table.txt")
    }

    @Test func jsonIsGolden() throws {
        let report = try report(
            "mssql://app:secret-word@localhost/shop?encrypt=off", [.milliseconds(1), .milliseconds(2)])
        try expectGolden(report.json.text(pretty: true) + "\n", "ping.json")
    }

    @Test(arguments: [
        ("encrypt=off", "nothing is encrypted"), ("encrypt=request", "the login only, unless the server demands more"),
        ("encrypt=require&trustServerCertificate=true", "TLS, certificate not verified (trustServerCertificate)"),
        ("caFile=ca.pem", "TLS, certificate verified for db by the authorities of caFile"),
        ("hostNameInCertificate=sql", "TLS, certificate verified for sql by the system's authorities"),
    ])
    func encryptionIsToldAsItIs(setting: String, words: String) throws {
        #expect(try report("mssql://app@db/?\(setting)").json.text().contains(words))
    }
}
