/// A value that is coded as its text, so that no coder's number or date type can lose a part of it.
///
/// ```swift
/// let prices = try JSONDecoder().decode([SQLDecimal].self, from: Data(#"["19.90"]"#.utf8))
/// print(prices[0].scale)    // 2
/// ```
public protocol SQLTextCodable: Codable, LosslessStringConvertible {}

extension SQLTextCodable {
    /// Reads the text form.
    ///
    /// - Throws: `DecodingError` when the text is no value of this type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "the text is no \(Self.self)")
        }
        self = value
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension SQLDecimal: SQLTextCodable {}
extension SQLDate: SQLTextCodable {}
extension SQLTime: SQLTextCodable {}
extension SQLDateTime: SQLTextCodable {}
extension SQLDateTimeOffset: SQLTextCodable {}
extension SQLUniqueIdentifier: SQLTextCodable {}
