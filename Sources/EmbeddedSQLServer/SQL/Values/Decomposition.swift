import Foundation

/// Canonical decomposition, which sets accents apart from their letters.
enum Decomposition {
    /// The text in Unicode's normal form D.
    static func canonical(_ text: String) -> String { text.decomposedStringWithCanonicalMapping }
}

extension String {
    /// The text in Unicode's normal form C.
    var precomposed: String { precomposedStringWithCanonicalMapping }
}
