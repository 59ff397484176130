import CommandLineTools

/// Reads the text of a script file.
package enum ScriptText {
    /// The text of UTF-8, or of UTF-16 that begins with a byte order mark, as Management Studio writes it.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - name: What an error calls the file.
    /// - Returns: The text without its byte order mark.
    /// - Throws: ``CommandFailure`` when the bytes are no text of these encodings.
    package static func decode(_ bytes: [UInt8], name: String) throws(CommandFailure) -> String {
        let text: String?
        if bytes.starts(with: [0xFF, 0xFE]) {
            text = utf16(bytes.dropFirst(2), isLittleEndian: true)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            text = utf16(bytes.dropFirst(2), isLittleEndian: false)
        } else {
            text = String(validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
        }
        // A NUL is what UTF-16 without its mark looks like, and SQL Server takes none.
        guard let text, !text.utf8.contains(0) else {
            throw CommandFailure(
                .failure,
                "\(name) is neither UTF-8 nor UTF-16 with a byte order mark; convert it, for example with "
                    + "iconv -f WINDOWS-1252 -t UTF-8")
        }
        return text
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittleEndian ? first | second << 8 : first << 8 | second
        }
        return String(validating: units, as: UTF16.self)
    }
}
