/// A hash table from the bytes of a word, in any case, to the word.
///
/// Built once. Open addressing over a table four times the number of words keeps a miss, which most names are, at
/// one or two comparisons of the stored hash.
struct WordTable: Sendable {
    static let shared = WordTable()

    private struct Entry {
        var hash: UInt32 = 0
        var word = Word.other
        var isReserved = false
        var bytes: [UInt8] = []
    }

    private var entries: [Entry]
    private let mask: Int
    private let longest: Int

    private init() {
        var size = 1
        while size < Word.allCases.count * 4 { size *= 2 }
        entries = Array(repeating: Entry(), count: size)
        mask = size - 1
        longest = Word.allCases.map(\.rawValue.utf8.count).max() ?? 0
        // The reserved words are declared first.
        var isReserved = true
        for word in Word.allCases where word != .other {
            if word == .absent { isReserved = false }
            insert(word, isReserved: isReserved)
        }
    }

    private mutating func insert(_ word: Word, isReserved: Bool) {
        let bytes = Array(word.rawValue.utf8)
        var hash = WordTable.seed
        for byte in bytes { hash = WordTable.combine(hash, byte) }
        var slot = Int(hash) & mask
        while entries[slot].word != .other { slot = (slot + 1) & mask }
        entries[slot] = Entry(hash: hash, word: word, isReserved: isReserved, bytes: bytes)
    }

    /// The hash of no bytes (FNV-1a).
    static let seed: UInt32 = 2_166_136_261

    /// Adds one byte, with letters in upper case, to a hash.
    @inline(__always)
    static func combine(_ hash: UInt32, _ upper: UInt8) -> UInt32 { (hash ^ UInt32(upper)) &* 16_777_619 }

    /// The word that stands at `range` of `source`, whose hash the lexer made on the way, and whether it is reserved.
    func word(in source: [UInt8], _ range: Range<Int>, hash: UInt32) -> (word: Word, isReserved: Bool) {
        guard range.count <= longest else { return (.other, false) }
        var slot = Int(hash) & mask
        while entries[slot].word != .other {
            if entries[slot].hash == hash, matches(entries[slot].bytes, source, range) {
                return (entries[slot].word, entries[slot].isReserved)
            }
            slot = (slot + 1) & mask
        }
        return (.other, false)
    }

    private func matches(_ bytes: [UInt8], _ source: [UInt8], _ range: Range<Int>) -> Bool {
        guard bytes.count == range.count else { return false }
        for index in 0..<bytes.count where bytes[index] != ByteClass.upper(source[range.lowerBound + index]) {
            return false
        }
        return true
    }
}
