/// How the properties of a `Decodable` type find their columns.
///
/// ```swift
/// struct User: Decodable { let id: Int; let createdAt: Date }
/// let users = try await db.query("SELECT id, created_at FROM dbo.users", as: User.self, matching: .snakeCase)
/// ```
///
/// A column of exactly the property's name comes first in every policy. When a policy finds several columns for a
/// property and none has its exact name, or when two columns have the same name, decoding is an error and not a guess.
public struct SQLColumnMatching: Sendable, Hashable {
    private enum Policy { case exact, ignoringCase, snakeCase }
    private let policy: Policy

    /// Only the exact name.
    public static let exact = SQLColumnMatching(policy: .exact)
    /// The name without regard to case: `Id` and `ID` are columns for `id`.
    ///
    /// The default, because SQL Server's own names ignore case under most collations.
    public static let ignoringCase = SQLColumnMatching(policy: .ignoringCase)
    /// The name without regard to case and underscores: `created_at` and `CREATED_AT` are columns for `createdAt`.
    public static let snakeCase = SQLColumnMatching(policy: .snakeCase)

    /// The form in which names are compared; nil when only the exact name counts.
    func folded(_ name: String) -> String? {
        switch policy {
        case .exact: nil
        case .ignoringCase: name.lowercased()
        case .snakeCase: name.lowercased().filter { $0 != "_" }
        }
    }
}
