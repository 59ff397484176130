import CommandLineTools
import Testing

/// Tables are for people.
struct TableWriterTests {
    private let columns = [
        OutputColumn("id", isNumeric: true), OutputColumn("name"), OutputColumn("price", isNumeric: true),
    ]

    @Test func numbersStandRightAndTextLeft() {
        let rows: [[OutputCell]] = [
            [.integer(1), .text("Anna"), .number("12.50")], [.integer(100), .null, .null],
        ]
        #expect(
            TableWriter().text(columns: columns, rows: rows) == """
                 id  name  price
                ---  ----  -----
                  1  Anna  12.50
                100  NULL   NULL

                """)
    }

    @Test func emptyTableKeepsItsHeader() {
        #expect(
            TableWriter().text(columns: columns, rows: []) == """
                id  name  price
                --  ----  -----

                """)
        #expect(TableWriter().text(columns: [], rows: [[]]) == "")
    }

    @Test func linesHaveNoTrailingBlanks() {
        let text = TableWriter().text(
            columns: [OutputColumn("a"), OutputColumn("long name")], rows: [[.text("x"), .text("y")]])
        #expect(text == "a  long name\n-  ---------\nx  y\n")
    }

    @Test func wideCharactersKeepTheColumnsStraight() {
        let rows: [[OutputCell]] = [
            [.text("東京"), .integer(1)], [.text("😀!"), .integer(2)], [.text("café"), .integer(3)],
            [.text("cafe\u{301}"), .integer(4)], [.text("👩‍👩‍👧"), .integer(5)], [.text("abcd"), .integer(6)],
        ]
        #expect(
            TableWriter().text(columns: [OutputColumn("t"), OutputColumn("n", isNumeric: true)], rows: rows) == """
                t     n
                ----  -
                東京  1
                😀!   2
                café  3
                cafe\u{301}  4
                👩‍👩‍👧    5
                abcd  6

                """)
    }

    @Test func cellsAreCutOnlyWhenAsked() {
        let columns = [OutputColumn("text")]
        let rows: [[OutputCell]] = [[.text("abcdefghij")], [.text("東京都庁")], [.text("12345")]]
        #expect(TableWriter().text(columns: columns, rows: rows).contains("abcdefghij"))
        #expect(
            TableWriter(maximumCellWidth: 5).text(columns: columns, rows: rows) == """
                text
                -----
                abcd…
                東京…
                12345

                """)
    }

    @Test func dataCannotControlTheTerminal() {
        let text = TableWriter().text(
            columns: [OutputColumn("a")], rows: [[.text("one\ntwo\t\u{1B}[31mred\u{7F}\r\n")]])
        #expect(text.split(separator: "\n").last == "one\\ntwo\\t\\u{1B}[31mred\\u{7F}\\r\\n")
    }

    @Test func shortAndLongRowsDoNotBreakTheTable() {
        let text = TableWriter().text(
            columns: [OutputColumn("a"), OutputColumn("b")],
            rows: [[.text("1")], [.text("1"), .text("2"), .text("3")]])
        #expect(text == "a  b\n-  -\n1\n1  2\n")
    }
}

/// CSV is RFC 4180.
struct CSVWriterTests {
    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\nb", "\"a\nb\""),
        ("a\r\nb", "\"a\r\nb\""), ("", "\"\""), (" x", "\" x\""), ("é", "é"),
    ])
    func fieldIsQuotedWhenItMustBe(text: String, field: String) {
        #expect(CSVWriter().row([.text(text)]) == field + "\r\n")
    }

    @Test func nullIsNothingAndEmptyTextIsQuoted() {
        #expect(CSVWriter().row([.null, .text(""), .number("1.50"), .boolean(true)]) == ",\"\",1.50,true\r\n")
    }

    @Test func headerComesFirst() throws {
        let buffer = TextBuffer()
        try CSVWriter().write(
            columns: [OutputColumn("id"), OutputColumn("a,b")], rows: [[.integer(1), .null]], to: buffer.sink())
        #expect(buffer.text == "id,\"a,b\"\r\n1,\r\n")
    }
}

/// JSON is the same bytes for the same value.
struct JSONValueTests {
    @Test func orderAndDigitsAreKept() {
        let value = JSONValue.object([
            ("schema", "mssql.query/1"), ("b", .number("12.50")), ("a", .array([.null, true, 3])), ("none", .array([])),
            ("empty", .object([])),
        ])
        #expect(value.text() == #"{"schema":"mssql.query/1","b":12.50,"a":[null,true,3],"none":[],"empty":{}}"#)
        #expect(
            value.text(pretty: true) == """
                {
                  "schema": "mssql.query/1",
                  "b": 12.50,
                  "a": [
                    null,
                    true,
                    3
                  ],
                  "none": [],
                  "empty": {}
                }
                """)
    }

    @Test(arguments: [
        ("\"\\", #""\"\\""#), ("a\nb\r\t", #""a\nb\r\t""#), ("\u{0}\u{1F}", #""\u0000\u001f""#), ("é😀", "\"é😀\""),
        ("\u{2028}", #""\u2028""#), ("\r\n", #""\r\n""#),
    ])
    func textIsEscaped(text: String, json: String) {
        #expect(JSONValue.string(text).text() == json)
    }

    @Test(arguments: ["0", "-0", "12", "-1.50", "1e5", "1.0E-7", "99999999999999999999999999999999999999"])
    func numbersGoThroughDigitForDigit(digits: String) {
        #expect(JSONValue.number(digits).text() == digits)
    }

    @Test(arguments: ["", "NaN", "inf", ".5", "1.", "01", "+1", "1e", "0x10", "1,5", "-", "1 "])
    func whatIsNoNumberBecomesText(digits: String) {
        #expect(JSONValue.number(digits).text() == "\"\(digits)\"")
    }

    @Test func cellsKeepTheirKind() {
        let cells: [OutputCell] = [.null, .text("1"), .number("1.0"), .boolean(false)]
        #expect(JSONValue.array(cells.map(\.json)).text() == #"[null,"1",1.0,false]"#)
    }
}
