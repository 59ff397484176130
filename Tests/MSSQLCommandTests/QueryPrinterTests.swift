import CommandLineTools
import MSSQLCommand
import SQLServer
import Testing

@Suite struct QueryPrinterTests {
    private let output = TextBuffer()
    private let talk = TextBuffer()

    private func printer(_ format: OutputFormat, file: String? = nil) -> QueryPrinter {
        QueryPrinter(
            format: format, terminal: Terminal(output: output.sink(), talk: talk.sink(), environment: [:]), file: file)
    }

    private static let one = ResultTable(columns: [SQLColumn(name: "N", type: .int)], rows: [[.int(1)]])
    private static let notice = SQLServerMessage(number: 0, severity: 0, text: "half\u{1B}[2J way", line: 1)
    private static let failure = SQLServerMessage(
        number: 208, state: 1, severity: 16, text: "Invalid object name 'x'.", line: 2)
    private static let outcome = BatchOutcome(
        tables: [one, one], rowCounts: [1, nil, 1, 1, 0], messages: [notice, failure], startLine: 10)

    @Test func tablesStandOneAfterAnother() throws {
        var printer = printer(.table, file: "a.sql")
        try printer.show(Self.outcome)
        try printer.show(BatchOutcome(tables: [Self.one], rowCounts: [], messages: []))
        try printer.finish()
        #expect(output.text == "N\n-\n1\n\nN\n-\n1\n\nN\n-\n1\n")
    }

    @Test func csvHasAnEmptyLineBetweenResults() throws {
        var printer = printer(.csv)
        try printer.show(Self.outcome)
        try printer.finish()
        #expect(output.text == "N\r\n1\r\n\r\nN\r\n1\r\n")
        #expect(!talk.text.contains("affected"))
    }

    @Test func countsMessagesAndErrorsAreTalk() throws {
        var printer = printer(.table, file: "a.sql")
        try printer.show(Self.outcome)
        #expect(
            talk.text == """
                (1 row affected by each of 3 statements)
                (0 rows affected)
                half[2J way
                Msg 208, Level 16, State 1, Line 11, File a.sql
                Invalid object name 'x'.

                """)
    }

    @Test func jsonIsOneDocument() throws {
        var printer = printer(.json, file: "a.sql")
        try printer.show(Self.outcome)
        #expect(output.text.isEmpty)
        try printer.finish()
        try expectGolden(output.text, "query.json")
        #expect(talk.text == "Msg 208, Level 16, State 1, Line 11, File a.sql\nInvalid object name 'x'.\n")
    }

    @Test func jsonOfALostConnectionSaysSo() throws {
        var printer = printer(.json)
        try printer.finish(failure: "the connection broke")
        #expect(output.text.contains(#""succeeded":false"#))
        #expect(output.text.contains(#""failure":"the connection broke""#))
    }

    @Test func linesOfAProcedureStayItsOwn() {
        let message = SQLServerMessage(
            number: 50_000, state: 2, severity: 16, text: "no", procedure: "dbo.Pay", line: 3)
        let text = MessageText(message, file: "a.sql", startLine: 10).text
        #expect(text == "Msg 50000, Level 16, State 2, Procedure dbo.Pay, Line 3, File a.sql, batch of line 10\nno")
    }

    @Test(arguments: OutputFormat.allCases) func aClosedPipeDropsDataButNoErrors(format: OutputFormat) throws {
        let closed = Terminal(output: TextBuffer(closesAfter: 0).sink(), talk: talk.sink(), environment: [:])
        var printer = QueryPrinter(format: format, terminal: closed, file: nil)
        try printer.show(Self.outcome)
        try printer.show(Self.outcome)
        try printer.finish()
        #expect(talk.text.ranges(of: "Msg 208").count == 2)
    }
}
