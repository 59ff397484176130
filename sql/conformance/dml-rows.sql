-- chapter: Data modification
-- case: SELECT INTO makes a table of the query's columns
-- source: SELECT - INTO clause (Transact-SQL)
CREATE TABLE s1 (id int IDENTITY(5, 5), name nvarchar(10) NULL, price decimal(9, 2) NOT NULL);
INSERT s1 (name, price) VALUES (N'a', 1.5), (NULL, 2);
-- setup
SELECT id, name, price * 2 AS twice, 'x' AS lit INTO s1copy FROM s1;
SELECT * FROM s1copy ORDER BY id;
SELECT name, is_nullable, is_identity FROM sys.columns WHERE object_id = OBJECT_ID('s1copy') ORDER BY column_id;
-- expect
-- rows 2
-- columns id int, name nvarchar(10), twice decimal(11,2), lit varchar(1)
-- row 5 | 'a' | 3.00 | 'x'
-- row 10 | NULL | 4.00 | 'x'
-- rows 2
-- columns name nvarchar(128), is_nullable bit, is_identity bit
-- row 'id' | 0 | 1
-- row 'name' | 1 | 0
-- row 'twice' | 1 | 0
-- row 'lit' | 0 | 0
-- rows 4

-- chapter: Data modification
-- case: an identity column goes on in the new table, but not out of a join
-- source: SELECT - INTO clause (Transact-SQL), "When an existing identity column is selected into a new table, the new column inherits the IDENTITY property, unless …"
CREATE TABLE s2 (id int IDENTITY(1, 1), n int);
INSERT s2 (n) VALUES (1), (2);
-- setup
SELECT id, n INTO s2a FROM s2;
SELECT a.id, a.n INTO s2b FROM s2 AS a JOIN s2 AS b ON b.id = a.id;
INSERT s2a (n) VALUES (3);
INSERT s2b (id, n) VALUES (9, 3);
SELECT MAX(id) AS id FROM s2a;
-- expect
-- rows 2
-- rows 2
-- rows 1
-- rows 1
-- columns id int
-- row 3
-- rows 1

-- chapter: Data modification
-- case: SELECT INTO of a name that is taken
-- source: Msg 2714
CREATE TABLE s3 (id int);
-- setup
SELECT 1 AS a INTO s3;
-- expect
-- Msg 2714, Level 16, State 6, Line 1: There is already an object named 's3' in the database.

-- chapter: Data modification
-- case: SELECT INTO needs a name for each column
-- source: Msg 1038
SELECT 1 + 1 INTO #s4;
-- expect
-- Msg 1038, Level 15, State 5, Line 1: An object or column name is missing or empty. For SELECT INTO statements, verify each column has a name…

-- chapter: Data modification
-- case: SELECT INTO a temporary table, used in the same batch
-- source: SELECT - INTO clause (Transact-SQL)
SELECT v.n, v.n * 10 AS m INTO #s5 FROM (VALUES (1), (2)) AS v (n) WHERE v.n > 1;
SELECT n, m FROM #s5;
-- expect
-- rows 1
-- columns n int, m int
-- row 2 | 20
-- rows 1

-- chapter: Data modification
-- case: INSERT EXECUTE takes all results
-- source: INSERT (Transact-SQL), "execute_statement"
CREATE TABLE x1 (a int, b varchar(5), c int DEFAULT 7);
-- setup
INSERT x1 (a, b) EXEC ('SELECT 1, ''x''; SELECT 2, ''y''');
SELECT a, b, c FROM x1 ORDER BY a;
-- expect
-- rows 2
-- columns a int, b varchar(5), c int
-- row 1 | 'x' | 7
-- row 2 | 'y' | 7
-- rows 2

-- chapter: Data modification
-- case: INSERT EXECUTE of other columns than the table's
-- source: Msg 213
CREATE TABLE x2 (a int, b int);
-- setup
INSERT x2 EXEC ('SELECT 1');
SELECT COUNT(*) AS n FROM x2;
-- expect
-- Msg 213, Level 16, State 7, Line 1: Column name or number of supplied values does not match table definition.
-- columns n int
-- row 0
-- rows 1

-- chapter: Data modification
-- case: INSERT EXECUTE cannot nest
-- source: Msg 8164
CREATE TABLE x3 (a int);
-- setup
INSERT x3 EXEC ('INSERT x3 EXEC (''SELECT 1'')');
-- expect
-- Msg 8164, Level 16, State 1, Line 1: An INSERT EXEC statement cannot be nested.
-- rows 0

-- chapter: Data modification
-- case: ROLLBACK has no place in INSERT EXECUTE
-- source: Msg 3915
CREATE TABLE x4 (a int);
-- setup
INSERT x4 EXEC ('ROLLBACK; SELECT 1');
-- expect
-- Msg 3915, Level 16, State 0, Line 1: Cannot use the ROLLBACK statement within an INSERT-EXEC statement.
-- rows 1

-- chapter: Data modification
-- case: OUTPUT has no place in INSERT EXECUTE
-- source: Msg 483
CREATE TABLE x5 (a int);
-- setup
INSERT x5 OUTPUT inserted.a EXEC ('SELECT 1');
-- expect
-- Msg 483, Level 16, State *, Line 1: The OUTPUT clause cannot be used in an INSERT...EXEC statement.

-- chapter: Data modification
-- case: SET ROWCOUNT limits queries and changes
-- source: SET ROWCOUNT (Transact-SQL)
CREATE TABLE r1 (n int);
INSERT r1 VALUES (1), (2), (3), (4), (5);
-- setup
SET ROWCOUNT 2;
SELECT n FROM r1 ORDER BY n DESC;
UPDATE r1 SET n = n + 100;
DELETE r1 WHERE n < 100;
SET ROWCOUNT 0;
SELECT COUNT(*) AS c FROM r1;
-- expect
-- columns n int
-- row 5
-- row 4
-- rows 2
-- rows 2
-- rows 2
-- columns c int
-- row 3
-- rows 1

-- chapter: Data modification
-- case: a new key may be an old one of another row
-- source: UNIQUE constraints are checked when the statement is done
CREATE TABLE u1 (k int PRIMARY KEY, u int UNIQUE);
INSERT u1 VALUES (1, 10), (2, 20), (3, 30);
-- setup
UPDATE u1 SET k = k + 1, u = u - 10;
SELECT k, u FROM u1 ORDER BY k;
-- expect
-- rows 3
-- columns k int, u int
-- row 2 | 0
-- row 3 | 10
-- row 4 | 20
-- rows 3

-- chapter: Data modification
-- case: one NULL in a UNIQUE column, and none of two rows inserted
-- source: Unique constraints and check constraints, "only one null value is allowed per column"; Msg 2627
CREATE TABLE u2 (u int CONSTRAINT uq_u2 UNIQUE);
-- setup
INSERT u2 VALUES (NULL);
INSERT u2 VALUES (1), (NULL);
SELECT COUNT(*) AS n FROM u2;
-- expect
-- rows 1
-- Msg 2627, Level 14, State 1, Line 2: Violation of UNIQUE KEY constraint 'uq_u2'. Cannot insert duplicate key in object 'dbo.u2'. The duplicate key value is (<NULL>).
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns n int
-- row 1
-- rows 1

-- chapter: Data modification
-- case: NULL in a NOT NULL column is found before other constraints
-- source: Msg 515 before Msg 547 and Msg 2627
CREATE TABLE u3 (k int CONSTRAINT pk_u3 PRIMARY KEY, n int NOT NULL CONSTRAINT ck_u3 CHECK (n > 0));
INSERT u3 VALUES (1, 1);
-- setup
INSERT u3 VALUES (1, NULL);
INSERT u3 VALUES (1, -1);
INSERT u3 VALUES (1, 2);
-- expect
-- Msg 515, Level 16, State 2, Line 1: Cannot insert the value NULL into column 'n'…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- Msg 547, Level 16, State 0, Line 2: The INSERT statement conflicted with the CHECK constraint "ck_u3"…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- Msg 2627, Level 14, State 1, Line 3: Violation of PRIMARY KEY constraint 'pk_u3'…
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.

-- chapter: Data modification
-- case: a text too long for its column
-- source: Msg 2628
CREATE TABLE u4 (name varchar(3));
-- setup
INSERT u4 VALUES ('abc   ');
INSERT u4 VALUES ('abcdef');
-- expect
-- rows 1
-- Msg 2628, Level 16, State 1, Line 2: String or binary data would be truncated in table '…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.

-- chapter: Data modification
-- case: ON DELETE SET DEFAULT, and the default must exist
-- source: CREATE TABLE (Transact-SQL), "SET DEFAULT"; Msg 547
CREATE TABLE k1 (id int PRIMARY KEY);
CREATE TABLE k1c (n int, k int DEFAULT 0 CONSTRAINT fk_k1 REFERENCES k1 (id) ON DELETE SET DEFAULT ON UPDATE CASCADE);
INSERT k1 VALUES (0), (1), (2);
INSERT k1c VALUES (1, 1), (2, 2);
-- setup
DELETE k1 WHERE id = 1;
UPDATE k1 SET id = 20 WHERE id = 2;
SELECT n, k FROM k1c ORDER BY n;
DELETE k1 WHERE id = 0;
-- expect
-- rows 1
-- rows 1
-- columns n int, k int
-- row 1 | 0
-- row 2 | 20
-- rows 2
-- Msg 547, Level 16, State 0, Line 4: The DELETE statement conflicted with the …
-- Msg 3621, Level 0, State 0, Line 4: The statement has been terminated.

-- chapter: Data modification
-- case: TRUNCATE TABLE starts identity values anew, and minds foreign keys
-- source: TRUNCATE TABLE (Transact-SQL); Msg 4712
CREATE TABLE k2 (id int IDENTITY(3, 1) PRIMARY KEY, n int);
CREATE TABLE k2c (k int REFERENCES k2 (id));
CREATE TABLE k3 (id int IDENTITY(3, 1), n int);
INSERT k3 (n) VALUES (1), (2);
-- setup
TRUNCATE TABLE k3;
INSERT k3 (n) OUTPUT inserted.id VALUES (1);
TRUNCATE TABLE k2;
-- expect
-- columns id int
-- row 3
-- rows 1
-- Msg 4712, Level 16, State 1, Line 3: Cannot truncate table 'k2' because it is being referenced by a FOREIGN KEY constraint.

-- chapter: Data modification
-- case: a join that finds a row twice changes it once
-- source: UPDATE (Transact-SQL), "the results of an UPDATE statement are undefined if …"
CREATE TABLE j1 (id int, n int);
INSERT j1 VALUES (1, 0);
-- setup
UPDATE t SET n = n + 1 FROM j1 AS t JOIN (VALUES (1), (1), (1)) AS s (id) ON s.id = t.id;
SELECT n FROM j1;
-- expect
-- rows 1
-- columns n int
-- row 1
-- rows 1

-- chapter: Data modification
-- case: @@ROWCOUNT after changes and other statements
-- source: @@ROWCOUNT (Transact-SQL)
CREATE TABLE j2 (n int);
-- setup
SET NOCOUNT ON;
DECLARE @a int, @b int, @c int, @d int;
INSERT j2 VALUES (1), (2), (3);
SET @a = @@ROWCOUNT;
SET @b = @@ROWCOUNT;
DELETE j2 WHERE n > 5;
SET @c = @@ROWCOUNT;
UPDATE j2 SET n = 0;
PRINT 'x';
SET @d = @@ROWCOUNT;
SELECT @a AS a, @b AS b, @c AS c, @d AS d;
-- expect
-- Msg 0, Level 0, State 1, Line 9: x
-- columns a int, b int, c int, d int
-- row 3 | 1 | 0 | 0

-- chapter: Data modification
-- case: the wrong number of values
-- source: Msg 109, Msg 110, Msg 213, Msg 120, Msg 121
CREATE TABLE j3 (a int, b int);
-- setup
INSERT j3 (a, b) VALUES (1);
-- expect
-- Msg 109, Level 15, State 1, Line 1: There are more columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.
INSERT j3 (a) VALUES (1, 2);
-- expect
-- Msg 110, Level 15, State 1, Line 1: There are fewer columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.
INSERT j3 VALUES (1);
-- expect
-- Msg 213, Level 16, State 1, Line 1: Column name or number of supplied values does not match table definition.
INSERT j3 (a, b) SELECT 1;
-- expect
-- Msg 120, Level 15, State 1, Line 1: The select list for the INSERT statement contains fewer items than the insert list. The number of SELECT values must match the number of INSERT columns.
INSERT j3 SELECT 1, 2, 3;
-- expect
-- Msg 213, Level 16, State 1, Line 1: Column name or number of supplied values does not match table definition.

-- chapter: Data modification
-- case: a column set twice, and an identity column set
-- source: Msg 264, Msg 8102
CREATE TABLE j4 (id int IDENTITY, n int);
-- setup
UPDATE j4 SET n = 1, n = 2;
-- expect
-- Msg 264, Level 16, State 1, Line 1: The column name 'n' is specified more than once in the SET clause or column list of an INSERT…
UPDATE j4 SET id = 2;
-- expect
-- Msg 8102, Level 16, State 1, Line 1: Cannot update identity column 'id'.
INSERT j4 (n, n) VALUES (1, 2);
-- expect
-- Msg 264, Level 16, State 1, Line 1: The column name 'n' is specified more than once in the SET clause or column list of an INSERT…

-- chapter: Data modification
-- case: an INSERT cannot hold a SELECT that assigns
-- source: Msg 199
CREATE TABLE j5 (n int);
-- setup
DECLARE @a int;
INSERT j5 SELECT @a = 1;
-- expect
-- Msg 199, Level 15, State 1, Line 2: An INSERT statement cannot contain a SELECT statement that assigns values to a variable.

-- chapter: Data modification
-- case: NOCOUNT keeps the count from the client, not from @@ROWCOUNT
-- source: SET NOCOUNT (Transact-SQL), "The @@ROWCOUNT function is updated even when SET NOCOUNT is ON"
CREATE TABLE j6 (n int);
-- setup
SET NOCOUNT ON;
INSERT j6 VALUES (1), (2);
SELECT @@ROWCOUNT AS rc;
-- expect
-- columns rc int
-- row 2

-- chapter: Data modification
-- case: a foreign key holds at the end of the statement
-- source: FOREIGN KEY constraints; Msg 547
CREATE TABLE k4 (id int PRIMARY KEY, parent int NULL CONSTRAINT fk_k4 REFERENCES k4 (id));
-- setup
INSERT k4 VALUES (2, 1), (1, NULL);
INSERT k4 VALUES (3, 9);
DELETE k4 WHERE id = 1;
DELETE k4;
-- expect
-- rows 2
-- Msg 547, Level 16, State 0, Line 2: The INSERT statement conflicted with the FOREIGN KEY SAME TABLE constraint "fk_k4"…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- Msg 547, Level 16, State 0, Line 3: The DELETE statement conflicted with the SAME TABLE REFERENCE constraint "fk_k4"…
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.
-- rows 2
