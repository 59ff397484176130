/// How `nvarchar` is compared under the default collation: by the rules of Windows, which `varchar` does not follow.
///
/// Case, width and kind of kana do not count, accents do; `ß` is `ss`, `æ` is `ae`; the hyphen and the apostrophe
/// decide only between texts that are equal otherwise; characters without a weight, such as all beyond U+FFFF, count
/// for nothing. (Windows collations of version 80; "Collation and Unicode support".)
enum LinguisticCollation {
    /// SQLite's collating function on two UTF-8 texts.
    ///
    /// - Parameters:
    ///   - a: The left text.
    ///   - b: The right text.
    ///   - refuse: Gets a character whose weight is not known here, when the result may depend on it.
    /// - Returns: Less than 0, 0, or more than 0.
    @unsafe static func compare(
        _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, refuse: (Unicode.Scalar) -> Void
    ) -> Int32 {
        if let fast = unsafe compareSimple(a, b) { return fast }
        let x = unsafe Key(String(decoding: a, as: UTF8.self))
        let y = unsafe Key(String(decoding: b, as: UTF8.self))
        if let unknown = Key.earliest(x.unknown, y.unknown), unsafe !a.elementsEqual(b) {
            // What a letter before it decides does not depend on it.
            if Key.firstDifference(x.base, y.base) >= unknown.position { refuse(unknown.scalar) }
        }
        for (p, q) in [(x.base, y.base), (x.accents, y.accents), (x.marks, y.marks)] where p != q {
            return p.lexicographicallyPrecedes(q) ? -1 : 1
        }
        return 0
    }

    /// Compares two texts.
    static func compare(_ a: String, _ b: String) -> Int {
        var (left, right) = (a, b)
        return left.withUTF8 { x in
            right.withUTF8 { y in
                unsafe Int(compare(UnsafeRawBufferPointer(x), UnsafeRawBufferPointer(y), refuse: { _ in }))
            }
        }
    }

    /// Whether a character is compared other than by itself, so that a search for single characters would miss it.
    static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x80 && (expansions[scalar.value] != nil || weight(of: scalar) != .letter)
    }

    /// Compares texts of ASCII without control characters, hyphen and apostrophe; nil for others.
    @unsafe private static func compareSimple(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int32? {
        guard unsafe isSimple(a), unsafe isSimple(b) else { return nil }
        let shared = min(a.count, b.count)
        for index in 0..<shared {
            let (p, q) = unsafe (weights[Int(a[index])], weights[Int(b[index])])
            if p != q { return p < q ? -1 : 1 }
        }
        for index in shared..<max(a.count, b.count) {
            let byte = unsafe a.count > shared ? a[index] : b[index]
            if byte != 0x20 { return a.count > shared ? 1 : -1 }
        }
        return 0
    }

    @unsafe private static func isSimple(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<bytes.count {
            let byte = unsafe bytes[index]
            if byte < 0x20 || byte >= 0x7F || byte == 0x27 || byte == 0x2D { return false }
        }
        return true
    }

    /// What two texts are compared by, in this order.
    private struct Key {
        var base: [UInt32] = []
        var accents: [UInt32] = []
        var marks: [UInt32] = []
        /// The first character whose weight is not known, and how many letters stand before it.
        var unknown: (scalar: Unicode.Scalar, position: Int)?

        static func earliest(
            _ a: (scalar: Unicode.Scalar, position: Int)?, _ b: (scalar: Unicode.Scalar, position: Int)?
        ) -> (scalar: Unicode.Scalar, position: Int)? {
            guard let a, let b else { return a ?? b }
            return a.position <= b.position ? a : b
        }

        /// Where two lists differ; the length of the shorter when one begins with the other.
        static func firstDifference(_ a: [UInt32], _ b: [UInt32]) -> Int {
            zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
        }

        init(_ text: String) {
            for scalar in Decomposition.canonical(text).unicodeScalars { add(scalar) }
            while base.last == UInt32(weights[0x20]) { base.removeLast() }
        }

        private mutating func add(_ scalar: Unicode.Scalar) {
            if let expansion = expansions[scalar.value] {
                for part in expansion.unicodeScalars { add(part) }
                return
            }
            switch weight(of: scalar) {
            case .none: return
            case .mark: marks += [UInt32(base.count), scalar.value]
            case .accent: accents += [UInt32(base.count), scalar.value]
            case .unknown:
                unknown = unknown ?? (scalar, base.count)
                base.append(scalar.value + 0x100)
            case .letter, .wide:
                let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
                base.append(lower.value < 0x80 ? UInt32(weights[Int(lower.value)]) : lower.value + 0x100)
            }
        }
    }

    private enum Weight { case letter, accent, mark, wide, none, unknown }

    private static func weight(of scalar: Unicode.Scalar) -> Weight {
        switch scalar.value {
        case 0x09...0x0D, 0x20...0x26, 0x28...0x2C, 0x2E...0x7E: .letter
        case 0x27, 0x2D, 0xAD, 0x2010, 0x2011: .mark
        case 0...0x1F, 0x7F...0x84, 0x86...0x9F, 0x200B...0x200F, 0xFEFF, 0x1_0000...: .none
        case 0x300...0x345: .accent
        case 0xA0...0x24F, 0x370...0x3FF, 0x400...0x45F, 0x490...0x4CC, 0x5D0...0x5EA, 0x621...0x63A, 0x641...0x64A,
            0x660...0x669, 0x1E00...0x1EF9, 0x2013...0x2027, 0x2030...0x203A, 0x20A0...0x20AC, 0x2116, 0x2122,
            0x3001...0x3003, 0x4E00...0x9FA5, 0xAC00...0xD7A3, 0x1100...0x1112, 0x1161...0x1175, 0x11A8...0x11C2:
            .letter
        case 0x3042...0x3093 where !smallKana.contains(scalar.value): .letter
        // Armenian, the consonants and independent vowels of the Indic scripts, Thai, Georgian: scripts that had weights
        // before version 90. Their signs, and scripts that came later and count for nothing, stay unknown.
        case 0x531...0x556, 0x561...0x586, 0x905...0x939, 0x985...0x9B9, 0xA05...0xA39, 0xA85...0xAB9, 0xB05...0xB39,
            0xB85...0xBB9, 0xC05...0xC39, 0xC85...0xCB9, 0xD05...0xD39, 0xE01...0xE2E, 0x10D0...0x10F6:
            .letter
        default: .unknown
        }
    }

    private static let smallKana: Set<UInt32> = [
        0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E,
    ]

    /// Characters that count as others.
    private static let expansions: [UInt32: String] = {
        var table: [UInt32: String] = [
            0xDF: "ss", 0xC6: "ae", 0xE6: "ae", 0x152: "oe", 0x153: "oe", 0xDE: "th", 0xFE: "th", 0x132: "ij",
            0x133: "ij", 0x1C4: "dž", 0x1C5: "dž", 0x1C6: "dž", 0x1C7: "lj", 0x1C8: "lj", 0x1C9: "lj", 0x1CA: "nj",
            0x1CB: "nj", 0x1CC: "nj", 0x3000: " ", 0xA0: " ",
        ]
        for code in UInt32(0xFF01)...0xFF5E {
            table[code] = Unicode.Scalar(code - 0xFEE0).map { String(Character($0)) }
        }
        for code in UInt32(0x30A2)...0x30F3 where !smallKana.contains(code - 0x60) {
            table[code] = Unicode.Scalar(code - 0x60).map { String(Character($0)) }
        }
        return table
    }()

    /// Weights of ASCII: blanks, punctuation, symbols, digits, then letters without case.
    private static let weights: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 128)
        let order = "\t\n\u{B}\u{C}\r !\"#$%&()*,./:;?@[\\]^_`{|}~+<=>0123456789abcdefghijklmnopqrstuvwxyz"
        for (index, byte) in order.utf8.enumerated() { table[Int(byte)] = UInt8(index + 1) }
        for upper in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(upper)] = table[Int(upper + 32)] }
        return table
    }()
}
