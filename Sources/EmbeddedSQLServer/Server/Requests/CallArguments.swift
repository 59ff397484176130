import SQLValues
import TDSProtocol

/// The arguments of one call, as the client sent them.
struct CallArguments {
    private let parameters: [RPCParameter]

    init(_ parameters: [RPCParameter]) { self.parameters = parameters }

    /// How many there are.
    var count: Int { parameters.count }

    /// The text of an argument; nil when it is missing, NULL or no text.
    func text(at index: Int) -> String? {
        guard index < count, case .string(let text) = parameters[index].value else { return nil }
        return text
    }

    /// Whether an argument is there, and is text or NULL.
    func isTextOrNull(at index: Int) -> Bool {
        index < count && (parameters[index].value.isNull || text(at: index) != nil)
    }

    /// The number of an argument; nil when it is missing, NULL or no whole number.
    func integer(at index: Int) -> Int64? {
        guard index < count, case .int(let number) = parameters[index].value else { return nil }
        return number
    }

    /// The arguments from a position on, for the session.
    func values(from first: Int) -> [RequestArgument] {
        parameters.dropFirst(first).map { RequestArgument($0) }
    }

    /// The handle of a prepared statement, as the first argument's final value; NULL when nothing was prepared.
    func handle(_ handle: Int32?) -> ReturnValue {
        ReturnValue(
            ordinal: 0, name: parameters.first?.name ?? "", type: TypeInfo(.int),
            value: handle.map { .int(Int64($0)) } ?? .null)
    }

    /// The final values of output arguments, each at the position of its argument in the call.
    func returnValues(_ outputs: [RequestArgument], from first: Int) -> [ReturnValue] {
        var free = parameters.indices.dropFirst(first).filter { parameters[$0].isOutput }
        return outputs.map { output in
            let named = free.firstIndex { parameters[$0].name.lowercased() == output.name.lowercased() }
            let unnamed = free.firstIndex { parameters[$0].name.isEmpty }
            let index = (named ?? unnamed).map { free.remove(at: $0) }
            let variant = output.type.kind == .variant ? VariantValue(of: output.value) : nil
            var value = ReturnValue(
                ordinal: UInt16(clamping: index ?? 0), name: output.name, type: TypeInfo(output.type),
                value: variant?.value ?? output.value)
            value.baseType = variant?.type
            return value
        }
    }
}

extension RequestArgument {
    /// An argument as it came over the wire.
    init(_ parameter: RPCParameter) {
        self.init(
            name: parameter.name, type: parameter.type.type, value: parameter.value, isOutput: parameter.isOutput)
        isDefault = parameter.isDefault
        baseType = parameter.baseType
        table = parameter.table.map { TableArgument($0) }
    }
}

extension TableArgument {
    /// A table as it came over the wire.
    init(_ table: TableValue) {
        let columns = table.columns.map { source in
            var column = Column(
                type: source.type.type, isNullable: source.flags.contains(.nullable),
                isDefault: source.flags.contains(.isDefault))
            column.isOpened = source.type.wireType == .variant
            return column
        }
        self.init(schema: table.schema, name: table.name, columns: columns, rows: table.rows)
    }
}
