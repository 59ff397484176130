package import CommandLineTools
package import SQLServer

/// A result set as it is printed.
package struct ResultTable: Sendable {
    private let columns: [SQLColumn]
    private let rows: [[SQLValue]]

    /// Columns and rows, each with a value for every column.
    package init(columns: [SQLColumn], rows: [[SQLValue]]) {
        self.columns = columns
        self.rows = rows
    }

    /// What came from the server.
    init(_ results: SQLResultSet) {
        columns = results.columns
        rows = results.map(\.values)
    }

    /// Columns for a person.
    package var table: String {
        TableWriter().text(columns: outputColumns { $0.isEmpty ? "(no name)" : $0 }, rows: cells)
    }

    /// RFC 4180, with the names of the columns.
    package var csv: String {
        let writer = CSVWriter()
        return writer.header(outputColumns { $0 }) + cells.map(writer.row).joined()
    }

    /// An element of `resultSets`.
    package var json: JSONValue {
        let texts = columns.map { ValueText($0.type) }
        return .object([
            (
                "columns",
                .array(columns.map { .object([("name", .string($0.name)), ("type", .string($0.type.description))]) })
            ),
            ("rows", .array(rows.map { row in .array(zip(texts, row).map { $0.json($1) }) })),
        ])
    }

    private func outputColumns(_ name: (String) -> String) -> [OutputColumn] {
        columns.map { OutputColumn(name($0.name), isNumeric: $0.type.isNumeric) }
    }

    private var cells: [[OutputCell]] {
        let texts = columns.map { ValueText($0.type) }
        return rows.map { row in zip(texts, row).map { $0.cell($1) } }
    }
}
