/// Appends little-endian numbers, bytes and strings to one growing buffer.
package struct ByteWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []

    /// An empty writer.
    package init() {}

    /// How many bytes have been written.
    package var count: Int { bytes.count }

    /// Takes back everything after the first `count` bytes.
    package mutating func truncate(to count: Int) {
        if count < bytes.count { bytes.removeSubrange(max(0, count)...) }
    }

    /// Forgets the first `count` bytes, and keeps the memory.
    package mutating func removeFirst(_ count: Int) { bytes.removeSubrange(..<min(max(0, count), bytes.count)) }

    /// Forgets everything, and keeps the memory.
    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends one byte.
    package mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Appends bytes.
    package mutating func append(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

    /// Appends a number, least significant byte first.
    package mutating func integer<T: FixedWidthInteger>(_ value: T) {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Appends a number, most significant byte first.
    package mutating func bigEndian<T: FixedWidthInteger>(_ value: T) { integer(T(littleEndian: value.bigEndian)) }

    /// Appends the `width` low bytes of a number, least significant byte first.
    package mutating func unsigned(_ value: UInt64, width: Int) {
        var rest = value
        for _ in 0..<width {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Overwrites a number that was written before.
    package mutating func patch<T: FixedWidthInteger>(_ value: T, at offset: Int) {
        precondition(offset >= 0 && offset + T.bitWidth / 8 <= bytes.count, "patched outside of what was written")
        var rest = value
        for index in 0..<T.bitWidth / 8 {
            bytes[offset + index] = UInt8(truncatingIfNeeded: rest)
            if T.bitWidth > 8 { rest >>= 8 }
        }
    }

    /// Appends a string's UTF-16 code units.
    package mutating func utf16(_ text: String) {
        let isWritten: Bool? = unsafe text.utf8.withContiguousStorageIfAvailable { utf8 in
            guard unsafe utf8.allSatisfy({ $0 < 0x80 }) else { return false }
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: 2 * utf8.count))
            unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                for index in 0..<utf8.count { unsafe buffer[start + 2 * index] = utf8[index] }
            }
            return true
        }
        if isWritten == true { return }
        for unit in text.utf16 { integer(unit) }
    }

    /// Appends a string with its length in characters before it in one byte (B_VARCHAR), cut at 255 characters.
    package mutating func shortString(_ text: String) {
        let text = Self.cut(text, 255)
        byte(UInt8(text.utf16.count))
        utf16(text)
    }

    /// Appends a string with its length in characters before it in two bytes (US_VARCHAR), cut at `limit` characters.
    package mutating func string(_ text: String, limit: Int = 0xFFFF) {
        let text = Self.cut(text, min(limit, 0xFFFF))
        integer(UInt16(text.utf16.count))
        utf16(text)
    }

    /// The first characters of a text that fit in `units` UTF-16 code units.
    private static func cut(_ text: String, _ units: Int) -> String {
        // UTF-8 is never shorter than UTF-16 in code units, so this is a cheap upper bound.
        if text.utf8.count <= units || text.utf16.count <= units { return text }
        return String(decoding: Array(text.utf16.prefix(units)), as: UTF16.self)
    }
}
