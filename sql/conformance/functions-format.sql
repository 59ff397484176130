-- chapter: Functions
-- case: FORMAT of numbers in standard formats
-- source: FORMAT (Transact-SQL); standard numeric format strings (.NET)
SELECT FORMAT(1234567.891, 'N') AS a, FORMAT(1234567.891, 'N0') AS b, FORMAT(1234567.891, 'F1') AS c, FORMAT(1234.5, 'C', 'en-us') AS d, FORMAT(42, 'D5') AS e, FORMAT(255, 'X') AS f, FORMAT(-1, 'x') AS g;
-- expect
-- columns a nvarchar(4000), b nvarchar(4000), c nvarchar(4000), d nvarchar(4000), e nvarchar(4000), f nvarchar(4000), g nvarchar(4000)
-- row '1,234,567.89' | '1,234,568' | '1234567.9' | '$1,234.50' | '00042' | 'FF' | 'ffffffff'
-- rows 1

-- case: FORMAT of numbers in custom formats
-- source: FORMAT (Transact-SQL); custom numeric format strings (.NET)
SELECT FORMAT(123456789, '###-##-####') AS a, FORMAT(5, '000') AS b, FORMAT(1234.567, '#,##0.00') AS c, FORMAT(0.5, '#.##') AS d, FORMAT(0.123, '0.0%') AS e, FORMAT(1234567, '0,') AS f, FORMAT(-5, '0;(0)') AS g, FORMAT(0, '0;0;"none"') AS h;
-- expect
-- columns a nvarchar(4000), b nvarchar(4000), c nvarchar(4000), d nvarchar(4000), e nvarchar(4000), f nvarchar(4000), g nvarchar(4000), h nvarchar(4000)
-- row '123-45-6789' | '005' | '1,234.57' | '.5' | '12.3%' | '1235' | '(5)' | 'none'
-- rows 1

-- case: FORMAT of dates in custom formats
-- source: FORMAT (Transact-SQL); custom date and time format strings (.NET)
DECLARE @d datetime = '2024-03-05 15:04:05.123';
SELECT FORMAT(@d, 'yyyy-MM-dd HH:mm:ss.fff') AS a, FORMAT(@d, 'd MMM yy') AS b, FORMAT(@d, 'dddd, MMMM dd') AS c, FORMAT(@d, 'h:mm tt') AS d, FORMAT(@d, 'yyyyMMdd''T''HHmmss') AS e, FORMAT(CAST('2024-03-05' AS date), 'MM/dd/yyyy') AS f;
-- expect
-- columns a nvarchar(4000), b nvarchar(4000), c nvarchar(4000), d nvarchar(4000), e nvarchar(4000), f nvarchar(4000)
-- row '2024-03-05 15:04:05.123' | '5 Mar 24' | 'Tuesday, March 05' | '3:04 PM' | '20240305T150405' | '03/05/2024'
-- rows 1

-- case: FORMAT of dates in standard formats
-- source: FORMAT (Transact-SQL); standard date and time format strings (.NET)
DECLARE @d datetime2(3) = '2024-03-15 15:04:05.123';
SELECT FORMAT(@d, 'd', 'en-US') AS a, FORMAT(@d, 'D') AS b, FORMAT(@d, 't') AS c, FORMAT(@d, 'g') AS d, FORMAT(@d, 's') AS e, FORMAT(@d, 'R') AS f, FORMAT(@d, 'o') AS g;
-- expect
-- columns a nvarchar(4000), b nvarchar(4000), c nvarchar(4000), d nvarchar(4000), e nvarchar(4000), f nvarchar(4000), g nvarchar(4000)
-- row '3/15/2024' | 'Friday, March 15, 2024' | '3:04 PM' | '3/15/2024 3:04 PM' | '2024-03-15T15:04:05' | 'Fri, 15 Mar 2024 15:04:05 GMT' | '2024-03-15T15:04:05.1230000'
-- rows 1

-- case: FORMAT of NULL, and of a format that does not fit
-- source: FORMAT (Transact-SQL), "Return types"
DECLARE @n int, @d decimal(5,2) = 1.5;
SELECT FORMAT(@n, 'N') AS a, FORMAT(@d, 'D3') AS b;
-- expect
-- columns a nvarchar(4000), b nvarchar(4000)
-- row NULL | NULL
-- rows 1

-- case: FORMAT of a text
-- source: Msg 8116
SELECT FORMAT('abc', 'N');
-- expect
-- Msg 8116, Level 16, State 1, Line 1: Argument data type varchar is invalid for argument 1 of format function.

-- case: FORMAT in another culture is refused
-- source: docs/embedded-server.md
-- only: embedded
SELECT FORMAT(1, 'C', 'de-DE');
-- expect
-- Msg 40517, Level 16, State 1, Line 1: …

-- case: PARSE of numbers and dates
-- source: PARSE (Transact-SQL)
SELECT PARSE('1,234' AS int) AS a, PARSE('-12.50' AS decimal(9,2) USING 'en-US') AS b, PARSE('$345.98' AS money USING 'en-US') AS c, PARSE('Monday, 13 December 2010' AS datetime2(0) USING 'en-US') AS d, PARSE('12/16/2010' AS date) AS e, PARSE('1e3' AS float) AS f;
-- expect
-- columns a int, b decimal(9,2), c money, d datetime2(0), e date, f float
-- row 1234 | -12.50 | 345.9800 | 2010-12-13 00:00:00 | 2010-12-16 | 1000.0
-- rows 1

-- case: PARSE of what is no number
-- source: Msg 9819
DECLARE @i int;
SET @i = PARSE('abc' AS int);
-- expect
-- Msg 9819, Level 16, State 1, Line 2: Error converting string value 'abc' into data type int using culture ''.

-- case: TRY_PARSE gives NULL
-- source: TRY_PARSE (Transact-SQL)
SELECT TRY_PARSE('abc' AS int) AS a, TRY_PARSE('300' AS tinyint) AS b, TRY_PARSE('tomorrow' AS date) AS c, TRY_PARSE('7' AS int) AS d;
-- expect
-- columns a int, b tinyint, c date, d int
-- row NULL | NULL | NULL | 7
-- rows 1

-- case: AT TIME ZONE gives a time its offset
-- source: AT TIME ZONE (Transact-SQL)
SELECT CAST('2022-01-15 10:00' AS datetime2(0)) AT TIME ZONE 'Pacific Standard Time' AS a, CAST('2022-07-15 10:00' AS datetime2(0)) AT TIME ZONE 'Pacific Standard Time' AS b, CAST('2022-07-15 10:00' AS datetime) AT TIME ZONE 'UTC' AS c;
-- expect
-- columns a datetimeoffset(0), b datetimeoffset(0), c datetimeoffset(3)
-- row 2022-01-15 10:00:00 -08:00 | 2022-07-15 10:00:00 -07:00 | 2022-07-15 10:00:00.000 +00:00
-- rows 1

-- case: AT TIME ZONE of a datetimeoffset keeps the moment
-- source: AT TIME ZONE (Transact-SQL)
SELECT CAST('2022-07-15 10:00' AS datetime2(0)) AT TIME ZONE 'UTC' AT TIME ZONE 'Central European Standard Time' AS a, CAST('2022-01-15 12:00 +00:00' AS datetimeoffset(0)) AT TIME ZONE 'India Standard Time' AS b;
-- expect
-- columns a datetimeoffset(0), b datetimeoffset(0)
-- row 2022-07-15 12:00:00 +02:00 | 2022-01-15 17:30:00 +05:30
-- rows 1

-- case: times that the clock leaves out or has twice
-- source: AT TIME ZONE (Transact-SQL), "Remarks"
SELECT CAST('2022-03-27 01:01' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time' AS a, CAST('2022-03-27 02:01' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time' AS b, CAST('2022-03-27 03:01' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time' AS c, CAST('2022-10-30 01:01' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time' AS d, CAST('2022-10-30 02:00' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time' AS e, CAST('2022-10-30 03:01' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time' AS f;
-- expect
-- columns a datetimeoffset(0), b datetimeoffset(0), c datetimeoffset(0), d datetimeoffset(0), e datetimeoffset(0), f datetimeoffset(0)
-- row 2022-03-27 01:01:00 +01:00 | 2022-03-27 03:01:00 +02:00 | 2022-03-27 03:01:00 +02:00 | 2022-10-30 01:01:00 +02:00 | 2022-10-30 02:00:00 +01:00 | 2022-10-30 03:01:00 +01:00
-- rows 1

-- case: a time zone that Windows does not have
-- source: Msg 9820
DECLARE @d datetimeoffset;
SET @d = CAST('2022-01-15' AS datetime2) AT TIME ZONE 'Nowhere Standard Time';
-- expect
-- Msg 9820, Level 16, State *, Line 2: The time zone parameter 'Nowhere Standard Time' provided to AT TIME ZONE clause is invalid.

-- case: sys.time_zone_info lists the zones
-- source: sys.time_zone_info (Transact-SQL)
SELECT name, current_utc_offset, is_currently_dst FROM sys.time_zone_info WHERE name IN ('UTC', 'Tokyo Standard Time') ORDER BY name;
-- expect
-- columns name nvarchar(128), current_utc_offset nvarchar(6), is_currently_dst bit
-- row 'Tokyo Standard Time' | '+09:00' | 0
-- row 'UTC' | '+00:00' | 0
-- rows 2
