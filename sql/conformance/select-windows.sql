-- chapter: SELECT
-- case: LAG and LEAD look at other rows
-- source: LAG, "Arguments"; LEAD
CREATE TABLE wn1 (id int NOT NULL, g varchar(5) NOT NULL, v int NULL);
INSERT wn1 VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 30), (4, 'b', NULL);
-- setup
SELECT id, LAG(v) OVER (ORDER BY id) AS before, LEAD(v, 2, -1) OVER (ORDER BY id) AS after, LAG(v, 1, 0) OVER (PARTITION BY g ORDER BY id) AS inside FROM wn1 ORDER BY id;
-- expect
-- columns id int, before int, after int, inside int
-- row 1 | NULL | 30 | 0
-- row 2 | 10 | NULL | 10
-- row 3 | 20 | -1 | 0
-- row 4 | 30 | -1 | 30
-- rows 4

-- case: FIRST_VALUE and LAST_VALUE follow the frame
-- source: LAST_VALUE, "ROWS BETWEEN"
CREATE TABLE wn2 (id int NOT NULL, v int NULL);
INSERT wn2 VALUES (1, 10), (2, 20), (3, 30);
-- setup
SELECT id, FIRST_VALUE(v) OVER (ORDER BY id) AS first, LAST_VALUE(v) OVER (ORDER BY id) AS last, LAST_VALUE(v) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS final FROM wn2 ORDER BY id;
-- expect
-- columns id int, first int, last int, final int
-- row 1 | 10 | 10 | 30
-- row 2 | 10 | 20 | 30
-- row 3 | 10 | 30 | 30
-- rows 3

-- case: IGNORE NULLS carries the last value forward
-- source: LAST_VALUE, "[ IGNORE NULLS | RESPECT NULLS ]"
CREATE TABLE wn3 (id int NOT NULL, v int NULL);
INSERT wn3 VALUES (1, NULL), (2, 5), (3, NULL), (4, 7), (5, NULL);
-- setup
SELECT id, LAST_VALUE(v) IGNORE NULLS OVER (ORDER BY id) AS carried, LAG(v) IGNORE NULLS OVER (ORDER BY id) AS before, FIRST_VALUE(v) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next FROM wn3 ORDER BY id;
-- expect
-- columns id int, carried int, before int, next int
-- row 1 | NULL | NULL | 5
-- row 2 | 5 | NULL | 5
-- row 3 | 5 | 5 | 7
-- row 4 | 7 | 5 | 7
-- row 5 | 7 | 7 | NULL
-- rows 5

-- case: PERCENT_RANK and CUME_DIST
-- source: PERCENT_RANK; CUME_DIST
SELECT v, PERCENT_RANK() OVER (ORDER BY v) AS p, CUME_DIST() OVER (ORDER BY v) AS c FROM (VALUES (1), (2), (2), (3), (4)) AS t (v) ORDER BY v;
-- expect
-- columns v int, p float, c float
-- row 1 | 0.0 | 0.2
-- row 2 | 0.25 | 0.6
-- row 2 | 0.25 | 0.6
-- row 3 | 0.75 | 0.8
-- row 4 | 1.0 | 1.0
-- rows 5

-- case: PERCENTILE_CONT interpolates, PERCENTILE_DISC picks
-- source: PERCENTILE_CONT; PERCENTILE_DISC
SELECT DISTINCT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY v) OVER () AS c, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY v) OVER () AS d FROM (VALUES (1), (2), (3), (10), (NULL)) AS t (v);
-- expect
-- columns c float, d int
-- row 2.5 | 2
-- rows 1

-- case: a running total and a sliding average
-- source: SELECT - OVER clause, "Examples"
SELECT v, SUM(v) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS total, AVG(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS mean FROM (VALUES (2), (4), (8)) AS t (v) ORDER BY v;
-- expect
-- columns v int, total int, mean int
-- row 2 | 2 | 2
-- row 4 | 6 | 3
-- row 8 | 14 | 6
-- rows 3

-- case: without ROWS, rows of equal rank share the running total
-- source: SELECT - OVER clause, "RANGE"
SELECT v, SUM(v) OVER (ORDER BY v) AS total FROM (VALUES (1), (2), (2)) AS t (v) ORDER BY v;
-- expect
-- columns v int, total int
-- row 1 | 1
-- row 2 | 5
-- row 2 | 5
-- rows 3

-- case: windowed functions over groups
-- source: SELECT - OVER clause
SELECT g, SUM(v) AS s, RANK() OVER (ORDER BY SUM(v) DESC) AS r, SUM(SUM(v)) OVER () AS total FROM (VALUES ('a', 1), ('a', 2), ('b', 7)) AS t (g, v) GROUP BY g ORDER BY g;
-- expect
-- columns g varchar(1), s int, r bigint, total int
-- row 'a' | 3 | 2 | 10
-- row 'b' | 7 | 1 | 10
-- rows 2

-- case: the WINDOW clause names a window
-- source: SELECT - WINDOW clause
SELECT id, SUM(v) OVER w AS s, COUNT(*) OVER (w ORDER BY id) AS n FROM (VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 5)) AS t (id, g, v) WINDOW w AS (PARTITION BY g) ORDER BY id;
-- expect
-- columns id int, s int, n int
-- row 1 | 30 | 1
-- row 2 | 30 | 2
-- row 3 | 5 | 1
-- rows 3

-- case: a window that is not there
-- source: Msg 5362
SELECT SUM(v) OVER w AS s FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 5362, Level 15, State 3, Line 1: Window 'w' is undefined.

-- case: windowed functions stand in the select list and ORDER BY only
-- source: Msg 4108
SELECT v FROM (VALUES (1)) AS t (v) WHERE ROW_NUMBER() OVER (ORDER BY v) = 1;
-- expect
-- Msg 4108, Level 15, State 1, Line 1: Windowed functions can only appear in the SELECT or ORDER BY clauses.

-- case: windowed functions do not nest
-- source: Msg 4109
SELECT SUM(ROW_NUMBER() OVER (ORDER BY v)) OVER () AS s FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 4109, Level 15, State 1, Line 1: Windowed functions cannot be used in the context of another windowed function or aggregate.

-- case: ranking needs ORDER BY
-- source: Msg 4112
SELECT ROW_NUMBER() OVER () AS r FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 4112, Level 15, State 1, Line 1: The function 'ROW_NUMBER' must have an OVER clause with ORDER BY.

-- case: ranking needs OVER
-- source: Msg 10753
SELECT ROW_NUMBER() AS r FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 10753, Level 15, State 3, Line 1: The function 'ROW_NUMBER' must have an OVER clause.

-- case: ranking has no frame
-- source: Msg 10752
SELECT RANK() OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS r FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 10752, Level 15, State 3, Line 1: The function 'RANK' may not have a window frame.

-- case: a frame needs ORDER BY
-- source: Msg 10756
SELECT SUM(v) OVER (PARTITION BY v ROWS UNBOUNDED PRECEDING) AS s FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 10756, Level 15, State 1, Line 1: Window frame with ROWS or RANGE must have an ORDER BY clause.

-- case: RANGE counts no rows
-- source: Msg 4194
SELECT SUM(v) OVER (ORDER BY v RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 4194, Level 16, State 1, Line 1: RANGE is only supported with UNBOUNDED and CURRENT ROW window frame delimiters.

-- case: DISTINCT is not allowed with OVER
-- source: Msg 10759
SELECT COUNT(DISTINCT v) OVER () AS s FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 10759, Level 15, State 1, Line 1: Use of DISTINCT is not allowed with the OVER clause.

-- case: a window is not ordered by position
-- source: Msg 5308
SELECT ROW_NUMBER() OVER (ORDER BY 1) AS r FROM (VALUES (1)) AS t (v);
-- expect
-- Msg 5308, Level 16, State 1, Line 1: Windowed functions, aggregates and NEXT VALUE FOR functions do not support integer indices as ORDER BY clause expressions.

-- case: a window may be ordered by a subquery that orders nothing
-- source: ROW_NUMBER
SELECT COUNT(*) AS n FROM (SELECT ROW_NUMBER() OVER (ORDER BY (SELECT NULL)) AS r FROM (VALUES (1), (2)) AS t (v)) AS d WHERE r = 2;
-- expect
-- columns n int
-- row 1
-- rows 1
