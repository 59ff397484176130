import Foundation
import SQLValues

/// FOR JSON and FOR XML as an aggregate: `(shape, value, …)`.
final class DocumentState: AggregateState {
    private var shape: DocumentShape?
    private var types: [SQLType] = []
    private var rows: [[String?]] = []

    func add(_ arguments: StoredArguments, _ context: FunctionContext) throws(ServerMessage) {
        if shape == nil {
            do {
                shape = try JSONDecoder().decode(DocumentShape.self, from: Data(arguments[0].text.utf8))
            } catch {
                throw .error(8624, "Internal error of the embedded server: \(error)")
            }
            types = shape?.columns.map { SQLType(code: $0.typeCode) ?? .int } ?? []
        }
        guard let shape else { return }
        var row: [String?] = []
        for (index, column) in shape.columns.enumerated() {
            let value = StoredForm.decode(arguments[index + 1], as: types[index])
            if value.isNull {
                row.append(shape.includesNulls ? "null" : nil)
            } else if shape.format == .json {
                row.append(try JSONWriter.value(value, types[index], isJSON: column.isJSON))
            } else {
                row.append(try XMLRowWriter.text(value, types[index]))
            }
        }
        rows.append(row)
    }

    func remove(_ arguments: StoredArguments) {}

    func value() throws(ServerMessage) -> StoredValue {
        guard let shape else { return .null }
        if shape.format == .xml { return .text(try xml(shape)) }
        let list = shape.levels.isEmpty ? rows.map { object(shape, $0) } : nested(shape, rows[...], level: 0)
        var text = list.joined(separator: ",")
        if shape.isWrapped { text = "[" + text + "]" }
        if let root = shape.root { text = "{" + JSONWriter.quoted(root) + ":" + text + "}" }
        return .text(text)
    }

    // MARK: JSON

    private func object(_ shape: DocumentShape, _ row: [String?]) -> String {
        members(zip(shape.columns.map(\.path), row).compactMap { path, value in value.map { (path[...], $0) } })
    }

    /// An object of values by their paths; neighbours with a common first name share an object.
    private func members(_ values: [(path: ArraySlice<String>, value: String)]) -> String {
        var parts: [String] = []
        var index = 0
        while index < values.count {
            let (path, value) = values[index]
            guard let name = path.first else { break }
            if path.count == 1 {
                parts.append(JSONWriter.quoted(name) + ":" + value)
                index += 1
                continue
            }
            var end = index
            while end < values.count, values[end].path.count > 1, values[end].path.first == name { end += 1 }
            let inner = members(values[index..<end].map { ($0.path.dropFirst(), $0.value) })
            parts.append(JSONWriter.quoted(name) + ":" + inner)
            index = end
        }
        return "{" + parts.joined(separator: ",") + "}"
    }

    /// The objects of one level of AUTO: neighbours with the same values share one.
    private func nested(_ shape: DocumentShape, _ rows: ArraySlice<[String?]>, level: Int) -> [String] {
        let places = shape.columns.indices.filter { shape.columns[$0].level == level }
        var result: [String] = []
        var start = rows.startIndex
        while start < rows.endIndex {
            var end = start + 1
            let isLast = level + 1 >= shape.levels.count
            while !isLast, end < rows.endIndex, places.allSatisfy({ rows[end][$0] == rows[start][$0] }) { end += 1 }
            var parts = places.compactMap { place in
                rows[start][place].map { JSONWriter.quoted(shape.columns[place].path[0]) + ":" + $0 }
            }
            if !isLast {
                let inner = nested(shape, rows[start..<end], level: level + 1)
                parts.append(
                    JSONWriter.quoted(shape.levels[level + 1]) + ":[" + inner.joined(separator: ",") + "]")
            }
            result.append("{" + parts.joined(separator: ",") + "}")
            start = end
        }
        return result
    }

    // MARK: XML

    private func xml(_ shape: DocumentShape) throws(ServerMessage) -> String {
        if shape.isText { return rows.map { $0.compactMap { $0 }.joined() }.joined() }
        var text = ""
        for row in rows {
            var writer = XMLRowWriter()
            text += try writer.row(shape, row)
        }
        if let root = shape.root { text = "<\(root)>" + text + "</\(root)>" }
        return text
    }
}

/// Writes one row of FOR XML.
struct XMLRowWriter {
    private var text = ""
    private var open: [String] = []
    private var isTagOpen = false

    /// A value without escapes.
    static func text(_ value: SQLValue, _ type: SQLType) throws(ServerMessage) -> String {
        if case .string(let text) = value { return text }
        return try JSONWriter.plain(value, type)
    }

    mutating func row(_ shape: DocumentShape, _ values: [String?]) throws(ServerMessage) -> String {
        if !shape.row.isEmpty { start(shape.row) }
        let base = open.count
        for (column, value) in zip(shape.columns, values) {
            guard let value else { continue }
            var elements = column.path[...]
            let attribute = elements.last?.hasPrefix("@") ?? false ? elements.popLast() : nil
            var common = 0
            while common < elements.count, base + common < open.count, open[base + common] == elements[common] {
                common += 1
            }
            // A value of its own gets an element of its own.
            if attribute == nil, common == elements.count, common > 0 { common -= 1 }
            while open.count > base + common { end() }
            for name in elements.dropFirst(common) { start(name) }
            if let attribute {
                guard isTagOpen else {
                    throw .error(
                        6852,
                        "Attribute-centric column '\(attribute)' must not come after a non-attribute-centric sibling in XML hierarchy in FOR XML PATH."
                    )
                }
                text += " \(attribute.dropFirst())=\"\(Self.escaped(value, isAttribute: true))\""
            } else {
                closeTag()
                text += Self.escaped(value, isAttribute: false)
                if !elements.isEmpty { continue }
            }
        }
        while !open.isEmpty { end() }
        return text
    }

    private mutating func closeTag() {
        if isTagOpen { text += ">" }
        isTagOpen = false
    }

    private mutating func start(_ name: String) {
        closeTag()
        text += "<" + name
        open.append(name)
        isTagOpen = true
    }

    private mutating func end() {
        guard let name = open.popLast() else { return }
        text += isTagOpen ? "/>" : "</\(name)>"
        isTagOpen = false
    }

    private static func escaped(_ text: String, isAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where isAttribute: result += "&quot;"
            case "\r": result += "&#x0D;"
            case "\n" where isAttribute: result += "&#x0A;"
            case "\t" where isAttribute: result += "&#x09;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default:
                if scalar.value < 0x20 {
                    result += "&#x\(String(scalar.value, radix: 16, uppercase: true));"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
