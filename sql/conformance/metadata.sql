-- chapter: Metadata
-- case: sys.tables lists user tables with their schema
-- source: sys.tables
CREATE SCHEMA md;
-- setup
CREATE TABLE md.first_table (id int);
-- setup
SELECT t.name, s.name AS [schema], t.type, t.type_desc, t.is_ms_shipped
FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = N'md';
-- expect
-- columns name nvarchar(128), schema nvarchar(128), type char(2), type_desc nvarchar(60), is_ms_shipped bit
-- row 'first_table' | 'md' | 'U ' | 'USER_TABLE' | 0
-- rows 1

-- chapter: Metadata
-- case: OBJECT_ID finds objects by name and type
-- source: OBJECT_ID
CREATE TABLE md_find (id int CONSTRAINT md_find_pk PRIMARY KEY);
-- setup
SELECT IIF(OBJECT_ID(N'dbo.md_find') = OBJECT_ID(N'[md_find]', N'U'), 1, 0) AS same,
    OBJECT_ID(N'md_find', N'V') AS as_view, OBJECT_ID(N'md_nothing') AS nothing,
    OBJECT_NAME(OBJECT_ID(N'md_find_pk', N'PK')) AS pk, OBJECT_SCHEMA_NAME(OBJECT_ID(N'md_find')) AS s;
-- expect
-- columns same int, as_view int, nothing int, pk nvarchar(128), s nvarchar(128)
-- row 1 | NULL | NULL | 'md_find_pk' | 'dbo'
-- rows 1

-- chapter: Metadata
-- case: sys.columns gives types, lengths, precision and nullability
-- source: sys.columns
CREATE TABLE md_columns (
    id int IDENTITY PRIMARY KEY, name nvarchar(50) NOT NULL, price decimal(10,2), at datetime2(3), data varbinary(max),
    flag bit DEFAULT 1, twice AS id * 2);
-- setup
SELECT c.name, TYPE_NAME(c.user_type_id) AS t, c.max_length, c.precision, c.scale, c.is_nullable, c.is_identity, c.is_computed
FROM sys.columns AS c WHERE c.object_id = OBJECT_ID(N'md_columns') ORDER BY c.column_id;
-- expect
-- columns name nvarchar(128), t nvarchar(128), max_length smallint, precision tinyint, scale tinyint, is_nullable bit, is_identity bit, is_computed bit
-- row 'id' | 'int' | 4 | 10 | 0 | 0 | 1 | 0
-- row 'name' | 'nvarchar' | 100 | 0 | 0 | 0 | 0 | 0
-- row 'price' | 'decimal' | 9 | 10 | 2 | 1 | 0 | 0
-- row 'at' | 'datetime2' | 7 | 23 | 3 | 1 | 0 | 0
-- row 'data' | 'varbinary' | -1 | 0 | 0 | 1 | 0 | 0
-- row 'flag' | 'bit' | 1 | 1 | 0 | 1 | 0 | 0
-- row 'twice' | 'int' | 4 | 10 | 0 | 1 | 0 | 1
-- rows 7

-- chapter: Metadata
-- case: sys.types joins columns by system and user type
-- source: sys.types
CREATE TYPE dbo.MdCode FROM char(4) NOT NULL;
CREATE TABLE md_types (a MdCode, b sysname);
-- setup
SELECT c.name, t.name AS type_name, b.name AS base_name, t.is_user_defined
FROM sys.columns AS c JOIN sys.types AS t ON t.user_type_id = c.user_type_id
JOIN sys.types AS b ON b.user_type_id = c.system_type_id
WHERE c.object_id = OBJECT_ID(N'md_types') AND c.name = N'a';
-- expect
-- columns name nvarchar(128), type_name nvarchar(128), base_name nvarchar(128), is_user_defined bit
-- row 'a' | 'MdCode' | 'char' | 1
-- rows 1

-- chapter: Metadata
-- case: sys.indexes and sys.index_columns tell keys from included columns
-- source: sys.index_columns
CREATE TABLE md_index (a int NOT NULL, b int, c int, CONSTRAINT md_index_pk PRIMARY KEY (a));
CREATE UNIQUE INDEX md_index_b ON md_index (b DESC) INCLUDE (c) WHERE b > 5;
-- setup
SELECT i.name, i.index_id, i.type_desc, i.is_unique, i.is_primary_key, i.has_filter
FROM sys.indexes AS i WHERE i.object_id = OBJECT_ID(N'md_index') ORDER BY i.index_id;
SELECT i.name, COL_NAME(x.object_id, x.column_id) AS c, x.key_ordinal, x.is_descending_key, x.is_included_column
FROM sys.indexes AS i JOIN sys.index_columns AS x ON x.object_id = i.object_id AND x.index_id = i.index_id
WHERE i.object_id = OBJECT_ID(N'md_index') ORDER BY i.index_id, x.index_column_id;
-- expect
-- columns name nvarchar(128), index_id int, type_desc nvarchar(60), is_unique bit, is_primary_key bit, has_filter bit
-- row 'md_index_pk' | 1 | 'CLUSTERED' | 1 | 1 | 0
-- row 'md_index_b' | 2 | 'NONCLUSTERED' | 1 | 0 | 1
-- rows 2
-- columns name nvarchar(128), c nvarchar(128), key_ordinal tinyint, is_descending_key bit, is_included_column bit
-- row 'md_index_pk' | 'a' | 1 | 0 | 0
-- row 'md_index_b' | 'b' | 1 | 1 | 0
-- row 'md_index_b' | 'c' | 0 | 0 | 1
-- rows 3

-- chapter: Metadata
-- case: a table without a clustered index is a heap
-- source: sys.indexes
CREATE TABLE md_heap (a int);
-- setup
SELECT name, index_id, type, type_desc FROM sys.indexes WHERE object_id = OBJECT_ID(N'md_heap');
-- expect
-- columns name nvarchar(128), index_id int, type tinyint, type_desc nvarchar(60)
-- row NULL | 0 | 0 | 'HEAP'
-- rows 1

-- chapter: Metadata
-- case: sys.foreign_keys and their columns
-- source: sys.foreign_keys
CREATE TABLE md_parent (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE md_child (x int, y int, CONSTRAINT md_child_fk FOREIGN KEY (x, y) REFERENCES md_parent (a, b) ON DELETE CASCADE);
-- setup
SELECT f.name, OBJECT_NAME(f.parent_object_id) AS child, OBJECT_NAME(f.referenced_object_id) AS parent,
    f.delete_referential_action_desc AS d, f.update_referential_action_desc AS u, f.is_disabled
FROM sys.foreign_keys AS f WHERE f.parent_object_id = OBJECT_ID(N'md_child');
SELECT k.constraint_column_id AS n, COL_NAME(k.parent_object_id, k.parent_column_id) AS own,
    COL_NAME(k.referenced_object_id, k.referenced_column_id) AS other
FROM sys.foreign_key_columns AS k WHERE k.constraint_object_id = OBJECT_ID(N'md_child_fk') ORDER BY n;
-- expect
-- columns name nvarchar(128), child nvarchar(128), parent nvarchar(128), d nvarchar(60), u nvarchar(60), is_disabled bit
-- row 'md_child_fk' | 'md_child' | 'md_parent' | 'CASCADE' | 'NO_ACTION' | 0
-- rows 1
-- columns n int, own nvarchar(128), other nvarchar(128)
-- row 1 | 'x' | 'a'
-- row 2 | 'y' | 'b'
-- rows 2

-- chapter: Metadata
-- case: constraints say whether the system named them
-- source: sys.key_constraints; sys.default_constraints; sys.check_constraints
CREATE TABLE md_named (a int CONSTRAINT md_named_pk PRIMARY KEY, b int CONSTRAINT md_named_df DEFAULT 7, c int DEFAULT 8 CHECK (c > 0));
-- setup
SELECT name, type, is_system_named FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'md_named');
SELECT COL_NAME(parent_object_id, parent_column_id) AS c, definition, is_system_named
FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'md_named') ORDER BY parent_column_id;
SELECT is_system_named, is_disabled FROM sys.check_constraints WHERE parent_object_id = OBJECT_ID(N'md_named');
-- expect
-- columns name nvarchar(128), type char(2), is_system_named bit
-- row 'md_named_pk' | 'PK' | 0
-- rows 1
-- columns c nvarchar(128), definition nvarchar(max), is_system_named bit
-- row 'b' | '((7))' | 0
-- row 'c' | '((8))' | 1
-- rows 2
-- columns is_system_named bit, is_disabled bit
-- row 1 | 0
-- rows 1

-- chapter: Metadata
-- case: sys.identity_columns and the IDENT functions
-- source: IDENT_CURRENT; IDENT_SEED; IDENT_INCR
CREATE TABLE md_identity (id int IDENTITY(100, 5), v int);
-- setup
SET NOCOUNT ON;
SELECT IDENT_CURRENT(N'md_identity') AS c, IDENT_SEED(N'md_identity') AS s, IDENT_INCR(N'md_identity') AS i;
INSERT md_identity (v) VALUES (1), (2);
SELECT IDENT_CURRENT(N'dbo.md_identity') AS c, IDENT_CURRENT(N'nothing') AS n;
SELECT name, is_identity FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'md_identity');
-- expect
-- columns c numeric(38,0), s numeric(38,0), i numeric(38,0)
-- row 100 | 100 | 5
-- columns c numeric(38,0), n numeric(38,0)
-- row 105 | NULL
-- columns name nvarchar(128), is_identity bit
-- row 'id' | 1

-- chapter: Metadata
-- case: sys.computed_columns tells persisted columns
-- source: sys.computed_columns
CREATE TABLE md_computed (a int, b AS a + 1, c AS (a * 2) PERSISTED);
-- setup
SELECT name, is_persisted FROM sys.computed_columns WHERE object_id = OBJECT_ID(N'md_computed') ORDER BY column_id;
-- expect
-- columns name nvarchar(128), is_persisted bit
-- row 'b' | 0
-- row 'c' | 1
-- rows 2

-- chapter: Metadata
-- case: views and their columns and definitions are listed
-- source: sys.views; sys.sql_modules
CREATE TABLE md_view_base (id int NOT NULL, n nvarchar(20));
-- setup
CREATE VIEW md_view AS SELECT id, UPPER(n) AS up FROM md_view_base;
-- setup
SELECT name, type FROM sys.views WHERE name = N'md_view';
SELECT name, column_id, TYPE_NAME(system_type_id) AS t, max_length FROM sys.columns WHERE object_id = OBJECT_ID(N'md_view') ORDER BY column_id;
SELECT COUNT(*) AS n FROM sys.sql_modules
WHERE object_id = OBJECT_ID(N'md_view') AND definition LIKE N'%CREATE VIEW md[_]view AS SELECT id%' AND definition = OBJECT_DEFINITION(object_id);
-- expect
-- columns name nvarchar(128), type char(2)
-- row 'md_view' | 'V '
-- rows 1
-- columns name nvarchar(128), column_id int, t nvarchar(128), max_length smallint
-- row 'id' | 1 | 'int' | 4
-- row 'up' | 2 | 'nvarchar' | 40
-- rows 2
-- columns n int
-- row 1
-- rows 1

-- chapter: Metadata
-- case: INFORMATION_SCHEMA.TABLES tells tables from views
-- source: TABLES (Transact-SQL)
CREATE TABLE md_info_table (a int);
-- setup
CREATE VIEW md_info_view AS SELECT a FROM md_info_table;
-- setup
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE N'md[_]info%' ORDER BY TABLE_NAME;
-- expect
-- columns TABLE_SCHEMA nvarchar(128), TABLE_NAME nvarchar(128), TABLE_TYPE varchar(10)
-- row 'dbo' | 'md_info_table' | 'BASE TABLE'
-- row 'dbo' | 'md_info_view' | 'VIEW'
-- rows 2

-- chapter: Metadata
-- case: INFORMATION_SCHEMA.COLUMNS describes every type
-- source: COLUMNS (Transact-SQL)
CREATE TABLE md_info_columns (a int NOT NULL DEFAULT 5, b nvarchar(20), c decimal(9,3), d datetime, e float, f varchar(max));
-- setup
SELECT COLUMN_NAME, ORDINAL_POSITION, COLUMN_DEFAULT, IS_NULLABLE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH AS len,
    NUMERIC_PRECISION AS p, NUMERIC_PRECISION_RADIX AS r, NUMERIC_SCALE AS s, DATETIME_PRECISION AS dp
FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = N'md_info_columns' ORDER BY ORDINAL_POSITION;
-- expect
-- columns COLUMN_NAME nvarchar(128), ORDINAL_POSITION int, COLUMN_DEFAULT nvarchar(4000), IS_NULLABLE varchar(3), DATA_TYPE nvarchar(128), len int, p tinyint, r smallint, s int, dp smallint
-- row 'a' | 1 | '((5))' | 'NO' | 'int' | NULL | 10 | 10 | 0 | NULL
-- row 'b' | 2 | NULL | 'YES' | 'nvarchar' | 20 | NULL | NULL | NULL | NULL
-- row 'c' | 3 | NULL | 'YES' | 'decimal' | NULL | 9 | 10 | 3 | NULL
-- row 'd' | 4 | NULL | 'YES' | 'datetime' | NULL | NULL | NULL | NULL | 3
-- row 'e' | 5 | NULL | 'YES' | 'float' | NULL | 53 | 2 | NULL | NULL
-- row 'f' | 6 | NULL | 'YES' | 'varchar' | -1 | NULL | NULL | NULL | NULL
-- rows 6

-- chapter: Metadata
-- case: INFORMATION_SCHEMA knows constraints and their columns
-- source: TABLE_CONSTRAINTS; KEY_COLUMN_USAGE; REFERENTIAL_CONSTRAINTS
CREATE TABLE md_rc_parent (id int CONSTRAINT md_rc_pk PRIMARY KEY);
CREATE TABLE md_rc_child (p int CONSTRAINT md_rc_fk REFERENCES md_rc_parent (id) ON UPDATE CASCADE, CONSTRAINT md_rc_ck CHECK (p > 0));
-- setup
SELECT CONSTRAINT_NAME, CONSTRAINT_TYPE FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE TABLE_NAME LIKE N'md[_]rc%' ORDER BY CONSTRAINT_NAME;
SELECT CONSTRAINT_NAME, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE WHERE CONSTRAINT_NAME LIKE N'md[_]rc%' ORDER BY CONSTRAINT_NAME;
SELECT CONSTRAINT_NAME, UNIQUE_CONSTRAINT_NAME, MATCH_OPTION, UPDATE_RULE, DELETE_RULE FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_NAME = N'md_rc_fk';
-- expect
-- columns CONSTRAINT_NAME nvarchar(128), CONSTRAINT_TYPE varchar(11)
-- row 'md_rc_ck' | 'CHECK'
-- row 'md_rc_fk' | 'FOREIGN KEY'
-- row 'md_rc_pk' | 'PRIMARY KEY'
-- rows 3
-- columns CONSTRAINT_NAME nvarchar(128), TABLE_NAME nvarchar(128), COLUMN_NAME nvarchar(128), ORDINAL_POSITION int
-- row 'md_rc_fk' | 'md_rc_child' | 'p' | 1
-- row 'md_rc_pk' | 'md_rc_parent' | 'id' | 1
-- rows 2
-- columns CONSTRAINT_NAME nvarchar(128), UNIQUE_CONSTRAINT_NAME nvarchar(128), MATCH_OPTION varchar(7), UPDATE_RULE varchar(11), DELETE_RULE varchar(11)
-- row 'md_rc_fk' | 'md_rc_pk' | 'SIMPLE' | 'CASCADE' | 'NO ACTION'
-- rows 1

-- chapter: Metadata
-- case: INFORMATION_SCHEMA.ROUTINES and PARAMETERS list procedures
-- source: ROUTINES; PARAMETERS
CREATE PROCEDURE md_routine @a int, @b nvarchar(10) OUTPUT AS SELECT @a;
-- setup
SELECT ROUTINE_NAME, ROUTINE_TYPE, DATA_TYPE FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_NAME = N'md_routine';
SELECT ORDINAL_POSITION, PARAMETER_MODE, PARAMETER_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH AS len
FROM INFORMATION_SCHEMA.PARAMETERS WHERE SPECIFIC_NAME = N'md_routine' ORDER BY ORDINAL_POSITION;
-- expect
-- columns ROUTINE_NAME nvarchar(128), ROUTINE_TYPE nvarchar(20), DATA_TYPE nvarchar(128)
-- row 'md_routine' | 'PROCEDURE' | NULL
-- rows 1
-- columns ORDINAL_POSITION int, PARAMETER_MODE nvarchar(10), PARAMETER_NAME nvarchar(128), DATA_TYPE nvarchar(128), len int
-- row 1 | 'IN' | '@a' | 'int' | NULL
-- row 2 | 'INOUT' | '@b' | 'nvarchar' | 10
-- rows 2

-- chapter: Metadata
-- case: sys.procedures and sys.parameters
-- source: sys.parameters
CREATE PROCEDURE md_proc @x decimal(9,2) = 1, @y varchar(5) OUTPUT AS SET @y = 'x';
-- setup
SELECT name, type, type_desc FROM sys.procedures WHERE name = N'md_proc';
SELECT name, parameter_id, TYPE_NAME(system_type_id) AS t, max_length, precision, scale, is_output
FROM sys.parameters WHERE object_id = OBJECT_ID(N'md_proc') ORDER BY parameter_id;
-- expect
-- columns name nvarchar(128), type char(2), type_desc nvarchar(60)
-- row 'md_proc' | 'P ' | 'SQL_STORED_PROCEDURE'
-- rows 1
-- columns name nvarchar(128), parameter_id int, t nvarchar(128), max_length smallint, precision tinyint, scale tinyint, is_output bit
-- row '@x' | 1 | 'decimal' | 5 | 9 | 2 | 0
-- row '@y' | 2 | 'varchar' | 5 | 0 | 0 | 1
-- rows 2

-- chapter: Metadata
-- case: sys.triggers and sys.trigger_events
-- source: sys.trigger_events
CREATE TABLE md_trigger_table (a int);
-- setup
CREATE TRIGGER md_trigger ON md_trigger_table AFTER INSERT, DELETE AS SET NOCOUNT ON;
-- setup
SELECT t.name, OBJECT_NAME(t.parent_id) AS parent, t.is_disabled, t.is_instead_of_trigger FROM sys.triggers AS t WHERE t.name = N'md_trigger';
SELECT e.type_desc FROM sys.trigger_events AS e WHERE e.object_id = OBJECT_ID(N'md_trigger') ORDER BY e.type;
-- expect
-- columns name nvarchar(128), parent nvarchar(128), is_disabled bit, is_instead_of_trigger bit
-- row 'md_trigger' | 'md_trigger_table' | 0 | 0
-- rows 1
-- columns type_desc nvarchar(60)
-- row 'INSERT'
-- row 'DELETE'
-- rows 2

-- chapter: Metadata
-- case: sys.synonyms shows the base object in brackets
-- source: sys.synonyms
CREATE SYNONYM md_synonym FOR dbo.md_synonym_base;
-- setup
SELECT name, base_object_name FROM sys.synonyms WHERE name = N'md_synonym';
-- expect
-- columns name nvarchar(128), base_object_name nvarchar(1035)
-- row 'md_synonym' | '[dbo].[md_synonym_base]'
-- rows 1

-- chapter: Metadata
-- case: sys.sequences says how a sequence goes on
-- source: sys.sequences
CREATE SEQUENCE md_sequence AS smallint START WITH 3 INCREMENT BY 4 MAXVALUE 99 CYCLE NO CACHE;
-- setup
SELECT name, TYPE_NAME(system_type_id) AS t, is_cycling, is_cached, is_exhausted FROM sys.sequences WHERE name = N'md_sequence';
-- expect
-- columns name nvarchar(128), t nvarchar(128), is_cycling bit, is_cached bit, is_exhausted bit
-- row 'md_sequence' | 'smallint' | 1 | 0 | 0
-- rows 1

-- chapter: Metadata
-- case: sys.table_types has the columns of a table type
-- source: sys.table_types
CREATE TYPE dbo.MdLines AS TABLE (id int NOT NULL, note nvarchar(30));
-- setup
SELECT t.name, t.is_table_type, t.is_user_defined FROM sys.table_types AS t WHERE t.name = N'MdLines';
SELECT c.name FROM sys.columns AS c JOIN sys.table_types AS t ON t.type_table_object_id = c.object_id WHERE t.name = N'MdLines' ORDER BY c.column_id;
-- expect
-- columns name nvarchar(128), is_table_type bit, is_user_defined bit
-- row 'MdLines' | 1 | 1
-- rows 1
-- columns name nvarchar(128)
-- row 'id'
-- row 'note'
-- rows 2

-- chapter: Metadata
-- case: sys.partitions counts rows
-- source: sys.partitions; sys.dm_db_partition_stats
CREATE TABLE md_rows (a int);
INSERT md_rows VALUES (1), (2), (3);
-- setup
SELECT SUM(p.rows) AS n FROM sys.partitions AS p WHERE p.object_id = OBJECT_ID(N'md_rows') AND p.index_id IN (0, 1);
SELECT SUM(s.row_count) AS n FROM sys.dm_db_partition_stats AS s WHERE s.object_id = OBJECT_ID(N'md_rows') AND s.index_id < 2;
-- expect
-- columns n bigint
-- row 3
-- rows 1
-- columns n bigint
-- row 3
-- rows 1

-- chapter: Metadata
-- case: sys.stats lists statistics of indexes and those made by name
-- source: sys.stats
CREATE TABLE md_stats (a int, b int);
CREATE INDEX md_stats_a ON md_stats (a);
CREATE STATISTICS md_stats_b ON md_stats (b);
-- setup
SELECT name, user_created FROM sys.stats WHERE object_id = OBJECT_ID(N'md_stats') ORDER BY name;
-- expect
-- columns name nvarchar(128), user_created bit
-- row 'md_stats_a' | 0
-- row 'md_stats_b' | 1
-- rows 2

-- chapter: Metadata
-- case: COL_LENGTH tests whether a column is there
-- source: COL_LENGTH
CREATE TABLE md_length (a nvarchar(40), b int, c varchar(max));
-- setup
SELECT COL_LENGTH(N'md_length', N'a') AS a, COL_LENGTH(N'dbo.md_length', N'b') AS b, COL_LENGTH(N'md_length', N'c') AS c, COL_LENGTH(N'md_length', N'd') AS d;
IF COL_LENGTH(N'md_length', N'd') IS NULL ALTER TABLE md_length ADD d int;
SELECT COL_LENGTH(N'md_length', N'd') AS d;
-- expect
-- columns a smallint, b smallint, c smallint, d smallint
-- row 80 | 4 | -1 | NULL
-- rows 1
-- columns d smallint
-- row 4
-- rows 1

-- chapter: Metadata
-- case: COLUMNPROPERTY and OBJECTPROPERTY
-- source: COLUMNPROPERTY; OBJECTPROPERTY
CREATE TABLE md_property (id int IDENTITY PRIMARY KEY, n nvarchar(10) NULL, t AS id + 1);
-- setup
SELECT COLUMNPROPERTY(OBJECT_ID(N'md_property'), N'id', N'IsIdentity') AS i, COLUMNPROPERTY(OBJECT_ID(N'md_property'), N'n', N'AllowsNull') AS n,
    COLUMNPROPERTY(OBJECT_ID(N'md_property'), N't', N'IsComputed') AS t, COLUMNPROPERTY(OBJECT_ID(N'md_property'), N'n', N'Precision') AS p,
    COLUMNPROPERTY(OBJECT_ID(N'md_property'), N'n', N'Nonsense') AS x;
SELECT OBJECTPROPERTY(OBJECT_ID(N'md_property'), N'IsUserTable') AS u, OBJECTPROPERTY(OBJECT_ID(N'md_property'), N'TableHasPrimaryKey') AS pk,
    OBJECTPROPERTY(OBJECT_ID(N'md_property'), N'IsView') AS v, OBJECTPROPERTY(-1, N'IsTable') AS nothing;
-- expect
-- columns i int, n int, t int, p int, x int
-- row 1 | 1 | 1 | 10 | NULL
-- rows 1
-- columns u int, pk int, v int, nothing int
-- row 1 | 1 | 0 | NULL
-- rows 1

-- chapter: Metadata
-- case: INDEXPROPERTY and INDEX_COL
-- source: INDEXPROPERTY; INDEX_COL
CREATE TABLE md_ixprop (a int CONSTRAINT md_ixprop_pk PRIMARY KEY, b int);
CREATE INDEX md_ixprop_b ON md_ixprop (b, a);
-- setup
SELECT INDEXPROPERTY(OBJECT_ID(N'md_ixprop'), N'md_ixprop_pk', N'IsClustered') AS c, INDEXPROPERTY(OBJECT_ID(N'md_ixprop'), N'md_ixprop_b', N'IsUnique') AS u,
    INDEXPROPERTY(OBJECT_ID(N'md_ixprop'), N'nothing', N'IndexID') AS n, INDEX_COL(N'md_ixprop', 2, 2) AS second;
-- expect
-- columns c int, u int, n int, second nvarchar(128)
-- row 1 | 0 | NULL | 'a'
-- rows 1

-- chapter: Metadata
-- case: names and ids of types and schemas
-- source: TYPE_ID; TYPE_NAME; SCHEMA_ID; SCHEMA_NAME
SELECT TYPE_ID(N'int') AS i, TYPE_NAME(231) AS n, TYPE_ID(N'nothing') AS x, SCHEMA_ID(N'dbo') AS d, SCHEMA_NAME(1) AS one, SCHEMA_NAME(4) AS four, TYPEPROPERTY(N'int', N'Precision') AS p;
-- expect
-- columns i int, n nvarchar(128), x int, d int, one nvarchar(128), four nvarchar(128), p int
-- row 56 | 'nvarchar' | NULL | 1 | 'dbo' | 'sys' | 10
-- rows 1

-- chapter: Metadata
-- case: DB_ID, DB_NAME and DATABASEPROPERTYEX
-- source: DATABASEPROPERTYEX
SELECT IIF(DB_ID() = DB_ID(DB_NAME()), 1, 0) AS same, DB_ID(N'master') AS m, DB_NAME(2) AS t, DB_ID(N'nothing at all') AS n,
    DATABASEPROPERTYEX(N'master', N'Status') AS s, DATABASEPROPERTYEX(N'nothing at all', N'Status') AS x;
-- expect
-- columns same int, m smallint, t nvarchar(128), n smallint, s sql_variant, x sql_variant
-- row 1 | 1 | 'tempdb' | NULL | 'ONLINE' | NULL
-- rows 1

-- chapter: Metadata
-- case: OBJECT_ID reads a bracket written twice
-- source: OBJECT_ID (Transact-SQL); Database identifiers, "Delimited identifiers"
CREATE TABLE dbo.[a ]] b] (id int);
-- setup
SELECT OBJECT_NAME(OBJECT_ID(N'[dbo].[a ]] b]')) AS n;
-- expect
-- columns n nvarchar(128)
-- row 'a ] b'
-- rows 1

-- chapter: Metadata
-- case: tempdb's catalogue has the temporary tables of the session
-- source: tempdb database; CREATE TABLE (Transact-SQL), "Temporary tables": a numeric suffix is appended to the name
CREATE TABLE #bulk (id int NOT NULL, name nvarchar(20) NULL);
SELECT c.name, c.is_nullable FROM tempdb.sys.columns AS c WHERE c.object_id = OBJECT_ID(N'tempdb..#bulk') ORDER BY c.column_id;
SELECT LEFT(name, 6) AS name, LEN(name) AS length FROM tempdb.sys.tables WHERE object_id = OBJECT_ID(N'tempdb..[#bulk]');
-- expect
-- columns name nvarchar(128), is_nullable bit
-- row 'id' | 0
-- row 'name' | 1
-- rows 2
-- columns name nvarchar(128), length int
-- row '#bulk_' | 128
-- rows 1

-- chapter: Metadata
-- case: COLLATIONPROPERTY tells the code page of the default collation
-- source: COLLATIONPROPERTY (Transact-SQL)
SELECT CONVERT(int, COLLATIONPROPERTY(N'SQL_Latin1_General_CP1_CI_AS', 'CodePage')) AS p,
    CONVERT(int, COLLATIONPROPERTY(N'SQL_Latin1_General_CP1_CI_AS', 'LCID')) AS l,
    COLLATIONPROPERTY(NULL, 'CodePage') AS n;
-- expect
-- columns p int, l int, n sql_variant
-- row 1252 | 1033 | NULL
-- rows 1

-- chapter: Metadata
-- case: sys.databases lists the system databases
-- source: sys.databases
SELECT name, database_id, state_desc, user_access_desc FROM sys.databases WHERE database_id <= 4 ORDER BY database_id;
-- expect
-- columns name nvarchar(128), database_id int, state_desc nvarchar(60), user_access_desc nvarchar(60)
-- row 'master' | 1 | 'ONLINE' | 'MULTI_USER'
-- row 'tempdb' | 2 | 'ONLINE' | 'MULTI_USER'
-- row 'model' | 3 | 'ONLINE' | 'MULTI_USER'
-- row 'msdb' | 4 | 'ONLINE' | 'MULTI_USER'
-- rows 4

-- chapter: Metadata
-- case: sys.objects holds constraints under their table
-- source: sys.objects
CREATE TABLE md_objects (a int CONSTRAINT md_objects_pk PRIMARY KEY CONSTRAINT md_objects_ck CHECK (a > 0) CONSTRAINT md_objects_df DEFAULT 1);
-- setup
SELECT o.name, o.type, o.type_desc FROM sys.objects AS o WHERE o.parent_object_id = OBJECT_ID(N'md_objects') ORDER BY o.name;
-- expect
-- columns name nvarchar(128), type char(2), type_desc nvarchar(60)
-- row 'md_objects_ck' | 'C ' | 'CHECK_CONSTRAINT'
-- row 'md_objects_df' | 'D ' | 'DEFAULT_CONSTRAINT'
-- row 'md_objects_pk' | 'PK' | 'PRIMARY_KEY_CONSTRAINT'
-- rows 3

-- chapter: Metadata
-- case: catalogue views show what the open transaction made
-- source: sys.tables
BEGIN TRANSACTION;
CREATE TABLE md_open (a int);
SELECT COUNT(*) AS n FROM sys.tables WHERE name = N'md_open';
ROLLBACK;
SELECT COUNT(*) AS n FROM sys.tables WHERE name = N'md_open';
-- expect
-- columns n int
-- row 1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- chapter: Metadata
-- case: nobody changes a catalogue view
-- source: Msg 259
DELETE FROM sys.tables;
-- expect
-- Msg 259, Level 16, State 1, Line 1: Ad hoc updates to system catalogs are not allowed.

-- chapter: Metadata
-- case: a catalogue view has no such column
-- source: sys.tables
-- only: embedded
SELECT nonsense FROM sys.tables;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'column nonsense of a catalogue view' is not supported in this version of SQL Server.

-- chapter: Metadata
-- case: sys.schemas and INFORMATION_SCHEMA.SCHEMATA
-- source: sys.schemas
SELECT name, schema_id FROM sys.schemas WHERE schema_id <= 4 ORDER BY schema_id;
SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = N'dbo';
-- expect
-- columns name nvarchar(128), schema_id int
-- row 'dbo' | 1
-- row 'guest' | 2
-- row 'INFORMATION_SCHEMA' | 3
-- row 'sys' | 4
-- rows 4
-- columns SCHEMA_NAME nvarchar(128)
-- row 'dbo'
-- rows 1
