/// A value in a JSON text, with its place there.
struct JSONNode {
    indirect enum Kind {
        case null
        case bool(Bool)
        case number
        case string(String)
        case array([JSONNode])
        case object([Member])
    }

    /// A property of an object.
    struct Member {
        var key: String
        /// Where the key begins.
        var start: Int
        var value: JSONNode
    }

    var kind: Kind
    /// Its characters in the text, in UTF-16 units.
    var range: Range<Int>

    var isContainer: Bool {
        switch kind {
        case .array, .object: true
        default: false
        }
    }
}

/// A JSON text that has been read.
struct JSONDocument {
    let units: [UInt16]
    let root: JSONNode
    /// Only the value of the path was read, and ``root`` is that.
    private var isFound = false

    /// Reads a text; Msg 13609 with the given state when it is no object or array.
    init(_ text: String, state: UInt8 = 1, allowsScalar: Bool = false) throws(ServerMessage) {
        var reader = JSONReader(units: Array(text.utf16), state: state)
        root = try reader.document(allowsScalar: allowsScalar)
        units = reader.units
    }

    /// Reads a text as far as a path asks: what stands behind the value that is found may be anything.
    init(_ text: String, state: UInt8, until path: JSONPath) throws(ServerMessage) {
        var reader = JSONReader(units: Array(text.utf16), state: state)
        units = reader.units
        do throws(ServerMessage) {
            root = try reader.document(allowsScalar: false)
        } catch {
            var second = JSONReader(units: units, state: state)
            guard let node = second.search(path.steps[...]) else { throw error }
            root = node
            isFound = true
        }
    }

    /// The node of a path, or nil.
    func find(_ path: JSONPath) -> JSONNode? { isFound ? root : path.find(in: root) }

    /// The characters of a node as they were written.
    func text(of node: JSONNode) -> String { String(decoding: units[node.range], as: UTF16.self) }

    /// The value of a scalar as text; nil for JSON's null.
    func scalar(_ node: JSONNode) -> String? {
        switch node.kind {
        case .null: nil
        case .bool(let flag): flag ? "true" : "false"
        case .string(let text): text
        default: text(of: node)
        }
    }
}

/// Reads JSON as RFC 8259 has it.
struct JSONReader {
    let units: [UInt16]
    let state: UInt8
    private var place = 0
    private var depth = 0

    init(units: [UInt16], state: UInt8) {
        self.units = units
        self.state = state
    }

    mutating func document(allowsScalar: Bool) throws(ServerMessage) -> JSONNode {
        skipBlanks()
        if !allowsScalar, peek != UInt16(ascii: "{"), peek != UInt16(ascii: "[") { throw unexpected() }
        let root = try value()
        skipBlanks()
        guard place == units.count else { throw unexpected() }
        return root
    }

    /// The value at a path, read from left to right no further than needed; nil when the text breaks before it.
    mutating func search(_ steps: ArraySlice<JSONPath.Step>) -> JSONNode? {
        do throws(ServerMessage) {
            skipBlanks()
            guard let step = steps.first else { return try value() }
            switch step {
            case .key(let wanted):
                guard accept("{") else { return nil }
                skipBlanks()
                while peek == UInt16(ascii: "\"") {
                    let key = try string()
                    skipBlanks()
                    guard accept(":") else { return nil }
                    if key.unicodeScalars.elementsEqual(wanted.unicodeScalars) { return search(steps.dropFirst()) }
                    skipBlanks()
                    _ = try value()
                    skipBlanks()
                    guard accept(",") else { return nil }
                    skipBlanks()
                }
            case .index(let wanted):
                guard accept("[") else { return nil }
                for _ in 0..<wanted {
                    skipBlanks()
                    _ = try value()
                    skipBlanks()
                    guard accept(",") else { return nil }
                }
                return search(steps.dropFirst())
            }
            return nil
        } catch {
            return nil
        }
    }

    private var peek: UInt16 { place < units.count ? units[place] : 0 }

    private func unexpected() -> ServerMessage {
        let character = place < units.count ? String(decoding: [units[place]], as: UTF16.self) : "."
        return .error(
            13_609, state: state,
            "JSON text is not properly formatted. Unexpected character '\(character)' is found at position \(place).")
    }

    private mutating func skipBlanks() {
        while [0x20, 0x09, 0x0A, 0x0D].contains(peek) { place += 1 }
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt16(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func value() throws(ServerMessage) -> JSONNode {
        let start = place
        let kind: JSONNode.Kind
        switch peek {
        case UInt16(ascii: "{"): kind = try object()
        case UInt16(ascii: "["): kind = try array()
        case UInt16(ascii: "\""): kind = .string(try string())
        case UInt16(ascii: "t"):
            try word("true")
            kind = .bool(true)
        case UInt16(ascii: "f"):
            try word("false")
            kind = .bool(false)
        case UInt16(ascii: "n"):
            try word("null")
            kind = .null
        default:
            try number()
            kind = .number
        }
        return JSONNode(kind: kind, range: start..<place)
    }

    private mutating func enter() throws(ServerMessage) {
        depth += 1
        guard depth <= 128 else { throw .unsupported("JSON of more than 128 levels") }
        place += 1
        skipBlanks()
    }

    private mutating func object() throws(ServerMessage) -> JSONNode.Kind {
        try enter()
        defer { depth -= 1 }
        var members: [JSONNode.Member] = []
        if accept("}") { return .object([]) }
        while true {
            let start = place
            guard peek == UInt16(ascii: "\"") else { throw unexpected() }
            let key = try string()
            skipBlanks()
            guard accept(":") else { throw unexpected() }
            skipBlanks()
            members.append(.init(key: key, start: start, value: try value()))
            skipBlanks()
            if accept("}") { return .object(members) }
            guard accept(",") else { throw unexpected() }
            skipBlanks()
        }
    }

    private mutating func array() throws(ServerMessage) -> JSONNode.Kind {
        try enter()
        defer { depth -= 1 }
        var items: [JSONNode] = []
        if accept("]") { return .array([]) }
        while true {
            items.append(try value())
            skipBlanks()
            if accept("]") { return .array(items) }
            guard accept(",") else { throw unexpected() }
            skipBlanks()
        }
    }

    private mutating func word(_ word: String) throws(ServerMessage) {
        for unit in word.utf16 {
            guard peek == unit else { throw unexpected() }
            place += 1
        }
    }

    private mutating func digits() throws(ServerMessage) {
        guard (0x30...0x39).contains(peek) else { throw unexpected() }
        while (0x30...0x39).contains(peek) { place += 1 }
    }

    private mutating func number() throws(ServerMessage) {
        _ = accept("-")
        if !accept("0") { try digits() }
        if accept(".") { try digits() }
        if accept("e") || accept("E") {
            if !accept("+") { _ = accept("-") }
            try digits()
        }
    }

    private mutating func string() throws(ServerMessage) -> String {
        place += 1
        var result: [UInt16] = []
        while place < units.count {
            let unit = units[place]
            if unit == UInt16(ascii: "\"") {
                place += 1
                return String(decoding: result, as: UTF16.self)
            }
            guard unit >= 0x20 else { throw unexpected() }
            place += 1
            result.append(unit == UInt16(ascii: "\\") ? try escape() : unit)
        }
        throw unexpected()
    }

    private mutating func escape() throws(ServerMessage) -> UInt16 {
        let unit = peek
        let plain: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 0x08, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09,
        ]
        if let scalar = Unicode.Scalar(unit), let meant = plain[scalar] {
            place += 1
            return meant
        }
        guard accept("u") else { throw unexpected() }
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Unicode.Scalar(peek).flatMap({ Character($0).hexDigitValue }) else { throw unexpected() }
            code = code << 4 | UInt16(digit)
            place += 1
        }
        return code
    }
}

extension UInt16 {
    fileprivate init(ascii scalar: Unicode.Scalar) { self = UInt16(truncatingIfNeeded: scalar.value) }
}
