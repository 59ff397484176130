import Testing
import conformance

/// Case files say what they mean, and mistakes in them are found.
@Suite struct CaseFileTests {
    private static let head = "-- chapter: SELECT\n-- case: one\n-- source: a page\n"

    private func cases(_ text: String) throws -> [ConformanceCase] {
        try CaseFileReader.cases(in: text, file: "f.sql")
    }

    @Test func aCaseHasItsBatchesAndExpectations() throws {
        let text =
            Self.head + """
                CREATE TABLE t (a int);
                -- a comment of the batch
                INSERT t VALUES (1);
                -- setup

                SELECT a, 'x|''y' AS [b c] FROM t;
                -- expect
                -- columns a int null, [b c] varchar(5)
                -- row 1 | 'x|''y'
                -- rows 1
                -- Msg 2627, Level 14, State 1, Procedure p, Line 3: Violation of: it…
                """
        let list = try cases(text)
        #expect(list.count == 1)
        let steps = list[0].steps
        #expect(steps.map(\.line) == [4, 9])
        #expect(
            steps[0].action == .setUp("CREATE TABLE t (a int);\n-- a comment of the batch\nINSERT t VALUES (1);"))
        guard case .run(_, let came) = steps[1].action else {
            Issue.record("the second batch is no run")
            return
        }
        #expect(
            came.map { AnswerItem.text(of: $0.item) } == [
                "columns a int null, [b c] varchar(5)", "row 1 | 'x|''y'", "rows 1",
                "Msg 2627, Level 14, State 1, Procedure p, Line 3: Violation of: it…",
            ])
        #expect(list[0].isDemanding)
    }

    @Test func sessionsSendWaitAndAnswer() throws {
        let text =
            Self.head + """
                -- session 2 login=alice password=Secret
                -- session 2 async
                SELECT 1;
                -- sent
                -- session 2 waits
                -- session 2 attention
                -- session 2 await
                -- expect
                -- session 1
                SELECT 2;
                -- expect
                -- rows 1
                """
        let steps = try cases(text)[0].steps
        #expect(steps.map(\.session) == ["2", "2", "2", "2", "2", "1"])
        #expect(
            steps[1...4].map(\.action) == [.send("SELECT 1;"), .expectWaiting, .attention, .await(expected: [])])
        guard case .open(let login) = steps[0].action else {
            Issue.record("the session is not opened as another login")
            return
        }
        #expect(login.credentials?.name == "alice" && login.credentials?.password == "Secret" && !login.isDBLibrary)
    }

    @Test(arguments: [
        ("SELECT 1;", "before the first"),
        ("-- case: a\n", "before `-- chapter:`"),
        (head + "SELECT 1;\n", "has no `-- expect`"),
        (head + "SELECT 1;\n-- setup\n", "asserts nothing"),
        ("-- chapter: A\n-- case: a\nSELECT 1;\n-- expect\n", "without `-- source:`"),
        (head + "SELECT 1;\n-- expect\n-- rows many\n", "is no `columns`"),
        (head + "SELECT 1;\n-- expect\n-- Msg 1, Level 16, Line 1\n", "is no `columns`"),
        (head + "-- expect\n", "no batch before"),
        (head + "SELECT 1;\n-- expect\n-- case: one\n", "title of its own"),
        (head + "-- session 2 jumps\n", "nothing that a session can do"),
        (head + "SELECT 1;\n-- sent\n", "without `-- session NAME async`"),
        ("", "without cases"),
    ])
    func mistakesAreFound(text: String, what: String) throws {
        let error = #expect(throws: CaseFileError.self) { try cases(text) }
        #expect(error?.what.contains(what) == true)
    }
}

/// What came is compared with what was expected.
@Suite struct AnswerItemTests {
    /// Whether what came, in its written form, meets what is expected.
    private func meets(_ came: String, _ expected: String) throws -> Bool {
        let item: AnswerItem
        switch try #require(ExpectationText.item(came)) {
        case .columns(let columns): item = .columns(columns)
        case .row(let values): item = .row(values)
        case .rows(let count): item = .rows(count)
        case .done(let done): item = .done(done)
        case .status(let status): item = .status(status)
        case .message(let message): item = .message(message)
        }
        return item.meets(try #require(ExpectationText.item(expected)))
    }

    @Test(arguments: [
        ("DONE 193 rows 1", true), ("DONE 193", false), ("DONE 193 rows 2", false), ("DONE 193 rows 1 error", false),
        ("DONEINPROC 193 rows 1", false), ("status 1", false),
    ])
    func endsOfStatementsCompareByKindCommandCountAndError(expected: String, isMet: Bool) throws {
        let result = try meets("DONE 193 rows 1", expected)
        #expect(result == isMet)
        #expect(ExpectationText.item("DONE x") == nil)
        #expect(ExpectationText.item("DONE 193 rows") == nil)
    }

    @Test(arguments: [
        ("row 1 | NULL | 'a|b'", true), ("row * | ? | *", true), ("row 1 | * | 'a|b'", false),
        ("row 1 | NULL", false), ("rows 1", false),
    ])
    func rowsCompareByTheirTexts(expected: String, isMet: Bool) throws {
        let result = try meets("row 1 | NULL | 'a|b'", expected)
        #expect(result == isMet)
    }

    @Test(arguments: [
        ("Msg 547, Level 16, State 0, Procedure p, Line 2", true),
        ("Msg 547, Level 16, State *, Procedure p, Line 2: The INSERT…", true),
        ("Msg 547, Level 16, State 0, Line 2", false),
        ("Msg 547, Level 16, State 1, Procedure p, Line 2", false),
        ("Msg 547, Level 16, State 0, Procedure p, Line 3", false),
        ("Msg 547, Level 16, State 0, Procedure p, Line 2: The INSERT", false),
    ])
    func messagesCompareByAllTheirParts(expected: String, isMet: Bool) throws {
        let result = try meets(
            "Msg 547, Level 16, State 0, Procedure P, Line 2: The INSERT statement conflicted", expected)
        #expect(result == isMet)
    }

    @Test(arguments: [
        ("columns _ decimal(10, 2)", true), ("columns _ decimal(10,2) null", true),
        ("columns _ decimal(10,2) not null", false), ("columns a decimal(10,2)", false),
    ])
    func columnsCompareByNameTypeAndNullability(expected: String, isMet: Bool) throws {
        let result = try meets("columns _ decimal(10,2) null", expected)
        #expect(result == isMet)
    }
}
