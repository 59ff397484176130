import Foundation
import SQLValues

/// A column of OPENJSON's WITH clause.
struct OpenJSONColumn: Codable {
    var path: String
    var typeCode: Int64
    var isJSON: Bool
}

/// OPENJSON: `(text, path, columns as JSON or NULL for the default ones)`.
final class OpenJSONRows: RowProducer {
    private var rows: [[StoredValue]] = []
    private var place = -1

    init(_ arguments: [StoredValue]) throws {
        guard case .text(let text)? = arguments.first, case .text(let written) = arguments[1] else { return }
        let path = try JSONPath(written)
        let document = try JSONDocument(text, state: 4)
        let columns = try Self.columns(arguments)
        guard let node = path.find(in: document.root) else {
            if path.isStrict { throw ServerMessage.missingProperty(state: 3) }
            return
        }
        guard node.isContainer else {
            if path.isStrict {
                throw ServerMessage.error(
                    13_611, state: columns == nil ? 1 : 2,
                    "Value referenced by JSON path is not an array or object and cannot be opened with OPENJSON.")
            }
            return
        }
        guard let columns else {
            rows = Self.defaultRows(node, document)
            return
        }
        let items: [JSONNode]
        if case .array(let list) = node.kind { items = list } else { items = [node] }
        rows = try items.map { item in try columns.map { try Self.cell($0.path, $0.column, item, document) } }
    }

    private static func columns(_ arguments: [StoredValue]) throws -> [(path: JSONPath, column: OpenJSONColumn)]? {
        guard arguments.count > 2, case .text(let schema) = arguments[2] else { return nil }
        return try JSONDecoder().decode([OpenJSONColumn].self, from: Data(schema.utf8)).map {
            (try JSONPath($0.path), $0)
        }
    }

    private static func defaultRows(_ node: JSONNode, _ document: JSONDocument) -> [[StoredValue]] {
        func row(_ key: String, _ value: JSONNode) -> [StoredValue] {
            let type: Int64 =
                switch value.kind {
                case .null: 0
                case .string: 1
                case .number: 2
                case .bool: 3
                case .array: 4
                case .object: 5
                }
            let text = value.isContainer ? document.text(of: value) : document.scalar(value)
            return [.text(key.prefixUnits(4_000)), text.map { .text($0) } ?? .null, .integer(type)]
        }
        switch node.kind {
        case .object(let members): return members.map { row($0.key, $0.value) }
        case .array(let items): return items.enumerated().map { row(String($0), $1) }
        default: return []
        }
    }

    private static func cell(_ path: JSONPath, _ column: OpenJSONColumn, _ item: JSONNode, _ document: JSONDocument)
        throws -> StoredValue
    {
        guard let type = SQLType(code: column.typeCode) else { return .null }
        guard let node = path.find(in: item) else {
            if path.isStrict { throw ServerMessage.missingProperty(state: 6) }
            return .null
        }
        if case .null = node.kind { return .null }
        if column.isJSON {
            guard node.isContainer else {
                if path.isStrict {
                    throw ServerMessage.error(
                        13_624, state: 1, "Object or array cannot be found in the specified JSON path.")
                }
                return .null
            }
            return .text(document.text(of: node))
        }
        guard !node.isContainer, let text = document.scalar(node) else {
            if path.isStrict {
                throw ServerMessage.error(13_623, "Scalar value cannot be found in the specified JSON path.")
            }
            return .null
        }
        var source = SQLValue.string(text)
        if case .bool(let flag) = node.kind, type.kind == .bit { source = .string(flag ? "1" : "0") }
        if type.isBinary {
            guard let data = Data(base64Encoded: text) else {
                throw ServerMessage.unsupported("OPENJSON of binary that is not base64")
            }
            return StoredForm.encode(
                try Conversion.convert(.bytes(Array(data)), from: .varBinaryMax, to: type), as: type)
        }
        return StoredForm.encode(try Conversion.convert(source, from: .nVarChar(4_000), to: type), as: type)
    }

    func next() -> Bool {
        place += 1
        return place < rows.count
    }

    func column(_ index: Int) -> StoredValue { index < rows[place].count ? rows[place][index] : .null }
}
