import Foundation
import SQLServer
import TestSupport
import Testing

/// Texts at the limits of SQL Server's types, with NUL characters, and with halves of surrogate pairs.
@Suite struct TextLimitTests {
    @Test(arguments: Engine.all, [3_999, 4_000, 4_001, 7_999, 8_000, 8_001, 1_000_000])
    func textOfEveryLengthArrivesWhole(engine: Engine, length: Int) async throws {
        try await withTestClient(engine) { db in
            for text in [String(repeating: "x", count: length), String(repeating: "日", count: length - 1) + "é"] {
                let (back, bytes) = try #require(
                    try await db.query("SELECT \(text), DATALENGTH(\(text))", as: (String, Int).self).first)
                #expect(back == text && bytes == 2 * length)
                let listed = try await db.scalar("SELECT COUNT(*) WHERE N'a' NOT IN (\([text, text]))", as: Int.self)
                #expect(listed == 1)
            }
            let narrow = String(repeating: "é", count: length)
            let type: SQLType = length <= 8_000 ? .varChar(8_000) : .varCharMax
            let (back, bytes) = try #require(
                try await db.query(
                    "SELECT \(narrow, as: type), DATALENGTH(\(narrow, as: type))", as: (String, Int).self
                ).first)
            #expect(back == narrow && bytes == length)
        }
    }

    @Test(arguments: Engine.all) func textOneLongerThanItsTypeIsAnError(engine: Engine) async throws {
        let text = { (count: Int) in String(repeating: "x", count: count) }
        try await withTestClient(engine) { db in
            for query: SQLQuery in [
                "SELECT \(text(4_001), as: .nVarChar(4_000))", "SELECT \(text(8_001), as: .varChar(8_000))",
                "SELECT \(text(51), as: .varChar(50))", "SELECT \(text(4_001), as: .nVarChar(4_001))",
            ] {
                let error = await serverError(db, query)
                #expect(error?.code == .encoding && error?.messages.isEmpty == true)
            }
        }
    }

    @Test(arguments: Engine.all) func aLongListOfLongTextsArrivesWhole(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let texts = (0..<130).map { "\($0)" + String(repeating: "x", count: 5_000) }
            let found = try await db.scalar(
                "SELECT COUNT(*) FROM (VALUES (\(texts[129])), (\("no"))) AS v (t) WHERE t IN (\(texts))", as: Int.self)
            #expect(found == 1)
        }
    }

    @Test(arguments: Engine.all) func nulCharactersStayWhereTheyAre(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            for text in ["\0", "a\0b", "\0\0end", "a\0'; DROP TABLE x; --", String(repeating: "\0", count: 5_000)] {
                let (wide, narrow) = try #require(
                    try await db.query("SELECT \(text), \(text, as: .varCharMax)", as: (String, String).self).first)
                #expect(wide == text && narrow == text)
                let many = (0..<150).map { "\($0)" } + [text]
                let found = try await db.scalar("SELECT COUNT(*) WHERE \(text) IN (\(many))", as: Int.self)
                #expect(found == 1)
            }
            let error = await serverError(db, "SELECT \(identifier: "a\0b")")
            #expect(error?.code == .encoding)
        }
    }

    /// A Swift `String` is always Unicode, so half of a surrogate pair cannot reach a parameter: what would hold one is
    /// refused or repaired before, by whatever made the string.
    @Test(arguments: Engine.all) func halvesOfSurrogatePairsCannotReachAParameter(engine: Engine) async throws {
        // UTF-16 units: Swift's initialisers refuse (validating) or repair (decoding) them.
        let units: [UInt16] = [0x41, 0xD83D, 0x42]
        #expect(String(validating: units, as: UTF16.self) == nil)
        let repaired = String(decoding: units, as: UTF16.self)
        #expect(repaired == "A\u{FFFD}B")
        // JSON with \ud83d alone: Foundation's decoder refuses it.
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([String].self, from: Data(#"["A\ud83dB"]"#.utf8))
        }
        // A query string with the UTF-8 form of one (CESU).
        let list = SQLAllowList([.column("name", "Name", .nVarChar(10), filter: .text)])
        let error = #expect(throws: SQLServerError.self) { try list.filter(query: "name=A%ED%A0%BDB") }
        #expect(error?.code == .invalidRequest)
        try await withTestClient(engine) { db in
            let back = try await db.scalar("SELECT \(repaired)", as: String.self)
            #expect(back == repaired)
        }
    }
}
