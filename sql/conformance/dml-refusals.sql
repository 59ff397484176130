-- chapter: Refusals
-- case: MERGE into a table with INSTEAD OF triggers
-- source: docs/embedded-server.md
-- only: embedded
CREATE TABLE z1 (id int);
-- setup
CREATE TRIGGER z1t ON z1 INSTEAD OF DELETE AS PRINT 'x';
-- setup
MERGE z1 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN DELETE;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'MERGE with INSTEAD OF triggers' is not supported in this version of SQL Server.

-- chapter: Refusals
-- case: an UPDATE that sets a variable in one assignment and reads it in another
-- source: docs/embedded-server.md
-- only: embedded
CREATE TABLE z3 (n int);
-- setup
DECLARE @i int = 0;
UPDATE z3 SET @i = @i + 1, n = @i;
-- expect
-- Msg 40517, Level 16, State 1, Line 2: Keyword or statement option 'UPDATE that sets a variable and reads it elsewhere' is not supported in this version of SQL Server.

-- chapter: Refusals
-- case: MERGE that sets a variable
-- source: docs/embedded-server.md
-- only: embedded
CREATE TABLE z4 (id int, n int);
-- setup
DECLARE @i int;
MERGE z4 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET @i = t.n;
-- expect
-- Msg 40517, Level 16, State 1, Line 2: Keyword or statement option 'MERGE UPDATE SET @variable' is not supported in this version of SQL Server.
