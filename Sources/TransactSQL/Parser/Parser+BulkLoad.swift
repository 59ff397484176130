extension Parser {
    /// What follows INSERT BULK.
    mutating func insertBulk() throws(Fault) -> Statement.Kind {
        let target = try objectName()
        var columns: [InsertBulkStatement.Column] = []
        if at(.leftParenthesis) {
            columns = try parenthesizedList { parser throws(Fault) in try parser.bulkColumn() }
        }
        var options: [InsertBulkStatement.Option] = []
        if accept(.with) {
            options = try parenthesizedList { parser throws(Fault) in try parser.bulkOption() }
        }
        return .insertBulk(InsertBulkStatement(target: target, columns: columns, options: options))
    }

    private mutating func bulkColumn() throws(Fault) -> InsertBulkStatement.Column {
        let start = current
        let name = try columnName()
        let type = try dataType()
        let collation = accept(.collate) ? try identifier() : nil
        return InsertBulkStatement.Column(name: name, type: type, collation: collation, range: range(from: start))
    }

    private mutating func bulkOption() throws(Fault) -> InsertBulkStatement.Option {
        let start = current
        guard at(.name) || at(.order) else { throw unexpected() }
        advance()
        let words = try balancedWords().filter { $0 != "=" }
        return InsertBulkStatement.Option(name: upperText(start), words: words, range: range(from: start))
    }
}
