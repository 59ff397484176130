extension CodePage {
    /// What Windows takes for a character that code page 1252 does not have.
    enum BestFit {
        case character(Unicode.Scalar)
        /// `?`.
        case none
        /// Not known here: Windows has a table of hundreds of look-alikes.
        case unknown
    }

    /// The letter without its accent, the narrow form of a wide character, or `?` for other scripts.
    ///
    /// From Microsoft's bestfit1252.txt (unicode.org, MAPPINGS/VENDORS/MICSFT/WindowsBestFit).
    static func bestFit(_ scalar: Unicode.Scalar) -> BestFit {
        switch scalar.value {
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { .character($0) } ?? .none
        case 0x110: return .character("Ð")
        case 0x111: return .character("d")
        case 0x126: return .character("H")
        case 0x127: return .character("h")
        case 0x131: return .character("i")
        case 0x141: return .character("L")
        case 0x142: return .character("l")
        case 0x166: return .character("T")
        case 0x167: return .character("t")
        case 0x100...0x130, 0x134...0x137, 0x139...0x13E, 0x143...0x148, 0x14C...0x151, 0x154...0x17E:
            let base = Decomposition.canonical(String(Character(scalar))).unicodeScalars.first
            return base.map { $0.isASCII ? .character($0) : .unknown } ?? .unknown
        case 0x393...0x3C6: return greek[scalar].map { .character($0) } ?? .unknown
        case 0x400...0x52F, 0x5D0...0x5EA, 0x600...0x6FF, 0x900...0x97F, 0xE00...0xE7F, 0x3041...0x30FF,
            0x3400...0x9FFF, 0xAC00...0xD7A3, 0x1_0000...:
            return .none
        default: return .unknown
        }
    }

    private static let greek: [Unicode.Scalar: Unicode.Scalar] = [
        "Γ": "G", "Θ": "T", "Σ": "S", "Φ": "F", "Ω": "O", "α": "a", "δ": "d", "ε": "e", "π": "p", "σ": "s", "τ": "t",
        "φ": "f",
    ]
}
