/// Reads little-endian numbers, bytes and strings from a message, never past its end.
package struct ByteReader: Sendable {
    private let bytes: [UInt8]
    /// The offset of the next byte.
    package private(set) var position: Int
    /// The offset after the last byte.
    package let end: Int

    /// A reader of all of `bytes`.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    private init(_ bytes: [UInt8], from position: Int, to end: Int) {
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    /// How many bytes are left.
    package var remaining: Int { end - position }

    /// The next byte, which stays where it is; nil at the end.
    package var peek: UInt8? { position < end ? bytes[position] : nil }

    /// An error at the current position.
    package func failure(_ what: String) -> TDSProtocolError { TDSProtocolError(what, at: position) }

    /// Checks that `count` bytes are left, and passes them.
    package mutating func skip(_ count: Int) throws(TDSProtocolError) { _ = try take(count) }

    private mutating func take(_ count: Int) throws(TDSProtocolError) -> Int {
        guard count >= 0, count <= remaining else {
            throw failure("\(count) bytes expected, \(remaining) left")
        }
        let start = position
        position += count
        return start
    }

    /// The next `count` bytes.
    package mutating func slice(_ count: Int) throws(TDSProtocolError) -> ArraySlice<UInt8> {
        let start = try take(count)
        return bytes[start..<start + count]
    }

    /// A reader of the next `count` bytes, which this reader passes.
    package mutating func reader(_ count: Int) throws(TDSProtocolError) -> ByteReader {
        let start = try take(count)
        return ByteReader(bytes, from: start, to: start + count)
    }

    /// A reader from an absolute offset of the message, for `count` bytes or up to the end.
    package func reader(at offset: Int, count: Int? = nil) throws(TDSProtocolError) -> ByteReader {
        guard offset >= 0, offset <= end, (count ?? 0) >= 0, (count ?? 0) <= end - offset else {
            throw TDSProtocolError(
                "an offset of \(offset) with \(count ?? 0) bytes lies outside the message", at: offset)
        }
        return ByteReader(bytes, from: offset, to: count.map { offset + $0 } ?? end)
    }

    /// A little-endian number of a fixed width.
    package mutating func integer<T: FixedWidthInteger>(_: T.Type = T.self) throws(TDSProtocolError) -> T {
        var index = try take(T.bitWidth / 8)
        var value: T = 0
        for shift in stride(from: 0, to: T.bitWidth, by: 8) {
            value |= T(truncatingIfNeeded: bytes[index]) << T(truncatingIfNeeded: shift)
            index += 1
        }
        return value
    }

    /// A big-endian number of a fixed width.
    package mutating func bigEndian<T: FixedWidthInteger>(_: T.Type = T.self) throws(TDSProtocolError) -> T {
        T(bigEndian: T(littleEndian: try integer(T.self)))
    }

    /// One byte.
    package mutating func byte() throws(TDSProtocolError) -> UInt8 { bytes[try take(1)] }

    /// A little-endian unsigned number of `width` bytes, 0 to 8.
    package mutating func unsigned(width: Int) throws(TDSProtocolError) -> UInt64 {
        var value: UInt64 = 0
        let start = try take(width)
        for index in (start..<start + width).reversed() { value = value << 8 | UInt64(bytes[index]) }
        return value
    }

    /// UTF-16 text of `units` code units; a lone surrogate becomes U+FFFD.
    package mutating func utf16(_ units: Int) throws(TDSProtocolError) -> String {
        guard units <= remaining / 2 else { throw failure("\(units) characters expected, \(remaining / 2) left") }
        let start = try take(units * 2)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let data = unsafe UnsafeBufferPointer(rebasing: buffer[start..<start + 2 * units])
            return unsafe Self.ascii(data) ?? Self.anyText(data)
        }
    }

    /// The text of UTF-16 bytes when all of it is ASCII, which most is; nil otherwise.
    private static func ascii(_ utf16: UnsafeBufferPointer<UInt8>) -> String? {
        let units = utf16.count / 2
        var others: UInt8 = 0
        for index in 0..<units { unsafe others |= utf16[2 * index] & 0x80 | utf16[2 * index + 1] }
        guard others == 0 else { return nil }
        return unsafe String(unsafeUninitializedCapacity: units) { text in
            for index in 0..<units { unsafe text[index] = utf16[2 * index] }
            return units
        }
    }

    private static func anyText(_ utf16: UnsafeBufferPointer<UInt8>) -> String {
        let units = utf16.count / 2
        let list = unsafe [UInt16](unsafeUninitializedCapacity: units) { buffer, count in
            for index in 0..<units {
                unsafe buffer[index] = UInt16(utf16[2 * index]) | UInt16(utf16[2 * index + 1]) << 8
            }
            count = units
        }
        return String(decoding: list, as: UTF16.self)
    }

    /// A string with its length in characters before it in one byte (B_VARCHAR).
    package mutating func shortString() throws(TDSProtocolError) -> String { try utf16(Int(try byte())) }

    /// A string with its length in characters before it in two bytes (US_VARCHAR).
    package mutating func string() throws(TDSProtocolError) -> String { try utf16(Int(try integer(UInt16.self))) }
}
