-- chapter: SELECT
-- case: CROSS APPLY runs the derived table for every row on its left
-- source: FROM clause plus JOIN, APPLY, PIVOT, "Using APPLY"
CREATE TABLE ap1 (id int NOT NULL, s varchar(20) NULL);
INSERT ap1 VALUES (1, 'a,b'), (2, 'c'), (3, NULL);
-- setup
SELECT a.id, x.low FROM ap1 AS a CROSS APPLY (SELECT TOP (1) b.id AS low FROM ap1 AS b WHERE b.id < a.id ORDER BY b.id DESC) AS x ORDER BY a.id;
-- expect
-- columns id int, low int
-- row 2 | 1
-- row 3 | 2
-- rows 2

-- case: OUTER APPLY keeps the rows for which the right side is empty
-- source: FROM clause plus JOIN, APPLY, PIVOT, "left_table_source { CROSS | OUTER } APPLY right_table_source"
CREATE TABLE ap2 (id int NOT NULL);
INSERT ap2 VALUES (1), (2);
-- setup
SELECT a.id, x.low FROM ap2 AS a OUTER APPLY (SELECT b.id AS low FROM ap2 AS b WHERE b.id < a.id) AS x ORDER BY a.id;
-- expect
-- columns id int, low int null
-- row 1 | NULL
-- row 2 | 1
-- rows 2

-- case: APPLY of VALUES turns columns into rows
-- source: FROM clause plus JOIN, APPLY, PIVOT, "derived_table"
CREATE TABLE ap3 (id int NOT NULL, a int NULL, b int NULL);
INSERT ap3 VALUES (1, 10, 20), (2, NULL, 40);
-- setup
SELECT t.id, v.name, v.value FROM ap3 AS t CROSS APPLY (VALUES ('a', t.a), ('b', t.b)) AS v (name, value) WHERE v.value IS NOT NULL ORDER BY t.id, v.name;
-- expect
-- columns id int, name varchar(1), value int
-- row 1 | 'a' | 10
-- row 1 | 'b' | 20
-- row 2 | 'b' | 40
-- rows 3

-- case: an APPLY may use what an earlier APPLY made, and variables
-- source: FROM clause plus JOIN, APPLY, PIVOT, "Using APPLY"
CREATE TABLE ap4 (id int NOT NULL);
INSERT ap4 VALUES (1), (2), (3);
-- setup
DECLARE @m int = 5;
SELECT t.id, x.y, z.w FROM ap4 AS t CROSS APPLY (SELECT t.id + @m AS y) AS x CROSS APPLY (SELECT x.y * t.id AS w WHERE x.y > 6) AS z ORDER BY t.id;
-- expect
-- columns id int, y int, w int
-- row 2 | 7 | 14
-- row 3 | 8 | 24
-- rows 2

-- case: a derived table without APPLY does not see its neighbours
-- source: Msg 4104
CREATE TABLE ap5 (id int NOT NULL);
-- setup
SELECT 1 FROM ap5 AS t CROSS JOIN (SELECT t.id AS x) AS y;
-- expect
-- Msg 4104, Level 16, State 1, Line 1: The multi-part identifier "t.id" could not be bound.

-- case: an error inside an APPLY ends the statement
-- source: Msg 8134
CREATE TABLE ap6 (id int NOT NULL PRIMARY KEY);
INSERT ap6 VALUES (1), (2);
-- setup
SELECT t.id, x.q FROM ap6 AS t CROSS APPLY (SELECT 1 / (2 - t.id) AS q) AS x ORDER BY t.id;
SELECT 2 AS n;
-- expect
-- columns id int, q int
-- row 1 | 1
-- Msg 8134, Level 16, State 1, Line 1: Divide by zero error encountered.
-- columns n int
-- row 2
-- rows 1

-- case: STRING_SPLIT gives one row for each part
-- source: STRING_SPLIT, "Remarks"
SELECT value FROM STRING_SPLIT('Lorem ipsum  dolor', ' ');
-- expect
-- columns value varchar(18)
-- row 'Lorem'
-- row 'ipsum'
-- row ''
-- row 'dolor'
-- rows 4

-- case: STRING_SPLIT of NULL is empty, of an empty text one empty part
-- source: STRING_SPLIT, "Remarks"
SELECT COUNT(*) AS n FROM STRING_SPLIT(CAST(NULL AS varchar(10)), ',');
SELECT value FROM STRING_SPLIT('', ',');
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns value varchar(1)
-- row ''
-- rows 1

-- case: STRING_SPLIT numbers the parts when asked
-- source: STRING_SPLIT, "enable_ordinal"
SELECT value, ordinal FROM STRING_SPLIT(N'a;b;c', ';', 1) ORDER BY ordinal DESC;
-- expect
-- columns value nvarchar(5), ordinal bigint
-- row 'c' | 3
-- row 'b' | 2
-- row 'a' | 1
-- rows 3

-- case: STRING_SPLIT takes one character as separator
-- source: STRING_SPLIT, "separator"
SELECT value FROM STRING_SPLIT('a--b', '--');
-- expect
-- Msg 214, Level 16, State 11, Line 1: Procedure expects parameter 'separator' of type 'nchar(1)/nvarchar(1)'.

-- case: STRING_SPLIT joins with the row's text
-- source: STRING_SPLIT, "Examples"
CREATE TABLE ap7 (id int NOT NULL, tags nvarchar(100) NULL);
INSERT ap7 VALUES (1, N'red,green'), (2, N''), (3, NULL);
-- setup
SELECT t.id, s.value FROM ap7 AS t CROSS APPLY STRING_SPLIT(t.tags, ',') AS s ORDER BY t.id, s.value;
SELECT t.id FROM ap7 AS t WHERE EXISTS (SELECT * FROM STRING_SPLIT(t.tags, ',') WHERE value = N'GREEN');
-- expect
-- columns id int, value nvarchar(100)
-- row 1 | 'green'
-- row 1 | 'red'
-- row 2 | ''
-- rows 3
-- columns id int
-- row 1
-- rows 1

-- case: GENERATE_SERIES counts by its step
-- source: GENERATE_SERIES, "Examples"
SELECT value FROM GENERATE_SERIES(1, 10, 4);
SELECT value FROM GENERATE_SERIES(3, 1);
-- expect
-- columns value int
-- row 1
-- row 5
-- row 9
-- rows 3
-- columns value int
-- row 3
-- row 2
-- row 1
-- rows 3

-- case: GENERATE_SERIES of decimals
-- source: GENERATE_SERIES, "Examples"
DECLARE @start decimal(2, 1) = 0.0, @stop decimal(2, 1) = 0.3, @step decimal(2, 1) = 0.1;
SELECT value FROM GENERATE_SERIES(@start, @stop, @step);
-- expect
-- columns value decimal(2,1)
-- row 0.0
-- row 0.1
-- row 0.2
-- row 0.3
-- rows 4

-- case: GENERATE_SERIES is empty when the step leads away or an argument is NULL
-- source: GENERATE_SERIES, "Return types"
SELECT COUNT(*) AS n FROM GENERATE_SERIES(1, 5, -1);
DECLARE @stop int;
SELECT COUNT(*) AS n FROM GENERATE_SERIES(1, @stop);
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: a table-valued function that is not there
-- source: Msg 208
SELECT * FROM dbo.no_such_function(1);
-- expect
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'dbo.no_such_function'.
