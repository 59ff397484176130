/// Writes the tree of a batch back as T-SQL.
///
/// The text is made from the nodes alone, never from the text that they were read from: what a batch needs to mean the
/// same is in its tree. Parsing the text again gives an equal tree. Comments, white space and the letters' case of
/// keywords are not in the tree, so that they are lost.
package struct SyntaxPrinter {
    private var text = ""
    /// Whether every node so far had a tree.
    private var isComplete = true
    /// Whether the next piece stands right behind the last one.
    private var isGlued = true

    /// The statements as one batch.
    ///
    /// - Parameter statements: What ``Parser`` made of a batch.
    /// - Returns: The text; nil when a statement has no tree (``UnsupportedStatement``), which cannot be written.
    package static func text(of statements: [Statement]) -> String? {
        var printer = SyntaxPrinter()
        printer.statements(statements)
        return printer.isComplete ? printer.text : nil
    }

    /// Notes that a node without a tree was met.
    mutating func giveUp() { isComplete = false }

    // MARK: - Pieces

    /// Writes one token or several, with a blank before where one is wanted.
    mutating func write(_ piece: String) {
        guard !piece.isEmpty else { return }
        if !isGlued, piece != ",", piece != ")", piece != ".", piece != ";" { text += " " }
        text += piece
        isGlued = piece == "(" || piece == "."
    }

    /// Writes a token right behind the last one.
    mutating func glue(_ piece: String) {
        isGlued = true
        write(piece)
    }

    mutating func newLine() {
        text += "\n"
        isGlued = true
    }

    mutating func write(_ piece: String, if isWritten: Bool) {
        if isWritten { write(piece) }
    }

    mutating func write(words: [String]) {
        for word in words { write(word) }
    }

    // MARK: - Lists

    /// The items with commas between them.
    mutating func list<Item>(_ items: [Item], _ item: (inout SyntaxPrinter, Item) -> Void) {
        for index in items.indices {
            if index > 0 { write(",") }
            item(&self, items[index])
        }
    }

    /// The items with commas between them, in parentheses.
    mutating func parenthesized<Item>(_ items: [Item], _ item: (inout SyntaxPrinter, Item) -> Void) {
        parenthesized { printer in printer.list(items, item) }
    }

    mutating func parenthesized(_ content: (inout SyntaxPrinter) -> Void) {
        write("(")
        content(&self)
        write(")")
    }

    /// The names in parentheses; nothing for none.
    mutating func nameList(_ names: [Identifier]) {
        guard !names.isEmpty else { return }
        parenthesized(names) { printer, name in printer.identifier(name) }
    }

    /// The column names in parentheses; nothing for none.
    mutating func nameList(_ names: [MultipartName]) {
        guard !names.isEmpty else { return }
        parenthesized(names) { printer, name in printer.name(name) }
    }

    // MARK: - Names

    mutating func identifier(_ name: Identifier) { write(SyntaxPrinter.written(name)) }

    /// A name with its delimiters and their escapes.
    private static func written(_ name: Identifier) -> String {
        switch name.quoting {
        case .none: name.value
        case .bracket: "[" + doubled(name.value, "]") + "]"
        case .double: "\"" + doubled(name.value, "\"") + "\""
        case .string: "'" + doubled(name.value, "'") + "'"
        }
    }

    /// A text in which the closing delimiter is doubled.
    static func doubled(_ text: String, _ delimiter: Character) -> String {
        guard text.utf8.contains(delimiter.asciiValue ?? 0) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(scalar)
            if Character(scalar) == delimiter { result.append(delimiter) }
        }
        return result
    }

    mutating func name(_ name: MultipartName) {
        write(name.parts.map(SyntaxPrinter.written).joined(separator: "."))
    }

    mutating func dataType(_ type: DataTypeName) {
        name(type.name)
        guard !type.arguments.isEmpty else { return }
        parenthesized(type.arguments) { printer, argument in
            switch argument {
            case .number(let number): printer.write(String(number))
            case .max: printer.write("max")
            case .name(let name): printer.name(name)
            }
        }
    }

    /// A string constant.
    mutating func string(_ value: String, isNational: Bool = false) {
        var content = SyntaxPrinter.doubled(value, "'")
        if content.utf8.contains(0x5C) { content = SyntaxPrinter.continued(content) }
        write((isNational ? "N'" : "'") + content + "'")
    }

    /// A backslash before a line end continues a constant on the next line; one that stands for itself gets an empty
    /// continuation behind it.
    private static func continued(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if previous == "\\", scalar == "\n" || scalar == "\r" { result.append(contentsOf: "\\\n".unicodeScalars) }
            result.append(scalar)
            previous = scalar
        }
        return String(result)
    }
}
