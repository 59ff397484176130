-- chapter: Metadata
-- case: sys.dm_exec_connections shows the session's own connection
-- source: sys.dm_exec_connections: net_transport, protocol_type, encrypt_option, auth_scheme
SELECT c.session_id, c.most_recent_session_id, c.net_transport, c.protocol_type, c.auth_scheme, c.node_affinity,
    c.parent_connection_id
FROM sys.dm_exec_connections AS c WHERE c.session_id = @@SPID;
-- expect
-- columns session_id int, most_recent_session_id int, net_transport nvarchar(40), protocol_type nvarchar(40), auth_scheme nvarchar(40), node_affinity smallint, parent_connection_id uniqueidentifier
-- row * | * | 'TCP' | 'TSQL' | 'SQL' | 0 | NULL
-- rows 1

-- chapter: Metadata
-- case: sys.dm_exec_connections joins sys.dm_exec_sessions, one to one
-- source: sys.dm_exec_connections, example
SELECT COUNT(*) AS n FROM sys.dm_exec_connections AS c JOIN sys.dm_exec_sessions AS s ON c.session_id = s.session_id
WHERE c.session_id = @@SPID AND c.connect_time <= s.login_time AND s.original_login_name = ORIGINAL_LOGIN();
-- expect
-- columns n int
-- row 1
-- rows 1

-- chapter: Metadata
-- case: the ends, the packet size and the id of a connection
-- source: sys.dm_exec_connections: client_net_address, client_tcp_port, net_packet_size, connection_id
SELECT CASE WHEN client_net_address IS NOT NULL AND client_tcp_port > 0 AND local_tcp_port > 0 THEN 1 ELSE 0 END AS ends,
    CASE WHEN net_packet_size BETWEEN 512 AND 32767 THEN 1 ELSE 0 END AS size, connection_id, client_net_address
FROM sys.dm_exec_connections WHERE session_id = @@SPID;
-- expect
-- columns ends int, size int, connection_id uniqueidentifier not null, client_net_address varchar(48)
-- row 1 | 1 | * | *
-- rows 1

-- chapter: Metadata
-- case: sys.dm_exec_sessions has the row count and error before the request
-- source: sys.dm_exec_sessions: row_count, prev_error, date_format, date_first, endpoint_id
SELECT date_format, date_first, is_user_process, text_size, CASE WHEN security_id = original_security_id THEN 1 ELSE 0 END AS same
FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
-- expect
-- columns date_format nvarchar(3), date_first smallint, is_user_process bit, text_size int, same int
-- row 'mdy' | 7 | 1 | * | 1
-- rows 1

-- chapter: Metadata
-- case: a view depends on a table by name
-- source: sys.sql_expression_dependencies: referenced_id of names in the database
CREATE TABLE md_dep (a int, b int);
-- setup
CREATE VIEW md_dep_view AS SELECT a FROM dbo.md_dep;
-- setup
SELECT referencing_minor_id, referencing_class_desc, is_schema_bound_reference, referenced_class_desc, referenced_server_name,
    referenced_database_name, referenced_schema_name, referenced_entity_name, OBJECT_NAME(referenced_id) AS target, referenced_minor_id,
    is_caller_dependent, is_ambiguous
FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_view');
-- expect
-- columns referencing_minor_id int, referencing_class_desc nvarchar(60), is_schema_bound_reference bit, referenced_class_desc nvarchar(60), referenced_server_name nvarchar(128), referenced_database_name nvarchar(128), referenced_schema_name nvarchar(128), referenced_entity_name nvarchar(128), target nvarchar(128), referenced_minor_id int, is_caller_dependent bit, is_ambiguous bit
-- row 0 | 'OBJECT_OR_COLUMN' | 0 | 'OBJECT_OR_COLUMN' | NULL | NULL | 'dbo' | 'md_dep' | 'md_dep' | 0 | 0 | 0
-- rows 1

-- chapter: Metadata
-- case: names in other databases are reported, and their ids are not resolved
-- source: sys.sql_expression_dependencies, example C
CREATE PROCEDURE md_dep_p1 AS SELECT * FROM db2.s1.t1;
-- setup
CREATE PROCEDURE md_dep_p2 AS UPDATE db3..t3 SET c1 = c1 + 1;
-- setup
SELECT OBJECT_NAME(referencing_id) AS name, referenced_database_name, referenced_schema_name, referenced_entity_name, referenced_id
FROM sys.sql_expression_dependencies WHERE referenced_database_name IS NOT NULL ORDER BY name;
-- expect
-- columns name nvarchar(128), referenced_database_name nvarchar(128), referenced_schema_name nvarchar(128), referenced_entity_name nvarchar(128), referenced_id int
-- row 'md_dep_p1' | 'db2' | 's1' | 't1' | NULL
-- row 'md_dep_p2' | 'db3' | NULL | 't3' | NULL
-- rows 2

-- chapter: Metadata
-- case: an object that is not there has no id
-- source: sys.sql_expression_dependencies: "The referenced entity does not exist in the database"
CREATE PROCEDURE md_dep_p3 AS SELECT * FROM dbo.md_dep_later;
-- setup
SELECT referenced_id FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_p3');
CREATE TABLE dbo.md_dep_later (a int);
SELECT OBJECT_NAME(referenced_id) AS name FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_p3');
-- expect
-- columns referenced_id int
-- row NULL
-- rows 1
-- columns name nvarchar(128)
-- row 'md_dep_later'
-- rows 1

-- chapter: Metadata
-- case: EXECUTE without a schema depends on the caller
-- source: sys.sql_expression_dependencies: is_caller_dependent
CREATE PROCEDURE dbo.md_dep_called AS RETURN 1;
-- setup
CREATE PROCEDURE dbo.md_dep_caller AS EXEC md_dep_called; EXEC dbo.md_dep_called;
-- setup
SELECT referenced_schema_name, referenced_entity_name, OBJECT_NAME(referenced_id) AS target, is_caller_dependent
FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_caller') ORDER BY is_caller_dependent;
-- expect
-- columns referenced_schema_name nvarchar(128), referenced_entity_name nvarchar(128), target nvarchar(128), is_caller_dependent bit
-- row 'dbo' | 'md_dep_called' | 'md_dep_called' | 0
-- row NULL | 'md_dep_called' | NULL | 1
-- rows 2

-- chapter: Metadata
-- case: a call with two parts may be a function or a method of a column
-- source: sys.sql_expression_dependencies: is_ambiguous
CREATE PROCEDURE dbo.md_dep_ambiguous AS SELECT Sales.GetOrder() FROM dbo.MySales;
-- setup
SELECT referenced_schema_name, referenced_entity_name, referenced_id, is_ambiguous
FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_ambiguous') ORDER BY is_ambiguous;
-- expect
-- columns referenced_schema_name nvarchar(128), referenced_entity_name nvarchar(128), referenced_id int, is_ambiguous bit
-- row 'dbo' | 'MySales' | NULL | 0
-- row 'Sales' | 'GetOrder' | NULL | 1
-- rows 2

-- chapter: Metadata
-- case: temporary tables, system objects and common table expressions make no dependency
-- source: sys.sql_expression_dependencies, "Remarks"
CREATE TABLE md_dep_real (a int);
-- setup
CREATE PROCEDURE md_dep_none AS
WITH c AS (SELECT a FROM dbo.md_dep_real) SELECT * FROM c;
SELECT * FROM #temporary;
SELECT name FROM sys.tables;
UPDATE x SET a = 1 FROM dbo.md_dep_real AS x;
EXEC sp_executesql N'SELECT 1';
-- setup
SELECT referenced_schema_name, referenced_entity_name FROM sys.sql_expression_dependencies
WHERE referencing_id = OBJECT_ID(N'md_dep_none');
-- expect
-- columns referenced_schema_name nvarchar(128), referenced_entity_name nvarchar(128)
-- row 'dbo' | 'md_dep_real'
-- rows 1

-- chapter: Metadata
-- case: a computed column depends on the columns of its table
-- source: sys.sql_expression_dependencies: referencing_minor_id, referenced_minor_id
CREATE TABLE md_dep_computed (a int, b int, c AS a + 1);
-- setup
SELECT referencing_minor_id, is_schema_bound_reference, referenced_schema_name, referenced_entity_name,
    CASE WHEN referenced_id = referencing_id THEN 1 ELSE 0 END AS own, referenced_minor_id
FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_computed');
-- expect
-- columns referencing_minor_id int, is_schema_bound_reference bit, referenced_schema_name nvarchar(128), referenced_entity_name nvarchar(128), own int, referenced_minor_id int
-- row 3 | 1 | 'dbo' | 'md_dep_computed' | 1 | 1
-- rows 1

-- chapter: Metadata
-- case: a schema-bound view depends on the table and on the columns that it names
-- source: sys.sql_expression_dependencies: "Column-level dependencies on schema-bound entities"
CREATE TABLE md_dep_bound (a int, b int, c int);
-- setup
CREATE VIEW dbo.md_dep_bound_view WITH SCHEMABINDING AS SELECT t.a, c FROM dbo.md_dep_bound AS t;
-- setup
SELECT is_schema_bound_reference, referenced_entity_name, referenced_minor_id FROM sys.sql_expression_dependencies
WHERE referencing_id = OBJECT_ID(N'md_dep_bound_view') ORDER BY referenced_minor_id;
-- expect
-- columns is_schema_bound_reference bit, referenced_entity_name nvarchar(128), referenced_minor_id int
-- row 1 | 'md_dep_bound' | 0
-- row 1 | 'md_dep_bound' | 1
-- row 1 | 'md_dep_bound' | 3
-- rows 3

-- chapter: Metadata
-- case: a table's own types are dependencies of class TYPE
-- source: sys.sql_expression_dependencies: referenced_class 6
CREATE TYPE dbo.md_dep_type FROM int;
-- setup
CREATE PROCEDURE md_dep_typed @a dbo.md_dep_type AS RETURN 0;
-- setup
SELECT referenced_class, referenced_class_desc, referenced_entity_name, CASE WHEN referenced_id = TYPE_ID(N'dbo.md_dep_type') THEN 1 ELSE 0 END AS same
FROM sys.sql_expression_dependencies WHERE referencing_id = OBJECT_ID(N'md_dep_typed');
-- expect
-- columns referenced_class tinyint, referenced_class_desc nvarchar(60), referenced_entity_name nvarchar(128), same int
-- row 6 | 'TYPE' | 'md_dep_type' | 1
-- rows 1

-- chapter: Metadata
-- case: dependencies of a trigger, with aliases and subqueries
-- source: sys.sql_expression_dependencies, table of entities
CREATE TABLE md_dep_fired (a int);
CREATE TABLE md_dep_log (a int);
CREATE TABLE md_dep_other (a int);
-- setup
CREATE TRIGGER md_dep_trigger ON md_dep_fired AFTER INSERT AS
INSERT dbo.md_dep_log (a) SELECT i.a FROM inserted AS i WHERE EXISTS (SELECT 1 FROM dbo.md_dep_other AS o WHERE o.a = i.a);
-- setup
SELECT referenced_entity_name FROM sys.sql_expression_dependencies
WHERE referencing_id = OBJECT_ID(N'md_dep_trigger') ORDER BY referenced_entity_name;
-- expect
-- columns referenced_entity_name nvarchar(128)
-- row 'md_dep_log'
-- row 'md_dep_other'
-- rows 2

-- chapter: Metadata
-- case: sys.configurations has the documented options
-- source: sys.configurations; Server configuration options: nested triggers, xp_cmdshell
SELECT configuration_id, name, CAST(value AS int) AS value, CAST(value_in_use AS int) AS value_in_use, is_dynamic, is_advanced
FROM sys.configurations WHERE name IN (N'nested triggers', N'xp_cmdshell', N'show advanced options') ORDER BY configuration_id;
-- expect
-- columns configuration_id int, name nvarchar(35), value int, value_in_use int, is_dynamic bit, is_advanced bit
-- row 115 | 'nested triggers' | 1 | 1 | 1 | 0
-- row 518 | 'show advanced options' | ? | ? | 1 | 0
-- row 16390 | 'xp_cmdshell' | ? | ? | 1 | 1
-- rows 3

-- chapter: Metadata
-- case: system views are among all objects
-- source: sys.all_objects: "all schema-scoped user-defined objects and system objects"; sys.system_objects
SELECT o.name, o.type, o.type_desc, SCHEMA_NAME(o.schema_id) AS in_schema, o.is_ms_shipped
FROM sys.all_objects AS o WHERE o.object_id IN (OBJECT_ID(N'sys.all_columns'), OBJECT_ID(N'INFORMATION_SCHEMA.TABLES')) ORDER BY o.name;
SELECT COUNT(*) AS n FROM sys.system_objects WHERE name = N'sp_executesql';
SELECT COUNT(*) AS n FROM sys.objects WHERE is_ms_shipped = 1 AND type = 'V';
-- expect
-- columns name nvarchar(128), type char(2), type_desc nvarchar(60), in_schema nvarchar(128), is_ms_shipped bit
-- row 'all_columns' | 'V ' | 'VIEW' | 'sys' | 1
-- row 'TABLES' | 'V ' | 'VIEW' | 'INFORMATION_SCHEMA' | 1
-- rows 2
-- columns n int
-- row 1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- chapter: Metadata
-- case: the columns of system views are among all columns
-- source: sys.all_columns: "all columns belonging to user-defined objects and system objects"
SELECT name FROM sys.all_columns WHERE object_id = OBJECT_ID(N'sys.all_columns') AND name = N'graph_type';
SELECT COUNT(*) AS n FROM sys.columns WHERE object_id = OBJECT_ID(N'sys.all_columns');
-- expect
-- columns name nvarchar(128)
-- row 'graph_type'
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- chapter: Metadata
-- case: columns of tables that are no graph have no graph type
-- source: sys.columns: graph_type
CREATE TABLE md_graphless (a int, b int);
-- setup
SELECT name, graph_type FROM sys.all_columns
WHERE object_id = OBJECT_ID(N'md_graphless') AND COALESCE(graph_type, 0) NOT IN (1, 3, 4, 6, 7) ORDER BY column_id;
-- expect
-- columns name nvarchar(128), graph_type int
-- row 'a' | NULL
-- row 'b' | NULL
-- rows 2

-- chapter: Metadata
-- case: CONSTRAINT_COLUMN_USAGE has the columns of keys and checks
-- source: CONSTRAINT_COLUMN_USAGE
CREATE TABLE md_usage_parent (id int CONSTRAINT md_usage_pk PRIMARY KEY);
CREATE TABLE md_usage (a int CONSTRAINT md_usage_fk REFERENCES md_usage_parent (id), b int, c int, CONSTRAINT md_usage_uq UNIQUE (b), CONSTRAINT md_usage_ck CHECK (b > c));
-- setup
SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, CONSTRAINT_NAME FROM INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE
WHERE TABLE_NAME LIKE N'md[_]usage%' ORDER BY CONSTRAINT_NAME, COLUMN_NAME;
-- expect
-- columns TABLE_SCHEMA nvarchar(128), TABLE_NAME nvarchar(128), COLUMN_NAME nvarchar(128), CONSTRAINT_NAME nvarchar(128)
-- row 'dbo' | 'md_usage' | 'b' | 'md_usage_ck'
-- row 'dbo' | 'md_usage' | 'c' | 'md_usage_ck'
-- row 'dbo' | 'md_usage' | 'a' | 'md_usage_fk'
-- row 'dbo' | 'md_usage_parent' | 'id' | 'md_usage_pk'
-- row 'dbo' | 'md_usage' | 'b' | 'md_usage_uq'
-- rows 5

-- chapter: Metadata
-- case: CONSTRAINT_TABLE_USAGE has a row for each constraint
-- source: CONSTRAINT_TABLE_USAGE
CREATE TABLE md_usage_table (a int CONSTRAINT md_ut_pk PRIMARY KEY CONSTRAINT md_ut_ck CHECK (a > 0) CONSTRAINT md_ut_df DEFAULT 1);
-- setup
SELECT TABLE_NAME, CONSTRAINT_SCHEMA, CONSTRAINT_NAME FROM INFORMATION_SCHEMA.CONSTRAINT_TABLE_USAGE
WHERE TABLE_NAME = N'md_usage_table' ORDER BY CONSTRAINT_NAME;
-- expect
-- columns TABLE_NAME nvarchar(128), CONSTRAINT_SCHEMA nvarchar(128), CONSTRAINT_NAME nvarchar(128)
-- row 'md_usage_table' | 'dbo' | 'md_ut_ck'
-- row 'md_usage_table' | 'dbo' | 'md_ut_pk'
-- rows 2

-- chapter: Metadata
-- case: DOMAINS has alias types
-- source: DOMAINS
CREATE TYPE dbo.md_domain FROM nvarchar(20) NOT NULL;
CREATE TYPE dbo.md_domain_number FROM decimal(9, 2);
-- setup
CREATE TABLE md_domain_user (a dbo.md_domain);
-- setup
SELECT DOMAIN_SCHEMA, DOMAIN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH, COLLATION_CATALOG, NUMERIC_PRECISION, NUMERIC_SCALE, DOMAIN_DEFAULT
FROM INFORMATION_SCHEMA.DOMAINS WHERE DOMAIN_NAME LIKE N'md[_]domain%' ORDER BY DOMAIN_NAME;
SELECT DOMAIN_NAME, TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMN_DOMAIN_USAGE WHERE TABLE_NAME = N'md_domain_user';
-- expect
-- columns DOMAIN_SCHEMA nvarchar(128), DOMAIN_NAME nvarchar(128), DATA_TYPE nvarchar(128), CHARACTER_MAXIMUM_LENGTH int, CHARACTER_OCTET_LENGTH int, COLLATION_CATALOG varchar(6), NUMERIC_PRECISION tinyint, NUMERIC_SCALE tinyint, DOMAIN_DEFAULT nvarchar(4000)
-- row 'dbo' | 'md_domain' | 'nvarchar' | 20 | 40 | NULL | NULL | NULL | NULL
-- row 'dbo' | 'md_domain_number' | 'decimal' | NULL | NULL | NULL | 9 | 2 | NULL
-- rows 2
-- columns DOMAIN_NAME nvarchar(128), TABLE_NAME nvarchar(128), COLUMN_NAME nvarchar(128)
-- row 'md_domain' | 'md_domain_user' | 'a'
-- rows 1

-- chapter: Metadata
-- case: VIEW_TABLE_USAGE has the tables of a view
-- source: VIEW_TABLE_USAGE
CREATE TABLE md_vtu_a (a int);
CREATE TABLE md_vtu_b (a int);
-- setup
CREATE VIEW md_vtu AS SELECT x.a FROM md_vtu_a AS x JOIN dbo.md_vtu_b AS y ON x.a = y.a;
-- setup
SELECT VIEW_SCHEMA, VIEW_NAME, TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.VIEW_TABLE_USAGE WHERE VIEW_NAME = N'md_vtu' ORDER BY TABLE_NAME;
-- expect
-- columns VIEW_SCHEMA nvarchar(128), VIEW_NAME nvarchar(128), TABLE_SCHEMA nvarchar(128), TABLE_NAME nvarchar(128)
-- row 'dbo' | 'md_vtu' | 'dbo' | 'md_vtu_a'
-- row 'dbo' | 'md_vtu' | 'dbo' | 'md_vtu_b'
-- rows 2

-- chapter: Metadata
-- case: ROUTINES tells of the result of a function
-- source: ROUTINES: SQL_DATA_ACCESS, IS_USER_DEFINED_CAST, SCHEMA_LEVEL_ROUTINE, DATA_TYPE
CREATE FUNCTION dbo.md_routine (@a int) RETURNS nvarchar(30) AS BEGIN RETURN N'' END;
-- setup
CREATE PROCEDURE dbo.md_routine_p AS RETURN 0;
-- setup
SELECT ROUTINE_NAME, ROUTINE_TYPE, MODULE_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH, COLLATION_NAME, NUMERIC_PRECISION,
    ROUTINE_BODY, SQL_DATA_ACCESS, SCHEMA_LEVEL_ROUTINE, IS_USER_DEFINED_CAST, IS_IMPLICITLY_INVOCABLE
FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_NAME LIKE N'md[_]routine%' ORDER BY ROUTINE_NAME;
-- expect
-- columns ROUTINE_NAME nvarchar(128), ROUTINE_TYPE nvarchar(20), MODULE_NAME nvarchar(128), DATA_TYPE nvarchar(128), CHARACTER_MAXIMUM_LENGTH int, CHARACTER_OCTET_LENGTH int, COLLATION_NAME nvarchar(128), NUMERIC_PRECISION smallint, ROUTINE_BODY nvarchar(30), SQL_DATA_ACCESS nvarchar(30), SCHEMA_LEVEL_ROUTINE nvarchar(10), IS_USER_DEFINED_CAST nvarchar(10), IS_IMPLICITLY_INVOCABLE nvarchar(10)
-- row 'md_routine' | 'FUNCTION' | NULL | 'nvarchar' | 30 | 60 | 'SQL_Latin1_General_CP1_CI_AS' | NULL | 'SQL' | 'READS' | 'YES' | 'NO' | 'NO'
-- row 'md_routine_p' | 'PROCEDURE' | NULL | NULL | NULL | NULL | NULL | NULL | 'SQL' | 'MODIFIES' | 'YES' | 'NO' | 'NO'
-- rows 2

-- chapter: Metadata
-- case: PARAMETERS tells of types
-- source: PARAMETERS
CREATE PROCEDURE dbo.md_parameters @a decimal(9, 2), @b nvarchar(10) OUTPUT, @c datetime AS RETURN 0;
-- setup
SELECT ORDINAL_POSITION, PARAMETER_MODE, PARAMETER_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_SET_NAME, NUMERIC_PRECISION, NUMERIC_PRECISION_RADIX, NUMERIC_SCALE, DATETIME_PRECISION
FROM INFORMATION_SCHEMA.PARAMETERS WHERE SPECIFIC_NAME = N'md_parameters' ORDER BY ORDINAL_POSITION;
-- expect
-- columns ORDINAL_POSITION int, PARAMETER_MODE nvarchar(10), PARAMETER_NAME nvarchar(128), DATA_TYPE nvarchar(128), CHARACTER_MAXIMUM_LENGTH int, CHARACTER_SET_NAME nvarchar(128), NUMERIC_PRECISION tinyint, NUMERIC_PRECISION_RADIX smallint, NUMERIC_SCALE tinyint, DATETIME_PRECISION smallint
-- row 1 | 'IN' | '@a' | 'decimal' | NULL | NULL | 9 | 10 | 2 | NULL
-- row 2 | 'INOUT' | '@b' | 'nvarchar' | 10 | 'UNICODE' | NULL | NULL | NULL | NULL
-- row 3 | 'IN' | '@c' | 'datetime' | NULL | NULL | NULL | NULL | NULL | 3
-- rows 3
