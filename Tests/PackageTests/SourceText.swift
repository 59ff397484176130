/// Swift source split into code, comments and string literals, so that a rule never trips over an example in a string.
///
/// It knows line and nested block comments, plain, multi-line and raw string literals, and code inside interpolations.
/// Regular expression literals are read as code.
struct SourceText {
    private enum Kind { case code, comment, string }

    private let bytes: [UInt8]
    private var kinds: [Kind]

    init(_ text: String) {
        bytes = Array(text.utf8)
        kinds = Array(repeating: .code, count: bytes.count)
        var position = 0
        while position < bytes.count {
            scanCode(&position)
        }
    }

    /// The code, with comments and the contents of string literals blanked; lines keep their numbers.
    var code: String { view { $0 == .code } }

    /// The code and its string literals, with comments blanked.
    var codeAndStrings: String { view { $0 != .comment } }

    /// The comments, with everything else blanked.
    var comments: String { view { $0 == .comment } }

    private func view(_ isShown: (Kind) -> Bool) -> String {
        let shown = zip(bytes, kinds).map { byte, kind in
            isShown(kind) || byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " ")
        }
        return String(decoding: shown, as: UTF8.self)
    }

    private func has(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at position: Int) -> Bool {
        position + 1 < bytes.count && bytes[position] == UInt8(ascii: first)
            && bytes[position + 1] == UInt8(ascii: second)
    }

    private func has(_ byte: Unicode.Scalar, at position: Int, count: Int = 1) -> Bool {
        position + count <= bytes.count && bytes[position..<position + count].allSatisfy { $0 == UInt8(ascii: byte) }
    }

    private mutating func mark(_ kind: Kind, _ position: inout Int, count: Int = 1) {
        for index in position..<min(position + count, bytes.count) {
            kinds[index] = kind
        }
        position += count
    }

    /// Reads code up to the end, or past the parenthesis that closes an interpolation.
    private mutating func scanCode(_ position: inout Int) {
        var depth = 0
        while position < bytes.count, depth >= 0 {
            if has("/", "/", at: position) {
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { mark(.comment, &position) }
            } else if has("/", "*", at: position) {
                scanBlockComment(&position)
            } else if let hashes = literalStart(at: position) {
                scanString(&position, hashes: hashes)
            } else {
                if bytes[position] == UInt8(ascii: "(") { depth += 1 }
                if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
                position += 1
            }
        }
    }

    private mutating func scanBlockComment(_ position: inout Int) {
        var depth = 0
        repeat {
            if has("/", "*", at: position) {
                depth += 1
                mark(.comment, &position, count: 2)
            } else if has("*", "/", at: position) {
                depth -= 1
                mark(.comment, &position, count: 2)
            } else {
                mark(.comment, &position)
            }
        } while depth > 0 && position < bytes.count
    }

    /// The number of `#` before the quote of a string literal that starts here, or nil when none starts here.
    private func literalStart(at position: Int) -> Int? {
        guard has("\"", at: position) || has("#", at: position) else { return nil }
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        return has("\"", at: position + hashes) ? hashes : nil
    }

    private mutating func scanString(_ position: inout Int, hashes: Int) {
        mark(.string, &position, count: hashes)
        let isMultiline = has("\"", at: position, count: 3)
        let quotes = isMultiline ? 3 : 1
        mark(.string, &position, count: quotes)
        while position < bytes.count {
            if has("\"", at: position, count: quotes), has("#", at: position + quotes, count: hashes) {
                return mark(.string, &position, count: quotes + hashes)
            }
            if !isMultiline, bytes[position] == UInt8(ascii: "\n") { return }
            guard bytes[position] == UInt8(ascii: "\\"), has("#", at: position + 1, count: hashes) else {
                mark(.string, &position)
                continue
            }
            mark(.string, &position, count: 1 + hashes)
            if has("(", at: position) {
                position += 1
                scanCode(&position)
            } else {
                mark(.string, &position)
            }
        }
    }
}
