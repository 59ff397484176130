import Testing

@Suite("The check of the README's examples")
struct ReadmeExamplesTests {
    private let readme = """
        # Title
        ```bash
        make demo
        ```
        ```swift
        import SQLServer

        try await withServer { db in
            print(db)
        }
        ```
        """
    private let compiled = """
        import SQLServer
        import Testing

        @Test func example() async throws {
            // README
            try await withServer { db in
                print(db)
            }
            // README
            let other = 1
        }
        """

    @Test func acceptsAnExampleThatIsCompiledAsPrinted() {
        #expect(ReadmeExamples.violations(readme: readme, compiled: compiled) == [])
    }

    @Test(arguments: [
        ("print(db)", "print(db, db)"), ("// README\n    try", "try"), ("        print(db)", "    print(db)"),
        ("    // README\n    let", "    let other"),
    ])
    func refusesAnExampleThatDiffers(old: String, new: String) {
        let changed = compiled.replacing(old, with: new)
        #expect(changed != compiled)
        #expect(ReadmeExamples.violations(readme: readme, compiled: changed).count == 1)
    }

    @Test func refusesAnExampleWhoseImportIsNotCompiled() {
        #expect(
            ReadmeExamples.violations(readme: readme, compiled: compiled.replacing("import SQLServer", with: ""))
                == ["README.md:5: the compiled examples do not import SQLServer"])
    }

    @Test func looksAtSwiftBlocksOnly() {
        #expect(ReadmeExamples.blocks(in: readme).map(\.line) == [5])
        #expect(ReadmeExamples.violations(readme: "```bash\nmake\n```", compiled: "") == [])
    }

    @Test func looksAtAnUnclosedBlockToo() {
        #expect(ReadmeExamples.violations(readme: "```swift\nlet a = 1", compiled: "").count == 1)
    }
}
