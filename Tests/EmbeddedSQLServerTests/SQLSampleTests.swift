import EmbeddedSQLServer
import Foundation
import Testing
import TransactSQL

/// The project's own sample, whose answers stand in its comments.
struct SQLSampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../sql/samples").standardized

    private func batches(_ file: String) throws -> [ScriptBatch] {
        try ScriptSplitter.split(String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8))
    }

    @Test func theShopGivesItsAnswers() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE DATABASE Shop")
        try harness.succeed("USE Shop")
        for file in ["001_schema.sql", "002_data.sql"] {
            for batch in try batches(file) { try harness.succeed(batch.text) }
        }
        let answers = try batches("queries.sql").map { try harness.rows($0.text) }
        #expect(answers[0] == [["6000", "15000", "416951.2000"]])
        #expect(answers[1].map { $0[1] } == ["666", "668", "666"])
        #expect(answers[1].map { $0[3] } == ["139027.9260", "138933.9460", "138989.3280"])
        #expect(answers[2].map { $0[0] } == ["CH", "VN", "LV", "FR", "IL", "TR"])
        #expect(answers[2].first?.last == "38276.8220")
        #expect(answers[3].map { $0[0] } == ["5", "1", "21", "17", "9"])
        #expect(answers[4].map { $0[1] } == ["Teapot, blue", "Gift card", "Sugar bowl", "Sencha 煎茶 100 g", "Milk jug"])
        #expect(answers[5].map { $0[0] } == ["25"])
        #expect(answers[6].map { $0[0] } == ["1995", "1988", "1981"])
    }
}
