-- chapter: Databases and definitions
-- case: a table under a schema-bound view is not dropped
-- source: CREATE VIEW, "SCHEMABINDING"; Msg 3729
CREATE TABLE dbo.dg_bound (a int, b int, c int);
-- setup
CREATE VIEW dbo.dg_bound_view WITH SCHEMABINDING AS SELECT a, b FROM dbo.dg_bound;
-- setup
DROP TABLE dbo.dg_bound;
-- expect
-- Msg 3729, Level 16, State 1, Line 1: Cannot DROP TABLE 'dbo.dg_bound' because it is being referenced by object 'dg_bound_view'.
DROP VIEW dbo.dg_bound_view;
DROP TABLE dbo.dg_bound;
SELECT OBJECT_ID('dbo.dg_bound') AS gone;
-- expect
-- columns gone int
-- row NULL
-- rows 1

-- chapter: Databases and definitions
-- case: the columns that a schema-bound view uses stay as they are
-- source: CREATE VIEW, "SCHEMABINDING"; Msg 5074; Msg 4922
CREATE TABLE dbo.dg_columns (a int, b int, c int);
-- setup
CREATE VIEW dbo.dg_columns_view WITH SCHEMABINDING AS SELECT a FROM dbo.dg_columns WHERE b > 1;
-- setup
ALTER TABLE dbo.dg_columns DROP COLUMN b;
-- expect
-- Msg 5074, Level 16, State 1, Line 1: The object 'dg_columns_view' is dependent on column 'b'.
-- Msg 4922, Level 16, State 9, Line 1: ALTER TABLE DROP COLUMN b failed because one or more objects access this column.
ALTER TABLE dbo.dg_columns ALTER COLUMN a bigint;
-- expect
-- Msg 5074, Level 16, State 1, Line 1: The object 'dg_columns_view' is dependent on column 'a'.
-- Msg 4922, Level 16, State 9, Line 1: ALTER TABLE ALTER COLUMN a failed because one or more objects access this column.
ALTER TABLE dbo.dg_columns DROP COLUMN c;
SELECT COUNT(*) AS n FROM sys.columns WHERE object_id = OBJECT_ID('dbo.dg_columns');
-- expect
-- columns n int
-- row 2
-- rows 1

-- chapter: Databases and definitions
-- case: a schema-bound function holds its table, until it is altered
-- source: CREATE FUNCTION, "SCHEMABINDING"; Msg 3729
CREATE TABLE dbo.dg_function (a int);
-- setup
CREATE FUNCTION dbo.dg_f() RETURNS int WITH SCHEMABINDING AS BEGIN RETURN (SELECT MAX(a) FROM dbo.dg_function); END;
-- setup
DROP TABLE dbo.dg_function;
-- expect
-- Msg 3729, Level 16, State 1, Line 1: Cannot DROP TABLE 'dbo.dg_function' because it is being referenced by object 'dg_f'.
ALTER FUNCTION dbo.dg_f() RETURNS int AS BEGIN RETURN (SELECT MAX(a) FROM dbo.dg_function); END;
-- setup
DROP TABLE dbo.dg_function;
SELECT OBJECT_ID('dbo.dg_function') AS gone;
-- expect
-- columns gone int
-- row NULL
-- rows 1

-- chapter: Databases and definitions
-- case: a view under a schema-bound view is neither dropped nor altered
-- source: Msg 3729
CREATE TABLE dbo.dg_stack (a int);
-- setup
CREATE VIEW dbo.dg_stack1 WITH SCHEMABINDING AS SELECT a FROM dbo.dg_stack;
-- setup
CREATE VIEW dbo.dg_stack2 WITH SCHEMABINDING AS SELECT a FROM dbo.dg_stack1;
-- setup
DROP VIEW dbo.dg_stack1;
-- expect
-- Msg 3729, Level 16, State 1, Line 1: Cannot DROP VIEW 'dbo.dg_stack1' because it is being referenced by object 'dg_stack2'.

-- chapter: Databases and definitions
-- case: names in a schema-bound view have two parts
-- source: Msg 4512
CREATE TABLE dbo.dg_names (a int);
-- setup
CREATE VIEW dbo.dg_names_view WITH SCHEMABINDING AS SELECT a FROM dg_names;
-- expect
-- Msg 4512, Level 16, State 3, Procedure dg_names_view, Line 1: Cannot schema bind view 'dbo.dg_names_view' because name 'dg_names' is invalid for schema binding. Names must be in two-part format and an object cannot reference itself.

-- chapter: Databases and definitions
-- case: what a schema-bound view reads is schema-bound too
-- source: Msg 4513
CREATE TABLE dbo.dg_free (a int);
-- setup
CREATE VIEW dbo.dg_free1 AS SELECT a FROM dbo.dg_free;
-- setup
CREATE VIEW dbo.dg_free2 WITH SCHEMABINDING AS SELECT a FROM dbo.dg_free1;
-- expect
-- Msg 4513, Level 16, State *, Procedure dg_free2, Line 1: Cannot schema bind view 'dbo.dg_free2'. 'dbo.dg_free1' is not schema bound.

-- chapter: Databases and definitions
-- case: a schema-bound view names its columns
-- source: Msg 1054
CREATE TABLE dbo.dg_star (a int);
-- setup
CREATE VIEW dbo.dg_star_view WITH SCHEMABINDING AS SELECT * FROM dbo.dg_star;
-- expect
-- Msg 1054, Level 15, State *, Procedure dg_star_view, Line 1: Syntax '*' is not allowed in schema-bound objects.

-- chapter: Two sessions
-- case: a table that another session altered fails a SNAPSHOT transaction
-- source: Msg 3961
CREATE TABLE dbo.dg_snapshot (a int);
CREATE TABLE dbo.dg_snapshot_other (a int);
INSERT dbo.dg_snapshot VALUES (1);
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
-- setup
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT COUNT(*) AS n FROM dbo.dg_snapshot_other;
-- expect
-- columns n int
-- row 0
-- rows 1
-- session 2
ALTER TABLE dbo.dg_snapshot ADD b int;
-- setup
-- session 1
SELECT COUNT(*) AS n FROM dbo.dg_snapshot;
-- expect
-- Msg 3961, Level 16, State 1, Line 1: Snapshot isolation transaction failed in database '…

-- chapter: Metadata
-- case: OBJECT_ID sees at once what another session made
-- source: OBJECT_ID, "Remarks"
SELECT OBJECT_ID('dbo.dg_seen') AS none;
-- expect
-- columns none int
-- row NULL
-- rows 1
-- session 2
CREATE TABLE dbo.dg_seen (a int);
-- setup
-- session 1
IF OBJECT_ID('dbo.dg_seen') IS NULL SELECT 'none' AS s ELSE SELECT 'there' AS s;
-- expect
-- columns s varchar(5)
-- row 'there'
-- rows 1
-- session 3
IF OBJECT_ID(N'dg_seen', N'U') IS NULL SELECT 'none' AS s ELSE SELECT 'there' AS s;
-- expect
-- columns s varchar(5)
-- row 'there'
-- rows 1

-- chapter: Metadata
-- case: OBJECT_ID looks into a database that the session has not used
-- source: OBJECT_ID, "object_name"
CREATE DATABASE dg_far;
-- setup
-- session 2
USE dg_far;
CREATE TABLE dbo.dg_there (a int);
-- setup
-- session 3
SELECT CASE WHEN OBJECT_ID('dg_far.dbo.dg_there') IS NULL THEN 0 ELSE 1 END AS far, CASE WHEN OBJECT_ID('dg_far..dg_there', 'U') IS NULL THEN 0 ELSE 1 END AS short;
-- expect
-- columns far int, short int
-- row 1 | 1
-- rows 1

-- chapter: Databases and definitions
-- case: sp_rename gives a table a new name, and warns
-- source: sp_rename, "Rename a table"
-- only: embedded
CREATE TABLE dbo.dg_old (a int);
INSERT dbo.dg_old VALUES (7);
-- setup
EXEC sp_rename 'dbo.dg_old', 'dg_new';
-- expect
-- Msg 15477, Level 0, State 1, Procedure sp_rename, Line 1: Caution: Changing any part of an object name could break scripts and stored procedures.
SELECT a FROM dbo.dg_new;
SELECT a FROM dbo.dg_old;
-- expect
-- columns a int
-- row 7
-- rows 1
-- Msg 208, Level 16, State 1, Line 2: Invalid object name 'dbo.dg_old'.

-- chapter: Databases and definitions
-- case: sp_rename gives a column and an index new names
-- source: sp_rename, "Rename a column", "Rename an index"
CREATE TABLE dbo.dg_parts (a int, b int);
CREATE INDEX dg_i ON dbo.dg_parts (a);
INSERT dbo.dg_parts VALUES (1, 2);
-- setup
EXEC sp_rename 'dbo.dg_parts.a', 'z', 'COLUMN';
EXEC sp_rename N'dbo.dg_parts.dg_i', N'dg_j', N'INDEX';
-- setup
SELECT z, b FROM dbo.dg_parts;
SELECT name FROM sys.indexes WHERE object_id = OBJECT_ID('dbo.dg_parts') AND index_id > 0;
-- expect
-- columns z int, b int
-- row 1 | 2
-- rows 1
-- columns name nvarchar(128)
-- row 'dg_j'
-- rows 1

-- chapter: Databases and definitions
-- case: sp_rename gives a constraint, a view and a procedure new names
-- source: sp_rename, "Rename constraints"
CREATE TABLE dbo.dg_kept (a int CONSTRAINT dg_kept_pk PRIMARY KEY);
-- setup
CREATE VIEW dbo.dg_kept_view AS SELECT a FROM dbo.dg_kept;
-- setup
CREATE PROCEDURE dbo.dg_kept_proc AS SELECT 3 AS three;
-- setup
EXEC sp_rename 'dbo.dg_kept_pk', 'dg_kept_key', 'OBJECT';
EXEC sp_rename 'dg_kept_view', 'dg_kept_view2';
EXEC sp_rename 'dbo.dg_kept_proc', 'dg_kept_proc2';
-- setup
SELECT name FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID('dbo.dg_kept');
SELECT COUNT(*) AS n FROM dbo.dg_kept_view2;
EXEC dbo.dg_kept_proc2;
-- expect
-- columns name nvarchar(128)
-- row 'dg_kept_key'
-- rows 1
-- columns n int
-- row 0
-- rows 1
-- columns three int
-- row 3
-- rows 1

-- chapter: Errors
-- case: the errors of sp_rename go to the TRY around it
-- source: Msg 15225; Msg 15248; Msg 15249; Msg 15335
CREATE TABLE dbo.dg_err (a int, b int);
CREATE TABLE dbo.dg_err_taken (a int);
-- setup
BEGIN TRY EXEC sp_rename 'dbo.dg_nothing', 'x'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS s, ERROR_PROCEDURE() AS p; END CATCH;
BEGIN TRY EXEC sp_rename 'dbo.dg_err', 'dg_err_taken'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS s, ERROR_MESSAGE() AS m; END CATCH;
BEGIN TRY EXEC sp_rename 'dbo.dg_err.c', 'd', 'COLUMN'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
BEGIN TRY EXEC sp_rename 'dbo.dg_err.a', 'b', 'COLUMN'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
BEGIN TRY EXEC sp_rename 'dbo.dg_err', 'x', 'NOTHING'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
-- expect
-- columns n int, s int, p nvarchar(128)
-- row 15225 | 11 | 'sp_rename'
-- rows 1
-- columns n int, s int, m nvarchar(4000)
-- row 15335 | 11 | *
-- rows 1
-- columns n int
-- row 15248
-- rows 1
-- columns n int
-- row 15335
-- rows 1
-- columns n int
-- row 15249
-- rows 1

-- chapter: Databases and definitions
-- case: sp_rename leaves a column that a CHECK or a schema-bound view uses
-- source: Msg 15336
CREATE TABLE dbo.dg_used (a int CHECK (a > 0), b int);
-- setup
CREATE VIEW dbo.dg_used_view WITH SCHEMABINDING AS SELECT b FROM dbo.dg_used;
-- setup
BEGIN TRY EXEC sp_rename 'dbo.dg_used.a', 'x', 'COLUMN'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
BEGIN TRY EXEC sp_rename 'dbo.dg_used.b', 'x', 'COLUMN'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
BEGIN TRY EXEC sp_rename 'dbo.dg_used', 'x'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
-- expect
-- columns n int
-- row 15336
-- rows 1
-- columns n int
-- row 15336
-- rows 1
-- columns n int
-- row 15336
-- rows 1

-- chapter: Databases and definitions
-- case: synonyms stand for procedures and functions
-- source: CREATE SYNONYM, "Synonyms can be created for the following types of objects"
CREATE PROCEDURE dbo.dg_syn_proc @a int AS SELECT @a + 1 AS next;
-- setup
CREATE FUNCTION dbo.dg_syn_fn(@a int) RETURNS int AS BEGIN RETURN @a * 2; END;
-- setup
CREATE SYNONYM dbo.dg_p FOR dbo.dg_syn_proc;
CREATE SYNONYM dbo.dg_g FOR dbo.dg_syn_fn;
-- setup
EXEC dbo.dg_p 4;
SELECT dbo.dg_g(4) AS twice;
-- expect
-- columns next int
-- row 5
-- rows 1
-- columns twice int
-- row 8
-- rows 1
