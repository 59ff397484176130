/// The default collation: case-insensitive, accent-sensitive, trailing blanks ignored.
///
/// It decides equality as SQL_Latin1_General_CP1_CI_AS does. Its order is that collation's for ASCII and for letters
/// with accents, which stand beside their base letter; other scripts follow in the order of Unicode.
enum TextCollation {
    /// SQLite's collating function on two UTF-8 texts.
    @unsafe static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int32 {
        var index = 0
        let shared = min(a.count, b.count)
        while index < shared {
            let (x, y) = unsafe (a[index], b[index])
            if x >= 0x80 || y >= 0x80 { return unsafe compareSlowly(a, b) }
            if x != y {
                let (p, q) = (weights[Int(x)], weights[Int(y)])
                if p != q {
                    guard unsafe !hasNonASCII(a, from: index), unsafe !hasNonASCII(b, from: index) else {
                        return unsafe compareSlowly(a, b)
                    }
                    return p < q ? -1 : 1
                }
            }
            index += 1
        }
        // What is left of the longer text counts as compared with blanks.
        let (rest, sign): (UnsafeRawBufferPointer, Int32) = unsafe a.count > shared ? (a, 1) : (b, -1)
        while index < rest.count {
            let byte = unsafe rest[index]
            if byte != 0x20 { return weights[Int(byte & 0x7F)] < weights[0x20] && byte < 0x80 ? -sign : sign }
            index += 1
        }
        return 0
    }

    /// Compares two texts.
    static func compare(_ a: String, _ b: String) -> Int {
        var (left, right) = (a, b)
        return left.withUTF8 { x in
            right.withUTF8 { y in unsafe Int(compare(UnsafeRawBufferPointer(x), UnsafeRawBufferPointer(y))) }
        }
    }

    /// Whether two texts are equal.
    static func areEqual(_ a: String, _ b: String) -> Bool { compare(a, b) == 0 }

    @unsafe private static func hasNonASCII(_ bytes: UnsafeRawBufferPointer, from index: Int) -> Bool {
        for position in index..<bytes.count where unsafe bytes[position] >= 0x80 { return true }
        return false
    }

    @unsafe private static func compareSlowly(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int32 {
        let x = unsafe Key(String(decoding: a, as: UTF8.self))
        let y = unsafe Key(String(decoding: b, as: UTF8.self))
        if x.base != y.base { return x.base.lexicographicallyPrecedes(y.base) ? -1 : 1 }
        if x.accents != y.accents { return x.accents.lexicographicallyPrecedes(y.accents) ? -1 : 1 }
        return 0
    }

    /// What two texts are compared by: base letters first, then accents.
    private struct Key {
        var base: [UInt32] = []
        var accents: [UInt32] = []

        init(_ text: String) {
            var trimmed = text.unicodeScalars[...]
            while trimmed.last == " " { trimmed.removeLast() }
            for character in String(trimmed) {
                for scalar in TextCollation.folded(character).unicodeScalars {
                    if scalar.properties.generalCategory == .nonspacingMark {
                        accents.append(UInt32(base.count))
                        accents.append(scalar.value)
                    } else {
                        base.append(scalar.value < 0x80 ? UInt32(weights[Int(scalar.value)]) : scalar.value + 0x100)
                    }
                }
            }
        }
    }

    private static func folded(_ character: Character) -> String {
        // One character may have several scalars; lower case and decomposed, accents stand apart.
        let lower = character.lowercased()
        return lower.utf8.count == 1 ? lower : Decomposition.canonical(lower)
    }

    /// Weights of ASCII: punctuation, then digits, then letters without case.
    private static let weights: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 128)
        let order = "\u{0} !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789abcdefghijklmnopqrstuvwxyz"
        for code in 0..<32 { table[code] = UInt8(code) }
        table[127] = 32
        for (index, byte) in order.utf8.enumerated() where byte >= 32 { table[Int(byte)] = UInt8(32 + index) }
        for upper in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(upper)] = table[Int(upper + 32)] }
        return table
    }()
}
