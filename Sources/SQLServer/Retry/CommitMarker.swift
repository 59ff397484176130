import Foundation
import SQLServerCore

/// A row that a transaction writes first, so that anyone can find out later whether it was committed.
struct CommitMarker: Sendable {
    private let id = UUID()

    /// How long one look-up waits for the old transaction to end.
    private static let patience = Duration.seconds(10)

    /// The script that makes the table: sql/resilience/exactly-once.sql.
    static let script: SQLQuery = """
        IF OBJECT_ID(N'dbo.swift_sqlserver_markers', N'U') IS NULL
            CREATE TABLE dbo.swift_sqlserver_markers (
                Id uniqueidentifier NOT NULL CONSTRAINT PK_swift_sqlserver_markers PRIMARY KEY NONCLUSTERED,
                CreatedAt datetime2(3) NOT NULL CONSTRAINT DF_swift_sqlserver_markers_CreatedAt DEFAULT (SYSUTCDATETIME()),
                INDEX IX_swift_sqlserver_markers_CreatedAt CLUSTERED (CreatedAt)
            );
        """

    /// Writes the row, at the beginning of its transaction: from then on its key is locked until that has ended.
    func write(in transaction: SQLServerConnection) async throws(SQLServerError) {
        do throws(SQLServerError) {
            _ = try await transaction.results(of: "INSERT dbo.swift_sqlserver_markers (Id) VALUES (\(id))")
        } catch {
            guard error.number == 208 else { throw error }
            throw SQLServerError(
                error.code,
                "exactlyOnce needs the table dbo.swift_sqlserver_markers: call prepareExactlyOnce() once, or run "
                    + "sql/resilience/exactly-once.sql; \(error.message)",
                messages: error.messages, query: error.query)
        }
    }

    /// Whether the transaction was committed, found out on another connection.
    ///
    /// The old session may still be at work. A plain SELECT would not see its row under row versioning; an INSERT of the
    /// same key waits for the lock until that transaction has ended, whatever the isolation level, and then either the
    /// key is taken (Msg 2627) or nobody can commit it any more.
    func wasCommitted(_ connection: SQLServerConnection) async throws(SQLServerError) -> Bool {
        do throws(SQLServerError) {
            _ = try await connection.results(
                of: """
                    BEGIN TRANSACTION; INSERT dbo.swift_sqlserver_markers (Id) VALUES (\(id)); ROLLBACK TRANSACTION;
                    """, options: .timeout(Self.patience))
            return false
        } catch {
            guard error.number == 2_627 else { throw error }
            return true
        }
    }
}
