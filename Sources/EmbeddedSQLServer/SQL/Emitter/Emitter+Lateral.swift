import SQLValues

/// What the text of a lateral query takes from the statement around it.
struct LateralFrame {
    var lateral: LateralQuery
    /// The values handed in, as parameters from 1.
    var captured: [BoundExpression] = []
}

extension Emitter {
    /// Writes a lateral query as a table function, with its text and its outer values as arguments.
    ///
    /// SQLite lets a table function name the sources before it, but not a derived table.
    mutating func lateral(_ lateral: LateralQuery, _ alias: String) {
        var inner = Emitter()
        inner.frame = LateralFrame(lateral: lateral)
        inner.query(lateral.query)
        write("ts_rows(")
        literal(.text(inner.text))
        for value in inner.frame?.captured ?? [] {
            write(", ")
            expression(value)
        }
        write(") AS \(alias)")
    }

    /// The parameter's number for a value that comes from outside the lateral query being written; nil for others.
    mutating func captured(_ expression: BoundExpression) -> Int? {
        guard let lateral = frame?.lateral else { return nil }
        switch expression.node {
        case .parameter: return capture(expression)
        case .column(let reference):
            guard let number = Int(reference.source.dropFirst()), lateral.aliases.contains(number) else {
                return capture(expression)
            }
            return nil
        case .argument(let owner, let value): return capture(owner == lateral.frame ? value : expression)
        default: return nil
        }
    }

    private mutating func capture(_ value: BoundExpression) -> Int? {
        if let index = frame?.captured.firstIndex(where: { $0.node == value.node }) { return index + 1 }
        frame?.captured.append(value)
        return frame?.captured.count
    }
}
