/// Finds the name that somebody meant.
enum NearestName {
    /// The known name that differs least from `name`, when it differs little enough to be a typing mistake.
    static func suggestion(for name: String, among known: [String]) -> String? {
        let wanted = plain(name)
        let limit = max(1, wanted.count / 3)
        let ranked = known.map { ($0, distance(wanted, plain($0))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= limit else { return nil }
        return best.0
    }

    /// The letters and digits in lower case: people vary spaces, underscores and capitals most.
    private static func plain(_ name: String) -> [Character] {
        // A name of any sensible length; the cost of comparing grows with the square.
        Array(name.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(64))
    }

    /// The least number of letters to insert, delete or replace (Levenshtein).
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (i, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, otherLetter) in other.enumerated() {
                let replaced = diagonal + (letter == otherLetter ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
        }
        return row[other.count]
    }
}
