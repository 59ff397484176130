-- chapter: SELECT
-- case: TOP PERCENT rounds up
-- source: TOP, "PERCENT"
SELECT TOP (40) PERCENT v FROM (VALUES (1), (2), (3), (4)) AS t (v) ORDER BY v DESC;
-- expect
-- columns v int
-- row 4
-- row 3
-- rows 2

-- case: TOP WITH TIES takes the equals of the last row
-- source: TOP, "WITH TIES"
SELECT TOP (2) WITH TIES v, k FROM (VALUES (5, 'a'), (3, 'b'), (3, 'c'), (1, 'd')) AS t (v, k) ORDER BY v DESC;
-- expect
-- columns v int, k varchar(1)
-- row 5 | 'a'
-- row 3 | ?
-- row 3 | ?
-- rows 3

-- case: WITH TIES needs ORDER BY
-- source: Msg 1062
SELECT TOP (2) WITH TIES v FROM (VALUES (5)) AS t (v);
-- expect
-- Msg 1062, Level 15, State 1, Line 1: The TOP N WITH TIES clause is not allowed without a corresponding ORDER BY clause.

-- case: a percentage lies between 0 and 100
-- source: Msg 1031
DECLARE @p float = 101;
SELECT TOP (@p) PERCENT v FROM (VALUES (5)) AS t (v);
-- expect
-- columns v int
-- Msg 1031, Level 15, State 1, Line 2: Percent values must be between 0 and 100.

-- case: TOP and OFFSET exclude each other
-- source: Msg 10741
SELECT TOP (1) v FROM (VALUES (5)) AS t (v) ORDER BY v OFFSET 1 ROWS;
-- expect
-- Msg 10741, Level 15, State 2, Line 1: A TOP can not be used in the same query or sub-query as a OFFSET.

-- case: ALL holds when no row speaks against it
-- source: ALL
CREATE TABLE st1 (v int NULL);
INSERT st1 VALUES (1), (5);
-- setup
SELECT n FROM (VALUES (1), (5), (6)) AS t (n) WHERE n > ALL (SELECT v FROM st1);
SELECT n FROM (VALUES (1)) AS t (n) WHERE n > ALL (SELECT v FROM st1 WHERE v > 100);
SELECT n FROM (VALUES (1), (5), (6)) AS t (n) WHERE n >= ALL (SELECT v FROM st1) ORDER BY n;
-- expect
-- columns n int
-- row 6
-- rows 1
-- columns n int
-- row 1
-- rows 1
-- columns n int
-- row 5
-- row 6
-- rows 2

-- case: ANY and SOME hold when one row does
-- source: SOME | ANY
CREATE TABLE st2 (v int NULL);
INSERT st2 VALUES (3), (5);
-- setup
SELECT n FROM (VALUES (3), (4), (6)) AS t (n) WHERE n < ANY (SELECT v FROM st2) ORDER BY n;
SELECT n FROM (VALUES (3), (4), (6)) AS t (n) WHERE n <> SOME (SELECT v FROM st2) ORDER BY n;
SELECT n FROM (VALUES (3)) AS t (n) WHERE n < ANY (SELECT v FROM st2 WHERE v > 100);
-- expect
-- columns n int
-- row 3
-- row 4
-- rows 2
-- columns n int
-- row 3
-- row 4
-- row 6
-- rows 3
-- columns n int
-- rows 0

-- case: ALL against NULL is unknown, and so is its negation
-- source: ALL, "Result value"
CREATE TABLE st3 (v int NULL);
INSERT st3 VALUES (1), (NULL);
-- setup
SELECT n FROM (VALUES (0), (9)) AS t (n) WHERE n > ALL (SELECT v FROM st3);
SELECT n FROM (VALUES (0), (9)) AS t (n) WHERE NOT n > ALL (SELECT v FROM st3);
-- expect
-- columns n int
-- rows 0
-- columns n int
-- row 0
-- rows 1

-- case: IS DISTINCT FROM knows NULL
-- source: IS [NOT] DISTINCT FROM
SELECT a, b FROM (VALUES (1, 1), (1, 2), (NULL, 1), (NULL, NULL)) AS t (a, b) WHERE a IS DISTINCT FROM b ORDER BY a, b;
SELECT COUNT(*) AS n FROM (VALUES (1, 1), (1, 2), (NULL, 1), (NULL, NULL)) AS t (a, b) WHERE a IS NOT DISTINCT FROM b;
-- expect
-- columns a int, b int
-- row NULL | 1
-- row 1 | 2
-- rows 2
-- columns n int
-- row 2
-- rows 1

-- case: INTERSECT binds tighter than UNION and EXCEPT
-- source: Set operators - EXCEPT and INTERSECT, "Remarks"
SELECT v FROM (VALUES (1), (2)) AS a (v) UNION SELECT v FROM (VALUES (3), (4)) AS b (v) INTERSECT SELECT v FROM (VALUES (4)) AS c (v) ORDER BY v;
-- expect
-- columns v int
-- row 1
-- row 2
-- row 4
-- rows 3

-- case: set operators take NULLs for equal
-- source: Set operators - EXCEPT and INTERSECT, "Remarks"
SELECT v FROM (VALUES (1), (NULL), (NULL)) AS a (v) EXCEPT SELECT NULL;
SELECT v FROM (VALUES (1), (NULL), (NULL)) AS a (v) INTERSECT SELECT NULL;
-- expect
-- columns v int
-- row 1
-- rows 1
-- columns v int
-- row NULL
-- rows 1

-- case: the parts of a set operator have as many columns each
-- source: Msg 205
SELECT 1 AS a, 2 AS b UNION SELECT 1;
-- expect
-- Msg 205, Level 16, State 1, Line 1: All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.

-- case: a union is ordered by its columns only
-- source: Msg 104
SELECT v AS a FROM (VALUES (1)) AS t (v) UNION SELECT 2 ORDER BY v + 1;
-- expect
-- Msg 104, Level 16, State 1, Line 1: ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.

-- case: DISTINCT is ordered by what it selects
-- source: Msg 145
SELECT DISTINCT a FROM (VALUES (1, 2)) AS t (a, b) ORDER BY b;
-- expect
-- Msg 145, Level 15, State 1, Line 1: ORDER BY items must appear in the select list if SELECT DISTINCT is specified.

-- case: ORDER BY takes no constant
-- source: Msg 408
SELECT a FROM (VALUES (1)) AS t (a) ORDER BY a, 'x';
-- expect
-- Msg 408, Level 16, State 1, Line 1: A constant expression was encountered in the ORDER BY list, position 2.

-- case: ORDER BY takes no variable
-- source: Msg 1008
DECLARE @n int = 1;
SELECT a FROM (VALUES (1)) AS t (a) ORDER BY @n;
-- expect
-- Msg 1008, Level 16, State 1, Line 2: The SELECT item identified by the ORDER BY number 1 contains a variable as part of the expression identifying a column position. Variables are only allowed when ordering by an expression referencing a column name.

-- case: ORDER BY a place that is not there
-- source: Msg 108
SELECT a FROM (VALUES (1)) AS t (a) ORDER BY 2;
-- expect
-- Msg 108, Level 16, State 1, Line 1: The ORDER BY position number 2 is out of range of the number of items in the select list.

-- case: ORDER BY in a derived table needs TOP
-- source: Msg 1033
SELECT a FROM (SELECT a FROM (VALUES (1)) AS t (a) ORDER BY a) AS d;
-- expect
-- Msg 1033, Level 15, State 1, Line 1: The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions, unless TOP, OFFSET or FOR XML is also specified.

-- case: zero bytes at the end of varbinary do not count
-- source: Binary and varbinary, "Remarks"
CREATE TABLE st4 (id int NOT NULL, b varbinary(4) NULL);
INSERT st4 VALUES (1, 0x01), (2, 0x0100), (3, 0x02), (4, NULL);
-- setup
SELECT COUNT(*) AS n FROM (SELECT DISTINCT b FROM st4) AS d;
SELECT COUNT(DISTINCT b) AS n FROM st4 WHERE b IS NOT NULL;
SELECT id FROM st4 WHERE b IN (SELECT 0x010000) ORDER BY id;
SELECT b FROM st4 EXCEPT SELECT 0x0100 EXCEPT SELECT NULL;
-- expect
-- columns n int
-- row 3
-- rows 1
-- columns n int
-- row 2
-- rows 1
-- columns id int
-- row 1
-- row 2
-- rows 2
-- columns b varbinary(4)
-- row 0x02
-- rows 1

-- case: PIVOT turns rows into columns
-- source: FROM - Using PIVOT and UNPIVOT, "Basic PIVOT example"
CREATE TABLE pv1 (shop int NOT NULL, item varchar(5) NOT NULL, sales int NULL);
INSERT pv1 VALUES (1, 'tea', 5), (1, 'tea', 6), (1, 'milk', 1), (2, 'milk', 4);
-- setup
SELECT shop, tea, milk FROM (SELECT shop, item, sales FROM pv1) AS s PIVOT (SUM(sales) FOR item IN (tea, milk, jam)) AS p ORDER BY shop;
SELECT [1], [2] FROM (SELECT shop, item FROM pv1) AS s PIVOT (COUNT(item) FOR shop IN ([1], [2])) AS p;
-- expect
-- columns shop int, tea int, milk int
-- row 1 | 11 | 1
-- row 2 | NULL | 4
-- rows 2
-- columns 1 int, 2 int
-- row 3 | 1
-- rows 1

-- case: UNPIVOT turns columns into rows, without NULLs
-- source: FROM - Using PIVOT and UNPIVOT, "UNPIVOT example"
CREATE TABLE pv2 (vendor int NOT NULL, e1 int NULL, e2 int NULL);
INSERT pv2 VALUES (1, 4, 3), (2, NULL, 5);
-- setup
SELECT vendor, employee, orders FROM pv2 UNPIVOT (orders FOR employee IN (e1, e2)) AS u ORDER BY vendor, employee;
-- expect
-- columns vendor int, employee nvarchar(128), orders int
-- row 1 | 'e1' | 4
-- row 1 | 'e2' | 3
-- row 2 | 'e2' | 5
-- rows 3

-- case: UNPIVOT wants columns of one type
-- source: Msg 8167
CREATE TABLE pv3 (id int NOT NULL, a int NULL, b bigint NULL);
-- setup
SELECT id, k, v FROM pv3 UNPIVOT (v FOR k IN (a, b)) AS u;
-- expect
-- Msg 8167, Level 16, State 1, Line 1: The type of column "b" conflicts with the type of other columns specified in the UNPIVOT list.

-- case: an INDEX hint names an index
-- source: Msg 308
CREATE TABLE hi1 (id int NOT NULL, v int NULL);
CREATE INDEX hi1_v ON hi1 (v);
INSERT hi1 VALUES (1, 2);
-- setup
SELECT id FROM hi1 WITH (INDEX(hi1_v)) WHERE v = 2;
SELECT id FROM hi1 WITH (INDEX(none)) WHERE v = 2;
-- expect
-- Msg 308, Level 16, State 1, Line 2: Index 'none' on table 'hi1' (specified in the FROM clause) does not exist.

-- case: hints for the optimizer change nothing
-- source: Query hints
SELECT a.n FROM (VALUES (1)) AS a (n) INNER HASH JOIN (VALUES (1)) AS b (n) ON a.n = b.n OPTION (RECOMPILE, MAXDOP 1, FORCE ORDER);
-- expect
-- columns n int
-- row 1
-- rows 1

-- case: SELECT without FROM may have WHERE
-- source: SELECT
SELECT 1 AS a WHERE 1 = 1;
SELECT 1 AS a WHERE 1 = 0;
-- expect
-- columns a int
-- row 1
-- rows 1
-- columns a int
-- rows 0

-- case: two sources may not have one name
-- source: Msg 1011
SELECT 1 AS x FROM (VALUES (1)) AS t (a) CROSS JOIN (VALUES (1)) AS t (b);
-- expect
-- Msg 1011, Level 16, State 1, Line 1: The correlation name 't' is specified multiple times in a FROM clause.

-- case: a subquery gives one column
-- source: Msg 116
SELECT (SELECT 1, 2) AS x;
-- expect
-- Msg 116, Level 16, State 1, Line 1: Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.

-- case: a subquery as a value gives one row
-- source: Msg 512
SELECT (SELECT v FROM (VALUES (1), (2)) AS t (v)) AS x;
-- expect
-- columns x int
-- Msg 512, Level 16, State 1, Line 1: Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.

-- case: READPAST is refused
-- source: Table hints, "READPAST"
-- only: embedded
CREATE TABLE hi2 (id int NOT NULL);
-- setup
SELECT id FROM hi2 WITH (READPAST);
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'WITH (READPAST)' is not supported in this version of SQL Server.

-- case: a place in ORDER BY may have a sign and parentheses
-- source: ORDER BY clause, "order_by_expression"
SELECT v FROM (VALUES (1), (2)) AS t (v) ORDER BY (1) DESC;
SELECT v FROM (VALUES (1), (2)) AS t (v) ORDER BY -1;
-- expect
-- Msg 108, Level 16, State 1, Line 2: The ORDER BY position number -1 is out of range of the number of items in the select list.

-- case: WITH in front of INSERT, UPDATE and DELETE
-- source: WITH common_table_expression
CREATE TABLE wi1 (id int NOT NULL, v int NULL);
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) INSERT wi1 (id) SELECT i FROM n;
-- setup
WITH big AS (SELECT id FROM wi1 WHERE id > 3) UPDATE w SET v = 9 FROM wi1 AS w JOIN big ON big.id = w.id;
WITH d AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS r FROM wi1) DELETE FROM d WHERE r = 1;
SELECT id, v FROM wi1 ORDER BY id;
-- expect
-- rows 2
-- rows 1
-- columns id int, v int
-- row 2 | NULL
-- row 3 | NULL
-- row 4 | 9
-- row 5 | 9
-- rows 4
