/// T-SQL for the lexer and the parser to read: a script of tables, procedures and queries with changing names.
enum ScriptText {
    /// A script of at least so many bytes; the same bytes every time.
    static func text(bytes: Int) -> String {
        var text = ""
        text.reserveCapacity(bytes + 4_096)
        var number = 0
        while text.utf8.count < bytes {
            number += 1
            text += part(number)
        }
        return text
    }

    private static func part(_ number: Int) -> String {
        """
        -- Orders of region \(number), and what was paid for them.
        CREATE TABLE dbo.Orders\(number) (
            OrderId int IDENTITY(1, 1) NOT NULL CONSTRAINT PK_Orders\(number) PRIMARY KEY,
            CustomerName nvarchar(100) NOT NULL,
            [Order Date] datetime2(3) NOT NULL DEFAULT SYSUTCDATETIME(),
            Amount decimal(18, 4) NULL CHECK (Amount >= 0.00),
            Notes varchar(max) NULL
        );
        GO
        /* The latest orders of a customer,
           with a running total. */
        CREATE PROCEDURE dbo.LatestOrders\(number) @customer nvarchar(100), @count int = 10
        AS
        BEGIN
            SET NOCOUNT ON;
            DECLARE @since datetime2(3) = DATEADD(day, -\(number % 365), SYSUTCDATETIME());
            SELECT TOP (@count) o.OrderId, o.CustomerName, o.[Order Date], o.Amount,
                SUM(o.Amount) OVER (PARTITION BY o.CustomerName ORDER BY o.[Order Date], o.OrderId) AS RunningTotal
            FROM dbo.Orders\(number) AS o
            LEFT JOIN dbo.Payments AS p ON p.OrderId = o.OrderId AND p.PaidAt IS NOT NULL
            WHERE o.CustomerName = @customer AND o.[Order Date] >= @since AND o.Amount BETWEEN 10.50 AND \(number).99
            ORDER BY o.[Order Date] DESC;
            IF @@ROWCOUNT = 0
                RAISERROR(N'The customer''s orders are older than %d days.', 16, 1, \(number));
        END;
        GO
        INSERT INTO dbo.Orders\(number) (CustomerName, Amount, Notes)
        VALUES (N'Ada Lovelace', 19.90, 'first'), (N'Grace O''Neil', 1e3, NULL), (N'Zoë', 0x1F, 'hex');
        UPDATE dbo.Orders\(number) SET Notes += ' checked' WHERE Amount > 100 AND Notes LIKE '%first[_]%';
        DELETE FROM dbo.Orders\(number) WHERE OrderId IN (SELECT OrderId FROM dbo.Cancelled WHERE Reason <> 'none');
        GO

        """
    }
}
