import SQLValues
package import TDSProtocol

/// One thing that a server's answer held, in the form in which cases name it.
package enum AnswerItem: Sendable, Equatable {
    case columns([AnswerExpectation.Column])
    case row([String])
    case rows(UInt64)
    case done(AnswerExpectation.Done)
    case status(Int32)
    case message(AnswerExpectation.Message)

    /// What the tokens of a response say; tokens that cases do not name are passed over.
    ///
    /// Servers count the values that SET, DECLARE and `SELECT @v = …` assign: as a SELECT without columns, which clients
    /// do not show. Only cases that name all ends of statements name these.
    ///
    /// - Parameters:
    ///   - tokens: The tokens in the order of the wire.
    ///   - namesEnds: Whether every DONE token and RETURNSTATUS counts, and not just the DONE with a count.
    /// - Returns: What cases can name.
    package static func items(of tokens: [ServerToken], namesEnds: Bool = false) -> [AnswerItem] {
        var columns: [ColumnDescription] = []
        var hasColumns = false
        return tokens.compactMap { token in
            switch token {
            case .columns(let described):
                columns = described
                hasColumns = true
                return described.isEmpty ? nil : .columns(described.map(column))
            case .row(let values): return .row(zip(values, columns).map { ValueText.text(of: $0, as: $1.type.type) })
            case .returnStatus(let status): return namesEnds ? .status(status) : nil
            case .done(let done):
                defer { hasColumns = false }
                if namesEnds { return .done(AnswerExpectation.Done(done)) }
                let assigns = done.command == selectCommand && !hasColumns
                return done.status.contains(.count) && !assigns ? .rows(done.rowCount) : nil
            case .message(let message):
                return .message(
                    AnswerExpectation.Message(
                        number: message.number, level: message.severity, state: message.state,
                        procedure: message.procedure, line: message.line, text: message.text))
            default: return nil
            }
        }
    }

    /// CurCmd of a SELECT in its DONE token.
    private static let selectCommand: UInt16 = 193

    private static func column(_ column: ColumnDescription) -> AnswerExpectation.Column {
        AnswerExpectation.Column(
            name: column.name, type: column.type.type.description, isNullable: column.flags.contains(.nullable))
    }

    /// Whether this is what was expected.
    package func meets(_ expected: AnswerExpectation.Item) -> Bool {
        switch (self, expected) {
        case (.columns(let columns), .columns(let wanted)):
            columns.count == wanted.count
                && zip(columns, wanted).allSatisfy { column, wanted in
                    column.name == wanted.name && column.type == wanted.type
                        && (wanted.isNullable == nil || wanted.isNullable == column.isNullable)
                }
        case (.row(let values), .row(let wanted)):
            values.count == wanted.count
                && zip(values, wanted).allSatisfy { $0 == $1 || $1 == "?" || $1 == "*" && $0 != "NULL" }
        case (.rows(let count), .rows(let wanted)): count == wanted
        case (.done(let done), .done(let wanted)): done == wanted
        case (.status(let status), .status(let wanted)): status == wanted
        case (.message(let message), .message(let wanted)): Self.meets(message, wanted)
        default: false
        }
    }

    private static func meets(_ message: AnswerExpectation.Message, _ wanted: AnswerExpectation.Message) -> Bool {
        guard message.number == wanted.number, message.level == wanted.level, message.line == wanted.line,
            wanted.state == nil || message.state == wanted.state,
            message.procedure.lowercased() == wanted.procedure.lowercased()
        else { return false }
        guard let text = wanted.text, let came = message.text.map(ValueText.escaped) else { return true }
        return text.hasSuffix("…") ? came.hasPrefix(text.dropLast()) : came == text
    }
}

extension AnswerItem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .columns(let columns): "columns " + columns.map(Self.text).joined(separator: ", ")
        case .row(let values): "row " + values.joined(separator: " | ")
        case .rows(let count): "rows \(count)"
        case .done(let done): done.description
        case .status(let status): "status \(status)"
        case .message(let message): Self.text(message)
        }
    }

    /// The written form of an expectation.
    package static func text(of item: AnswerExpectation.Item) -> String {
        switch item {
        case .columns(let columns): AnswerItem.columns(columns).description
        case .row(let values): AnswerItem.row(values).description
        case .rows(let count): AnswerItem.rows(count).description
        case .done(let done): done.description
        case .status(let status): AnswerItem.status(status).description
        case .message(let message): text(message)
        }
    }

    private static func text(_ column: AnswerExpectation.Column) -> String {
        let isPlain = !column.name.contains { " ,]".contains($0) }
        let name = column.name.isEmpty ? "_" : isPlain ? column.name : "[\(column.name)]"
        return "\(name) \(column.type)" + (column.isNullable.map { $0 ? " null" : " not null" } ?? "")
    }

    private static func text(_ message: AnswerExpectation.Message) -> String {
        "Msg \(message.number), Level \(message.level), State \(message.state.map(String.init) ?? "*")"
            + (message.procedure.isEmpty ? "" : ", Procedure \(message.procedure)") + ", Line \(message.line)"
            + (message.text.map { ": " + ValueText.escaped($0) } ?? "")
    }
}

extension AnswerExpectation.Done: CustomStringConvertible {
    init(_ done: Done) {
        let kind =
            switch done.kind {
            case .statement: "DONE"
            case .inProcedure: "DONEINPROC"
            case .procedure: "DONEPROC"
            }
        self.init(
            kind: kind, command: done.command, rows: done.status.contains(.count) ? done.rowCount : nil,
            isError: done.status.contains(.error))
    }

    /// `DONE 193 rows 1`, `DONEINPROC 246 error`.
    package init?(_ text: String) {
        var words = text.split(separator: " ")[...]
        guard let kind = words.popFirst(), ["DONE", "DONEINPROC", "DONEPROC"].contains(kind),
            let command = words.popFirst().flatMap({ UInt16($0) })
        else { return nil }
        self.init(kind: String(kind), command: command, rows: nil, isError: false)
        if words.first == "rows" {
            guard let count = words.dropFirst().first.flatMap({ UInt64($0) }) else { return nil }
            rows = count
            words = words.dropFirst(2)
        }
        if words.first == "error" {
            isError = true
            words = words.dropFirst()
        }
        guard words.isEmpty else { return nil }
    }

    package var description: String {
        "\(kind) \(command)" + (rows.map { " rows \($0)" } ?? "") + (isError ? " error" : "")
    }
}
