-- chapter: Types
-- case: COLLATE with case tells letters apart
-- source: COLLATE (Transact-SQL)
SELECT CASE WHEN 'abc' = 'ABC' THEN 1 ELSE 0 END AS a, CASE WHEN 'abc' = 'ABC' COLLATE Latin1_General_CS_AS THEN 1 ELSE 0 END AS b, CASE WHEN N'abc' COLLATE SQL_Latin1_General_CP1_CS_AS = N'abc ' THEN 1 ELSE 0 END AS c, CASE WHEN 'é' COLLATE Latin1_General_CS_AS <> 'e' THEN 1 ELSE 0 END AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 1 | 0 | 1 | 1
-- rows 1

-- case: a binary collation compares code points
-- source: Collation and Unicode support, "Binary collations"
SELECT CASE WHEN 'a' COLLATE Latin1_General_BIN2 > 'B' THEN 1 ELSE 0 END AS a, CASE WHEN 'a' > 'B' THEN 1 ELSE 0 END AS b, CASE WHEN 'a' = 'a  ' COLLATE Latin1_General_BIN2 THEN 1 ELSE 0 END AS c, CASE WHEN N'A' = N'a' COLLATE Latin1_General_BIN THEN 1 ELSE 0 END AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 1 | 0 | 1 | 0
-- rows 1

-- case: ORDER BY in a binary collation
-- source: ORDER BY clause (Transact-SQL)
SELECT v FROM (VALUES ('b'), ('B'), ('a'), ('C'), (NULL)) AS t (v) ORDER BY v COLLATE Latin1_General_BIN2;
-- expect
-- columns v varchar(1)
-- row NULL
-- row 'B'
-- row 'C'
-- row 'a'
-- row 'b'
-- rows 5

-- case: WHERE finds only the case that is asked for
-- source: COLLATE (Transact-SQL)
CREATE TABLE names (id int, name nvarchar(20));
INSERT names VALUES (1, N'Smith'), (2, N'smith'), (3, N'SMITH');
-- setup
SELECT id FROM names WHERE name = N'smith' COLLATE Latin1_General_100_CS_AS;
SELECT id FROM names WHERE name = N'smith' COLLATE DATABASE_DEFAULT ORDER BY id;
-- expect
-- columns id int
-- row 2
-- rows 1
-- columns id int
-- row 1
-- row 2
-- row 3
-- rows 3

-- case: two collations in one comparison
-- source: Msg 468
SELECT 1 AS x WHERE 'a' COLLATE Latin1_General_BIN2 = 'a' COLLATE Latin1_General_CS_AS;
-- expect
-- Msg 468, Level 16, State 9, Line 1: Cannot resolve the collation conflict between …

-- case: a number has no collation
-- source: Msg 447
SELECT 1 COLLATE DATABASE_DEFAULT;
-- expect
-- Msg 447, Level 16, State *, Line 1: Expression type int is invalid for COLLATE clause.

-- case: other collations are refused by name
-- source: docs/embedded-server.md
-- only: embedded
SELECT 1 AS x WHERE 'a' = 'b' COLLATE Turkish_CI_AS;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: …
