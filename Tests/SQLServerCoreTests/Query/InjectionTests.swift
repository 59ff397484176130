import SQLServerCore
import SQLValues
import TestSupport
import Testing

@Suite("Hostile text")
struct InjectionTests {
    static let attacks =
        HostileText.all + [
            String(repeating: "'", count: 5_000), "<script>alert(1)</script>", "null", "", "[x]; DROP TABLE t; --",
            "];",
        ]

    @Test(arguments: attacks) func staysAParameter(attack: String) throws {
        let query: SQLQuery =
            "SELECT * FROM t WHERE a = \(attack) AND b = \([UInt8](attack.utf8)) AND c = \(attack, as: .nVarCharMax)"
        let request = try query.rendered()
        #expect(request.text == "SELECT * FROM t WHERE a = @p1 AND b = @p2 AND c = @p3")
        #expect(request.parameters.map(\.name) == ["@p1", "@p2", "@p3"])
        #expect(request.parameters[1].value == .bytes([UInt8](attack.utf8)))
        // Compared as bytes: equality of strings overlooks how a character is composed.
        for index in [0, 2] {
            guard case .string(let sent) = request.parameters[index].value else {
                Issue.record("@p\(index + 1) is no text")
                continue
            }
            #expect(Array(sent.utf16) == Array(attack.utf16))
        }
    }

    @Test(arguments: attacks) func staysANameInBrackets(attack: String) throws {
        let query: SQLQuery = "DROP TABLE \(identifier: attack)"
        guard !attack.isEmpty, attack.utf16.count <= 128, !attack.utf8.contains(0) else {
            #expect(throws: SQLServerError.self) { try query.rendered() }
            return
        }
        let quoted = Array(try query.rendered().text.utf16.dropFirst("DROP TABLE ".utf16.count))
        #expect(Self.name(inBrackets: quoted) == Array(attack.utf16))
    }

    /// Reads a delimited identifier as SQL Server does, unit by unit: it ends at the first `]` that is not doubled.
    ///
    /// Nil when it does not end with the text.
    private static func name(inBrackets units: [UInt16]) -> [UInt16]? {
        let (opening, closing) = (UInt16(0x5B), UInt16(0x5D))
        guard units.first == opening else { return nil }
        var name: [UInt16] = []
        var index = 1
        while index < units.count {
            if units[index] != closing {
                name.append(units[index])
                index += 1
            } else if index + 1 < units.count, units[index + 1] == closing {
                name.append(closing)
                index += 2
            } else {
                return index == units.count - 1 ? name : nil
            }
        }
        return nil
    }
}
