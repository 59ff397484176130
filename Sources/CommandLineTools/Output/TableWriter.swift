/// Writes rows as columns for a person: numbers at the right, text at the left, NULL as `NULL`.
///
/// Line breaks and other control characters of the data are shown escaped, so that one row is one line.
package struct TableWriter: Sendable {
    /// The columns after which a cell is cut; never when nil.
    package var maximumCellWidth: Int?
    private static let gap = "  "

    package init(maximumCellWidth: Int? = nil) {
        self.maximumCellWidth = maximumCellWidth
    }

    /// The whole table, ending with a line break; empty without columns.
    ///
    /// A row that is too short is filled with nothing; what is too long is left out.
    package func text(columns: [OutputColumn], rows: [[OutputCell]]) -> String {
        guard !columns.isEmpty else { return "" }
        let header = columns.map { shown($0.name) }
        let body = rows.map { row in row.prefix(columns.count).map { shown($0.text) } }
        var widths = header.map(DisplayText.width(of:))
        for row in body {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayText.width(of: cell)) }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        var text = ""
        for line in [header, rule] + body {
            text += Self.line(line, columns: columns, widths: widths)
        }
        return text
    }

    /// Writes the whole table.
    package func write(columns: [OutputColumn], rows: [[OutputCell]], to sink: TextSink) throws(OutputError) {
        try sink.write(text(columns: columns, rows: rows))
    }

    private func shown(_ text: String) -> String {
        let escaped = DisplayText.escaped(text)
        guard let maximumCellWidth else { return escaped }
        return DisplayText.cut(escaped, to: max(1, maximumCellWidth))
    }

    private static func line(_ cells: [String], columns: [OutputColumn], widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += gap }
            let padding = String(repeating: " ", count: widths[index] - DisplayText.width(of: cell))
            if columns[index].isNumeric {
                line += padding + cell
            } else {
                // No blanks at a line's end.
                line += index == cells.count - 1 ? cell : cell + padding
            }
        }
        return line + "\n"
    }
}
