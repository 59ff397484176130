package import SQLServer

/// The tables of the shop and what it begins with.
package enum Shop {
    /// Makes the tables and fills them.
    package static func build(on db: SQLServerClient) async throws {
        try await db.execute(
            """
            CREATE TABLE dbo.Items (
                Id int NOT NULL PRIMARY KEY,
                Name nvarchar(50) NOT NULL,
                Price decimal(19, 4) NOT NULL,
                Stock int NOT NULL CONSTRAINT StockIsNotNegative CHECK (Stock >= 0)
            );
            CREATE TABLE dbo.Orders (
                Id int IDENTITY PRIMARY KEY,
                Customer nvarchar(100) NOT NULL,
                PlacedAt datetime2(0) NOT NULL DEFAULT SYSUTCDATETIME(),
                Total decimal(19, 4) NOT NULL DEFAULT 0
            );
            INSERT dbo.Items (Id, Name, Price, Stock) VALUES (1, N'Bolt', 0.25, 100), (2, N'Wrench', 12.5, 3);
            """)
    }
}
