-- chapter: Databases and definitions
-- case: a column without NULL or NOT NULL added to a table with rows
-- source: Msg 4901
CREATE TABLE dm_add (a int);
INSERT dm_add VALUES (1);
-- setup
ALTER TABLE dm_add ADD b int NOT NULL;
-- expect
-- Msg 4901, Level 16, State 1, Line 1: ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT definition specified…
ALTER TABLE dm_add ADD c int NOT NULL DEFAULT 5, d int NULL;
-- setup
SELECT * FROM dm_add;
-- expect
-- columns a int, c int, d int
-- row 1 | 5 | NULL
-- rows 1

-- chapter: Databases and definitions
-- case: a default is added for a column by name, and only once
-- source: ALTER TABLE, "DEFAULT … FOR"; Msg 1781
CREATE TABLE dm_default (a int, b int);
ALTER TABLE dm_default ADD CONSTRAINT dm_default_b DEFAULT 9 FOR b;
-- setup
INSERT dm_default (a) VALUES (1);
SELECT b FROM dm_default;
ALTER TABLE dm_default ADD DEFAULT 8 FOR b;
-- expect
-- rows 1
-- columns b int
-- row 9
-- rows 1
-- Msg 1781, Level 16, State 1, Line 3: Column already has a DEFAULT bound to it.
-- Msg 1750, Level 16, State *, Line 3: Could not create constraint or index. See previous errors.

-- chapter: Databases and definitions
-- case: DROP … IF EXISTS passes over what is not there
-- source: DROP TABLE, "IF EXISTS"
DROP TABLE IF EXISTS dm_none;
DROP VIEW IF EXISTS dm_none;
DROP SEQUENCE IF EXISTS dm_none;
DROP SCHEMA IF EXISTS dm_none;
DROP TYPE IF EXISTS dm_none;
SELECT 1 AS went_on;
DROP TABLE dm_none;
-- expect
-- columns went_on int
-- row 1
-- rows 1
-- Msg 3701, Level 11, State 5, Line 7: Cannot drop the table 'dm_none', because it does not exist or you do not have permission.

-- chapter: Databases and definitions
-- case: a primary key cannot stand on a nullable column
-- source: Msg 8111
CREATE TABLE dm_key (a int NULL);
-- setup
ALTER TABLE dm_key ADD CONSTRAINT dm_key_pk PRIMARY KEY (a);
-- expect
-- Msg 8111, Level 16, State 1, Line 1: Cannot define PRIMARY KEY constraint on nullable column in table 'dm_key'.
-- Msg 1750, Level 16, State *, Line 1: Could not create constraint or index. See previous errors.

-- chapter: Databases and definitions
-- case: a table that a foreign key refers to stays
-- source: Msg 3726
CREATE TABLE dm_parent (id int PRIMARY KEY);
CREATE TABLE dm_child (p int REFERENCES dm_parent (id));
-- setup
DROP TABLE dm_parent;
-- expect
-- Msg 3726, Level 16, State 1, Line 1: Could not drop object 'dm_parent' because it is referenced by a FOREIGN KEY constraint.

-- chapter: Databases and definitions
-- case: a schema that holds a table stays
-- source: Msg 3729
CREATE SCHEMA dm_full;
-- setup
CREATE TABLE dm_full.inside (a int);
-- setup
DROP SCHEMA dm_full;
-- expect
-- Msg 3729, Level 16, State 1, Line 1: Cannot drop schema 'dm_full' because it is being referenced by object 'inside'.

-- chapter: Databases and definitions
-- case: a column name stands in a table once
-- source: Msg 2705
CREATE TABLE dm_twice (a int, A int);
-- expect
-- Msg 2705, Level 16, State 3, Line 1: Column names in each table must be unique. Column name 'A' in table 'dm_twice' is specified more than once.

-- chapter: Databases and definitions
-- case: a temporary table of an inner scope is gone after it
-- source: CREATE TABLE, "Temporary tables"
EXEC ('CREATE TABLE #dm_inner (a int); INSERT #dm_inner VALUES (1); SELECT a FROM #dm_inner;');
SELECT OBJECT_ID(N'tempdb..#dm_inner') AS id;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- columns id int
-- row NULL
-- rows 1

-- chapter: Metadata
-- case: INFORMATION_SCHEMA.CHECK_CONSTRAINTS names checks
-- source: CHECK_CONSTRAINTS (Transact-SQL)
CREATE TABLE mm_check (a int CONSTRAINT mm_check_ck CHECK (a > 0));
-- setup
SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS WHERE CONSTRAINT_NAME = N'mm_check_ck';
-- expect
-- columns CONSTRAINT_SCHEMA nvarchar(128), CONSTRAINT_NAME nvarchar(128)
-- row 'dbo' | 'mm_check_ck'
-- rows 1

-- chapter: Metadata
-- case: INFORMATION_SCHEMA.VIEWS lists views
-- source: VIEWS (Transact-SQL)
CREATE VIEW mm_view AS SELECT 1 AS a;
-- setup
SELECT TABLE_SCHEMA, TABLE_NAME, CHECK_OPTION, IS_UPDATABLE FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_NAME = N'mm_view';
-- expect
-- columns TABLE_SCHEMA nvarchar(128), TABLE_NAME nvarchar(128), CHECK_OPTION varchar(7), IS_UPDATABLE varchar(2)
-- row 'dbo' | 'mm_view' | 'NONE' | 'NO'
-- rows 1

-- chapter: Metadata
-- case: a dropped column leaves a gap in column_id
-- source: sys.columns
CREATE TABLE mm_gap (a int, b int, c int);
ALTER TABLE mm_gap DROP COLUMN b;
ALTER TABLE mm_gap ADD d int;
-- setup
SELECT name, column_id FROM sys.columns WHERE object_id = OBJECT_ID(N'mm_gap') ORDER BY column_id;
-- expect
-- columns name nvarchar(128), column_id int
-- row 'a' | 1
-- row 'c' | 3
-- row 'd' | 4
-- rows 3

-- chapter: Metadata
-- case: the catalogue tells a disabled index
-- source: sys.indexes
CREATE TABLE mm_disabled (a int);
CREATE INDEX mm_disabled_a ON mm_disabled (a) WITH (FILLFACTOR = 70);
ALTER INDEX mm_disabled_a ON mm_disabled DISABLE;
-- setup
SELECT is_disabled, fill_factor FROM sys.indexes WHERE name = N'mm_disabled_a';
-- expect
-- columns is_disabled bit, fill_factor tinyint
-- row 1 | 70
-- rows 1

-- chapter: Metadata
-- case: ROWGUIDCOL is a property of a column
-- source: COLUMNPROPERTY
CREATE TABLE mm_guid (id uniqueidentifier ROWGUIDCOL DEFAULT NEWID(), v int);
-- setup
SELECT name, is_rowguidcol FROM sys.columns WHERE object_id = OBJECT_ID(N'mm_guid') ORDER BY column_id;
SELECT COLUMNPROPERTY(OBJECT_ID(N'mm_guid'), N'id', N'IsRowGuidCol') AS g;
-- expect
-- columns name nvarchar(128), is_rowguidcol bit
-- row 'id' | 1
-- row 'v' | 0
-- rows 2
-- columns g int
-- row 1
-- rows 1

-- chapter: Metadata
-- case: metadata functions give NULL for NULL and for what is not there
-- source: OBJECT_NAME; COL_NAME
SELECT OBJECT_NAME(NULL) AS a, OBJECT_NAME(-5) AS b, COL_NAME(-5, 1) AS c, OBJECT_DEFINITION(-5) AS d, SCHEMA_ID(N'nothing') AS e;
-- expect
-- columns a nvarchar(128), b nvarchar(128), c nvarchar(128), d nvarchar(max), e int
-- row NULL | NULL | NULL | NULL | NULL
-- rows 1

-- chapter: Metadata
-- case: a metadata function with too few arguments
-- source: Msg 174
SELECT COL_LENGTH(N't') AS a;
-- expect
-- Msg 174, Level 15, State 1, Line 1: The col_length function requires 2 argument(s).
