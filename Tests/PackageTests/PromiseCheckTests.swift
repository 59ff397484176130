import Testing

@Suite("The check of promises and engines")
struct PromiseCheckTests {
    private let file = SourceFile(
        path: "Tests/IntegrationTests/ATests.swift",
        text: """
            @Test func plain() {}
            @Test(arguments: Engine.all, [1, 2]) func withArguments(engine: Engine, n: Int) {}
            @Test(
                .embeddedOnly,
                arguments: Engine.all)
            func onSeveralLines(engine: Engine) {}
            func helper() {}
            """)

    private func violations(_ row: String) -> [String] {
        PromiseCheck(files: [file]).violations(in: "| values | held by |\n|---|---|\n\(row)\n")
    }

    @Test func findsTestsInEveryForm() {
        #expect(violations("| a | `ATests.plain`, `ATests.withArguments`, `ATests.onSeveralLines` |").isEmpty)
    }

    @Test(arguments: ["`ATests.helper`", "`ATests.gone`", "`BTests.plain`", "`plain`", "nothing"])
    func findsWhatIsNoTest(cell: String) {
        #expect(violations("| a promise | \(cell) |").count == 1)
    }

    @Test func readsOnlyTablesOfPromises() {
        let page =
            "| a | b |\n|---|---|\n| c | `X.y` |\n\n| values | held by |\n|---|---|\n| p | `A.b` |\n\n| q | r |\n"
        #expect(PromiseCheck.promises(in: page).map(\.promise) == ["p "])
    }

    @Test(arguments: [
        "try await withTestClient { db in", "try await withTestServer { server in", "withEmbedded { server, db in",
        "try SQLServerConfiguration(url: server.url)", "if engine == .freeTDS {", "configuration.engine = .freeTDS",
    ])
    func findsASuiteWithoutItsEngine(line: String) {
        let suite = { (path: String) in EngineSuite(files: [SourceFile(path: path, text: line)]).violations().count }
        #expect(suite("Tests/IntegrationTests/ATests.swift") == 1)
        #expect(suite("Tests/IntegrationTests/QueryingExamples.swift") == 0)
        #expect(suite("Tests/IntegrationTests/EnvironmentTests.swift") == 0)
        #expect(suite("Tests/OrdersExampleTests/ATests.swift") == 0)
    }

    @Test func acceptsASuiteWithItsEngine() {
        let text = "try await withTestClient(engine) { db in\nlet c = try engine.configuration(of: server)"
        let suite = EngineSuite(files: [SourceFile(path: "Tests/IntegrationTests/ATests.swift", text: text)])
        #expect(suite.files.count == 1 && suite.violations().isEmpty)
    }
}
