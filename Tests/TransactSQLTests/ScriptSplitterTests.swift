import Foundation
import Testing
import TransactSQL

@Suite struct ScriptSplitterTests {
    @Test func batchesKeepTheirTextLineAndCount() throws {
        let batches = try ScriptSplitter.split("select 1\nGO 3\n\nselect 2\n  go -- end\nselect 3")
        #expect(
            batches == [
                ScriptBatch(text: "select 1\n", startLine: 1, count: 3),
                ScriptBatch(text: "\nselect 2\n", startLine: 3),
                ScriptBatch(text: "select 3", startLine: 6),
            ])
    }

    @Test func aByteOrderMarkIsLeftOut() throws {
        #expect(try ScriptSplitter.split("\u{FEFF}GO\nselect 1").map(\.text) == ["select 1"])
        #expect(try ScriptSplitter.split("\u{FEFF}select 1").map(\.text) == ["select 1"])
    }

    @Test(arguments: ["INSERT t VALUES (1)\nGO;\nSELECT 2", "x\nGO.y", "x\nGO(1)", "select 1 /*\nx\n*/go", "x\nGOTO y"])
    func whatIsNoGoLineStaysText(script: String) throws {
        #expect(try ScriptSplitter.split(script).map(\.text) == [script])
    }

    @Test(arguments: [
        ("select 1\nGO abc", ScriptError.Reason.invalidGo(argument: "abc"), 2),
        ("a\n\nGO 1 2", .invalidGo(argument: "1 2"), 3),
        ("GO select 1", .invalidGo(argument: "select 1"), 1),
        ("a\r\nGO -1", .invalidGo(argument: "-1"), 2),
        ("a\rGO $(n)", .invalidGo(argument: "$(n)"), 2),
        ("a\nGO 0", .countOutOfRange("0"), 2),
        ("a\nGO 2147483648", .countOutOfRange("2147483648"), 2),
        ("a\nGO 99999999999999999999", .countOutOfRange("99999999999999999999"), 2),
        ("a\nb /* c\nGO", .unterminatedComment, 2),
        ("a\nGO /* c", .unterminatedComment, 2),
    ])
    func errorsNameTheirLine(script: String, reason: ScriptError.Reason, line: Int) {
        #expect(throws: ScriptError(reason: reason, line: line)) { try ScriptSplitter.split(script) }
        #expect(ScriptError(reason: reason, line: line).description.hasPrefix("line \(line): "))
    }

    @Test func anUnterminatedStringIsLeftToTheServer() throws {
        #expect(try ScriptSplitter.split("select 'a\nGO\nselect 2").count == 1)
    }

    /// The table of what peers' tests say about GO.
    @Test(.enabled(if: SharedData.url("batch-edge-cases.tsv") != nil, Comment(rawValue: SharedData.skipReason)))
    func theEdgeCasesOfPeersAreSplitByTheStrictRule() throws {
        let table = try #require(try SharedData.text("batch-edge-cases.tsv"))
        var checked = 0
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let (id, category) = (fields[0], fields[1])
            // sqlcmd's commands and variables are another language, which the splitter does not read yet.
            if category == "sqlcmd" { continue }
            // A row about UTF-16 files: text is decoded before it is split.
            if fields[2].hasPrefix("(UTF-16") { continue }
            let script = EdgeCase.unescape(fields[2])
            guard let expected = EdgeCase.decided[id] ?? Int(fields[3]).map(EdgeCase.Outcome.batches) else {
                Issue.record("row \(id) has no number of batches and no decision")
                continue
            }
            #expect(EdgeCase.outcome(of: script) == expected, "row \(id): \(fields[2])")
            checked += 1
        }
        #expect(checked >= 80)
    }
}

/// Reads the rows of the edge case table.
private enum EdgeCase {
    enum Outcome: Equatable {
        case batches(Int)
        case error
    }

    /// Where the table has no number or peers disagree: what SQL Server Management Studio does.
    static let decided: [String: Outcome] = [
        "16": .error, "17": .error, "19": .batches(1), "20": .batches(1), "24": .error, "25": .error, "26": .error,
        "27": .error, "28": .error, "29": .error, "52": .error, "54": .batches(1), "65": .batches(1), "82": .batches(1),
    ]

    static func outcome(of script: String) -> Outcome {
        do throws(ScriptError) {
            return .batches(try ScriptSplitter.split(script).count)
        } catch {
            return .error
        }
    }

    static func unescape(_ text: String) -> String {
        var result = ""
        var isEscape = false
        for character in text.replacingOccurrences(of: "<BOM>", with: "\u{FEFF}") {
            if isEscape {
                switch character {
                case "n": result.append("\n")
                case "r": result.append("\r")
                case "t": result.append("\t")
                default: result.append(character)
                }
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
