-- chapter: Data modification
-- case: UPDATE sets a variable to the old value of a column
-- source: UPDATE (Transact-SQL), "SET @variable = column, column = expression, which sets the variable to the pre-update value of the column"
CREATE TABLE v1 (id int, n int);
INSERT v1 VALUES (1, 10);
-- setup
DECLARE @old int, @new int;
UPDATE v1 SET @old = n, @new = n = n + 5 WHERE id = 1;
SELECT @old AS old, @new AS new;
-- expect
-- rows 1
-- columns old int, new int
-- row 10 | 15
-- rows 1

-- chapter: Data modification
-- case: UPDATE of no row keeps the variable
-- source: UPDATE (Transact-SQL)
CREATE TABLE v2 (id int);
-- setup
DECLARE @v int = 7;
UPDATE v2 SET @v = id;
SELECT @v AS v;
-- expect
-- rows 0
-- columns v int
-- row 7
-- rows 1

-- chapter: Data modification
-- case: a running total by a variable and a column
-- source: UPDATE (Transact-SQL), "@variable = column = expression"
CREATE TABLE v3 (id int IDENTITY PRIMARY KEY, seq int);
INSERT v3 (seq) VALUES (NULL), (NULL), (NULL);
-- setup
DECLARE @i int = 100;
UPDATE v3 SET @i = seq = @i + 10;
SELECT MIN(seq) AS a, MAX(seq) AS b, @i AS i FROM v3;
-- expect
-- rows 3
-- columns a int, b int, i int
-- row 110 | 130 | 130
-- rows 1

-- chapter: Data modification
-- case: a common table expression names the rows to delete
-- source: WITH common_table_expression (Transact-SQL); DELETE, "target table may be a common table expression"
CREATE TABLE d1 (name varchar(5), n int);
INSERT d1 VALUES ('a', 1), ('a', 2), ('b', 3), ('a', 4);
-- setup
WITH c AS (SELECT name, n, ROW_NUMBER() OVER (PARTITION BY name ORDER BY n) AS rn FROM d1)
DELETE c OUTPUT deleted.n WHERE rn = 3;
-- expect
-- columns n int
-- row 4
-- rows 1
WITH c AS (SELECT TOP (1) n FROM d1 ORDER BY n DESC) UPDATE c SET n = 30;
SELECT name, n FROM d1 ORDER BY n;
-- expect
-- rows 1
-- columns name varchar(5), n int
-- row 'a' | 1
-- row 'a' | 2
-- row 'b' | 30
-- rows 3

-- chapter: Data modification
-- case: INSERT through a common table expression and from one
-- source: WITH common_table_expression (Transact-SQL)
CREATE TABLE d2 (a int, b int DEFAULT 5);
-- setup
WITH s (x) AS (SELECT 1 UNION ALL SELECT 2) INSERT d2 (a) SELECT x FROM s;
WITH c AS (SELECT a FROM d2) INSERT c VALUES (3);
SELECT a, b FROM d2 ORDER BY a;
-- expect
-- rows 2
-- rows 1
-- columns a int, b int
-- row 1 | 5
-- row 2 | 5
-- row 3 | 5
-- rows 3

-- chapter: Data modification
-- case: a view over one table takes INSERT, UPDATE and DELETE
-- source: CREATE VIEW (Transact-SQL), "Updatable views"
CREATE TABLE w1 (id int IDENTITY PRIMARY KEY, name nvarchar(10), n int);
-- setup
CREATE VIEW w1v AS SELECT id AS k, name AS label FROM w1 WHERE n IS NULL;
-- setup
INSERT w1v (label) VALUES (N'a'), (N'b');
UPDATE w1v SET label = N'B' WHERE k = 2;
DELETE w1v WHERE label = N'a';
SELECT id, name, n FROM w1;
-- expect
-- rows 2
-- rows 1
-- rows 1
-- columns id int, name nvarchar(10), n int
-- row 2 | 'B' | NULL
-- rows 1

-- chapter: Data modification
-- case: a computed column of a view cannot be set
-- source: CREATE VIEW (Transact-SQL), "The columns being modified in the view must directly reference the underlying data"; Msg 4406
CREATE TABLE w2 (n int);
-- setup
CREATE VIEW w2v AS SELECT n, n * 2 AS twice FROM w2;
-- setup
UPDATE w2v SET twice = 4;
-- expect
-- Msg 4406, Level 16, State 1, Line 1: Update or insert of view or function 'w2v' failed because it contains a derived or constant field.

-- chapter: Data modification
-- case: a view with GROUP BY cannot be changed
-- source: Msg 4403
CREATE TABLE w3 (n int);
-- setup
CREATE VIEW w3v AS SELECT n, COUNT(*) AS c FROM w3 GROUP BY n;
-- setup
DELETE w3v;
-- expect
-- Msg 4403, Level 16, State 1, Line 1: Cannot update the view or function 'w3v' because it contains aggregates, or a DISTINCT or GROUP BY clause, or PIVOT or UNPIVOT operator.

-- chapter: Data modification
-- case: a join view takes an UPDATE of one of its tables only
-- source: CREATE VIEW (Transact-SQL), "Any modifications must reference columns from only one base table"; Msg 4405
CREATE TABLE w4a (id int PRIMARY KEY, x int);
CREATE TABLE w4b (id int, y int);
INSERT w4a VALUES (1, 1), (2, 2);
INSERT w4b VALUES (1, 1);
-- setup
CREATE VIEW w4v AS SELECT a.id, a.x, b.y FROM w4a AS a JOIN w4b AS b ON b.id = a.id;
-- setup
UPDATE w4v SET x = 50;
SELECT id, x FROM w4a ORDER BY id;
-- expect
-- rows 1
-- columns id int, x int
-- row 1 | 50
-- row 2 | 2
-- rows 2
UPDATE w4v SET x = 1, y = 2;
-- expect
-- Msg 4405, Level 16, State 1, Line 1: View or function 'w4v' is not updatable because the modification affects multiple base tables.
DELETE w4v;
-- expect
-- Msg 4405, Level 16, State 1, Line 1: View or function 'w4v' is not updatable because the modification affects multiple base tables.

-- chapter: Data modification
-- case: WITH CHECK OPTION keeps rows in the view
-- source: CREATE VIEW (Transact-SQL), "CHECK OPTION"; Msg 550
CREATE TABLE w5 (n int);
-- setup
CREATE VIEW w5v AS SELECT n FROM w5 WHERE n > 10 WITH CHECK OPTION;
-- setup
INSERT w5v VALUES (11);
INSERT w5v VALUES (12), (5);
UPDATE w5v SET n = 1;
SELECT n FROM w5;
-- expect
-- rows 1
-- Msg 550, Level 16, State 1, Line 2: The attempted insert or update failed because the target view either specifies WITH CHECK OPTION or spans a view that specifies WITH CHECK OPTION and one or more rows resulting from the operation did not qualify under the CHECK OPTION constraint.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- Msg 550, Level 16, State 1, Line 3: The attempted insert or update failed because the target view…
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.
-- columns n int
-- row 11
-- rows 1

-- chapter: Data modification
-- case: a derived table is changed through its alias
-- source: UPDATE (Transact-SQL), FROM; Msg 4418, Msg 4421
CREATE TABLE w6 (id int, n int);
INSERT w6 VALUES (1, 1), (2, 2);
-- setup
UPDATE q SET n = 9 FROM (SELECT id, n FROM w6 WHERE id = 2) AS q;
SELECT id, n FROM w6 ORDER BY id;
-- expect
-- rows 1
-- columns id int, n int
-- row 1 | 1
-- row 2 | 9
-- rows 2
UPDATE q SET n = 9 FROM (SELECT DISTINCT n FROM w6) AS q;
-- expect
-- Msg 4418, Level 16, State 1, Line 1: Derived table 'q' is not updatable because it contains aggregates, or a DISTINCT or GROUP BY clause, or PIVOT or UNPIVOT operator.
UPDATE q SET m = 9 FROM (SELECT n + 1 AS m FROM w6) AS q;
-- expect
-- Msg 4421, Level 16, State 1, Line 1: Derived table 'q' is not updatable because a column of the derived table is derived or constant.

-- chapter: Data modification
-- case: INSERT TOP takes so many rows of its source
-- source: TOP (Transact-SQL), "Limit the rows affected by INSERT"
CREATE TABLE t1 (n int);
-- setup
INSERT TOP (2) INTO t1 SELECT v.n FROM (VALUES (1), (2), (3)) AS v (n);
INSERT TOP (1) t1 VALUES (7), (8);
SELECT COUNT(*) AS c FROM t1;
-- expect
-- rows 2
-- rows 1
-- columns c int
-- row 3
-- rows 1

-- chapter: Data modification
-- case: TOP PERCENT of a change rounds up
-- source: TOP (Transact-SQL), "PERCENT … Fractional values are rounded up to the next integer value"
CREATE TABLE t2 (n int);
INSERT t2 VALUES (1), (2), (3), (4), (5);
-- setup
UPDATE TOP (50) PERCENT t2 SET n = n + 100;
DELETE TOP (10) PERCENT FROM t2;
SELECT COUNT(*) AS c FROM t2;
-- expect
-- rows 3
-- rows 1
-- columns c int
-- row 4
-- rows 1

-- chapter: Data modification
-- case: DEFAULT VALUES, and DEFAULT in UPDATE
-- source: INSERT (Transact-SQL), "DEFAULT VALUES"; UPDATE, "DEFAULT"
CREATE TABLE t3 (id int IDENTITY, n int DEFAULT 3, m int NULL);
-- setup
INSERT t3 DEFAULT VALUES;
UPDATE t3 SET n = 8, m = 1;
UPDATE t3 SET n = DEFAULT, m = DEFAULT OUTPUT inserted.*;
-- expect
-- rows 1
-- rows 1
-- columns id int, n int, m int
-- row 1 | 3 | NULL
-- rows 1

-- chapter: Data modification
-- case: a value for an identity column needs IDENTITY_INSERT
-- source: Msg 544, Msg 545, Msg 8101
CREATE TABLE i1 (id int IDENTITY, n int);
-- setup
INSERT i1 (id, n) VALUES (5, 1);
SET IDENTITY_INSERT i1 ON;
INSERT i1 (id, n) VALUES (5, 1);
INSERT i1 (n) VALUES (2);
SET IDENTITY_INSERT i1 OFF;
INSERT i1 (n) OUTPUT inserted.id VALUES (3);
-- expect
-- Msg 544, Level 16, State 1, Line 1: Cannot insert explicit value for identity column in table 'i1' when IDENTITY_INSERT is set to OFF.
-- rows 1
-- Msg 545, Level 16, State 1, Line 4: Explicit value must be specified for identity column in table 'i1' either when IDENTITY_INSERT is set to ON or when a replication user is inserting into a NOT FOR REPLICATION identity column.
-- columns id int
-- row 6
-- rows 1
INSERT i1 VALUES (1, 2);
-- expect
-- Msg 8101, Level 16, State 1, Line 1: An explicit value for the identity column in table 'i1' can only be specified when a column list is used and IDENTITY_INSERT is ON.
