/// Texts that would change a statement if they became a part of it.
public enum HostileText {
    /// At least forty, each with another idea.
    public static let all: [String] = [
        "'", "''", "' OR '1'='1", "' OR 1=1 --", "'; DROP TABLE dbo.Victims; --", "'; SHUTDOWN WITH NOWAIT; --",
        "x'; EXEC xp_cmdshell 'dir'; --", "') OR ('1'='1", "' UNION SELECT name, 1 FROM sys.sql_logins --",
        "admin'--", "admin'/*", "*/ DROP TABLE dbo.Victims /*", "/* nested /* comment */", "-- comment",
        "--\n; DROP TABLE dbo.Victims", "\r\nGO\r\nDROP TABLE dbo.Victims\r\nGO\r\n", "@p1", "@p2 = 1", "@@VERSION",
        "?",
        ":p1", "$1", "%s %d %n", "{fn user()}", "\\'; DROP TABLE dbo.Victims; --", "\\", "\"", "\" OR \"\"=\"", "`",
        "[",
        "]", "]]", "[]]", "]; DROP TABLE dbo.Victims; --", "]]; DROP TABLE dbo.Victims; --",
        "1; WAITFOR DELAY '0:0:10'",
        "1) OR (1=1", "0x27204F5220313D31", "CHAR(39)", "N'", "\u{0}", "a\u{0}'; DROP TABLE dbo.Victims; --",
        "\u{FF07} OR 1=1 --", "\u{2019} OR 1=1 --", "\u{02BC} OR 1=1 --", "'\u{301} OR 1=1 --",
        "]\u{301}; DROP TABLE dbo.Victims; --", "]\u{200D}; DROP TABLE dbo.Victims; --", "]\u{FE0F}", "x]\u{20DD}]",
        "\u{202E}' OR 1=1 --", "\u{FEFF}'; DROP TABLE dbo.Victims", "🙂'; DROP TABLE dbo.Victims; --", "$(USER)",
        "\\(value)", "'+(SELECT @@VERSION)+'", "'; EXEC sp_executesql N'DROP TABLE dbo.Victims'; --",
        "' HAVING 1=1 --", "' AND 1=CONVERT(int, @@VERSION) --", "%", "_", "[a-z]", "%' ESCAPE '%", "\\%' OR 1=1 --",
        "1,2)); DROP TABLE dbo.Victims; --", "\"]') WITH (x int '$'); DROP TABLE dbo.Victims; --", "\\u0027 OR 1=1 --",
        "NULL", "DEFAULT", "(SELECT 1)", "id; DROP TABLE dbo.Victims", "id DESC; --", "id[eq]=1", "id, name", "&id=1",
        "%27",
        "\u{1A}", "\t'\t;\t",
    ]
}
