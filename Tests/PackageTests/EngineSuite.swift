/// The rule that what a connection does is tested on every engine: a suite of IntegrationTests connects with the engine
/// that it is given.
struct EngineSuite {
    /// The files that are held to it.
    let files: [SourceFile]

    /// Suites that are about something else, and why.
    static let exceptions = [
        "EnvironmentTests": "the variables of FreeTDS",
        "ProvisionTests": "what a test orders from the embedded server",
    ]

    init(files: [SourceFile]) {
        self.files = files.filter { file in
            let name = file.path.split(separator: "/").last?.dropLast(".swift".count) ?? ""
            // Examples are the text of the guides.
            return file.target == "IntegrationTests" && name.hasSuffix("Tests") && Self.exceptions[String(name)] == nil
        }
    }

    /// The sentences that say where a suite connects without an engine, or asks for an engine's name.
    func violations() -> [String] {
        files.flatMap { file in
            SourceFile.lines(of: file.text).compactMap { line in
                Self.violation(line.text).map { "\(file.path):\(line.number): \($0)" }
            }
        }
    }

    private static func violation(_ line: String) -> String? {
        if line.contains(#/\bwith(TestClient|TestServer|Embedded) \{/#) { return "give it the engine of the test" }
        if line.contains(#/SQLServerConfiguration\(url: server/#) { return "use engine.configuration(of: server)" }
        if line.contains(#/engine [!=]= \.|\.engine = \./#) { return "ask for a capability, not for an engine's name" }
        return nil
    }
}
