/// How rows become one text: what FOR JSON and FOR XML say.
struct DocumentShape: Codable {
    enum Format: String, Codable { case json, xml }

    struct Column: Codable {
        /// The names of the properties or elements around the value and of itself.
        var path: [String]
        var typeCode: Int64 = 0
        var isJSON = false
        /// The place of its source in ``levels``.
        var level = 0

        init(path: [String]) { self.path = path }
    }

    var format: Format
    var columns: [Column] = []
    var root: String?
    var includesNulls = false
    /// Whether JSON stands in brackets.
    var isWrapped = true
    /// The sources of FOR JSON AUTO, each nested in the one before; empty for PATH.
    var levels: [String] = []
    /// The element of a row; empty for none.
    var row = ""
    /// Only the texts are wanted, without tags and escapes.
    var isText = false

    init(format: Format) { self.format = format }

    /// A name as XML has it: what may not stand in it becomes `_x0020_`.
    static func xmlName(_ name: String) -> String {
        var result = ""
        for (index, scalar) in name.unicodeScalars.enumerated() {
            let isLetter = scalar.properties.isAlphabetic || scalar == "_"
            let isLater = scalar.properties.numericType != nil || scalar == "-" || scalar == "."
            if isLetter || index > 0 && isLater {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "_x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_"
            }
        }
        return result
    }
}
