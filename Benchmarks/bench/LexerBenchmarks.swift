import BenchmarkHarness
import Foundation
import TransactSQL

/// The lexer and the parser, over text made here and over real scripts when they are there.
enum LexerBenchmarks {
    static let all: [Benchmark] = [lexer, realLexer, parser].compactMap(\.self)

    private static let lexer = Benchmark(
        "lexer.generated", "generated T-SQL into tokens", unit: "byte", bars: [.atLeast(100e6, .rate, of: "lexer")]
    ) {
        let text = Array(ScriptText.text(bytes: 8 << 20).utf8)
        return [Variant("lexer") { try await measure([text]) }]
    }

    /// Nil when the scripts are not beside the checkout.
    private static let realLexer: Benchmark? = RealScripts.folder.map { folder in
        Benchmark(
            "lexer.scripts", "real scripts into tokens", unit: "byte", bars: [.atLeast(100e6, .rate, of: "lexer")]
        ) {
            let files = try RealScripts.texts(in: folder)
            return [Variant("lexer") { try await measure(files) }]
        }
    }

    private static let parser = Benchmark("parser.generated", "generated T-SQL into trees", unit: "byte") {
        let batches = try ScriptSplitter.split(ScriptText.text(bytes: 2 << 20)).map(\.text)
        let size = batches.reduce(0) { $0 + $1.utf8.count }
        return [
            Variant("parser") {
                try await Sample.measuring {
                    var statements = 0
                    for batch in batches { statements += try Parser.parse(batch: batch).count }
                    guard statements > 0 else { throw ChildProcess.Failure("nothing was parsed") }
                    return size
                }
            }
        ]
    }

    private static func measure(_ texts: [[UInt8]]) async throws -> Sample {
        try await Sample.measuring {
            var tokens = 0
            for text in texts { tokens += Lexer.tokens(of: text).count }
            guard tokens > texts.count else { throw ChildProcess.Failure("no tokens were found") }
            return texts.reduce(0) { $0 + $1.count }
        }
    }
}

/// Scripts that others wrote, which lie beside the checkout and are not part of the project.
enum RealScripts {
    /// The folder `../shared/data/scripts` beside the package; nil when it is not there.
    static var folder: URL? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.deletingLastPathComponent().appending(path: "shared/data/scripts")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    /// The bytes of all scripts.
    static func texts(in folder: URL) throws -> [[UInt8]] {
        guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        let names = paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".sql") }.sorted()
        return try names.map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }
}
