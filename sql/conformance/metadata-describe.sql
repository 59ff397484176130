-- chapter: Metadata
-- case: sp_describe_first_result_set of one query
-- source: sp_describe_first_result_set, "Result Sets"
CREATE TABLE dr_t (a int NOT NULL, b nvarchar(10) NULL, c decimal(9, 2) NOT NULL, d AS a + 1, e int IDENTITY);
-- setup
CREATE TABLE #r (
    is_hidden bit not null, column_ordinal int not null, name sysname null, is_nullable bit not null, system_type_id int not null,
    system_type_name nvarchar(256) null, max_length smallint not null, [precision] tinyint not null, scale tinyint not null,
    collation_name sysname null, user_type_id int null, user_type_database sysname null, user_type_schema sysname null,
    user_type_name sysname null, assembly_qualified_type_name nvarchar(4000), xml_collection_id int null,
    xml_collection_database sysname null, xml_collection_schema sysname null, xml_collection_name sysname null,
    is_xml_document bit not null, is_case_sensitive bit not null, is_fixed_length_clr_type bit not null, source_server sysname null,
    source_database sysname null, source_schema sysname null, source_table sysname null, source_column sysname null,
    is_identity_column bit null, is_part_of_unique_key bit null, is_updateable bit null, is_computed_column bit null,
    is_sparse_column_set bit null, ordinal_in_order_by_list smallint null, order_by_list_length smallint null,
    order_by_is_descending smallint null, tds_type_id int not null, tds_length int not null, tds_collation_id int null,
    tds_collation_sort_id tinyint null);
INSERT #r EXEC sys.sp_describe_first_result_set N'SELECT a, b, c, d, e, a * 2 FROM dr_t ORDER BY b DESC';
SELECT column_ordinal, name, is_nullable, system_type_id, system_type_name, max_length, [precision], scale, collation_name FROM #r ORDER BY column_ordinal;
SELECT name, source_table, is_identity_column, is_part_of_unique_key, is_updateable, is_computed_column, ordinal_in_order_by_list, order_by_list_length, order_by_is_descending FROM #r ORDER BY column_ordinal;
-- expect
-- rows 6
-- columns column_ordinal int, name nvarchar(128), is_nullable bit, system_type_id int, system_type_name nvarchar(256), max_length smallint, [precision] tinyint, scale tinyint, collation_name nvarchar(128)
-- row 1 | 'a' | 0 | 56 | 'int' | 4 | 10 | 0 | NULL
-- row 2 | 'b' | 1 | 231 | 'nvarchar(10)' | 20 | 0 | 0 | 'SQL_Latin1_General_CP1_CI_AS'
-- row 3 | 'c' | 0 | 106 | 'decimal(9,2)' | 5 | 9 | 2 | NULL
-- row 4 | 'd' | 1 | 56 | 'int' | 4 | 10 | 0 | NULL
-- row 5 | 'e' | 0 | 56 | 'int' | 4 | 10 | 0 | NULL
-- row 6 | NULL | 1 | 56 | 'int' | 4 | 10 | 0 | NULL
-- rows 6
-- columns name nvarchar(128), source_table nvarchar(128), is_identity_column bit, is_part_of_unique_key bit, is_updateable bit, is_computed_column bit, ordinal_in_order_by_list smallint, order_by_list_length smallint, order_by_is_descending smallint
-- row 'a' | NULL | 0 | NULL | 1 | 0 | NULL | 1 | NULL
-- row 'b' | NULL | 0 | NULL | 1 | 0 | 1 | 1 | 1
-- row 'c' | NULL | 0 | NULL | 1 | 0 | NULL | 1 | NULL
-- row 'd' | NULL | 0 | NULL | 0 | 1 | NULL | 1 | NULL
-- row 'e' | NULL | 1 | NULL | 0 | 0 | NULL | 1 | NULL
-- row NULL | NULL | 0 | NULL | 0 | 0 | NULL | 1 | NULL
-- rows 6

-- chapter: Metadata
-- case: browse mode 1 names base tables, and adds their keys
-- source: sp_describe_first_result_set, "B. Browse Mode Examples"
CREATE TABLE dbo.dr_browse (a int PRIMARY KEY, b1 int);
-- setup
CREATE VIEW dbo.dr_browse_view AS SELECT b1 AS b2 FROM dbo.dr_browse;
-- setup
EXEC sp_describe_first_result_set N'SELECT b2 AS b3 FROM dbo.dr_browse_view', null, 1;
-- expect
-- columns is_hidden bit not null, column_ordinal int not null, name nvarchar(128) null, is_nullable bit not null, system_type_id int not null, system_type_name nvarchar(256) null, max_length smallint not null, [precision] tinyint not null, scale tinyint not null, collation_name nvarchar(128) null, user_type_id int null, user_type_database nvarchar(128) null, user_type_schema nvarchar(128) null, user_type_name nvarchar(128) null, assembly_qualified_type_name nvarchar(4000) null, xml_collection_id int null, xml_collection_database nvarchar(128) null, xml_collection_schema nvarchar(128) null, xml_collection_name nvarchar(128) null, is_xml_document bit not null, is_case_sensitive bit not null, is_fixed_length_clr_type bit not null, source_server nvarchar(128) null, source_database nvarchar(128) null, source_schema nvarchar(128) null, source_table nvarchar(128) null, source_column nvarchar(128) null, is_identity_column bit null, is_part_of_unique_key bit null, is_updateable bit null, is_computed_column bit null, is_sparse_column_set bit null, ordinal_in_order_by_list smallint null, order_by_list_length smallint null, order_by_is_descending smallint null, tds_type_id int not null, tds_length int not null, tds_collation_id int null, tds_collation_sort_id tinyint null
-- row 0 | 1 | 'b3' | 1 | 56 | 'int' | 4 | 10 | 0 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | 0 | 0 | 0 | NULL | * | 'dbo' | 'dr_browse' | 'b1' | 0 | 0 | 1 | 0 | 0 | NULL | NULL | NULL | 38 | 4 | NULL | NULL
-- row 1 | 2 | 'a' | 0 | 56 | 'int' | 4 | 10 | 0 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | 0 | 0 | 0 | NULL | * | 'dbo' | 'dr_browse' | 'a' | 0 | 1 | 1 | 0 | 0 | NULL | NULL | NULL | 56 | 4 | NULL | NULL
-- rows 2

-- chapter: Metadata
-- case: parameters have the types of their declaration
-- source: sp_describe_first_result_set, "A. Simple Example"
CREATE TABLE dr_p (a int);
CREATE TABLE #p (name sysname NULL, type nvarchar(256) NULL);
-- setup
EXEC sp_describe_first_result_set @tsql = N'SELECT @id1 AS x, a FROM dr_p WHERE a = @id1', @params = N'@id1 bigint', @browse_information_mode = 3;
-- expect
-- Msg 11552, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The @browse_information_mode parameter expects a tinyint with values 0, 1 or 2.

-- chapter: Metadata
-- case: results with other numbers of columns cannot be described
-- source: sp_describe_first_result_set, "Error because the number of columns differ"; Msg 11509
CREATE TABLE dbo.dr_t1 (a int NULL, b varchar(10) NULL, c nvarchar(10) NULL);
CREATE TABLE dbo.dr_t2 (a smallint NOT NULL, d varchar(20) NOT NULL, e int NOT NULL);
-- setup
EXEC sp_describe_first_result_set @tsql = N'IF (1 = 1) SELECT a FROM dr_t1; ELSE SELECT a, b FROM dr_t1; SELECT * FROM dr_t1;';
-- expect
-- Msg 11509, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The metadata could not be determined because the statement 'SELECT a FROM dr_t1' is not compatible with the statement 'SELECT a, b FROM dr_t1'.

-- chapter: Metadata
-- case: results with other types cannot be described
-- source: sp_describe_first_result_set, "Error because the data types differ", int against smallint
CREATE TABLE dbo.dr_t3 (a int NULL);
CREATE TABLE dbo.dr_t4 (a smallint NOT NULL);
-- setup
EXEC sp_describe_first_result_set @tsql = N'IF (1 = 1) SELECT a FROM dr_t3; ELSE SELECT a FROM dr_t4;';
-- expect
-- Msg 11509, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The metadata could not be determined because the statement 'SELECT a FROM dr_t3' is not compatible with the statement 'SELECT a FROM dr_t4'.

-- chapter: Metadata
-- case: lengths, names and NULL of several possible results are combined
-- source: sp_describe_first_result_set, "Column name cannot be determined": varchar(20) NULL without a name
CREATE TABLE dbo.dr_t5 (b varchar(10) NULL);
CREATE TABLE dbo.dr_t6 (d varchar(20) NOT NULL);
-- setup
CREATE PROCEDURE dr_describe @text nvarchar(max) AS
CREATE TABLE #r (
    is_hidden bit, column_ordinal int, name sysname null, is_nullable bit, system_type_id int,
    system_type_name nvarchar(256) null, max_length smallint, [precision] tinyint, scale tinyint,
    collation_name sysname null, user_type_id int null, user_type_database sysname null, user_type_schema sysname null,
    user_type_name sysname null, assembly_qualified_type_name nvarchar(4000), xml_collection_id int null,
    xml_collection_database sysname null, xml_collection_schema sysname null, xml_collection_name sysname null,
    is_xml_document bit, is_case_sensitive bit, is_fixed_length_clr_type bit, source_server sysname null,
    source_database sysname null, source_schema sysname null, source_table sysname null, source_column sysname null,
    is_identity_column bit null, is_part_of_unique_key bit null, is_updateable bit null, is_computed_column bit null,
    is_sparse_column_set bit null, ordinal_in_order_by_list smallint null, order_by_list_length smallint null,
    order_by_is_descending smallint null, tds_type_id int, tds_length int, tds_collation_id int null,
    tds_collation_sort_id tinyint null);
SET NOCOUNT ON;
INSERT #r EXEC sp_describe_first_result_set @text;
SELECT name, system_type_name, is_nullable, tds_type_id, tds_length, tds_collation_id, tds_collation_sort_id FROM #r ORDER BY column_ordinal;
-- setup
EXEC dr_describe N'IF (1 = 1) SELECT b FROM dr_t5; ELSE SELECT d FROM dr_t6;';
EXEC dr_describe N'IF (1 = 1) SELECT b FROM dr_t5; ELSE SELECT d AS b FROM dr_t6;';
-- expect
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row NULL | 'varchar(20)' | 1 | 167 | 20 | 13632521 | 52
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row 'b' | 'varchar(20)' | 1 | 167 | 20 | 13632521 | 52

-- chapter: Metadata
-- case: paths that end in an error or RETURN do not count
-- source: sp_describe_first_result_set, "Result set can return an error", "Some code paths return no results"
EXEC dr_describe N'IF (1 = 1) RAISERROR (''Some Error'', 16, 1); ELSE SELECT b FROM dr_t5; SELECT d FROM dr_t6;';
EXEC dr_describe N'IF (1 = 1) RETURN; SELECT b FROM dr_t5;';
-- expect
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row 'b' | 'varchar(10)' | 1 | 167 | 10 | 13632521 | 52
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row 'b' | 'varchar(10)' | 1 | 167 | 10 | 13632521 | 52

-- chapter: Metadata
-- case: dynamic SQL in a constant is described
-- source: sp_describe_first_result_set, "Result from dynamic SQL"
EXEC dr_describe N'EXEC (N''SELECT b FROM dr_t5'');';
-- expect
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row 'b' | 'varchar(10)' | 1 | 167 | 10 | 13632521 | 52

-- chapter: Metadata
-- case: dynamic SQL in a variable cannot be described
-- source: sp_describe_first_result_set, "Result failure from dynamic SQL"; Msg 11513
EXEC sp_describe_first_result_set @tsql = N'DECLARE @SQL nvarchar(max); SET @SQL = N''SELECT 1''; EXEC (@SQL);';
-- expect
-- Msg 11513, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The metadata could not be determined because statement 'EXEC (@SQL)' contains dynamic SQL. Consider using the WITH RESULT SETS clause to explicitly describe the result set.

-- chapter: Metadata
-- case: a procedure is looked into
-- source: sp_describe_first_result_set, "Remarks": procedures invoked by an EXEC statement
CREATE PROCEDURE dr_inner AS SET NOCOUNT ON; DECLARE @x int = 1; SELECT b FROM dr_t5;
-- setup
CREATE PROCEDURE dr_dynamic @t nvarchar(100) AS EXEC (@t);
-- setup
EXEC dr_describe N'EXEC dr_inner';
EXEC sp_describe_first_result_set N'EXEC dr_dynamic N''SELECT 1''';
-- expect
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row 'b' | 'varchar(10)' | 1 | 167 | 10 | 13632521 | 52
-- Msg 11514, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The metadata could not be determined because statement 'EXEC (@t)' in procedure 'dr_dynamic' contains dynamic SQL. Consider using the WITH RESULT SETS clause to explicitly describe the result set.

-- chapter: Metadata
-- case: a temporary table is known in a batch of one statement only
-- source: Msg 11525
CREATE TABLE #dr_temp (a int);
EXEC sp_describe_first_result_set N'DECLARE @x int; SELECT a FROM #dr_temp';
-- expect
-- Msg 11525, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The metadata could not be determined because statement 'SELECT a FROM #dr_temp' uses a temp table. Metadata discovery only supports temp tables when analyzing a single-statement batch.

-- chapter: Metadata
-- case: errors of binding are followed by Msg 11501
-- source: Msg 11501
EXEC sp_describe_first_result_set N'SELECT nothing FROM dr_t5';
-- expect
-- Msg 207, Level 16, State 1, Procedure sp_describe_first_result_set, Line 1: Invalid column name 'nothing'.
-- Msg 11501, Level 16, State 2, Procedure sp_describe_first_result_set, Line 1: The batch could not be analyzed because of compile errors.

-- chapter: Metadata
-- case: a batch of errors alone has no result
-- source: Msg 11529
EXEC sp_describe_first_result_set N'THROW 50000, N''x'', 1;';
-- expect
-- Msg 11529, Level 16, State *, Procedure sp_describe_first_result_set, Line 1: The metadata could not be determined because every code path results in an error; see previous errors for some of these.

-- chapter: Metadata
-- case: nothing runs, and OUTPUT is a result
-- source: sp_describe_first_result_set: "static analysis"; OUTPUT clause
EXEC dr_describe N'INSERT dr_t5 (b) OUTPUT inserted.b VALUES (''x'')';
EXEC dr_describe N'INSERT dr_t5 (b) VALUES (''x'')';
SELECT COUNT(*) AS n FROM dr_t5;
-- expect
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- row 'b' | 'varchar(10)' | 1 | 167 | 10 | 13632521 | 52
-- columns name nvarchar(128), system_type_name nvarchar(256), is_nullable bit, tds_type_id int, tds_length int, tds_collation_id int, tds_collation_sort_id tinyint
-- columns n int
-- row 0
-- rows 1
