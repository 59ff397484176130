-- chapter: Databases and definitions
-- case: a table variable takes rows, changes and deletions
-- source: table (Transact-SQL), "Declare a variable of type table"
DECLARE @t TABLE (id int PRIMARY KEY, name nvarchar(10) DEFAULT N'none');
INSERT @t (id) VALUES (1), (2);
INSERT INTO @t VALUES (3, N'c');
UPDATE @t SET name = N'two' WHERE id = 2;
DELETE FROM @t WHERE id = 1;
SELECT id, name FROM @t ORDER BY id;
-- expect
-- rows 2
-- rows 1
-- rows 1
-- rows 1
-- columns id int, name nvarchar(10)
-- row 2 | 'two'
-- row 3 | 'c'
-- rows 2

-- chapter: Databases and definitions
-- case: a table variable is not seen by the next batch
-- source: table (Transact-SQL), "A table variable has the well-defined scope of the function, stored procedure, or batch in which it is declared"; Msg 1087
SET NOCOUNT ON; DECLARE @t TABLE (id int); INSERT @t VALUES (1);
-- setup
SELECT id FROM @t;
-- expect
-- Msg 1087, Level 15, State 2, Line 1: Must declare the table variable "@t".

-- chapter: Databases and definitions
-- case: dynamic SQL does not see the table variables of its caller
-- source: table (Transact-SQL); Msg 1087
DECLARE @t TABLE (id int);
EXEC ('SELECT id FROM @t');
-- expect
-- Msg 1087, Level 15, State 2, Line 1: Must declare the table variable "@t".

-- chapter: Transactions
-- case: ROLLBACK leaves the rows of a table variable
-- source: table (Transact-SQL), "Transactions involving table variables last only for the duration of an update on the table variable"
SET NOCOUNT ON;
DECLARE @t TABLE (id int PRIMARY KEY);
BEGIN TRANSACTION;
INSERT @t VALUES (1), (2);
UPDATE @t SET id = 20 WHERE id = 2;
ROLLBACK;
SELECT id FROM @t ORDER BY id;
-- expect
-- columns id int not null
-- row 1
-- row 20

-- chapter: Transactions
-- case: ROLLBACK to a savepoint leaves the rows of a table variable
-- source: table (Transact-SQL), "Limitations and restrictions"
CREATE TABLE tv_log (id int);
-- setup
SET NOCOUNT ON;
DECLARE @t TABLE (id int);
BEGIN TRANSACTION;
SAVE TRANSACTION s;
INSERT @t VALUES (1);
INSERT tv_log VALUES (1);
ROLLBACK TRANSACTION s;
SELECT (SELECT COUNT(*) FROM @t) AS kept, (SELECT COUNT(*) FROM tv_log) AS undone;
COMMIT;
-- expect
-- columns kept int, undone int
-- row 1 | 0

-- chapter: Errors
-- case: a failed INSERT leaves a table variable as it was
-- source: Msg 2627
SET NOCOUNT ON;
DECLARE @t TABLE (id int PRIMARY KEY);
INSERT @t VALUES (1);
BEGIN TRY INSERT @t VALUES (2), (1); END TRY
BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
SELECT id FROM @t;
-- expect
-- columns n int
-- row 2627
-- columns id int
-- row 1

-- chapter: Errors
-- case: Msg 515 names the table variable
-- source: Msg 515
DECLARE @t TABLE (id int NOT NULL);
INSERT @t VALUES (NULL);
-- expect
-- Msg 515, Level 16, State 2, Line 2: Cannot insert the value NULL into column 'id', table '@t'; column does not allow nulls. INSERT fails.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.

-- chapter: Databases and definitions
-- case: DECLARE in a loop makes one table variable
-- source: DECLARE @local_variable, "The scope of a local variable is the batch in which it's declared"
SET NOCOUNT ON;
DECLARE @i int = 0;
WHILE @i < 3
BEGIN
    DECLARE @t TABLE (id int);
    INSERT @t VALUES (@i);
    SET @i += 1;
END;
SELECT COUNT(*) AS n FROM @t;
-- expect
-- columns n int
-- row 3

-- chapter: Databases and definitions
-- case: a table variable joins by its alias
-- source: table (Transact-SQL), "Outside a FROM clause, table variables must be referenced by using an alias"
SET NOCOUNT ON;
DECLARE @t TABLE (id int, v int);
INSERT @t VALUES (1, 10), (2, 20);
UPDATE a SET v = b.v + 1 FROM @t AS a JOIN @t AS b ON b.id = a.id + 1;
DELETE a FROM @t AS a WHERE a.id = 2;
SELECT x.id, x.v FROM @t AS x;
-- expect
-- columns id int, v int
-- row 1 | 21

-- chapter: Databases and definitions
-- case: a table variable keeps its identity values through ROLLBACK
-- source: table (Transact-SQL)
SET NOCOUNT ON;
DECLARE @t TABLE (id int IDENTITY(5, 5), v int, UNIQUE (v));
BEGIN TRANSACTION; INSERT @t (v) VALUES (1); ROLLBACK;
INSERT @t (v) VALUES (2);
SELECT id, v FROM @t ORDER BY id;
-- expect
-- columns id int, v int
-- row 5 | 1
-- row 10 | 2

-- chapter: Errors
-- case: one name cannot be a scalar and a table variable
-- source: Msg 134
DECLARE @t TABLE (id int);
DECLARE @t int;
-- expect
-- Msg 134, Level 15, State 2, Line 2: The variable name '@t' has already been declared. Variable names must be unique within a query batch or stored procedure.

-- chapter: Errors
-- case: a table variable is no value
-- source: Msg 137
DECLARE @t TABLE (id int);
SELECT @t;
-- expect
-- Msg 137, Level 15, State 2, Line 2: Must declare the scalar variable "@t".
