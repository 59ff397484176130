import Foundation
import SQLValues
import TransactSQL

extension Binder {
    /// Functions of JSON; nil for other names.
    func jsonFunction(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression? {
        let name = call.uppercasedName
        switch name {
        case "JSON_OBJECT", "JSON_ARRAY": return try jsonBuilder(name, call.arguments, scope, line: line)
        case "ISJSON": return try isJSON(call, scope, line: line)
        case "JSON_VALUE", "JSON_QUERY", "JSON_MODIFY", "JSON_PATH_EXISTS": break
        default: return nil
        }
        guard let values = call.values else {
            throw ServerMessage.unsupported("\(name) with these arguments", line: line)
        }
        let count = name == "JSON_MODIFY" ? 3 : 2
        guard values.count == count || name == "JSON_QUERY" && values.count == 1 else {
            if name == "JSON_QUERY" {
                throw ServerMessage.error(189, line: line, "The json_query function requires 1 to 2 arguments.")
            }
            throw wrongCount(name, "\(count)", line: line)
        }
        let bound = try values.map { try bind($0, scope) }
        var arguments = try bound.prefix(2).enumerated().map { try jsonText($1, name, $0 + 1, line: line) }
        if name == "JSON_MODIFY" {
            arguments.append(bound[2].isUntypedNull ? .constant(.null, .int) : bound[2])
            arguments.append(.constant(.int(bound[2].isJSONText ? 1 : 0), .int))
        }
        let type: SQLType =
            name == "JSON_VALUE" ? .nVarChar(4_000) : name == "JSON_PATH_EXISTS" ? .int : .nVarCharMax
        return self.call("ts_\(name.lowercased())", arguments, type)
    }

    private func jsonText(_ value: BoundExpression, _ name: String, _ place: Int, line: Int) throws -> BoundExpression {
        if value.isUntypedNull { return .constant(.null, .nVarChar(1)) }
        guard value.type.isCharacter else {
            throw ServerMessage.error(
                8116, line: line,
                "Argument data type \(value.type.name) is invalid for argument \(place) of \(name.lowercased()) function."
            )
        }
        return value
    }

    private func isJSON(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        guard let values = call.values, (1...2).contains(values.count) else {
            throw wrongCount("ISJSON", "1 to 2", line: line)
        }
        var kind: Int64 = 0
        if values.count == 2 {
            guard case .column(let word) = values[1].kind, word.parts.count == 1,
                let index = ["VALUE", "ARRAY", "OBJECT", "SCALAR"].firstIndex(of: word.name.uppercased())
            else { throw ServerMessage.unsupported("ISJSON of this type", line: line) }
            kind = Int64(index + 1)
        }
        let text = try jsonText(bind(values[0], scope), "ISJSON", 1, line: line)
        return self.call("ts_isjson", [text, .constant(.int(kind), .int)], .int)
    }

    private func jsonBuilder(_ name: String, _ arguments: [FunctionCall.Argument], _ scope: Scope, line: Int) throws
        -> BoundExpression
    {
        var keepsNulls = name == "JSON_OBJECT"
        var values: [BoundExpression] = []
        func flag(_ value: BoundExpression) -> [BoundExpression] {
            [
                value.isUntypedNull ? .constant(.null, .int) : value,
                .constant(.int(value.isJSONText ? 1 : 0), .int),
            ]
        }
        for argument in arguments {
            switch argument {
            case .words(let words): keepsNulls = words.first == "NULL"
            case .pair(let key, let value) where name == "JSON_OBJECT":
                let bound = try bind(key, scope)
                values.append(bound.type.isCharacter ? bound : try coerce(bound, to: .nVarChar(4_000), line: line))
                values += flag(try bind(value, scope))
            case .value(let value) where name == "JSON_ARRAY": values += flag(try bind(value, scope))
            default: throw ServerMessage.error(102, line: line, "Incorrect syntax near '\(name)'.")
            }
        }
        let mode = BoundExpression.constant(.int(keepsNulls ? 1 : 0), .int)
        var result = self.call("ts_\(name.lowercased())", [mode] + values, .nVarCharMax)
        result.isNullable = false
        return result
    }

    /// OPENJSON with its default columns or those of WITH.
    func openJSON(_ function: TableFunction, _ arguments: [BoundExpression]) throws -> (
        String, [BoundExpression], [OutputColumn]
    ) {
        let line = function.range.line
        guard (1...2).contains(arguments.count) else { throw wrongCount("OPENJSON", "1 to 2", line: line) }
        var bound = try arguments.map { argument in
            if argument.isUntypedNull { return BoundExpression.constant(.null, .nVarChar(1)) }
            return argument.type.isCharacter ? argument : try coerce(argument, to: .nVarCharMax, line: line)
        }
        if bound.count == 1 { bound.append(.constant(.string("$"), .nVarChar(1))) }
        guard !function.schema.isEmpty else {
            return (
                "ts_openjson", bound + [.constant(.null, .nVarChar(1))],
                [
                    OutputColumn(name: "key", type: .nVarChar(4_000), isNullable: false),
                    OutputColumn(name: "value", type: .nVarCharMax, isNullable: true),
                    OutputColumn(name: "type", type: .tinyInt, isNullable: false),
                ]
            )
        }
        var columns: [OutputColumn] = []
        let schema = try function.schema.map { column in
            let type = try TypeNames.resolve(column.type)
            guard !column.isJSON || type == .nVarCharMax else {
                throw ServerMessage.error(
                    13_618, line: line,
                    "AS JSON option can be specified only for column of nvarchar(max) type in WITH clause.")
            }
            columns.append(OutputColumn(name: column.name.value, type: type, isNullable: true))
            let path = column.path ?? "$.\"\(column.name.value)\""
            return OpenJSONColumn(path: path, typeCode: type.code, isJSON: column.isJSON)
        }
        let text = String(decoding: try JSONEncoder().encode(schema), as: UTF8.self)
        return ("ts_openjson", bound + [.constant(.string(text), .nVarCharMax)], columns)
    }
}

extension BoundExpression {
    /// Whether the value is JSON that stays as it is inside other JSON.
    var isJSONText: Bool {
        switch node {
        case .call(let name, _): ["ts_json_query", "ts_json_modify", "ts_json_object", "ts_json_array"].contains(name)
        case .subquery(let query): query.document == .json
        default: false
        }
    }
}
