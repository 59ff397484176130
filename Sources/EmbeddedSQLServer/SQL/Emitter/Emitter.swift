import SQLValues
import TransactSQL

/// Writes a bound statement as SQLite's SQL.
struct Emitter {
    /// A value that SQLite gets when the statement starts.
    struct Parameter: Equatable {
        var source: ParameterSource
        var type: SQLType
    }

    private(set) var text = ""
    private(set) var parameters: [Parameter] = []
    /// Set while a lateral query is written.
    var frame: LateralFrame?

    mutating func write(_ piece: String) { text += piece }

    /// The number of a parameter, from 1.
    mutating func place(of source: ParameterSource, _ type: SQLType) -> Int {
        let parameter = Parameter(source: source, type: type)
        if let index = parameters.firstIndex(of: parameter) { return index + 1 }
        parameters.append(parameter)
        return parameters.count
    }

    /// Writes items with a comma between them.
    mutating func list<Item>(_ items: [Item], _ body: (inout Emitter, Item) -> Void) {
        for (index, item) in items.enumerated() {
            if index > 0 { write(", ") }
            body(&self, item)
        }
    }

    /// Writes a value that is compared, grouped or sorted, with its collation.
    ///
    /// Beside texts of Unicode every text is compared as one.
    mutating func collated(_ expression: BoundExpression, beside others: [BoundExpression] = []) {
        let national = others.first { $0.type.kind.isNational && !expression.type.kind.isNational }
        guard let collation = StoredForm.collation(of: national?.type ?? expression.type) else {
            return comparable(expression)
        }
        write("(")
        self.expression(expression)
        write(" COLLATE \(collation))")
    }

    /// Writes a value in the form in which it is compared.
    mutating func comparable(_ expression: BoundExpression) {
        guard StoredForm.ignoresZeros(expression.type) else { return self.expression(expression) }
        write("ts_bin(")
        self.expression(expression)
        write(")")
    }

    /// Writes a stored value as a literal.
    mutating func literal(_ value: StoredValue) {
        switch value {
        case .null: write("NULL")
        case .integer(let number): write(number == Int64.min ? "(-9223372036854775807-1)" : String(number))
        case .blob(let bytes): write("x'" + Self.hexadecimal(bytes) + "'")
        case .text(let text):
            if text.utf8.contains(0) {
                write("CAST(x'" + Self.hexadecimal(Array(text.utf8)) + "' AS TEXT)")
            } else {
                write("'" + (text.utf8.contains(0x27) ? text.replacing("'", with: "''") : text) + "'")
            }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
