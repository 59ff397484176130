/// A place in a batch.
///
/// Lines count from 1 as in SQL Server's messages; a carriage return alone, a line feed alone and the pair of them each
/// end a line. Offsets count UTF-8 bytes from 0.
package struct SourcePosition: Sendable, Hashable {
    package let line: Int
    package let offset: Int

    package init(line: Int, offset: Int) {
        self.line = line
        self.offset = offset
    }
}

/// A stretch of a batch: where a node starts, and the byte after its last token.
///
/// Where a node stands is no part of what it is: all ranges are equal, so that trees compare by what they mean. Compare
/// ``offsets`` or ``line`` for a place.
package struct SourceRange: Sendable, Equatable {
    package let start: SourcePosition
    package let end: Int

    package init(start: SourcePosition, end: Int) {
        self.start = start
        self.end = end
    }

    package static func == (_: SourceRange, _: SourceRange) -> Bool { true }

    /// The line on which the node starts, counted from 1 in its batch.
    package var line: Int { start.line }

    /// The bytes of the node, as offsets into the batch's UTF-8.
    package var offsets: Range<Int> { start.offset..<max(start.offset, end) }

    /// The node's own text, or an empty string when `batch` is not the text that was parsed.
    package func text(in batch: String) -> String {
        let bytes = batch.utf8
        guard let lower = bytes.index(bytes.startIndex, offsetBy: start.offset, limitedBy: bytes.endIndex),
            let upper = bytes.index(lower, offsetBy: offsets.count, limitedBy: bytes.endIndex)
        else { return "" }
        return String(decoding: bytes[lower..<upper], as: UTF8.self)
    }
}
