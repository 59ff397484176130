import SQLValues
import TransactSQL

/// Resolves the names of data types.
enum TypeNames {
    /// Where a type is written, which decides the length of `varchar` without one.
    enum Place { case declaration, cast }

    /// The type of a text as in a declaration, such as `decimal(10,2)`.
    static func type(named text: String) throws -> SQLType {
        do {
            guard let parameter = try Parser.parse(parameters: "@value \(text)").first else {
                throw ServerMessage.error(243, "Type \(text) is not a defined system type.")
            }
            return try resolve(parameter.type)
        } catch let error as SyntaxError {
            throw ServerMessage.error(error.number, error.message)
        }
    }

    static func resolve(_ name: DataTypeName, _ place: Place = .declaration) throws(ServerMessage) -> SQLType {
        let line = name.range.line
        let word = name.lowercasedName
        var numbers: [Int] = []
        var isMax = false
        for argument in name.arguments {
            switch argument {
            case .number(let number): numbers.append(number)
            case .max: isMax = true
            case .name: throw .unsupported("\(word.uppercased()) with a schema collection", line: line)
            }
        }
        if let fixed = fixed[word] { return fixed }
        let first = numbers.first
        switch word {
        case "decimal", "dec", "numeric":
            let precision = first ?? 18
            let scale = numbers.count > 1 ? numbers[1] : 0
            guard (1...38).contains(precision) else {
                throw .error(
                    2750, line: line,
                    "Column or parameter #1: Specified column precision \(precision) is greater than the maximum precision of 38."
                )
            }
            guard (0...precision).contains(scale) else {
                throw .error(192, line: line, "The scale must be less than or equal to the precision.")
            }
            return word == "numeric" ? .numeric(precision, scale) : .decimal(precision, scale)
        case "float": return (first ?? 53) <= 24 ? .real : .float
        case "time", "datetime2", "datetimeoffset":
            let scale = first ?? 7
            guard (0...7).contains(scale) else {
                throw .error(1002, line: line, "Line \(line): Specified scale \(scale) is invalid.")
            }
            return word == "time" ? .time(scale) : word == "datetime2" ? .dateTime2(scale) : .dateTimeOffset(scale)
        default:
            guard let kind = sized[word] else {
                if refused.contains(word) { throw .unsupported(word.uppercased(), line: line) }
                throw .error(
                    243, line: line, "Type \(name.name.name) is not a defined system type.")
            }
            if isMax { return SQLType(kind: kind) }
            let isWide = kind.isNational
            let length = first ?? (place == .cast ? 30 : 1)
            guard (1...(isWide ? 4_000 : 8_000)).contains(length) else {
                throw .error(
                    131, state: 3, line: line,
                    "The size (\(length)) given to the type '\(word)' exceeds the maximum allowed for any data type (8000)."
                )
            }
            return SQLType(kind: kind, length: length)
        }
    }

    /// Whether a name is that of a built-in type, also of one that is refused.
    static func isKnown(_ name: String) -> Bool {
        let word = name.lowercased()
        return fixed[word] != nil || sized[word] != nil || refused.contains(word)
            || ["decimal", "dec", "numeric", "float", "time", "datetime2", "datetimeoffset"].contains(word)
    }

    static func isKnown(_ name: DataTypeName) -> Bool { isKnown(name.lowercasedName) }

    private static let fixed: [String: SQLType] = [
        "bit": .bit, "tinyint": .tinyInt, "smallint": .smallInt, "int": .int, "integer": .int, "bigint": .bigInt,
        "real": .real, "double precision": .float, "money": .money, "smallmoney": .smallMoney, "date": .date,
        "datetime": .dateTime, "smalldatetime": .smallDateTime, "uniqueidentifier": .uniqueIdentifier, "text": .text,
        "ntext": .nText, "image": .image, "sysname": .nVarChar(128),
        "sql_variant": .variant,
    ]
    private static let sized: [String: SQLType.Kind] = [
        "char": .char, "character": .char, "varchar": .varChar, "char varying": .varChar,
        "character varying": .varChar, "nchar": .nChar, "national char": .nChar, "national character": .nChar,
        "nvarchar": .nVarChar, "national char varying": .nVarChar, "national character varying": .nVarChar,
        "binary": .binary, "varbinary": .varBinary, "binary varying": .varBinary,
    ]
    private static let refused: Set<String> = [
        "xml", "rowversion", "timestamp", "hierarchyid", "geography", "geometry", "cursor", "json",
        "vector",
    ]
}
