extension SQLQuery {
    /// A query from trusted text that names its parameters itself, for tools whose text comes from a person.
    ///
    /// ```swift
    /// let city = SQLParameter(name: "@city", value: .string("Zürich"), type: .nVarChar(4_000))
    /// let query = SQLQuery(unsafe: "SELECT Name FROM dbo.Users WHERE City = @city", parameters: [city])
    /// ```
    ///
    /// Such a query cannot be a part of another one.
    ///
    /// - Parameters:
    ///   - text: The statement, with `@name` where a value belongs. Never give it text from outside the program's user.
    ///   - parameters: The parameters; names with their `@`, each once.
    package init(unsafe text: String, parameters: [SQLParameter]) {
        self.init(unsafe: text)
        namedParameters = parameters
    }
}
