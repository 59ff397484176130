-- chapter: SELECT
-- case: a recursive common table expression counts
-- source: WITH common_table_expression, "Guidelines for defining and using recursive common table expressions"
WITH c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 4) SELECT n FROM c ORDER BY n;
-- expect
-- columns n int
-- row 1
-- row 2
-- row 3
-- row 4
-- rows 4

-- case: recursion walks a hierarchy, with the names of the column list
-- source: WITH common_table_expression, "Use a recursive common table expression to display two levels of recursion"
CREATE TABLE rc1 (id int NOT NULL, boss int NULL, name varchar(10) NOT NULL);
INSERT rc1 VALUES (1, NULL, 'Ada'), (2, 1, 'Bob'), (3, 1, 'Cyd'), (4, 2, 'Dan');
-- setup
WITH line (id, path, depth) AS (
    SELECT id, CAST(name AS varchar(100)), 0 FROM rc1 WHERE boss IS NULL
    UNION ALL
    SELECT e.id, CAST(l.path + '/' + e.name AS varchar(100)), l.depth + 1 FROM rc1 AS e JOIN line AS l ON e.boss = l.id
)
SELECT id, path, depth FROM line ORDER BY path;
-- expect
-- columns id int, path varchar(100), depth int
-- row 1 | 'Ada' | 0
-- row 2 | 'Ada/Bob' | 1
-- row 4 | 'Ada/Bob/Dan' | 2
-- row 3 | 'Ada/Cyd' | 1
-- rows 4

-- case: 100 levels are the limit
-- source: Msg 530
WITH c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 101) SELECT COUNT(*) AS n FROM c;
WITH c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 102) SELECT n FROM c WHERE n > 1000;
SELECT 1 AS goes_on;
-- expect
-- columns n int
-- row 101
-- rows 1
-- columns n int
-- Msg 530, Level 16, State 1, Line 2: The statement terminated. The maximum recursion 100 has been exhausted before statement completion.
-- columns goes_on int
-- row 1
-- rows 1

-- case: MAXRECURSION sets another limit, and 0 none
-- source: Query hints, "MAXRECURSION"
WITH c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 500) SELECT COUNT(*) AS n FROM c OPTION (MAXRECURSION 0);
WITH c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 500) SELECT n FROM c WHERE n > 1000 OPTION (MAXRECURSION 5);
-- expect
-- columns n int
-- row 500
-- rows 1
-- columns n int
-- Msg 530, Level 16, State 1, Line 2: The statement terminated. The maximum recursion 5 has been exhausted before statement completion.

-- case: several anchors and several recursive members
-- source: WITH common_table_expression, "Use multiple anchor and recursive members"
WITH c AS (SELECT 1 AS n, 'a' AS k UNION ALL SELECT 100, 'b' UNION ALL SELECT n + 1, k FROM c WHERE n < 2 UNION ALL SELECT n + 10, k FROM c WHERE n BETWEEN 100 AND 105)
SELECT n, k FROM c ORDER BY n;
-- expect
-- columns n int, k varchar(1)
-- row 1 | 'a'
-- row 2 | 'a'
-- row 100 | 'b'
-- row 110 | 'b'
-- rows 4

-- case: the types of anchor and recursive member must match
-- source: Msg 240
WITH c AS (SELECT 'a' AS s UNION ALL SELECT s + 'a' FROM c WHERE LEN(s) < 3) SELECT s FROM c;
-- expect
-- Msg 240, Level 16, State 1, Line 1: Types don't match between the anchor and the recursive part in column "s" of recursive query "c".

-- case: recursion needs UNION ALL
-- source: Msg 252
WITH c AS (SELECT 1 AS n UNION SELECT n + 1 FROM c WHERE n < 3) SELECT n FROM c;
-- expect
-- Msg 252, Level 16, State 1, Line 1: Recursive common table expression 'c' does not contain a top-level UNION ALL operator.

-- case: a recursive member names the expression once
-- source: Msg 253
WITH c AS (SELECT 1 AS n UNION ALL SELECT a.n + b.n FROM c AS a CROSS JOIN c AS b WHERE a.n < 3) SELECT n FROM c;
-- expect
-- Msg 253, Level 16, State 1, Line 1: Recursive member of a common table expression 'c' has multiple recursive references.

-- case: no anchor member after a recursive one
-- source: Msg 247
WITH c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 3 UNION ALL SELECT 9) SELECT n FROM c;
-- expect
-- Msg 247, Level 16, State 1, Line 1: An anchor member was found in the recursive part of recursive query "c".

-- case: DISTINCT is not allowed in a recursive member
-- source: Msg 460
WITH c AS (SELECT 1 AS n UNION ALL SELECT DISTINCT n + 1 FROM c WHERE n < 3) SELECT n FROM c;
-- expect
-- Msg 460, Level 16, State 1, Line 1: DISTINCT operator is not allowed in the recursive part of a recursive common table expression 'c'.

-- case: TOP is not allowed in a recursive member
-- source: Msg 461
WITH c AS (SELECT 1 AS n UNION ALL SELECT TOP (1) n + 1 FROM c WHERE n < 3) SELECT n FROM c;
-- expect
-- Msg 461, Level 16, State 1, Line 1: The TOP or OFFSET operator is not allowed in the recursive part of a recursive common table expression 'c'.

-- case: an outer join is not allowed in a recursive member
-- source: Msg 462
WITH c AS (SELECT 1 AS n UNION ALL SELECT c.n + 1 FROM c LEFT JOIN (VALUES (1)) AS v (x) ON v.x = c.n WHERE c.n < 3) SELECT n FROM c;
-- expect
-- Msg 462, Level 16, State 1, Line 1: Outer join is not allowed in the recursive part of a recursive common table expression 'c'.

-- case: grouping and aggregates are not allowed in a recursive member
-- source: Msg 467
WITH c AS (SELECT 1 AS n UNION ALL SELECT MAX(n) + 1 FROM c WHERE n < 3) SELECT n FROM c;
-- expect
-- Msg 467, Level 16, State 1, Line 1: GROUP BY, HAVING, or aggregate functions are not allowed in the recursive part of a recursive common table expression 'c'.

-- case: two expressions may not have one name
-- source: Msg 239
WITH c AS (SELECT 1 AS n), C AS (SELECT 2 AS n) SELECT n FROM c;
-- expect
-- Msg 239, Level 16, State 1, Line 1: Duplicate common table expression name 'C' was specified.

-- case: an expression hides a table and may name the one before it
-- source: WITH common_table_expression, "Arguments"
CREATE TABLE rc2 (id int NOT NULL);
INSERT rc2 VALUES (1), (2), (3);
-- setup
WITH a AS (SELECT id FROM rc2 WHERE id > 1), rc2 AS (SELECT id * 10 AS id FROM a) SELECT x.id, y.id AS other FROM rc2 AS x JOIN rc2 AS y ON x.id <= y.id ORDER BY 1, 2;
-- expect
-- columns id int, other int
-- row 20 | 20
-- row 20 | 30
-- row 30 | 30
-- rows 3

-- case: an expression is known to its own statement only
-- source: WITH common_table_expression
WITH c AS (SELECT 1 AS n) SELECT n FROM c;
SELECT n FROM c;
-- expect
-- columns n int
-- row 1
-- rows 1
-- Msg 208, Level 16, State 1, Line 2: Invalid object name 'c'.
