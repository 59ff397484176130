import Testing

@Suite("The package")
struct PackageTests {
    private let check = ArchitectureCheck(architecture: .ours)

    @Test func hasOnlyTheArrowsOfTheArchitecture() throws {
        let targets = PackageManifest(try PackageSources.text(of: "Package.swift")).targets
        let files = try PackageSources.swiftFiles()
        expectNone(check.violations(targets: targets, files: files))
        #expect(files.contains { $0.path == "Tests/PackageTests/PackageTests.swift" })
    }

    @Test func hasAFolderForEveryTargetAndATargetForEveryFolder() throws {
        let targets = PackageManifest(try PackageSources.text(of: "Package.swift")).targets
        expectNone(check.violations(targets: targets, folders: try PackageSources.targetFolders()))
    }

    @Test func keepsTheRulesOfStyleThatItsTextShows() throws {
        expectNone(try PackageSources.swiftFiles().flatMap(SourceRules.violations))
    }

    @Test func showsAnExampleOfAllThatItsUsersCall() throws {
        let files = try PackageSources.swiftFiles()
        #expect(DocumentationRules.targets.isSubset(of: files.map(\.target)))
        expectNone(files.flatMap(DocumentationRules.violations))
    }

    @Test(.enabled(if: PackageSources.exists("README.md"), "there is no README.md yet"))
    func compilesEverySwiftExampleOfTheReadme() throws {
        let readme = try PackageSources.text(of: "README.md")
        guard readme.contains("```swift") else { return }
        #expect(!ReadmeExamples.blocks(in: readme).isEmpty)
        let compiled = try PackageSources.text(of: "Tests/IntegrationTests/ReadmeExamples.swift")
        expectNone(ReadmeExamples.violations(readme: readme, compiled: compiled))
    }

    @Test(arguments: [
        ("docs/bulk-copy.md", "BulkCopyExamples", 2), ("docs/querying.md", "QueryingExamples", 8),
        ("docs/reading-results.md", "ReadingResultsExamples", 8), ("docs/resilience.md", "ResilienceExamples", 5),
        ("docs/statements.md", "StatementsExamples", 7),
    ])
    func compilesEverySwiftExampleOfAGuide(page: String, file: String, count: Int) throws {
        let text = try PackageSources.text(of: page)
        #expect(ReadmeExamples.blocks(in: text).count >= count)
        let compiled = try PackageSources.text(of: "Tests/IntegrationTests/\(file).swift")
        expectNone(ReadmeExamples.violations(readme: text, compiled: compiled, page: page))
    }

    @Test func namesATestForEveryPromiseOfTheEngines() throws {
        let page = try PackageSources.text(of: "docs/engines.md")
        let check = PromiseCheck(files: try PackageSources.swiftFiles())
        #expect(PromiseCheck.promises(in: page).count >= 28)
        expectNone(check.violations(in: page))
    }

    @Test func runsWhatAConnectionDoesOnEveryEngine() throws {
        let suite = EngineSuite(files: try PackageSources.swiftFiles())
        #expect(suite.files.count >= 25)
        expectNone(suite.violations())
    }

    private func expectNone(_ violations: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        for violation in violations {
            Issue.record("\(violation)", sourceLocation: sourceLocation)
        }
    }
}
