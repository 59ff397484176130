/// A data type as written: `nvarchar(max)`, `decimal(10, 2)`, `dbo.OrderLines`.
///
/// Nothing is resolved: two-word spellings (`double precision`, `character varying`, `national char`) keep their
/// words, joined by one blank.
package struct DataTypeName: Sendable, Equatable {
    /// One argument in the parentheses after the name.
    package enum Argument: Sendable, Equatable {
        /// A length, precision or scale.
        case number(Int)
        /// The form `max`.
        case max
        /// An XML schema collection, or another word.
        case name(MultipartName)
    }

    /// The name, of one part for built-in types.
    package let name: MultipartName
    package let arguments: [Argument]
    package let range: SourceRange

    /// The last part of the name in lower case, for looking up a built-in type.
    package var lowercasedName: String { name.name.lowercased() }
}
