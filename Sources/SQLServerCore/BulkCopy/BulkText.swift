import SQLValues

/// Writes text in the encodings of a bulk load.
enum BulkText {
    /// Writes UTF-8 as UTF-16, little-endian.
    ///
    /// - Parameters:
    ///   - text: Valid UTF-8.
    ///   - place: Room for two bytes for each byte of the text.
    /// - Returns: The number of bytes written.
    @inline(__always)
    static func writeUTF16(_ text: UnsafeRawBufferPointer, to place: UnsafeMutableRawPointer) -> Int {
        let count = text.count
        var (read, written) = (0, 0)
        while read < count {
            if read + 8 <= count {
                let bytes = unsafe text.loadUnaligned(fromByteOffset: read, as: SIMD8<UInt8>.self)
                if (bytes & SIMD8(repeating: 0x80)) == SIMD8(repeating: 0) {
                    let units = SIMD8<UInt16>(truncatingIfNeeded: bytes)
                    unsafe place.storeBytes(of: units, toByteOffset: written, as: SIMD8<UInt16>.self)
                    read += 8
                    written += 16
                    continue
                }
            }
            let first = unsafe text[read]
            if first < 0x80 {
                unsafe place.storeBytes(of: UInt16(first).littleEndian, toByteOffset: written, as: UInt16.self)
                read += 1
                written += 2
            } else {
                written += unsafe writeScalar(text, first, &read, place + written)
            }
        }
        return written
    }

    /// Writes one character beyond ASCII.
    private static func writeScalar(
        _ text: UnsafeRawBufferPointer, _ first: UInt8, _ read: inout Int, _ place: UnsafeMutableRawPointer
    ) -> Int {
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for index in 1..<length { scalar = scalar << 6 | UInt32(unsafe text[read + index]) & 0x3F }
        read += length
        guard scalar > 0xFFFF else {
            unsafe place.storeBytes(of: UInt16(scalar).littleEndian, as: UInt16.self)
            return 2
        }
        let rest = scalar - 0x1_0000
        unsafe place.storeBytes(of: UInt16(0xD800 + rest >> 10).littleEndian, as: UInt16.self)
        let low = UInt16(0xDC00 + rest & 0x3FF)
        unsafe place.storeBytes(of: low.littleEndian, toByteOffset: 2, as: UInt16.self)
        return 4
    }

    /// Whether all bytes are ASCII.
    @inline(__always)
    static func isASCII(_ text: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index + 8 <= text.count {
            let bytes = unsafe text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard bytes & 0x8080_8080_8080_8080 == 0 else { return false }
            index += 8
        }
        while index < text.count {
            guard unsafe text[index] < 0x80 else { return false }
            index += 1
        }
        return true
    }
}

/// The code pages that a text goes through on its way into a column.
///
/// The rows are sent in the code page of the database, and the server converts them to that of the column. Both must
/// have every character, or the server would put a look-alike or `?`.
struct BulkCodePages: Sendable {
    /// That of the database.
    let wire: SQLCodePage
    /// That of the column.
    let column: SQLCodePage

    /// The bytes of a text that is not ASCII, and how many it takes in the column.
    ///
    /// - Throws: ``BulkValueError`` for a character that one of the code pages lacks.
    func bytes(of text: String) throws(BulkValueError) -> (bytes: [UInt8], columnCount: Int) {
        guard let columnCount = column.byteCount(of: text) else { throw lacking(column) }
        if wire == .utf8 { return (Array(text.utf8), columnCount) }
        var bytes: [UInt8] = []
        for unit in text.utf16 {
            guard let byte = wire.byte(of: unit) else { throw lacking(wire) }
            bytes.append(byte)
        }
        return (bytes, columnCount)
    }

    private func lacking(_ page: SQLCodePage) -> BulkValueError {
        let whose = page == column ? "of the column" : "of the database, in which rows are sent,"
        return BulkValueError(
            page == .ascii
                ? "the text has a character beyond ASCII, which bulk copy cannot send in a double-byte code page"
                : "the text has a character that \(page) \(whose) lacks")
    }
}
