-- chapter: SELECT
-- case: every unknown column of a statement is reported
-- source: Msg 207
CREATE TABLE bn1 (id int NOT NULL);
-- setup
SELECT nope, id, worse FROM bn1;
-- expect
-- Msg 207, Level 16, State 1, Line 1: Invalid column name 'nope'.
-- Msg 207, Level 16, State 1, Line 1: Invalid column name 'worse'.

-- case: the errors of several statements are reported, and none runs
-- source: Msg 207
CREATE TABLE bn2 (id int NOT NULL);
-- setup
SELECT 1 AS first;
SELECT nope FROM bn2;
SELECT id FROM bn2 AS b WHERE c.id = 1;
-- expect
-- Msg 207, Level 16, State 1, Line 2: Invalid column name 'nope'.
-- Msg 4104, Level 16, State 1, Line 3: The multi-part identifier "c.id" could not be bound.

-- case: a statement on a missing table waits until it is reached
-- source: Deferred name resolution and compilation
SELECT 1 AS first;
SELECT nope FROM bn_missing;
-- expect
-- columns first int
-- row 1
-- rows 1
-- Msg 208, Level 16, State 1, Line 2: Invalid object name 'bn_missing'.

-- case: a name that two sources have is ambiguous
-- source: Msg 209
SELECT v FROM (VALUES (1)) AS a (v) CROSS JOIN (VALUES (2)) AS b (v);
-- expect
-- Msg 209, Level 16, State 1, Line 1: Ambiguous column name 'v'.

-- case: columns of a derived table need names of their own
-- source: Msg 8155; Msg 8156
SELECT * FROM (SELECT 1) AS d;
-- expect
-- Msg 8155, Level 16, State 2, Line 1: No column name was specified for column 1 of 'd'.

-- case: a column list as long as the columns
-- source: Msg 8158; Msg 8159
SELECT * FROM (SELECT 1 AS a, 2 AS b) AS d (x);
-- expect
-- Msg 8158, Level 16, State 1, Line 1: 'd' has more columns than were specified in the column list.

-- case: rows of VALUES are equally long
-- source: Msg 10709
SELECT * FROM (VALUES (1, 2), (3)) AS d (x, y);
-- expect
-- Msg 10709, Level 16, State 1, Line 1: The number of columns for each row in a table value constructor must be the same.

-- case: a query with thousands of values in IN
-- source: IN, "Remarks"
DECLARE @sql nvarchar(max) = N'SELECT COUNT(*) AS n FROM (VALUES (1), (2999), (5000)) AS t (v) WHERE v IN (0';
DECLARE @i int = 1;
WHILE @i < 3000 BEGIN SET @sql += N',' + CAST(@i AS nvarchar(10)); SET @i += 1; END;
SET @sql += N')';
EXEC (@sql);
-- expect
-- columns n int
-- row 2
-- rows 1

-- case: a derived table may have thousands of rows
-- source: Table value constructor, "Limitations and restrictions"
DECLARE @sql nvarchar(max) = N'SELECT COUNT(*) AS n, SUM(v) AS s FROM (VALUES (0)';
DECLARE @i int = 1;
WHILE @i < 1500 BEGIN SET @sql += N',(' + CAST(@i AS nvarchar(10)) + N')'; SET @i += 1; END;
SET @sql += N') AS t (v)';
EXEC (@sql);
-- expect
-- columns n int, s int
-- row 1500 | 1124250
-- rows 1
