-- The markers of transactions that run exactly once; see docs/resilience.md.
-- Clustered by age, so that removing old ones does not wait for the locked rows of transactions that run.
IF OBJECT_ID(N'dbo.swift_sqlserver_markers', N'U') IS NULL
    CREATE TABLE dbo.swift_sqlserver_markers (
        Id uniqueidentifier NOT NULL CONSTRAINT PK_swift_sqlserver_markers PRIMARY KEY NONCLUSTERED,
        CreatedAt datetime2(3) NOT NULL CONSTRAINT DF_swift_sqlserver_markers_CreatedAt DEFAULT (SYSUTCDATETIME()),
        INDEX IX_swift_sqlserver_markers_CreatedAt CLUSTERED (CreatedAt)
    );
