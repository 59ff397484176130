import CommandLineTools
import Testing

/// The help is stable: scripts and people know it.
struct HelpTests {
    @Test func rootListsItsCommands() throws {
        let expected = """
            Works with SQL Server, Azure SQL and Fabric.

            Usage: mssql [options] COMMAND

            Commands:
              serve                   Runs the embedded server.
              query                   Runs a query and prints its rows.
              migrate                 Changes the schema step by step.

            Options:
                  --url URL           The server; MSSQL_URL when not given.
              -h, --help              Shows this help.
                  --version           Shows the version.

            Run 'mssql COMMAND --help' for the options of a command.

            """
        #expect(try Sample.shown(["--help"]) == expected)
        #expect(try Sample.shown(["-h"]) == expected)
        #expect(try Sample.shown(["help"]) == expected)
    }

    @Test func commandListsItsOptionsAndThoseOfTheRoot() throws {
        let expected = """
            Runs the embedded server.

            Usage: mssql serve [options]

            The first line on stdout is the server's URL. It ends with an interrupt, and
            keeps its data only when a file is named.

            Example:

                mssql serve --port 1433 --data shop.db

            Options:
                  --port N            TCP port; 0 for any free one. (default 1433)
                  --data FILE         SQLite file of the data.
                  --tls               Offers encryption with a certificate made on the fly.

            Global options:
                  --url URL           The server; MSSQL_URL when not given.
              -h, --help              Shows this help.

            """
        #expect(try Sample.shown(["serve", "--help"]) == expected)
        #expect(try Sample.shown(["help", "serve"]) == expected)
        // Help wins over what is missing behind it.
        #expect(try Sample.shown(["serve", "--port", "1", "-h", "--bad"]) == expected)
    }

    @Test func requiredOptionsAndArgumentsAreInTheUsageLine() throws {
        let expected = """
            Splits scripts at GO.

            Usage: mssql migrate split --out DIR [options] FIRST [MORE…]

            Arguments:
              FIRST                   The first script.
              MORE                    More scripts.

            Options:
                  --out DIR           Where the parts go. (required)

            Global options:
                  --url URL           The server; MSSQL_URL when not given.
                  --dir DIR           The folder of the migrations. (default sql/migrations)
              -h, --help              Shows this help.

            """
        #expect(try Sample.shown(["migrate", "split", "--help"]) == expected)
    }

    @Test func choicesRepetitionAndLongNamesAreExplained() throws {
        let text = try Sample.shown(["help", "query"])
        #expect(text.contains("Usage: mssql query [options] [SQL]"))
        #expect(
            text.contains(
                """
                  -p, --param NAME=VALUE  A parameter of the query. (may be repeated)
                  -v, --verbose           Says more.
                """))
        #expect(
            text.contains(
                """
                      --format FORMAT     How data is printed. (one of table, json, csv; default
                                          table)
                """))
    }
}
