import Testing

@Suite("The rule of examples in documentation comments")
struct DocumentationRulesTests {
    private func count(_ text: String, path: String = "Sources/SQLValues/File.swift") -> Int {
        DocumentationRules.violations(in: SourceFile(path: path, text: text)).count
    }

    private static let example = "/// Does it.\n///\n/// ```swift\n/// it()\n/// ```\n"

    private static let declarations = [
        "public struct A {}", "public final class A {", "public enum A: String {", "public protocol A {}",
        "public actor A {}", "public func a() {}", "public mutating func a() {}", "public static func a() -> A {",
        "public init(a: Int) {}", "public init?(_ description: String) {", "public convenience init() {",
        "public subscript(row index: Int) -> Int {", "public indirect enum A {", "    public func a<each B>(",
        "@inlinable public func a() {}", "@discardableResult\npublic func a() {}", "nonisolated public func a() {}",
        "public nonisolated(nonsending) func a() async {}",
    ]

    @Test(arguments: declarations)
    func asksForOne(declaration: String) {
        #expect(count("/// Does it.\n" + declaration) == 1)
        #expect(count(declaration) == 1)
    }

    @Test(arguments: declarations)
    func isContentWithOne(declaration: String) {
        #expect(count(Self.example + declaration) == 0)
    }

    @Test(arguments: [
        "/// ```\n/// it()\n/// ```\n", "/// ```swift\n/// ```\n", "/// ```swift\n/// it()\n",
        "/// `it()`\n", "/// ```bash\n/// it\n/// ```\n", "// ```swift\n// it()\n// ```\n",
        Self.example + "\n", Self.example + "public let a = 1\n",
    ])
    func takesNothingElseForAnExample(comment: String) {
        #expect(count(comment + "public func a() {}") == 1)
    }

    @Test(arguments: [
        "func a() {}", "package func a() {}", "public var a: Int { 1 }", "public let a = 1", "public typealias A = Int",
        "public static let a = A()", "public private(set) var a = 1", "case a", "private func a() {}",
        "/// public func a() {}", "let text = \"public func a()\"", "public import SQLValues",
        "public static var a: Self { .init() }", "public import struct Foundation.Date", "public var a: [Int] { get }",
    ])
    func asksForNoneElsewhere(line: String) {
        #expect(count(line) == 0)
    }

    @Test(arguments: [
        "public static func == (a: A, b: A) -> Bool {", "public func hash(into hasher: inout Hasher) {",
        "public mutating func next(", "public func encode() throws(SQLServerError) -> SQLTypedValue {",
        "public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Int {",
        "public struct AsyncIterator: AsyncIteratorProtocol {",
    ])
    func asksForNoneWhereAProtocolShowsIt(witness: String) {
        #expect(count(witness) == 0)
    }

    @Test func refusesAnExtensionThatHidesWhatIsPublic() {
        #expect(count("public extension A {\n    func a() {}\n}") == 1)
    }

    @Test func looksAtTheProductOnly() {
        #expect(count("public func a() {}", path: "Sources/TLS/File.swift") == 0)
        #expect(count("public func a() {}", path: "Tests/SQLValues/File.swift") == 0)
    }

    @Test func namesTheDeclarationAndItsLine() {
        let file = SourceFile(path: "Sources/Telemetry/A.swift", text: "\n/// A.\npublic struct A: Sendable {\n")
        #expect(
            DocumentationRules.violations(in: file) == [
                "Sources/Telemetry/A.swift:3: struct A: Sendable: give its documentation comment an example, a block "
                    + "fenced as swift"
            ])
    }

    @Test func listsOnlyWitnessesThatThereAre() throws {
        let text = try PackageSources.swiftFiles().filter { DocumentationRules.targets.contains($0.target) }
            .map(\.text).joined().replacing(" (", with: "(")
        for witness in DocumentationRules.witnesses {
            #expect(text.contains(witness), "\(witness) is gone: take it from the list")
        }
    }
}
