import SQLValues

extension ScalarFunction {
    /// The functions of JSON.
    static let json: [ScalarFunction] = [
        .typed("ts_json_value") { arguments throws(ServerMessage) in
            guard !arguments.hasNull else { return .null }
            let path = try JSONPath(arguments.text(1))
            let document = try JSONDocument(arguments.text(0), state: 2, until: path)
            guard let node = document.find(path) else {
                if path.isStrict { throw .missingProperty(state: 2) }
                return .null
            }
            guard !node.isContainer else {
                if path.isStrict {
                    throw .error(13_623, state: 2, "Scalar value cannot be found in the specified JSON path.")
                }
                return .null
            }
            guard let text = document.scalar(node) else { return .null }
            guard text.units <= 4_000 else {
                if path.isStrict {
                    throw .error(13_625, "String value in the specified JSON path would be truncated.")
                }
                return .null
            }
            return .string(text)
        },
        .typed("ts_json_query") { arguments throws(ServerMessage) in
            guard !arguments.hasNull else { return .null }
            let path = try JSONPath(arguments.count > 1 ? arguments.text(1) : "$")
            let document = try JSONDocument(arguments.text(0), state: 1, until: path)
            guard let node = document.find(path) else {
                if path.isStrict { throw .missingProperty(state: 5) }
                return .null
            }
            guard node.isContainer else {
                if case .null = node.kind { return .null }
                if path.isStrict {
                    throw .error(13_624, state: 2, "Object or array cannot be found in the specified JSON path.")
                }
                return .null
            }
            return .string(document.text(of: node))
        },
        .typed("ts_json_path_exists") { arguments throws(ServerMessage) in
            guard !arguments.hasNull else { return .null }
            let path = try JSONPath(arguments.text(1))
            return .int(path.find(in: try JSONDocument(arguments.text(0)).root) == nil ? 0 : 1)
        },
        // `(text, 0 for object or array, 1 any value, 2 array, 3 object, 4 scalar)`.
        .typed("ts_isjson") { arguments in
            guard !arguments.values[0].isNull else { return .null }
            return .int(isJSON(arguments.text(0), arguments.integer(1)) ? 1 : 0)
        },
        .typed("ts_json_modify") { arguments throws(ServerMessage) in
            guard !arguments.values[0].isNull, !arguments.values[1].isNull else { return .null }
            let isJSON = arguments.integer(3) != 0
            let value = arguments.values[2]
            let text = value.isNull ? nil : try JSONWriter.value(value, arguments.types[2], isJSON: isJSON)
            let document = try JSONDocument(arguments.text(0), state: 3)
            return .string(try JSONChange(document, try JSONPath(arguments.text(1))).setting(text))
        },
        // `(whether NULLs are written, key, value, whether it is JSON, …)`.
        .typed("ts_json_object") { arguments throws(ServerMessage) in
            var parts: [String] = []
            for index in stride(from: 1, to: arguments.count - 2, by: 3) {
                guard !arguments.values[index].isNull else {
                    throw .error(13_641, "JSON_OBJECT function cannot have a NULL key.")
                }
                guard let text = try element(arguments, index + 1) else { continue }
                parts.append(JSONWriter.quoted(arguments.text(index)) + ":" + text)
            }
            return .string("{" + parts.joined(separator: ",") + "}")
        },
        // `(whether NULLs are written, value, whether it is JSON, …)`.
        .typed("ts_json_array") { arguments throws(ServerMessage) in
            var parts: [String] = []
            for index in stride(from: 1, to: arguments.count - 1, by: 2) {
                if let text = try element(arguments, index) { parts.append(text) }
            }
            return .string("[" + parts.joined(separator: ",") + "]")
        },
    ]

    private static func element(_ arguments: FunctionArguments, _ index: Int) throws(ServerMessage) -> String? {
        let value = arguments.values[index]
        if value.isNull { return arguments.integer(0) != 0 ? "null" : nil }
        return try JSONWriter.value(value, arguments.types[index], isJSON: arguments.integer(index + 1) != 0)
    }

    private static func isJSON(_ text: String, _ kind: Int) -> Bool {
        do throws(ServerMessage) {
            let root = try JSONDocument(text, allowsScalar: kind == 1 || kind == 4).root
            switch (kind, root.kind) {
            case (2, .array), (3, .object): return true
            case (2, _), (3, _): return false
            case (4, _):
                if case .string = root.kind { return true }
                if case .number = root.kind { return true }
                return false
            default: return true
            }
        } catch {
            return false
        }
    }
}

/// JSON_MODIFY of one text.
struct JSONChange {
    private let document: JSONDocument
    private let path: JSONPath

    init(_ document: JSONDocument, _ path: JSONPath) {
        self.document = document
        self.path = path
    }

    /// The text with a value at the path; nil takes a property away in lax mode, and is null elsewhere.
    func setting(_ value: String?) throws(ServerMessage) -> String {
        if path.appends { return try appending(value ?? "null") }
        guard !path.steps.isEmpty else {
            throw .error(13_619, "Unsupported JSON path found in argument 2 of JSON_MODIFY.")
        }
        if let node = path.find(in: document.root) {
            if value == nil, !path.isStrict, let removed = removing() { return removed }
            return replacing(node.range, value ?? "null")
        }
        if path.isStrict { throw .missingProperty(state: 2) }
        guard let value, let parent = path.parent(in: document.root), case .key(let key)? = path.steps.last,
            case .object(let members) = parent.kind
        else { return replacing(0..<0, "") }
        let pair = JSONWriter.quoted(key) + ":" + value
        guard let last = members.last else {
            return replacing(parent.range.lowerBound + 1..<parent.range.lowerBound + 1, pair)
        }
        return replacing(last.value.range.upperBound..<last.value.range.upperBound, "," + pair)
    }

    private func appending(_ value: String) throws(ServerMessage) -> String {
        guard let node = path.find(in: document.root) else {
            if path.isStrict { throw .missingProperty(state: 2) }
            var change = path
            change.appends = false
            return try JSONChange(document, change).setting("[" + value + "]")
        }
        guard case .array(let items) = node.kind else {
            if path.isStrict {
                throw .error(13_621, "Array cannot be found in the specified JSON path.")
            }
            return replacing(0..<0, "")
        }
        guard let last = items.last else {
            return replacing(node.range.lowerBound + 1..<node.range.lowerBound + 1, value)
        }
        return replacing(last.range.upperBound..<last.range.upperBound, "," + value)
    }

    private func removing() -> String? {
        guard let parent = path.parent(in: document.root), case .object(let members) = parent.kind,
            case .key(let key)? = path.steps.last, let index = members.firstIndex(where: { $0.key == key })
        else { return nil }
        if index > 0 {
            return replacing(members[index - 1].value.range.upperBound..<members[index].value.range.upperBound, "")
        }
        let end = members.count > 1 ? members[1].start : members[0].value.range.upperBound
        return replacing(members[0].start..<end, "")
    }

    private func replacing(_ range: Range<Int>, _ text: String) -> String {
        let units = document.units
        return String(decoding: units[..<range.lowerBound], as: UTF16.self) + text
            + String(decoding: units[range.upperBound...], as: UTF16.self)
    }
}
