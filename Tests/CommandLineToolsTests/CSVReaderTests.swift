import CommandLineTools
import Testing

/// Comma-separated values (RFC 4180, section 2).
@Suite struct CSVReaderTests {
    /// Reads a text in pieces of a few bytes.
    private static func records(
        _ text: String, delimiter: Character = ",", pieces: Int = 3
    ) throws -> [CSVRecord] {
        var rest = Array(text.utf8)[...]
        var reader = CSVReader(delimiter: delimiter.asciiValue ?? 0) {
            defer { rest = rest.dropFirst(pieces) }
            return Array(rest.prefix(pieces))
        }
        var records: [CSVRecord] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    private static func texts(_ text: String, delimiter: Character = ",") throws -> [[String]] {
        try records(text, delimiter: delimiter).map { $0.fields.map(\.text) }
    }

    @Test(arguments: [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("\"a,b\",\"c\"\"d\"\r\n", [["a,b", "c\"d"]]),
        ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]),
        ("\u{FEFF}a,b\r\n", [["a", "b"]]),
        (" a , b \r\n", [[" a ", " b "]]),
        ("a,\r\n,b\r\n", [["a", ""], ["", "b"]]),
        ("a\r\n\r\nb", [["a"], [""], ["b"]]),
        ("", []),
        ("Zoë,😀\r\n", [["Zoë", "😀"]]),
    ]) func recordsAreRead(text: String, expected: [[String]]) throws {
        #expect(try Self.texts(text) == expected)
    }

    @Test func anotherDelimiterLeavesCommasAlone() throws {
        #expect(try Self.texts("1,5;\"a;b\"\r\n", delimiter: ";") == [["1,5", "a;b"]])
    }

    @Test func quotationMarksTellAnEmptyTextFromNothing() throws {
        let fields = try Self.records("\"\",\r\n")[0].fields
        #expect(fields == [.init("", isQuoted: true), .init("", isQuoted: false)])
    }

    @Test func recordsKnowTheirLines() throws {
        #expect(try Self.records("a\r\n\"b\r\n\r\n\"\r\nc\n").map(\.line) == [1, 2, 5])
    }

    @Test(arguments: [
        ("a\"b\r\n", 1), ("\"a\"b\r\n", 1), ("x\r\n\"a\r\nb", 2), ("a\rb\r\n", 1),
    ]) func whatIsNoCSVIsAnErrorWithItsLine(text: String, line: Int) {
        #expect { try Self.records(text) } throws: { ($0 as? CSVError)?.line == line }
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0x61, 0xFF, 0x0A]] as [[UInt8]])
    func otherEncodingsAreErrors(bytes: [UInt8]) {
        var rest = bytes
        var reader = CSVReader {
            defer { rest = [] }
            return rest
        }
        #expect(throws: CSVError.self) { try reader.next() }
    }
}
