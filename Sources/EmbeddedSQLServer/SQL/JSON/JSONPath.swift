/// A path into a JSON text: `[append] [lax | strict] $.name."quoted name"[0]`.
struct JSONPath {
    enum Step {
        case key(String)
        case index(Int)
    }

    var isStrict = false
    var appends = false
    var steps: [Step] = []

    /// Reads a path; Msg 13607 when it is none.
    init(_ text: String) throws(ServerMessage) {
        let source = Array(text.unicodeScalars)
        var place = 0
        func unexpected() -> ServerMessage {
            let character = place < source.count ? String(Character(source[place])) : "."
            return .error(
                13_607, state: 4,
                "JSON path is not properly formatted. Unexpected character '\(character)' is found at position \(place)."
            )
        }
        func skipBlanks() { while place < source.count, source[place] == " " { place += 1 } }
        func accept(_ word: String) -> Bool {
            let scalars = Array(word.unicodeScalars)
            guard source.count >= place + scalars.count, source[place..<place + scalars.count].elementsEqual(scalars)
            else { return false }
            place += scalars.count
            return true
        }
        skipBlanks()
        if accept("append ") { appends = true }
        skipBlanks()
        if accept("strict ") { isStrict = true } else { _ = accept("lax ") }
        skipBlanks()
        guard accept("$") else { throw unexpected() }
        while place < source.count {
            if accept(".") {
                steps.append(.key(try Self.key(source, &place, unexpected)))
            } else if accept("[") {
                var digits = ""
                while place < source.count, ("0"..."9").contains(source[place]) {
                    digits.unicodeScalars.append(source[place])
                    place += 1
                }
                guard let index = Int(digits), accept("]") else { throw unexpected() }
                steps.append(.index(index))
            } else {
                skipBlanks()
                guard place == source.count else { throw unexpected() }
            }
        }
    }

    private static func key(
        _ source: [Unicode.Scalar], _ place: inout Int, _ unexpected: () -> ServerMessage
    ) throws(ServerMessage) -> String {
        var key = String.UnicodeScalarView()
        if place < source.count, source[place] == "\"" {
            place += 1
            while place < source.count, source[place] != "\"" {
                if source[place] == "\\", place + 1 < source.count { place += 1 }
                key.append(source[place])
                place += 1
            }
            guard place < source.count else { throw unexpected() }
            place += 1
            return String(key)
        }
        while place < source.count {
            let scalar = source[place]
            guard
                scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            else { break }
            key.append(scalar)
            place += 1
        }
        guard !key.isEmpty else { throw unexpected() }
        return String(key)
    }

    /// The node of the path, or nil.
    func find(in root: JSONNode) -> JSONNode? { find(in: root, steps[...]) }

    /// The node that holds the last step, or nil.
    func parent(in root: JSONNode) -> JSONNode? { find(in: root, steps.dropLast()) }

    private func find(in root: JSONNode, _ steps: ArraySlice<Step>) -> JSONNode? {
        var node = root
        for step in steps {
            switch (step, node.kind) {
            case (.key(let key), .object(let members)):
                guard let member = members.first(where: { $0.key.unicodeScalars.elementsEqual(key.unicodeScalars) })
                else { return nil }
                node = member.value
            case (.index(let index), .array(let items)) where index < items.count: node = items[index]
            default: return nil
            }
        }
        return node
    }
}

extension ServerMessage {
    /// Msg 13608.
    static func missingProperty(state: UInt8) -> ServerMessage {
        .error(13_608, state: state, "Property cannot be found on the specified JSON path.")
    }
}
