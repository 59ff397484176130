extension SQLServerConfiguration {
    /// Finds what no connection can be made with: a missing name, a value out of range, settings that contradict.
    ///
    /// Connecting calls it first, so that a wrong configuration fails before anything is sent.
    ///
    /// ```swift
    /// var configuration = try SQLServerConfiguration("Server=localhost;Database=shop")
    /// configuration.userName = "app"
    /// try configuration.validate()
    /// ```
    ///
    /// - Throws: A ``SQLServerError`` with the code `configuration` that names the field.
    public func validate() throws(SQLServerError) {
        try validateFields()
        guard !userName.isEmpty else {
            throw .configuration("there is no user name; give the login's name and password")
        }
    }

    /// Checks everything but the login, which may be filled in after parsing.
    func validateFields() throws(SQLServerError) {
        guard !host.isEmpty else { throw .configuration("there is no host; give the server's name or address") }
        try check("port", port, in: 1...65_535)
        try check("packet size", packetSize, in: 512...32_767)
        try check("maximum pool size", maximumPoolSize, in: 1...32_767)
        try check("minimum pool size", minimumPoolSize, in: 0...maximumPoolSize)
        guard connectTimeout > .zero else {
            throw .configuration("the connect timeout must be more than 0 seconds; waiting forever is not supported")
        }
        if let commandTimeout, commandTimeout <= .zero {
            throw .configuration("the command timeout must be more than 0 seconds, or nil for no limit")
        }
        guard cancelTimeout > .zero else { throw .configuration("the cancel timeout must be more than 0 seconds") }
        try validateTexts()
        try validateEncryption()
    }

    /// LOGIN7 holds at most 128 UTF-16 units of each of these (MS-TDS 2.2.6.4), and C strings end at U+0000.
    private func validateTexts() throws(SQLServerError) {
        let texts = [
            ("user name", userName), ("password", password.reveal()), ("database", database ?? ""),
            ("application name", applicationName), ("workstation ID", workstationID ?? ""),
            ("language", language ?? ""),
        ]
        for (name, text) in texts where text.utf16.count > 128 {
            throw .configuration("the \(name) is \(text.utf16.count) characters long; SQL Server allows 128")
        }
        let others = [
            ("host", host), ("instance name", instanceName ?? ""), ("CA file", caFile ?? ""),
            ("host name in the certificate", hostNameInCertificate ?? ""),
        ]
        for (name, text) in texts + others where text.utf8.contains(0) {
            throw .configuration("the \(name) holds the character U+0000, which no name or password may hold")
        }
    }

    private func validateEncryption() throws(SQLServerError) {
        guard trustServerCertificate else { return }
        guard encryption != .strict else {
            throw .configuration("strict encryption always checks the certificate; leave trustServerCertificate out")
        }
        guard caFile == nil else {
            throw .configuration(
                "trustServerCertificate accepts every certificate, so a CA file has no effect; give one of them")
        }
    }

    private func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(SQLServerError) {
        guard range.contains(value) else {
            throw .configuration("the \(name) is \(value); it must be \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

extension SQLServerError {
    /// An error of the configuration.
    static func configuration(_ message: String) -> SQLServerError { SQLServerError(.configuration, message) }
}
