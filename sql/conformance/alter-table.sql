-- chapter: Databases and definitions
-- case: a computed column follows the columns it names
-- source: Specify computed columns in a table; CREATE TABLE, "computed_column_definition"
CREATE TABLE cc_lines (id int, qty int NOT NULL, price decimal(9,2) NOT NULL, total AS qty * price, twice AS (qty * 2) PERSISTED);
-- setup
INSERT cc_lines (id, qty, price) VALUES (1, 3, 1.50), (2, 4, 2.00);
INSERT cc_lines VALUES (3, 1, 9.99);
UPDATE cc_lines SET qty = 10 WHERE id = 1;
SELECT id, total, twice FROM cc_lines WHERE twice > 5 ORDER BY total DESC;
-- expect
-- rows 2
-- rows 1
-- rows 1
-- columns id int, total decimal(20,2), twice int
-- row 1 | 15.00 | 20
-- row 2 | 8.00 | 8
-- rows 2

-- chapter: Databases and definitions
-- case: nobody gives a computed column a value
-- source: Msg 271
CREATE TABLE cc_fixed (a int, b AS a + 1);
-- setup
INSERT cc_fixed (a, b) VALUES (1, 2);
-- expect
-- Msg 271, Level 16, State 1, Line 1: The column "b" cannot be modified because it is either a computed column or is the result of a UNION operator.
UPDATE cc_fixed SET b = 5;
-- expect
-- Msg 271, Level 16, State 1, Line 1: The column "b" cannot be modified because it is either a computed column or is the result of a UNION operator.

-- chapter: Databases and definitions
-- case: a computed column cannot name another, and a persisted one must be deterministic
-- source: Msg 1759, Msg 4936
CREATE TABLE cc_chain (a int, b AS a + 1, c AS b + 1);
-- expect
-- Msg 1759, Level 16, State 0, Line 1: Computed column 'b' in table 'cc_chain' is not allowed to be used in another computed-column definition.
CREATE TABLE cc_now (a int, b AS NEWID() PERSISTED);
-- expect
-- Msg 4936, Level 16, State 1, Line 1: Computed column 'b' in table 'cc_now' cannot be persisted because the column is non-deterministic.

-- chapter: Databases and definitions
-- case: a computed column can be unique, checked and added later
-- source: Indexes on computed columns; ALTER TABLE, "ADD"
CREATE TABLE cc_later (a int NOT NULL, n nvarchar(20));
INSERT cc_later VALUES (1, N'x'), (2, N'y');
ALTER TABLE cc_later ADD up AS UPPER(n), b AS (a * 10) PERSISTED;
CREATE UNIQUE INDEX cc_later_b ON cc_later (b);
-- setup
INSERT cc_later (a, n) VALUES (2, N'z');
SELECT a, up, b FROM cc_later ORDER BY b;
ALTER TABLE cc_later DROP COLUMN up;
SELECT * FROM cc_later WHERE b = 20;
-- expect
-- Msg 2601, Level 14, State 1, Line 1: Cannot insert duplicate key row in object 'dbo.cc_later' with unique index 'cc_later_b'. The duplicate key value is (20).
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns a int, up nvarchar(20), b int
-- row 1 | 'X' | 10
-- row 2 | 'Y' | 20
-- rows 2
-- columns a int, n nvarchar(20), b int
-- row 2 | 'y' | 20
-- rows 1

-- chapter: Databases and definitions
-- case: a rowversion grows with every insert and update of its row
-- source: rowversion (Transact-SQL)
CREATE TABLE rv_rows (id int PRIMARY KEY, v int, rv rowversion);
-- setup
SET NOCOUNT ON;
INSERT rv_rows (id, v) VALUES (1, 1), (2, 2);
DECLARE @first binary(8) = (SELECT rv FROM rv_rows WHERE id = 1), @second binary(8) = (SELECT rv FROM rv_rows WHERE id = 2);
UPDATE rv_rows SET v = v WHERE id = 1;
SELECT IIF(@second > @first, 1, 0) AS grows, IIF(rv > @second, 1, 0) AS changed, IIF(rv = @@DBTS, 1, 0) AS is_last
FROM rv_rows WHERE id = 1;
SELECT COUNT(*) AS untouched FROM rv_rows WHERE id = 2 AND rv = @second;
-- expect
-- columns grows int, changed int, is_last int
-- row 1 | 1 | 1
-- columns untouched int
-- row 1

-- chapter: Databases and definitions
-- case: nobody gives a rowversion a value but DEFAULT
-- source: Msg 273, Msg 272
CREATE TABLE rv_fixed (id int, rv timestamp);
-- setup
INSERT rv_fixed (id, rv) VALUES (1, 0x01);
-- expect
-- Msg 273, Level 16, State 1, Line 1: Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to exclude the timestamp column, or insert a DEFAULT into the timestamp column.
INSERT rv_fixed VALUES (1, DEFAULT);
UPDATE rv_fixed SET rv = 0x01;
-- expect
-- Msg 272, Level 16, State 1, Line 2: Cannot update a timestamp column.

-- chapter: Databases and definitions
-- case: a table has one rowversion
-- source: Msg 2738
CREATE TABLE rv_two (a rowversion, b rowversion);
-- expect
-- Msg 2738, Level 16, State 2, Line 1: A table can only have one timestamp column. Because table 'rv_two' already has one, the column 'b' cannot be added.

-- chapter: Databases and definitions
-- case: ALTER COLUMN converts what is there
-- source: ALTER TABLE, "Change the data type of a column"
CREATE TABLE ac_convert (id int NOT NULL, a int, s varchar(10));
INSERT ac_convert VALUES (1, 42, '7'), (2, NULL, '8');
-- setup
ALTER TABLE ac_convert ALTER COLUMN a varchar(5) NULL;
ALTER TABLE ac_convert ALTER COLUMN s decimal(5,1) NULL;
ALTER TABLE ac_convert ALTER COLUMN id bigint NOT NULL;
SELECT id, a, s FROM ac_convert ORDER BY id;
-- expect
-- columns id bigint not null, a varchar(5) null, s decimal(5,1) null
-- row 1 | '42' | 7.0
-- row 2 | NULL | 8.0
-- rows 2

-- chapter: Databases and definitions
-- case: ALTER COLUMN without NOT NULL makes a column nullable
-- source: ALTER TABLE, "NULL | NOT NULL"
CREATE TABLE ac_null (a int NOT NULL);
-- setup
ALTER TABLE ac_null ALTER COLUMN a int;
INSERT ac_null VALUES (NULL);
ALTER TABLE ac_null ALTER COLUMN a int NOT NULL;
-- expect
-- rows 1
-- Msg 515, Level 16, State 2, Line 3: Cannot insert the value NULL into column 'a', table '…
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.

-- chapter: Databases and definitions
-- case: ALTER COLUMN names all that depends on the column
-- source: ALTER TABLE, "The modified column can't be"; Msg 5074, Msg 4922
CREATE TABLE ac_used (a int CONSTRAINT ac_used_pk PRIMARY KEY, b int CONSTRAINT ac_used_ck CHECK (b > 0), c varchar(5));
CREATE INDEX ac_used_c ON ac_used (c);
-- setup
ALTER TABLE ac_used ALTER COLUMN a bigint NOT NULL;
-- expect
-- Msg 5074, Level 16, State 1, Line 1: The object 'ac_used_pk' is dependent on column 'a'.
-- Msg 4922, Level 16, State 9, Line 1: ALTER TABLE ALTER COLUMN a failed because one or more objects access this column.
ALTER TABLE ac_used ALTER COLUMN b bigint;
-- expect
-- Msg 5074, Level 16, State 1, Line 1: The object 'ac_used_ck' is dependent on column 'b'.
-- Msg 4922, Level 16, State 9, Line 1: ALTER TABLE ALTER COLUMN b failed because one or more objects access this column.
ALTER TABLE ac_used ALTER COLUMN c varchar(20);
ALTER TABLE ac_used ALTER COLUMN c varchar(3);
-- expect
-- Msg 5074, Level 16, State 1, Line 2: The index 'ac_used_c' is dependent on column 'c'.
-- Msg 4922, Level 16, State 9, Line 2: ALTER TABLE ALTER COLUMN c failed because one or more objects access this column.

-- chapter: Databases and definitions
-- case: ALTER COLUMN of a missing column
-- source: Msg 4924
CREATE TABLE ac_missing (a int);
-- setup
ALTER TABLE ac_missing ALTER COLUMN b int;
-- expect
-- Msg 4924, Level 16, State 1, Line 1: ALTER TABLE ALTER COLUMN failed because column 'b' does not exist in table 'ac_missing'.

-- chapter: Databases and definitions
-- case: DROP COLUMN names all that depends on the column
-- source: Msg 5074, Msg 4922
CREATE TABLE dc_used (a int, b int CONSTRAINT dc_used_df DEFAULT 1, c AS a + 1);
-- setup
ALTER TABLE dc_used DROP COLUMN b;
-- expect
-- Msg 5074, Level 16, State 1, Line 1: The object 'dc_used_df' is dependent on column 'b'.
-- Msg 4922, Level 16, State 9, Line 1: ALTER TABLE DROP COLUMN b failed because one or more objects access this column.
ALTER TABLE dc_used DROP COLUMN a;
-- expect
-- Msg 5074, Level 16, State 1, Line 1: The column 'c' is dependent on column 'a'.
-- Msg 4922, Level 16, State 9, Line 1: ALTER TABLE DROP COLUMN a failed because one or more objects access this column.
ALTER TABLE dc_used DROP CONSTRAINT dc_used_df;
ALTER TABLE dc_used DROP COLUMN b, COLUMN c;
-- setup
INSERT dc_used VALUES (5);
SELECT * FROM dc_used;
-- expect
-- rows 1
-- columns a int
-- row 5
-- rows 1

-- chapter: Databases and definitions
-- case: a constraint that is not there cannot be dropped
-- source: Msg 3728, Msg 3727
CREATE TABLE nc_drop (a int);
-- setup
ALTER TABLE nc_drop DROP CONSTRAINT nothing;
-- expect
-- Msg 3728, Level 16, State 1, Line 1: 'nothing' is not a constraint.
-- Msg 3727, Level 16, State 0, Line 1: Could not drop constraint. See previous errors.
ALTER TABLE nc_drop DROP CONSTRAINT IF EXISTS nothing;
SELECT 1 AS went_on;
-- expect
-- columns went_on int
-- row 1
-- rows 1

-- chapter: Databases and definitions
-- case: NOCHECK CONSTRAINT lets rows pass until CHECK CONSTRAINT
-- source: ALTER TABLE, "Disable and re-enable a constraint"
CREATE TABLE nc_toggle (a int CONSTRAINT nc_toggle_ck CHECK (a < 10));
-- setup
INSERT nc_toggle VALUES (99);
ALTER TABLE nc_toggle NOCHECK CONSTRAINT nc_toggle_ck;
INSERT nc_toggle VALUES (99);
ALTER TABLE nc_toggle CHECK CONSTRAINT nc_toggle_ck;
INSERT nc_toggle VALUES (98);
SELECT a FROM nc_toggle;
-- expect
-- Msg 547, Level 16, State 0, Line 1: The INSERT statement conflicted with the CHECK constraint "nc_toggle_ck". The conflict occurred in database …
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- rows 1
-- Msg 547, Level 16, State 0, Line 5: The INSERT statement conflicted with the CHECK constraint "nc_toggle_ck". The conflict occurred in database …
-- Msg 3621, Level 0, State 0, Line 5: The statement has been terminated.
-- columns a int
-- row 99
-- rows 1
ALTER TABLE nc_toggle WITH CHECK CHECK CONSTRAINT ALL;
-- expect
-- Msg 547, Level 16, State 0, Line 1: The ALTER TABLE statement conflicted with the CHECK constraint "nc_toggle_ck". The conflict occurred in database …

-- chapter: Databases and definitions
-- case: WITH NOCHECK adds a constraint that old rows break
-- source: ALTER TABLE, "WITH CHECK | WITH NOCHECK"
CREATE TABLE nc_add (a int);
INSERT nc_add VALUES (-1);
-- setup
ALTER TABLE nc_add WITH NOCHECK ADD CONSTRAINT nc_add_ck CHECK (a > 0);
INSERT nc_add VALUES (-2);
SELECT name, is_disabled, is_not_trusted FROM sys.check_constraints WHERE name = N'nc_add_ck';
-- expect
-- Msg 547, Level 16, State 0, Line 2: The INSERT statement conflicted with the CHECK constraint "nc_add_ck". The conflict occurred in database …
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns name nvarchar(128), is_disabled bit, is_not_trusted bit
-- row 'nc_add_ck' | 0 | 1
-- rows 1

-- chapter: Databases and definitions
-- case: CHECK CONSTRAINT of a name that is none
-- source: Msg 4917, Msg 4916
CREATE TABLE nc_none (a int);
-- setup
ALTER TABLE nc_none NOCHECK CONSTRAINT nothing;
-- expect
-- Msg 4917, Level 16, State 0, Line 1: Constraint 'nothing' does not exist.
-- Msg 4916, Level 16, State 0, Line 1: Could not enable or disable the constraint. See previous errors.

-- chapter: Databases and definitions
-- case: a disabled foreign key lets orphans in
-- source: Disable foreign key constraints with INSERT and UPDATE statements
CREATE TABLE nc_parent (id int PRIMARY KEY);
CREATE TABLE nc_child (id int, p int CONSTRAINT nc_child_fk REFERENCES nc_parent (id));
ALTER TABLE nc_child NOCHECK CONSTRAINT nc_child_fk;
-- setup
INSERT nc_child VALUES (1, 5);
ALTER TABLE nc_child CHECK CONSTRAINT nc_child_fk;
INSERT nc_child VALUES (2, 6);
SELECT is_disabled, is_not_trusted FROM sys.foreign_keys WHERE name = N'nc_child_fk';
-- expect
-- rows 1
-- Msg 547, Level 16, State 0, Line 3: The INSERT statement conflicted with the FOREIGN KEY constraint "nc_child_fk". The conflict occurred in database …
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.
-- columns is_disabled bit, is_not_trusted bit
-- row 0 | 1
-- rows 1

-- chapter: Databases and definitions
-- case: a filtered unique index counts only the rows it holds
-- source: CREATE INDEX, "Create a unique filtered index"
CREATE TABLE ix_filter (id int, email nvarchar(50), gone bit NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX ix_filter_email ON ix_filter (email) WHERE gone = 0 AND email IS NOT NULL;
-- setup
INSERT ix_filter VALUES (1, N'a', 0), (2, N'a', 1), (3, N'a', 1), (4, NULL, 0), (5, NULL, 0);
INSERT ix_filter VALUES (6, N'A', 0);
SELECT has_filter, is_unique FROM sys.indexes WHERE name = N'ix_filter_email';
-- expect
-- rows 5
-- Msg 2601, Level 14, State 1, Line 2: Cannot insert duplicate key row in object 'dbo.ix_filter' with unique index 'ix_filter_email'. The duplicate key value is (A).
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns has_filter bit, is_unique bit
-- row 1 | 1
-- rows 1

-- chapter: Databases and definitions
-- case: IGNORE_DUP_KEY leaves duplicates out
-- source: CREATE INDEX, "IGNORE_DUP_KEY"
CREATE TABLE ix_ignore (a int, b varchar(5));
CREATE UNIQUE INDEX ix_ignore_a ON ix_ignore (a) WITH (IGNORE_DUP_KEY = ON);
-- setup
INSERT ix_ignore VALUES (1, 'x'), (1, 'y'), (2, 'z');
SELECT @@ROWCOUNT AS n;
SELECT a, b FROM ix_ignore ORDER BY a;
-- expect
-- Msg 3604, Level 0, State 1, Line 1: Duplicate key was ignored.
-- rows 2
-- columns n int
-- row 2
-- rows 1
-- columns a int, b varchar(5)
-- row 1 | 'x'
-- row 2 | 'z'
-- rows 2

-- chapter: Databases and definitions
-- case: indexes that cannot be made
-- source: Msg 1505, Msg 1911, Msg 1913, Msg 1902, Msg 1909
CREATE TABLE ix_bad (a int NOT NULL, b int);
INSERT ix_bad VALUES (1, 1), (1, 2);
CREATE CLUSTERED INDEX ix_bad_c ON ix_bad (b);
-- setup
CREATE UNIQUE INDEX ix_bad_u ON ix_bad (a);
-- expect
-- Msg 1505, Level 16, State 1, Line 1: The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name 'dbo.ix_bad' and the index name 'ix_bad_u'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
CREATE INDEX ix_bad_x ON ix_bad (x);
-- expect
-- Msg 1911, Level 16, State 1, Line 1: Column name 'x' does not exist in the target table or view.
CREATE INDEX ix_bad_c ON ix_bad (a);
-- expect
-- Msg 1913, Level 16, State 1, Line 1: The operation failed because an index or statistics with name 'ix_bad_c' already exists on table '…
CREATE CLUSTERED INDEX ix_bad_d ON ix_bad (a);
-- expect
-- Msg 1902, Level 16, State 3, Line 1: Cannot create more than one clustered index on table '…
CREATE INDEX ix_bad_e ON ix_bad (a, a);
-- expect
-- Msg 1909, Level 16, State 1, Line 1: Cannot use duplicate column names in index. Column name 'a' listed more than once.

-- chapter: Databases and definitions
-- case: a disabled unique index comes back with REBUILD
-- source: ALTER INDEX, "DISABLE"
CREATE TABLE ix_off (a int);
CREATE UNIQUE INDEX ix_off_a ON ix_off (a);
-- setup
ALTER INDEX ix_off_a ON ix_off DISABLE;
INSERT ix_off VALUES (1), (1);
ALTER INDEX ix_off_a ON ix_off REBUILD;
-- expect
-- rows 2
-- Msg 1505, Level 16, State 1, Line 3: The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name 'dbo.ix_off' and the index name 'ix_off_a'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.

-- chapter: Databases and definitions
-- case: DROP INDEX has an old form, and DROP_EXISTING replaces
-- source: DROP INDEX, "Backward compatible syntax"; CREATE INDEX, "DROP_EXISTING"
CREATE TABLE ix_old (a int, b int);
CREATE INDEX ix_old_a ON ix_old (a);
-- setup
CREATE INDEX ix_old_a ON ix_old (b) INCLUDE (a) WITH (DROP_EXISTING = ON);
DROP INDEX ix_old.ix_old_a;
DROP INDEX IF EXISTS ix_old_a ON ix_old;
DROP INDEX ix_old_a ON ix_old;
-- expect
-- Msg 3701, Level 11, State *, Line 4: Cannot drop the index 'ix_old.ix_old_a', because it does not exist or you do not have permission.

-- chapter: Databases and definitions
-- case: constraints that cannot be made are followed by Msg 1750
-- source: Msg 1776, Msg 1779, Msg 1750
CREATE TABLE kc_parent (a int, b int PRIMARY KEY);
-- setup
CREATE TABLE kc_child (p int CONSTRAINT kc_child_fk REFERENCES kc_parent (a));
-- expect
-- Msg 1776, Level 16, State 0, Line 1: There are no primary or candidate keys in the referenced table 'kc_parent' that match the referencing column list in the foreign key 'kc_child_fk'.
-- Msg 1750, Level 16, State *, Line 1: Could not create constraint or index. See previous errors.
ALTER TABLE kc_parent ADD CONSTRAINT kc_second PRIMARY KEY (b);
-- expect
-- Msg 1779, Level 16, State 0, Line 1: Table 'kc_parent' already has a primary key defined on it.
-- Msg 1750, Level 16, State *, Line 1: Could not create constraint or index. See previous errors.

-- chapter: Databases and definitions
-- case: a temporary table has no foreign keys
-- source: Msg 1766
CREATE TABLE fk_parent (id int PRIMARY KEY);
-- setup
SET NOCOUNT ON;
CREATE TABLE #fk_child (p int CONSTRAINT fk_temp REFERENCES fk_parent (id));
INSERT #fk_child VALUES (5);
SELECT p FROM #fk_child;
-- expect
-- Msg 1766, Level 0, State *, Line 2: Skipping FOREIGN KEY constraint 'fk_temp' definition for temporary table. FOREIGN KEY constraints are not enforced on local or global temporary tables.
-- columns p int
-- row 5

-- chapter: Databases and definitions
-- case: an identity column of decimal, and what cannot be one
-- source: CREATE TABLE, "IDENTITY"; Msg 2749, Msg 2744, Msg 8147
CREATE TABLE id_decimal (id decimal(20,0) IDENTITY(10, 10), v int);
-- setup
INSERT id_decimal (v) VALUES (1), (2);
SELECT id, v FROM id_decimal ORDER BY id;
-- expect
-- rows 2
-- columns id decimal(20,0) not null, v int
-- row 10 | 1
-- row 20 | 2
-- rows 2
CREATE TABLE id_text (id varchar(5) IDENTITY);
-- expect
-- Msg 2749, Level 16, State 2, Line 1: Identity column 'id' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, unencrypted, and constrained to be nonnullable.
CREATE TABLE id_two (a int IDENTITY, b int IDENTITY);
-- expect
-- Msg 2744, Level 16, State 2, Line 1: Multiple identity columns specified for table 'id_two'. Only one identity column per table is allowed.
CREATE TABLE id_null (a int NULL IDENTITY);
-- expect
-- Msg 8147, Level 16, State 1, Line 1: Could not create IDENTITY attribute on nullable column 'a', table 'id_null'.

-- case: each wrong foreign key has a message of its own, with Msg 1750
-- source: Msg 1773, 1770, 1762, 8139, 1750; captured from SQL Server 2022
CREATE TABLE fw1 (id int PRIMARY KEY); CREATE TABLE fw2 (id int);
-- setup
CREATE TABLE fw3 (id int CONSTRAINT fw3f REFERENCES fw2);
-- expect
-- Msg 1773, Level 16, State 0, Line 1: Foreign key 'fw3f' has implicit reference to object 'fw2' which does not have a primary key defined on it.
-- Msg 1750, Level 16, State 1, Line 1: Could not create constraint or index. See previous errors.
CREATE TABLE fw3 (id int, CONSTRAINT fw3f FOREIGN KEY (id) REFERENCES fw1 (missing));
-- expect
-- Msg 1770, Level 16, State 0, Line 1: Foreign key 'fw3f' references invalid column 'missing' in referenced table 'fw1'.
-- Msg 1750, Level 16, State 1, Line 1: Could not create constraint or index. See previous errors.
CREATE TABLE fw3 (id int NOT NULL CONSTRAINT fw3f REFERENCES fw1 ON DELETE SET DEFAULT);
-- expect
-- Msg 1762, Level 16, State 0, Line 1: Cannot create the foreign key "fw3f" with the SET DEFAULT referential action, because one or more referencing not-nullable columns lack a default constraint.
-- Msg 1750, Level 16, State 1, Line 1: Could not create constraint or index. See previous errors.
CREATE TABLE fw3 (a int, b int, CONSTRAINT fw3f FOREIGN KEY (a, b) REFERENCES fw1 (id));
-- expect
-- Msg 8139, Level 16, State 0, Line 1: Number of referencing columns in foreign key differs from number of referenced columns, table 'fw3'.

-- case: Msg 1750 has state 0 after errors of a column, and Msg 3621 follows a duplicate key
-- source: Msg 1750, 1505, 1779, 3621; captured from SQL Server 2022
CREATE TABLE fx1 (id int NOT NULL PRIMARY KEY, n int); INSERT fx1 VALUES (1, 5), (2, 5);
-- setup
ALTER TABLE fx1 ADD CONSTRAINT fx1k PRIMARY KEY (n);
-- expect
-- Msg 1779, Level 16, State 0, Line 1: Table 'fx1' already has a primary key defined on it.
-- Msg 1750, Level 16, State 0, Line 1: Could not create constraint or index. See previous errors.
ALTER TABLE fx1 ADD CONSTRAINT fx1u UNIQUE (n);
SELECT 'reached' AS r;
-- expect
-- Msg 1505, Level 16, State 1, Line 1: The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name 'dbo.fx1' and the index name 'fx1u'. The duplicate key value is (5).
-- Msg 1750, Level 16, State 1, Line 1: Could not create constraint or index. See previous errors.
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns r varchar(7)
-- row 'reached'
-- rows 1
