-- chapter: Metadata
-- case: sp_pkeys names the columns of a primary key
-- source: sp_pkeys, "Result Sets"
CREATE TABLE mp_key (a int NOT NULL, b int NOT NULL, c int, CONSTRAINT mp_key_pk PRIMARY KEY (b, a));
-- setup
EXEC sp_pkeys N'mp_key';
EXEC sys.sp_pkeys @table_name = N'mp_key', @table_owner = N'nobody';
-- expect
-- columns TABLE_QUALIFIER nvarchar(128), TABLE_OWNER nvarchar(128), TABLE_NAME nvarchar(128), COLUMN_NAME nvarchar(128), KEY_SEQ smallint, PK_NAME nvarchar(128)
-- row * | 'dbo' | 'mp_key' | 'b' | 1 | 'mp_key_pk'
-- row * | 'dbo' | 'mp_key' | 'a' | 2 | 'mp_key_pk'
-- rows 2
-- columns TABLE_QUALIFIER nvarchar(128), TABLE_OWNER nvarchar(128), TABLE_NAME nvarchar(128), COLUMN_NAME nvarchar(128), KEY_SEQ smallint, PK_NAME nvarchar(128)
-- rows 0

-- chapter: Metadata
-- case: sp_tables finds tables and views by patterns and types
-- source: sp_tables, "Result Sets"; @table_type
CREATE TABLE mp_tables_a (a int);
-- setup
CREATE VIEW mp_tables_b AS SELECT a FROM mp_tables_a;
-- setup
EXEC sp_tables N'mp[_]tables%';
EXEC sp_tables @table_name = N'mp[_]tables%', @table_type = N'''VIEW''';
EXEC sp_tables @table_name = N'mp_tables%', @fUsePattern = 0;
-- expect
-- columns TABLE_QUALIFIER nvarchar(128), TABLE_OWNER nvarchar(128), TABLE_NAME nvarchar(128), TABLE_TYPE varchar(32), REMARKS varchar(254)
-- row * | 'dbo' | 'mp_tables_a' | 'TABLE' | NULL
-- row * | 'dbo' | 'mp_tables_b' | 'VIEW' | NULL
-- rows 2
-- columns TABLE_QUALIFIER nvarchar(128), TABLE_OWNER nvarchar(128), TABLE_NAME nvarchar(128), TABLE_TYPE varchar(32), REMARKS varchar(254)
-- row * | 'dbo' | 'mp_tables_b' | 'VIEW' | NULL
-- rows 1
-- columns TABLE_QUALIFIER nvarchar(128), TABLE_OWNER nvarchar(128), TABLE_NAME nvarchar(128), TABLE_TYPE varchar(32), REMARKS varchar(254)
-- rows 0

-- chapter: Metadata
-- case: sp_fkeys names keys from either side
-- source: sp_fkeys, "Result Sets": UPDATE_RULE, DELETE_RULE, DEFERRABILITY
CREATE TABLE mp_parent (id int CONSTRAINT mp_parent_pk PRIMARY KEY);
CREATE TABLE mp_child (a int CONSTRAINT mp_child_fk REFERENCES mp_parent (id) ON DELETE CASCADE);
-- setup
EXEC sp_fkeys @pktable_name = N'mp_parent';
EXEC sp_fkeys @fktable_name = N'mp_child';
EXEC sp_fkeys @fktable_name = N'mp_parent';
-- expect
-- columns PKTABLE_QUALIFIER nvarchar(128), PKTABLE_OWNER nvarchar(128), PKTABLE_NAME nvarchar(128), PKCOLUMN_NAME nvarchar(128), FKTABLE_QUALIFIER nvarchar(128), FKTABLE_OWNER nvarchar(128), FKTABLE_NAME nvarchar(128), FKCOLUMN_NAME nvarchar(128), KEY_SEQ smallint, UPDATE_RULE smallint, DELETE_RULE smallint, FK_NAME nvarchar(128), PK_NAME nvarchar(128), DEFERRABILITY smallint
-- row * | 'dbo' | 'mp_parent' | 'id' | * | 'dbo' | 'mp_child' | 'a' | 1 | 1 | 0 | 'mp_child_fk' | 'mp_parent_pk' | 7
-- rows 1
-- columns PKTABLE_QUALIFIER nvarchar(128), PKTABLE_OWNER nvarchar(128), PKTABLE_NAME nvarchar(128), PKCOLUMN_NAME nvarchar(128), FKTABLE_QUALIFIER nvarchar(128), FKTABLE_OWNER nvarchar(128), FKTABLE_NAME nvarchar(128), FKCOLUMN_NAME nvarchar(128), KEY_SEQ smallint, UPDATE_RULE smallint, DELETE_RULE smallint, FK_NAME nvarchar(128), PK_NAME nvarchar(128), DEFERRABILITY smallint
-- row * | 'dbo' | 'mp_parent' | 'id' | * | 'dbo' | 'mp_child' | 'a' | 1 | 1 | 0 | 'mp_child_fk' | 'mp_parent_pk' | 7
-- rows 1
-- columns PKTABLE_QUALIFIER nvarchar(128), PKTABLE_OWNER nvarchar(128), PKTABLE_NAME nvarchar(128), PKCOLUMN_NAME nvarchar(128), FKTABLE_QUALIFIER nvarchar(128), FKTABLE_OWNER nvarchar(128), FKTABLE_NAME nvarchar(128), FKCOLUMN_NAME nvarchar(128), KEY_SEQ smallint, UPDATE_RULE smallint, DELETE_RULE smallint, FK_NAME nvarchar(128), PK_NAME nvarchar(128), DEFERRABILITY smallint
-- rows 0

-- chapter: Metadata
-- case: sp_fkeys needs a table, and qualifiers are the current database
-- source: Msg 15252, Msg 15250; the line is that of the call, as "Differences that remain" says
-- only: embedded
EXEC sp_fkeys;
EXEC sp_pkeys N'x', N'dbo', N'another';
-- expect
-- Msg 15252, Level 16, State 1, Procedure sp_fkeys, Line 1: The primary or foreign key table name must be given.
-- Msg 15250, Level 16, State 1, Procedure sp_pkeys, Line 1: The database name component of the object qualifier must be the name of the current database.
