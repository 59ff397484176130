import Testing

@Suite("The rules of style")
struct SourceRulesTests {
    private func count(_ text: String, path: String = "Sources/TLS/File.swift") -> Int {
        SourceRules.violations(in: SourceFile(path: path, text: text)).count
    }

    @Test(arguments: [
        "let a = try! b()", "let a = try? b()", "fatalError(\"no\")", "fatalError ()", "@testable import TLS",
        "@_spi(Inside) import TLS", "open class A {}", "open func a() {}", "// TODO: later", "/* FIXME */",
        "/// XXX: hm",
        "let text = \"\\(try? a())\"", "let a = try? b(\"// no comment\")",
    ])
    func findWhatBreaksThem(text: String) {
        #expect(count(text) == 1)
    }

    @Test(arguments: [
        "let a = try b()", "let text = \"try! TODO fatalError()\"", "// Not a `try!` in sight, nor fatalError().",
        "func reopen() { open(path) }", "let todo = 1", "let a = try? b()  // A lost close changes nothing.",
        "// The file may be gone: that is what we want.\nlet a = try? b()", "let a = #\"try! \\(b)\"#", "let open = 1",
        "let text = \"\"\"\n// TODO\n\"\"\"",
    ])
    func letTheRestPass(text: String) {
        #expect(count(text) == 0)
    }

    @Test func letTestsDropErrorsButNotReachInside() {
        #expect(count("let a = try? b()", path: "Tests/TLSTests/File.swift") == 0)
        #expect(count("@testable import TLS", path: "Tests/TLSTests/File.swift") == 1)
    }

    @Test func nameTheFileAndTheLine() {
        let file = SourceFile(path: "Sources/TLS/File.swift", text: "\n\nlet a = try! b()\n")
        #expect(SourceRules.violations(in: file) == ["Sources/TLS/File.swift:3: no try!: throw the error"])
    }

    @Test func measureTheLengthOfAFile() {
        #expect(count(String(repeating: "\n", count: 450)) == 0)
        #expect(count(String(repeating: "\n", count: 451)) == 1)
    }
}
