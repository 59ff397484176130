/// Finds what was probably meant.
enum Suggestion {
    /// The candidate that differs least from `text`, nil when none is near.
    static func nearest(to text: String, among candidates: [String]) -> String? {
        guard text.count >= 2, text.count <= 40 else { return nil }
        let limit = text.count <= 4 ? 1 : 2
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let distance = distance(Array(text.lowercased()), Array(candidate.lowercased()))
            guard distance <= limit, distance < best?.distance ?? .max else { continue }
            best = (distance, candidate)
        }
        if let best { return best.name }
        // What was started right, when only one continues so.
        let continued = candidates.filter { $0.hasPrefix(text.lowercased()) }
        return continued.count == 1 ? continued.first : nil
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }

    /// `" Did you mean 'x'?"`, or nothing.
    static func sentence(for text: String, among candidates: [String], prefix: String = "") -> String {
        nearest(to: text, among: candidates).map { " Did you mean '\(prefix)\($0)'?" } ?? ""
    }
}
