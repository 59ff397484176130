/// Why arithmetic with ``SQLDecimal`` has no result.
///
/// ```swift
/// do {
///     print(try total / SQLDecimal(count))
/// } catch let error as SQLDecimalError where error == .divisionByZero {
///     print("no lines, no average")
/// }
/// ```
public struct SQLDecimalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, without the numbers.
    public let description: String

    /// The result has more than 38 digits.
    ///
    /// SQL Server's Msg 8115.
    public static let overflow = SQLDecimalError(
        description: "the result has more than 38 digits; give a scale, or round the operands")
    /// The divisor is 0.
    ///
    /// SQL Server's Msg 8134.
    public static let divisionByZero = SQLDecimalError(description: "the divisor is 0")
}
