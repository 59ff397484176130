-- chapter: SELECT
-- case: an expression without a name has none in the result
-- source: SELECT clause, "column_alias"
SELECT 1, N'a' AS b, CAST(NULL AS decimal(10,2)) AS [c d];
-- expect
-- columns _ int not null, b nvarchar(1) not null, [c d] decimal(10,2) null
-- row 1 | 'a' | NULL
-- rows 1
