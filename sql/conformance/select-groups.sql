-- chapter: SELECT
-- case: ROLLUP adds subtotals and a grand total
-- source: SELECT - GROUP BY, "GROUP BY ROLLUP"
CREATE TABLE gr1 (country varchar(10) NOT NULL, city varchar(10) NOT NULL, sales int NOT NULL);
INSERT gr1 VALUES ('CA', 'Bay', 1), ('CA', 'Elk', 2), ('US', 'Reno', 4);
-- setup
SELECT country, city, SUM(sales) AS s FROM gr1 GROUP BY ROLLUP (country, city) ORDER BY GROUPING(country), country, GROUPING(city), city;
-- expect
-- columns country varchar(10), city varchar(10), s int
-- row 'CA' | 'Bay' | 1
-- row 'CA' | 'Elk' | 2
-- row 'CA' | NULL | 3
-- row 'US' | 'Reno' | 4
-- row 'US' | NULL | 4
-- row NULL | NULL | 7
-- rows 6

-- case: CUBE groups by every combination
-- source: SELECT - GROUP BY, "GROUP BY CUBE"
SELECT a, b, COUNT(*) AS n FROM (VALUES (1, 1), (1, 2)) AS t (a, b) GROUP BY CUBE (a, b) ORDER BY GROUPING_ID(a, b), a, b;
-- expect
-- columns a int, b int, n int
-- row 1 | 1 | 1
-- row 1 | 2 | 1
-- row 1 | NULL | 2
-- row NULL | 1 | 1
-- row NULL | 2 | 1
-- row NULL | NULL | 2
-- rows 6

-- case: GROUPING SETS names the sets, GROUPING tells them apart
-- source: GROUPING; GROUPING_ID
SELECT a, SUM(v) AS s, GROUPING(a) AS g, GROUPING_ID(a, b) AS id FROM (VALUES (1, 1, 10), (2, 1, 20)) AS t (a, b, v) GROUP BY GROUPING SETS ((a, b), (b), ()) ORDER BY id, a;
-- expect
-- columns a int, s int, g tinyint, id int
-- row 1 | 10 | 0 | 0
-- row 2 | 20 | 0 | 0
-- row NULL | 30 | 1 | 2
-- row NULL | 30 | 1 | 3
-- rows 4

-- case: WITH ROLLUP after the list
-- source: SELECT - GROUP BY, "WITH ROLLUP"
SELECT a, COUNT(*) AS n FROM (VALUES (1), (1), (2)) AS t (a) GROUP BY a WITH ROLLUP ORDER BY n;
-- expect
-- columns a int, n int
-- row 2 | 1
-- row 1 | 2
-- row NULL | 3
-- rows 3

-- case: HAVING filters the rows of all sets
-- source: SELECT - GROUP BY
SELECT a, COUNT(*) AS n FROM (VALUES (1), (1), (2)) AS t (a) GROUP BY ROLLUP (a) HAVING COUNT(*) > 1 ORDER BY n;
-- expect
-- columns a int, n int
-- row 1 | 2
-- row NULL | 3
-- rows 2

-- case: GROUPING asks for an expression of GROUP BY
-- source: Msg 8161
SELECT a, GROUPING(b) AS g FROM (VALUES (1, 2)) AS t (a, b) GROUP BY a;
-- expect
-- Msg 8161, Level 16, State 1, Line 1: Argument 1 of the GROUPING function does not match any of the expressions in the GROUP BY clause.

-- case: GROUP BY needs a column
-- source: Msg 164
DECLARE @v int = 1;
SELECT COUNT(*) AS n FROM (VALUES (1)) AS t (a) GROUP BY a, @v;
-- expect
-- Msg 164, Level 15, State 1, Line 2: Each GROUP BY expression must contain at least one column that is not an outer reference.

-- case: no aggregate in GROUP BY
-- source: Msg 144
SELECT COUNT(*) AS n FROM (VALUES (1)) AS t (a) GROUP BY MAX(a);
-- expect
-- Msg 144, Level 15, State 1, Line 1: Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.

-- case: a column beside aggregates must be grouped
-- source: Msg 8120
SELECT a, b, COUNT(*) AS n FROM (VALUES (1, 2)) AS t (a, b) GROUP BY a;
-- expect
-- Msg 8120, Level 16, State 1, Line 1: Column 't.b' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.

-- case: no aggregate of an aggregate
-- source: Msg 130
SELECT SUM(MAX(a)) AS s FROM (VALUES (1)) AS t (a);
-- expect
-- Msg 130, Level 15, State 1, Line 1: Cannot perform an aggregate function on an expression containing an aggregate or a subquery.

-- case: SUM and AVG of different values
-- source: SUM, "DISTINCT"
SELECT SUM(DISTINCT v) AS s, AVG(DISTINCT v) AS a, SUM(v) AS total, COUNT(DISTINCT v) AS n FROM (VALUES (1), (1), (4)) AS t (v);
-- expect
-- columns s int, a int, total int, n int
-- row 5 | 2 | 6 | 2
-- rows 1

-- case: SUM of different decimals keeps their scale
-- source: SUM, "Return types"
SELECT CAST(SUM(DISTINCT v) AS decimal(10,2)) AS s, CAST(AVG(DISTINCT v) AS decimal(12,6)) AS a FROM (VALUES (CAST(1.5 AS decimal(5,2))), (1.50), (2.25)) AS t (v);
-- expect
-- columns s decimal(10,2), a decimal(12,6)
-- row 3.75 | 1.875000
-- rows 1

-- case: STDEV, STDEVP, VAR and VARP
-- source: STDEV; VAR
SELECT STDEV(v) AS s, STDEVP(v) AS sp, VAR(v) AS r, VARP(v) AS rp FROM (VALUES (2), (4), (4), (4), (5), (5), (7), (9)) AS t (v);
SELECT STDEV(v) AS s, VARP(v) AS rp FROM (VALUES (3)) AS t (v);
-- expect
-- columns s float, sp float, r float, rp float
-- row 2.138089935299395 | 2.0 | 4.571428571428571 | 4.0
-- rows 1
-- columns s float, rp float
-- row NULL | 0.0
-- rows 1

-- case: STRING_AGG joins texts in the wanted order
-- source: STRING_AGG, "Generate results in order"
SELECT g, STRING_AGG(s, ', ') WITHIN GROUP (ORDER BY s DESC) AS list FROM (VALUES (1, 'a'), (1, 'c'), (1, NULL), (1, 'b'), (2, NULL)) AS t (g, s) GROUP BY g ORDER BY g;
-- expect
-- columns g int, list varchar(8000)
-- row 1 | 'c, b, a'
-- row 2 | NULL
-- rows 2

-- case: STRING_AGG makes nvarchar of numbers
-- source: STRING_AGG, "Return types"
SELECT STRING_AGG(v, '-') WITHIN GROUP (ORDER BY v) AS list FROM (VALUES (10), (9), (100)) AS t (v);
-- expect
-- columns list nvarchar(4000)
-- row '9-10-100'
-- rows 1

-- case: STRING_AGG of short texts has a limit of 8000 bytes
-- source: Msg 9829
SELECT LEN(STRING_AGG(CAST(REPLICATE('x', 5000) AS varchar(5000)), ',')) AS n FROM (VALUES (1), (2)) AS t (v);
SELECT LEN(STRING_AGG(CAST(REPLICATE('x', 5000) AS varchar(max)), ',')) AS n FROM (VALUES (1), (2)) AS t (v);
-- expect
-- columns n int
-- Msg 9829, Level 16, State 1, Line 1: STRING_AGG aggregation result exceeded the limit of 8000 bytes. Use LOB types to avoid result truncation.
-- columns n bigint
-- row 10001
-- rows 1

-- case: APPROX_COUNT_DISTINCT counts
-- source: APPROX_COUNT_DISTINCT
SELECT APPROX_COUNT_DISTINCT(v) AS n FROM (VALUES (1), (1), (2)) AS t (v);
-- expect
-- columns n bigint
-- row 2
-- rows 1

-- case: an aggregate that skips NULL says so
-- source: Msg 8153
SELECT SUM(v) AS s FROM (VALUES (1), (NULL)) AS t (v);
-- expect
-- columns s int
-- row 1
-- Msg 8153, Level 0, State 1, Line 1: Warning: Null value is eliminated by an aggregate or other SET operation.
-- rows 1
