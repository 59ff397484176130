/// A pattern of LIKE: `%`, `_`, `[a-z]`, `[^a]` and an escape character, compared without case.
struct LikePattern {
    private enum Element {
        case any
        case one
        case character(Unicode.Scalar)
        case set([(low: String, high: String)], negated: Bool)
    }

    private var elements: [Element] = []

    /// The text or the pattern is nvarchar: blanks at the end count, and sets follow the order of Unicode texts.
    private let isNational: Bool

    init(_ pattern: String, escape: Unicode.Scalar?, isNational: Bool) {
        self.isNational = isNational
        let source = Array(pattern.unicodeScalars)
        var index = 0
        while index < source.count {
            let scalar = source[index]
            index += 1
            if scalar == escape, index < source.count {
                elements.append(.character(Self.fold(source[index])))
                index += 1
                continue
            }
            switch scalar {
            case "%": elements.append(.any)
            case "_": elements.append(.one)
            case "[":
                if let set = Self.set(source, &index, escape) { elements.append(set) }
            default: elements.append(.character(Self.fold(scalar)))
            }
        }
    }

    /// Reads a set after its `[`; without a `]` the pattern matches nothing.
    private static func set(_ source: [Unicode.Scalar], _ index: inout Int, _ escape: Unicode.Scalar?) -> Element? {
        let isNegated = index < source.count && source[index] == "^"
        var position = index + (isNegated ? 1 : 0)
        var ranges: [(low: String, high: String)] = []
        var isFirst = true
        while position < source.count, source[position] != "]" || isFirst && position + 1 < source.count {
            if source[position] == "]" { break }
            isFirst = false
            if source[position] == escape, position + 1 < source.count { position += 1 }
            let low = String(Character(source[position]))
            if position + 2 < source.count, source[position + 1] == "-", source[position + 2] != "]" {
                ranges.append((low, String(Character(source[position + 2]))))
                position += 3
            } else {
                ranges.append((low, low))
                position += 1
            }
        }
        guard position < source.count else {
            index = source.count
            return .set([], negated: false)
        }
        index = position + 1
        return .set(ranges, negated: isNegated)
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? scalar : scalar
    }

    /// Whether a text matches; in varchar, blanks at the end of the text, but not of the pattern, may be left over.
    func matches(_ text: String) -> Bool {
        let scalars = text.precomposed.unicodeScalars.map(Self.fold)
        if match(scalars) { return true }
        guard !isNational else { return false }
        var shorter = scalars[...]
        while shorter.last == " " {
            shorter.removeLast()
            if match(Array(shorter)) { return true }
        }
        return false
    }

    /// The index of the first character from which the rest of a text matches, for PATINDEX; nil when none does.
    func firstMatch(in text: String) -> Int? {
        let scalars = text.unicodeScalars.map(Self.fold)
        if let found = scalars.indices.first(where: { match(scalars, from: $0) }) { return found }
        guard !isNational else { return nil }
        let shorter = text.withoutTrailingBlanks.unicodeScalars.map(Self.fold)
        return shorter.indices.first { match(shorter, from: $0) }
    }

    private func match(_ text: [Unicode.Scalar], from start: Int = 0) -> Bool {
        var (at, place) = (start, 0)
        var (star, retry) = (-1, start)
        while at < text.count {
            if place < elements.count, case .any = elements[place] {
                (star, retry) = (place, at)
                place += 1
            } else if place < elements.count, accepts(elements[place], text[at]) {
                at += 1
                place += 1
            } else if star >= 0 {
                retry += 1
                (at, place) = (retry, star + 1)
            } else {
                return false
            }
        }
        while place < elements.count, case .any = elements[place] { place += 1 }
        return place == elements.count
    }

    private func accepts(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
        switch element {
        case .any: false
        case .one: true
        case .character(let expected): expected == scalar
        case .set(let ranges, let negated): ranges.contains { isInside($0.low, $0.high, scalar) } != negated
        }
    }

    private func isInside(_ low: String, _ high: String, _ scalar: Unicode.Scalar) -> Bool {
        let text = String(Character(scalar))
        let compare = isNational ? LinguisticCollation.compare : TextCollation.compare
        return compare(low, text) <= 0 && compare(text, high) <= 0
    }
}
