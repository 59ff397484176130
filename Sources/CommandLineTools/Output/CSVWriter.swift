/// Writes rows as comma-separated values (RFC 4180): lines end with CR LF, a quote in a field is doubled.
///
/// NULL is a field of nothing and the empty text is `""`, so that both can be told apart.
package struct CSVWriter: Sendable {
    package init() {}

    /// The line of the column names.
    package func header(_ columns: [OutputColumn]) -> String {
        columns.map { Self.quoted($0.name) }.joined(separator: ",") + "\r\n"
    }

    /// The line of one row.
    package func row(_ cells: [OutputCell]) -> String {
        cells.map { $0 == .null ? "" : Self.quoted($0.text) }.joined(separator: ",") + "\r\n"
    }

    /// Writes the header and all rows.
    package func write(columns: [OutputColumn], rows: [[OutputCell]], to sink: TextSink) throws(OutputError) {
        guard !columns.isEmpty else { return }
        var text = header(columns)
        for row in rows {
            text += self.row(row)
            if text.utf8.count > 65_536 {
                try sink.write(text)
                text = ""
            }
        }
        try sink.write(text)
    }

    private static func quoted(_ field: String) -> String {
        let isPlain =
            !field.isEmpty && field.first != " " && field.last != " "
            && !field.utf8.contains { byte in
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 13 || byte == 10
            }
        guard !isPlain else { return field }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
