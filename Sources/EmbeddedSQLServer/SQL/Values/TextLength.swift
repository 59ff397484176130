import SQLValues

extension String {
    /// The number of UTF-16 units, in which SQL Server counts.
    var units: Int { utf16.count }

    /// The first `count` UTF-16 units; a pair that is cut in two is left out whole.
    func prefixUnits(_ count: Int) -> String {
        if utf8.count <= count || units <= count { return self }
        return substringUnits(from: 0, count: count)
    }

    /// `count` UTF-16 units from a position counted from 0, clamped to the text.
    func substringUnits(from start: Int, count: Int) -> String {
        let all = utf16
        let size = all.count
        let lower = max(0, min(start, size))
        let upper = max(lower, min(size, lower + max(0, count)))
        let from = all.index(all.startIndex, offsetBy: lower)
        let to = all.index(from, offsetBy: upper - lower)
        return String(decoding: Array(all[from..<to]), as: UTF16.self).filter { $0 != "\u{FFFD}" }
    }

    /// Without blanks at the end.
    var withoutTrailingBlanks: String {
        guard utf8.last == 0x20 else { return self }
        var view = unicodeScalars[...]
        while view.last == " " { view.removeLast() }
        return String(view)
    }

    /// Without blanks at the beginning.
    var withoutLeadingBlanks: String {
        guard utf8.first == 0x20 else { return self }
        var view = unicodeScalars[...]
        while view.first == " " { view.removeFirst() }
        return String(view)
    }
}
