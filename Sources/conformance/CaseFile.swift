/// A mistake in a case file, with its place.
package struct CaseFileError: Error, Equatable, CustomStringConvertible {
    /// The file's name and the line.
    package var place: String
    /// What is wrong and what is wanted.
    package var what: String
    package var description: String { "\(place): \(what)" }
}

/// Reads the cases of a file; `sql/conformance/README.md` says how it is written.
package struct CaseFileReader {
    private let file: String
    private let lines: [Substring]
    private var index = 0
    private var chapter = ""
    private var cases: [ConformanceCase] = []
    private var session = "1"
    private var batch: [Substring] = []
    private var batchLine = 0
    /// How the batch in hand is sent.
    private var isAsync = false

    private init(_ text: String, file: String) {
        self.file = file
        lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The cases of a file, in order.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: Its name, for places.
    /// - Returns: At least one case.
    /// - Throws: ``CaseFileError`` with the first line that makes no sense.
    package static func cases(in text: String, file: String) throws(CaseFileError) -> [ConformanceCase] {
        var reader = CaseFileReader(text, file: file)
        return try reader.read()
    }

    private mutating func read() throws(CaseFileError) -> [ConformanceCase] {
        while index < lines.count {
            let line = lines[index]
            index += 1
            if let directive = Directive(line) {
                try take(directive)
            } else if !batch.isEmpty || !line.allSatisfy(\.isWhitespace) {
                guard !cases.isEmpty else { throw failure("SQL before the first `-- case:`") }
                if batch.isEmpty { batchLine = index }
                batch.append(line)
            }
        }
        try finishCase()
        guard !cases.isEmpty else { throw failure("a file without cases") }
        return cases
    }

    /// A comment that means something to the runner.
    private struct Directive {
        var word: String
        var rest: String

        private static let words: Set<String> = [
            "chapter:", "case:", "source:", "only:", "expect", "setup", "sent", "session",
        ]

        init?(_ line: Substring) {
            guard line.hasPrefix("-- ") else { return nil }
            let text = line.dropFirst(3)
            let word = String(text.prefix { $0 != " " })
            guard Self.words.contains(word) else { return nil }
            self.word = word
            rest = text.dropFirst(word.count).trimmed
            // `-- expect` and the like are alone on their line; anything else is a comment in the SQL.
            if ["expect", "setup", "sent"].contains(word), !rest.isEmpty { return nil }
        }
    }

    private mutating func take(_ directive: Directive) throws(CaseFileError) {
        switch directive.word {
        case "chapter:": chapter = directive.rest
        case "case:": try begin(directive.rest)
        case "source:": try change { $0.source = directive.rest }
        case "only:":
            guard directive.rest == "embedded" else { throw failure("`-- only: embedded` is the only one there is") }
            try change { $0.isEmbeddedOnly = true }
        case "session": try takeSession(directive.rest)
        case "setup": try add(.setUp(try takeBatch()))
        case "sent":
            guard isAsync else { throw failure("`-- sent` without `-- session NAME async`") }
            isAsync = false
            try add(.send(try takeBatch()))
        default: try expect()
        }
    }

    private mutating func begin(_ title: String) throws(CaseFileError) {
        try finishCase()
        guard !chapter.isEmpty else { throw failure("a case before `-- chapter:`") }
        guard !title.isEmpty, !cases.contains(where: { $0.title == title }) else {
            throw failure("a case needs a title of its own")
        }
        session = "1"
        cases.append(
            ConformanceCase(
                place: "\(file):\(index)", chapter: chapter, title: title, source: "", isEmbeddedOnly: false, steps: [])
        )
    }

    private mutating func finishCase() throws(CaseFileError) {
        guard batch.isEmpty, !isAsync else { throw failure("the batch of line \(batchLine) has no `-- expect`") }
        guard let last = cases.last else { return }
        guard !last.source.isEmpty else { throw CaseFileError(place: last.place, what: "a case without `-- source:`") }
        guard last.steps.contains(where: \.asserts) else {
            throw CaseFileError(place: last.place, what: "a case that asserts nothing")
        }
    }

    private mutating func takeSession(_ text: String) throws(CaseFileError) {
        guard batch.isEmpty else { throw failure("the batch of line \(batchLine) has no `-- expect`") }
        let words = text.split(separator: " ")
        guard let name = words.first else { throw failure("`-- session` without a name") }
        session = String(name)
        var login = ConformanceCase.SessionLogin(credentials: nil, isDBLibrary: false)
        var (user, password): (String?, String?) = (nil, nil)
        for word in words.dropFirst() {
            switch word {
            case "async": isAsync = true
            case "waits": try add(.expectWaiting)
            case "attention": try add(.attention)
            case "await": return try awaitAnswer()
            case "dblib": login.isDBLibrary = true
            case _ where word.hasPrefix("login="): user = String(word.dropFirst(6))
            case _ where word.hasPrefix("password="): password = String(word.dropFirst(9))
            default: throw failure("`\(word)` is nothing that a session can do")
            }
        }
        if let user { login.credentials = .init(name: user, password: password ?? "") }
        if login.isDBLibrary || user != nil { try add(.open(login)) }
    }

    private mutating func awaitAnswer() throws(CaseFileError) {
        guard index < lines.count, lines[index].trimmed == "-- expect" else {
            throw failure("`-- session NAME await` needs `-- expect` on the next line")
        }
        index += 1
        try add(.await(expected: try expectations()))
    }

    private mutating func expect() throws(CaseFileError) {
        guard !isAsync else { throw failure("a batch that is sent ends with `-- sent`") }
        let text = try takeBatch()
        try add(.run(text, expected: try expectations()))
    }

    private mutating func takeBatch() throws(CaseFileError) -> String {
        while batch.last?.allSatisfy(\.isWhitespace) == true { batch.removeLast() }
        guard !batch.isEmpty else { throw failure("no batch before this line") }
        defer { batch = [] }
        return batch.joined(separator: "\n")
    }

    private mutating func expectations() throws(CaseFileError) -> [AnswerExpectation] {
        var list: [AnswerExpectation] = []
        while index < lines.count, lines[index].hasPrefix("--") {
            let text = lines[index].dropFirst(2).trimmed
            if ["case:", "session ", "only:", "chapter:"].contains(where: { text.hasPrefix($0) }) { break }
            index += 1
            if text.isEmpty { continue }
            guard let item = ExpectationText.item(text) else {
                throw failure("`\(text)` is no `columns`, `row`, `rows` or `Msg`")
            }
            list.append(AnswerExpectation(line: index, item: item))
        }
        return list
    }

    private mutating func add(_ action: ConformanceCase.Action) throws(CaseFileError) {
        let line = batchLine > 0 ? batchLine : index
        try change { [session] in $0.steps.append(.init(session: session, line: line, action: action)) }
        batchLine = 0
    }

    private mutating func change(_ body: (inout ConformanceCase) -> Void) throws(CaseFileError) {
        guard !cases.isEmpty else { throw failure("a directive before the first `-- case:`") }
        body(&cases[cases.count - 1])
    }

    private func failure(_ what: String) -> CaseFileError { CaseFileError(place: "\(file):\(index)", what: what) }
}

extension ConformanceCase.Step {
    /// Whether it can fail on an answer.
    fileprivate var asserts: Bool {
        switch action {
        case .run, .await: true
        default: false
        }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
