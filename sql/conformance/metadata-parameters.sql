-- chapter: Metadata
-- case: a parameter has the type of the column that it is compared with
-- source: sp_describe_undeclared_parameters, "Simple deduction"
CREATE TABLE dp_t (c1 char(30), n int, d decimal(9, 2), w nvarchar(20), at datetime);
-- setup
EXEC sp_describe_undeclared_parameters N'SELECT n FROM dp_t WHERE c1 = @p';
-- expect
-- columns parameter_ordinal int not null, name nvarchar(128) not null, suggested_system_type_id int not null, suggested_system_type_name nvarchar(256) null, suggested_max_length smallint not null, suggested_precision tinyint not null, suggested_scale tinyint not null, suggested_user_type_id int null, suggested_user_type_database nvarchar(128) null, suggested_user_type_schema nvarchar(128) null, suggested_user_type_name nvarchar(128) null, suggested_assembly_qualified_type_name nvarchar(4000) null, suggested_xml_collection_id int null, suggested_xml_collection_database nvarchar(128) null, suggested_xml_collection_schema nvarchar(128) null, suggested_xml_collection_name nvarchar(128) null, suggested_is_xml_document bit not null, suggested_is_case_sensitive bit not null, suggested_is_fixed_length_clr_type bit not null, suggested_is_input bit not null, suggested_is_output bit not null, formal_parameter_name nvarchar(128) null, suggested_tds_type_id int not null, suggested_tds_length int not null
-- row 1 | '@p' | 175 | 'char(30)' | 30 | 0 | 0 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | 0 | 0 | 0 | 1 | 0 | NULL | 175 | 30
-- rows 1

-- chapter: Metadata
-- case: two parameters on both sides cannot be deduced
-- source: sp_describe_undeclared_parameters, "Step 1"; Msg 11503
EXEC sp_describe_undeclared_parameters N'SELECT n FROM dp_t WHERE @p1 = @p2';
-- expect
-- Msg 11503, Level 16, State *, Procedure sp_describe_undeclared_parameters, Line 1: The parameter type cannot be deduced because a single expression contains two untyped parameters, '@p1' and '@p2'.

-- chapter: Metadata
-- case: a parameter that stands twice cannot be deduced
-- source: Msg 11508
EXEC sp_describe_undeclared_parameters N'SELECT n FROM dp_t WHERE n = @p OR d = @p';
-- expect
-- Msg 11508, Level 16, State *, Procedure sp_describe_undeclared_parameters, Line 1: The undeclared parameter '@p' is used more than once in the batch being analyzed.

-- chapter: Metadata
-- case: places and their types
-- source: sp_describe_undeclared_parameters, "Step 2" and "General deduction"
CREATE PROCEDURE dp_called @amount money, @out int OUTPUT AS RETURN 0;
-- setup
CREATE PROCEDURE dp_describe @text nvarchar(max), @params nvarchar(max) = NULL AS
CREATE TABLE #p (
    parameter_ordinal int, name sysname, suggested_system_type_id int, suggested_system_type_name nvarchar(256),
    suggested_max_length smallint, suggested_precision tinyint, suggested_scale tinyint, suggested_user_type_id int null,
    suggested_user_type_database sysname null, suggested_user_type_schema sysname null, suggested_user_type_name sysname null,
    suggested_assembly_qualified_type_name nvarchar(4000) null, suggested_xml_collection_id int null,
    suggested_xml_collection_database sysname null, suggested_xml_collection_schema sysname null,
    suggested_xml_collection_name sysname null, suggested_is_xml_document bit, suggested_is_case_sensitive bit,
    suggested_is_fixed_length_clr_type bit, suggested_is_input bit, suggested_is_output bit, formal_parameter_name sysname null,
    suggested_tds_type_id int, suggested_tds_length int);
SET NOCOUNT ON;
INSERT #p EXEC sp_describe_undeclared_parameters @text, @params;
SELECT name, suggested_system_type_name, suggested_is_output, formal_parameter_name FROM #p ORDER BY parameter_ordinal;
-- setup
EXEC dp_describe N'INSERT dp_t (n, w, at) VALUES (@a, @b, @c)';
EXEC dp_describe N'UPDATE dp_t SET d = @d WHERE n = @n AND c1 > @c AND w IN (@x, @y)';
EXEC dp_describe N'SELECT TOP (@top) n FROM dp_t AS t WHERE t.at >= @from AND t.n = CAST(@id AS bigint)';
EXEC dp_describe N'EXEC dp_called @m, @o OUTPUT';
EXEC dp_describe N'SELECT n FROM dp_t WHERE n = @known AND w = @unknown', N'@known int';
EXEC dp_describe N'SELECT 1 AS one';
-- expect
-- columns name nvarchar(128), suggested_system_type_name nvarchar(256), suggested_is_output bit, formal_parameter_name nvarchar(128)
-- row '@a' | 'int' | 0 | NULL
-- row '@b' | 'nvarchar(20)' | 0 | NULL
-- row '@c' | 'datetime' | 0 | NULL
-- columns name nvarchar(128), suggested_system_type_name nvarchar(256), suggested_is_output bit, formal_parameter_name nvarchar(128)
-- row '@d' | 'decimal(9,2)' | 0 | NULL
-- row '@n' | 'int' | 0 | NULL
-- row '@c' | 'varchar(8000)' | 0 | NULL
-- row '@x' | 'nvarchar(20)' | 0 | NULL
-- row '@y' | 'nvarchar(20)' | 0 | NULL
-- columns name nvarchar(128), suggested_system_type_name nvarchar(256), suggested_is_output bit, formal_parameter_name nvarchar(128)
-- row '@top' | 'bigint' | 0 | NULL
-- row '@from' | 'datetime' | 0 | NULL
-- row '@id' | 'bigint' | 0 | NULL
-- columns name nvarchar(128), suggested_system_type_name nvarchar(256), suggested_is_output bit, formal_parameter_name nvarchar(128)
-- row '@m' | 'money' | 0 | '@amount'
-- row '@o' | 'int' | 1 | '@out'
-- columns name nvarchar(128), suggested_system_type_name nvarchar(256), suggested_is_output bit, formal_parameter_name nvarchar(128)
-- row '@unknown' | 'nvarchar(20)' | 0 | NULL
-- columns name nvarchar(128), suggested_system_type_name nvarchar(256), suggested_is_output bit, formal_parameter_name nvarchar(128)

-- chapter: Metadata
-- case: errors of the batch are followed by Msg 11501
-- source: Msg 11501
EXEC sp_describe_undeclared_parameters N'SELECT nothing FROM dp_t WHERE n = @n';
-- expect
-- Msg 207, Level 16, State 1, Procedure sp_describe_undeclared_parameters, Line 1: Invalid column name 'nothing'.
-- Msg 11501, Level 16, State 2, Procedure sp_describe_undeclared_parameters, Line 1: The batch could not be analyzed because of compile errors.
