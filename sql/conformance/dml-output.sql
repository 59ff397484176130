-- chapter: Data modification
-- case: INSERT returns identity and default values of all rows
-- source: OUTPUT clause (Transact-SQL), "INSERTED reflects the value after the UPDATE, INSERT, or MERGE statement is completed but before triggers are executed"
CREATE TABLE o1 (id int IDENTITY(10, 5), name nvarchar(10) NOT NULL DEFAULT N'none', n int NULL);
-- setup
INSERT o1 (name, n) OUTPUT inserted.id, inserted.name, inserted.n * 2 AS twice VALUES (N'a', 1), (DEFAULT, NULL);
-- expect
-- columns id int, name nvarchar(10), twice int
-- row 10 | 'a' | 2
-- row 15 | 'none' | NULL
-- rows 2

-- chapter: Data modification
-- case: UPDATE returns the row before and after
-- source: OUTPUT clause (Transact-SQL), "Return data from an UPDATE statement"
CREATE TABLE o2 (id int PRIMARY KEY, price decimal(9,2));
INSERT o2 VALUES (1, 10), (2, 20), (3, 30);
-- setup
UPDATE o2 SET price = price + 1.5 OUTPUT deleted.price AS old, inserted.price AS new, inserted.price - deleted.price AS diff WHERE id = 2;
-- expect
-- columns old decimal(9,2), new decimal(9,2), diff decimal(10,2)
-- row 20.00 | 21.50 | 1.50
-- rows 1

-- chapter: Data modification
-- case: DELETE returns all columns with deleted.*
-- source: OUTPUT clause (Transact-SQL), "OUTPUT DELETED.*"
CREATE TABLE o3 (id int PRIMARY KEY, name varchar(5));
INSERT o3 VALUES (1, 'a'), (2, 'b');
-- setup
DELETE FROM o3 OUTPUT deleted.* WHERE id = 2;
SELECT COUNT(*) AS n FROM o3;
-- expect
-- columns id int, name varchar(5)
-- row 2 | 'b'
-- rows 1
-- columns n int
-- row 1
-- rows 1

-- chapter: Data modification
-- case: OUTPUT of no row is an empty result
-- source: OUTPUT clause (Transact-SQL)
CREATE TABLE o4 (id int);
-- setup
DELETE o4 OUTPUT deleted.id;
-- expect
-- columns id int
-- rows 0

-- chapter: Data modification
-- case: OUTPUT names columns of another table of FROM
-- source: OUTPUT clause (Transact-SQL), "from_table_name: a column prefix that specifies a table included in the FROM clause of a DELETE, UPDATE, or MERGE statement"
CREATE TABLE o5 (id int, n int);
INSERT o5 VALUES (1, 0), (2, 0);
-- setup
UPDATE t SET n = s.v OUTPUT inserted.id, s.v, s.name FROM o5 AS t JOIN (VALUES (2, 7, 'x')) AS s (k, v, name) ON s.k = t.id;
-- expect
-- columns id int, v int, name varchar(1)
-- row 2 | 7 | 'x'
-- rows 1
DELETE t OUTPUT deleted.id, u.id AS other FROM o5 AS t JOIN o5 AS u ON u.id = t.id + 1;
-- expect
-- columns id int, other int
-- row 1 | 2
-- rows 1

-- chapter: Data modification
-- case: OUTPUT of INSERT does not see the source
-- source: OUTPUT clause (Transact-SQL); Msg 4104
CREATE TABLE o6 (id int);
CREATE TABLE o6s (k int);
-- setup
INSERT o6 OUTPUT s.k SELECT s.k FROM o6s AS s;
-- expect
-- Msg 4104, Level 16, State 1, Line 1: The multi-part identifier "s.k" could not be bound.

-- chapter: Data modification
-- case: INSERT has no deleted rows
-- source: OUTPUT clause (Transact-SQL), "DELETED cannot be used with the OUTPUT clause in the INSERT statement"
CREATE TABLE o7 (id int);
-- setup
INSERT o7 OUTPUT deleted.id VALUES (1);
-- expect
-- Msg 4104, Level 16, State 1, Line 1: The multi-part identifier "deleted.id" could not be bound.

-- chapter: Data modification
-- case: OUTPUT INTO a table variable, with a column list
-- source: OUTPUT clause (Transact-SQL), "Use OUTPUT INTO with a simple INSERT statement"
CREATE TABLE o8 (id int IDENTITY, name varchar(5));
-- setup
DECLARE @t TABLE (k int PRIMARY KEY, note varchar(10), extra int DEFAULT 9);
INSERT o8 (name) OUTPUT inserted.id, UPPER(inserted.name) INTO @t (k, note) VALUES ('a'), ('b');
SELECT k, note, extra FROM @t ORDER BY k;
-- expect
-- rows 2
-- columns k int, note varchar(10), extra int
-- row 1 | 'A' | 9
-- row 2 | 'B' | 9
-- rows 2

-- chapter: Data modification
-- case: one OUTPUT INTO and one OUTPUT to the client
-- source: OUTPUT clause (Transact-SQL), syntax
CREATE TABLE o9 (id int);
CREATE TABLE o9log (id int);
INSERT o9 VALUES (1), (2);
-- setup
DELETE o9 OUTPUT deleted.id INTO o9log OUTPUT deleted.id AS gone WHERE id = 1;
SELECT id FROM o9log;
-- expect
-- columns gone int
-- row 1
-- rows 1
-- columns id int
-- row 1
-- rows 1

-- chapter: Data modification
-- case: the number of items of OUTPUT INTO must fit
-- source: OUTPUT clause (Transact-SQL), "If column_list isn't specified, the table must have the same number of columns as the OUTPUT result set"; Msg 213
CREATE TABLE o10 (id int);
CREATE TABLE o10log (a int, b int);
-- setup
DELETE o10 OUTPUT deleted.id INTO o10log;
-- expect
-- Msg 213, Level 16, State *, Line 1: Column name or number of supplied values does not match table definition.

-- chapter: Data modification
-- case: an aggregate may not stand in OUTPUT
-- source: Msg 158
CREATE TABLE o11 (id int);
-- setup
DELETE o11 OUTPUT COUNT(deleted.id);
-- expect
-- Msg 158, Level 15, State 1, Line 1: An aggregate may not appear in the OUTPUT clause.

-- chapter: Data modification
-- case: a subquery may not stand in OUTPUT
-- source: Msg 10705
CREATE TABLE o12 (id int);
-- setup
DELETE o12 OUTPUT (SELECT 1) AS x;
-- expect
-- Msg 10705, Level 15, State 1, Line 1: Subqueries are not allowed in the OUTPUT clause.

-- chapter: Data modification
-- case: OUTPUT INTO a table with a CHECK is refused
-- source: OUTPUT clause (Transact-SQL), "output_table cannot have CHECK constraints or enabled rules"; Msg 333
CREATE TABLE o13 (id int);
CREATE TABLE o13log (id int CONSTRAINT ck_o13 CHECK (id > 0));
-- setup
DELETE o13 OUTPUT deleted.id INTO o13log;
-- expect
-- Msg 333, Level 16, State 1, Line 1: The target table 'o13log' of the OUTPUT INTO clause cannot have any enabled check constraints or any enabled rules. Found check constraint or rule 'ck_o13'.

-- chapter: Data modification
-- case: OUTPUT INTO a table with a foreign key is refused
-- source: OUTPUT clause (Transact-SQL), "output_table cannot participate on either side of a FOREIGN KEY constraint"; Msg 332
CREATE TABLE o14 (id int CONSTRAINT pk_o14 PRIMARY KEY);
CREATE TABLE o14log (id int CONSTRAINT fk_o14 REFERENCES o14 (id));
-- setup
DELETE o14 OUTPUT deleted.id INTO o14log;
-- expect
-- Msg 332, Level 16, State 1, Line 1: The target table 'o14log' of the OUTPUT INTO clause cannot be on either side of a (primary key, foreign key) relationship. Found reference constraint 'fk_o14'.

-- chapter: Data modification
-- case: a failing OUTPUT INTO takes the statement back
-- source: OUTPUT clause (Transact-SQL); Msg 2627
CREATE TABLE o15 (id int);
CREATE TABLE o15log (id int CONSTRAINT pk_o15 PRIMARY KEY);
INSERT o15 VALUES (1), (1);
-- setup
DELETE o15 OUTPUT deleted.id INTO o15log;
SELECT COUNT(*) AS n FROM o15;
-- expect
-- Msg 2627, Level 14, State 1, Line 1: Violation of PRIMARY KEY constraint 'pk_o15'. Cannot insert duplicate key in object 'dbo.o15log'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns n int
-- row 2
-- rows 1

-- chapter: Data modification
-- case: OUTPUT INTO leaves SCOPE_IDENTITY to the target
-- source: OUTPUT clause (Transact-SQL), "SCOPE_IDENTITY"
CREATE TABLE o16 (id int IDENTITY(100, 1), n int);
CREATE TABLE #o16log (k int IDENTITY(1, 1), id int);
INSERT o16 (n) OUTPUT inserted.id INTO #o16log (id) VALUES (5);
SELECT CAST(SCOPE_IDENTITY() AS int) AS s, id FROM #o16log;
-- expect
-- rows 1
-- columns s int, id int
-- row 100 | 100
-- rows 1
