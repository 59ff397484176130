-- chapter: Data modification
-- case: MERGE updates, inserts and deletes in one statement
-- source: MERGE (Transact-SQL), "Use MERGE to perform INSERT, UPDATE and DELETE"
CREATE TABLE m1 (id int PRIMARY KEY, name varchar(10), n int);
INSERT m1 VALUES (1, 'one', 1), (2, 'two', 2), (3, 'three', 3);
-- setup
MERGE m1 AS t USING (VALUES (2, 'TWO'), (4, 'four')) AS s (id, name) ON t.id = s.id
WHEN MATCHED THEN UPDATE SET name = s.name, n += 10
WHEN NOT MATCHED BY TARGET THEN INSERT (id, name) VALUES (s.id, s.name)
WHEN NOT MATCHED BY SOURCE AND t.id > 2 THEN DELETE;
SELECT @@ROWCOUNT AS rc;
SELECT id, name, n FROM m1 ORDER BY id;
-- expect
-- rows 3
-- columns rc int
-- row 3
-- rows 1
-- columns id int, name varchar(10), n int
-- row 1 | 'one' | 1
-- row 2 | 'TWO' | 12
-- row 4 | 'four' | NULL
-- rows 3

-- chapter: Data modification
-- case: OUTPUT of MERGE with $action and the source
-- source: MERGE (Transact-SQL), "$action"; OUTPUT clause
CREATE TABLE m2 (id int PRIMARY KEY, n int);
INSERT m2 VALUES (1, 1);
-- setup
MERGE INTO m2 AS t USING (SELECT 1 AS id, 5 AS n) AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET n = s.n
OUTPUT $action, deleted.n AS old, inserted.n AS new, s.n AS given;
-- expect
-- columns $action nvarchar(10), old int null, new int null, given int
-- row 'UPDATE' | 1 | 5 | 5
-- rows 1
MERGE INTO m2 AS t USING (SELECT 2 AS id) AS s ON t.id = s.id
WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0)
OUTPUT $action AS did, inserted.id, deleted.id AS gone;
-- expect
-- columns did nvarchar(10), id int, gone int
-- row 'INSERT' | 2 | NULL
-- rows 1

-- chapter: Data modification
-- case: conditions of clauses are tried in order
-- source: MERGE (Transact-SQL), "two WHEN MATCHED clauses … the first clause must be accompanied by an AND clause"
CREATE TABLE m3 (id int PRIMARY KEY, n int);
INSERT m3 VALUES (1, 1), (2, 2);
-- setup
MERGE m3 AS t USING m3 AS s ON t.id = s.id
WHEN MATCHED AND s.n = 1 THEN DELETE
WHEN MATCHED THEN UPDATE SET n = 20;
SELECT id, n FROM m3;
-- expect
-- rows 2
-- columns id int, n int
-- row 2 | 20
-- rows 1

-- chapter: Data modification
-- case: a MERGE must end with a semicolon
-- source: Msg 10713
CREATE TABLE m4 (id int);
-- setup
MERGE m4 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN DELETE
-- expect
-- Msg 10713, Level 15, State 1, Line 1: A MERGE statement must be terminated by a semi-colon (;).

-- chapter: Data modification
-- case: a row matched twice ends the batch
-- source: Msg 8672
CREATE TABLE m5 (id int PRIMARY KEY, n int);
INSERT m5 VALUES (1, 1);
-- setup
MERGE m5 AS t USING (VALUES (1, 5), (1, 6)) AS s (id, n) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n;
SELECT n FROM m5;
-- expect
-- Msg 8672, Level 16, State 1, Line 1: The MERGE statement attempted to UPDATE or DELETE the same row more than once…
SELECT n FROM m5;
-- expect
-- columns n int
-- row 1
-- rows 1

-- chapter: Data modification
-- case: the same action twice in a kind of clause
-- source: Msg 10714
CREATE TABLE m6 (id int, n int);
-- setup
MERGE m6 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id
WHEN MATCHED AND t.n = 1 THEN UPDATE SET n = 2
WHEN MATCHED THEN UPDATE SET n = 3;
-- expect
-- Msg 10714, Level 15, State 1, Line 3: An action of type 'UPDATE' cannot appear more than once in a 'WHEN MATCHED' clause of a MERGE statement.

-- chapter: Data modification
-- case: a clause with a condition after one without
-- source: Msg 5324
CREATE TABLE m7 (id int, n int);
-- setup
MERGE m7 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET n = 2
WHEN MATCHED AND t.n = 1 THEN DELETE;
-- expect
-- Msg 5324, Level 15, State 1, Line 3: In a MERGE statement, a 'WHEN MATCHED' clause with a search condition cannot appear after a 'WHEN MATCHED' clause with no search condition.

-- chapter: Data modification
-- case: INSERT belongs to NOT MATCHED, UPDATE does not
-- source: Msg 10710, Msg 10711
CREATE TABLE m8 (id int, n int);
-- setup
MERGE m8 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN NOT MATCHED THEN UPDATE SET n = 1;
-- expect
-- Msg 10710, Level 15, State 1, Line 1: An action of type 'UPDATE' is not allowed in the 'WHEN NOT MATCHED' clause of a MERGE statement.
MERGE m8 AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN INSERT VALUES (1, 1);
-- expect
-- Msg 10711, Level 15, State 1, Line 1: An action of type 'INSERT' is not allowed in the 'WHEN MATCHED' clause of a MERGE statement.

-- chapter: Data modification
-- case: source and target need different names
-- source: Msg 5318
CREATE TABLE m9 (id int);
-- setup
MERGE m9 USING m9 ON 1 = 1 WHEN MATCHED THEN DELETE;
-- expect
-- Msg 5318, Level 16, State 1, Line 1: In a MERGE statement, the source and target cannot have the same name or alias. Use different aliases for the source and target to ensure that they have unique names in the MERGE statement.

-- chapter: Data modification
-- case: the target is out of reach where nothing matched
-- source: Msg 5333, Msg 5334
CREATE TABLE m10 (id int, n int);
-- setup
MERGE m10 AS t USING (SELECT 1 AS k) AS s ON t.id = s.k WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.k, t.n);
-- expect
-- Msg 5333, Level 16, State *, Line 1: The identifier 't.n' cannot be bound. Only source columns and columns in the clause scope are allowed in the 'WHEN NOT MATCHED' clause of a MERGE statement.
MERGE m10 AS t USING (SELECT 1 AS k) AS s ON t.id = s.k WHEN NOT MATCHED BY SOURCE THEN UPDATE SET n = s.k;
-- expect
-- Msg 5334, Level 16, State *, Line 1: The identifier 's.k' cannot be bound. Only target columns and columns in the clause scope are allowed in the 'WHEN NOT MATCHED BY SOURCE' clause of a MERGE statement.

-- chapter: Data modification
-- case: MERGE with TOP, an identity column and a hint
-- source: MERGE (Transact-SQL), TOP; "WITH (HOLDLOCK)"
CREATE TABLE m11 (id int IDENTITY(7, 1), k int UNIQUE);
-- setup
MERGE TOP (2) INTO m11 WITH (HOLDLOCK) AS t USING (VALUES (1), (2), (3)) AS s (k) ON t.k = s.k
WHEN NOT MATCHED THEN INSERT (k) VALUES (s.k);
SELECT id FROM m11 ORDER BY id;
SELECT CAST(SCOPE_IDENTITY() AS int) AS last;
-- expect
-- rows 2
-- columns id int
-- row 7
-- row 8
-- rows 2
-- columns last int
-- row 8
-- rows 1

-- chapter: Data modification
-- case: uniqueness counts when the MERGE is done
-- source: MERGE (Transact-SQL); UNIQUE constraints are checked for the statement
CREATE TABLE m12 (id int PRIMARY KEY, u int UNIQUE);
INSERT m12 VALUES (1, 1), (2, 2), (3, 3);
-- setup
MERGE m12 AS t USING (VALUES (1, 2), (2, 1), (4, 3)) AS s (id, u) ON t.id = s.id
WHEN MATCHED THEN UPDATE SET u = s.u
WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.u)
WHEN NOT MATCHED BY SOURCE THEN DELETE;
SELECT id, u FROM m12 ORDER BY id;
-- expect
-- rows 4
-- columns id int, u int
-- row 1 | 2
-- row 2 | 1
-- row 4 | 3
-- rows 3

-- chapter: Data modification
-- case: values of a clause are computed for its own rows only
-- source: MERGE (Transact-SQL)
CREATE TABLE m13 (id int PRIMARY KEY, n int);
INSERT m13 VALUES (1, 1);
-- setup
MERGE m13 AS t USING (VALUES (1, 0), (2, 2)) AS s (id, d) ON t.id = s.id
WHEN MATCHED THEN UPDATE SET n = s.d
WHEN NOT MATCHED THEN INSERT VALUES (s.id, 10 / s.d);
SELECT id, n FROM m13 ORDER BY id;
-- expect
-- rows 2
-- columns id int, n int
-- row 1 | 0
-- row 2 | 5
-- rows 2

-- chapter: Data modification
-- case: MERGE into a common table expression
-- source: MERGE (Transact-SQL), "target_table … If target_table is a view, any actions against it must satisfy the conditions for updating views"
CREATE TABLE m14 (id int PRIMARY KEY, grp char(1), n int);
INSERT m14 VALUES (1, 'a', 1), (2, 'b', 2);
-- setup
WITH t AS (SELECT id, grp, n FROM m14 WHERE grp = 'a')
MERGE t USING (VALUES (5)) AS s (id) ON t.id = s.id
WHEN NOT MATCHED THEN INSERT (id, grp, n) VALUES (s.id, 'a', 5)
WHEN NOT MATCHED BY SOURCE THEN DELETE;
SELECT id FROM m14 ORDER BY id;
-- expect
-- rows 2
-- columns id int
-- row 2
-- row 5
-- rows 2

-- chapter: Data modification
-- case: OUTPUT of MERGE into a table variable
-- source: OUTPUT clause (Transact-SQL), "OUTPUT INTO … MERGE"
CREATE TABLE m15 (id int PRIMARY KEY);
INSERT m15 VALUES (1);
-- setup
DECLARE @log TABLE (act nvarchar(10), id int);
MERGE m15 AS t USING (VALUES (2)) AS s (id) ON t.id = s.id
WHEN NOT MATCHED THEN INSERT VALUES (s.id)
WHEN NOT MATCHED BY SOURCE THEN DELETE
OUTPUT $action, COALESCE(inserted.id, deleted.id) INTO @log;
SELECT act, id FROM @log ORDER BY id;
-- expect
-- rows 2
-- columns act nvarchar(10), id int
-- row 'DELETE' | 1
-- row 'INSERT' | 2
-- rows 2
