package import CommandLineTools

extension MSSQLProgram {
    /// The whole command line.
    package static let description = CommandDescription(
        name: "mssql",
        summary: "Works with SQL Server, Azure SQL and Microsoft Fabric, or with a server of its own.",
        discussion: """
            The server is named by --url or by MSSQL_URL: a URL, or an ADO.NET connection string.

              mssql://user@host:1433/database?encrypt=require&caFile=ca.pem
              Server=host,1433;Database=shop;User ID=user;Encrypt=Mandatory

            The password comes from --password-file, --password-stdin, the URL, MSSQL_PASSWORD, or a prompt, whichever \
            is there first. A password in --url is only accepted for a server on this machine, because others can see \
            the arguments of a process; MSSQL_URL may hold one for any server.

            Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 the work failed, 2 the command line \
            is wrong, 3 no connection or the login was refused.
            """,
        options: [
            .value("url", "URL", "The server; default MSSQL_URL."),
            .value("password-file", "FILE", "Reads the login's password from a file."),
            .flag("password-stdin", "Reads the login's password from stdin."),
            OutputFormat.option,
        ],
        subcommands: [ServeCommand.description, PingCommand.description, QueryCommand.description])
}
