-- chapter: Types
-- case: datetime rounds to .000, .003 and .007 seconds
-- source: datetime (Transact-SQL), "Rounding of datetime fractional second precision"
SELECT CAST('01/01/98 23:59:59.999' AS datetime) AS a, CAST('01/01/98 23:59:59.995' AS datetime) AS b, CAST('01/01/98 23:59:59.992' AS datetime) AS c, CAST('01/01/98 23:59:59.991' AS datetime) AS d;
-- expect
-- columns a datetime, b datetime, c datetime, d datetime
-- row 1998-01-02 00:00:00.000 | 1998-01-01 23:59:59.997 | 1998-01-01 23:59:59.993 | 1998-01-01 23:59:59.990
-- rows 1

-- case: smalldatetime rounds to minutes, 29.998 seconds down and 29.999 up
-- source: smalldatetime (Transact-SQL)
SELECT CAST('2007-05-08 12:35:29.998' AS smalldatetime) AS a, CAST('2007-05-08 12:35:29.999' AS smalldatetime) AS b, CAST('2007-12-31 23:59:30' AS smalldatetime) AS c;
-- expect
-- columns a smalldatetime, b smalldatetime, c smalldatetime
-- row 2007-05-08 12:35:00 | 2007-05-08 12:36:00 | 2008-01-01 00:00:00
-- rows 1

-- case: datetime2(n) rounds to its places
-- source: datetime2 (Transact-SQL)
DECLARE @d datetime2(7) = '2024-02-29 23:59:59.9999995';
SELECT CAST(@d AS datetime2(6)) AS a, CAST(@d AS datetime2(0)) AS b, CAST('2024-01-02 03:04:05.125' AS datetime2(2)) AS c;
-- expect
-- columns a datetime2(6), b datetime2(0), c datetime2(2)
-- row 2024-03-01 00:00:00.000000 | 2024-03-01 00:00:00 | 2024-01-02 03:04:05.13
-- rows 1

-- case: time(n) rounds within the day
-- source: time (Transact-SQL)
SELECT CAST('12:34:56.7891' AS time(3)) AS a, CAST('12:34:56.7895' AS time(3)) AS b, CAST('12:34:56.9' AS time(0)) AS c;
-- expect
-- columns a time(3), b time(3), c time(0)
-- row 12:34:56.789 | 12:34:56.790 | 12:34:57
-- rows 1

-- case: a datetime becomes a datetime2 with thirds of milliseconds
-- source: Breaking changes to Database Engine features in SQL Server 2016
DECLARE @d datetime = '2024-01-01 00:00:00.003';
SELECT CAST(@d AS datetime2(7)) AS a, CASE WHEN @d = CAST('2024-01-01 00:00:00.003' AS datetime2(7)) THEN 'equal' ELSE 'not equal' END AS b;
-- expect
-- columns a datetime2(7), b varchar(9)
-- row 2024-01-01 00:00:00.0033333 | 'not equal'
-- rows 1

-- case: a datetime equals a datetime2(3) of the same milliseconds
-- source: Breaking changes to Database Engine features in SQL Server 2016
DECLARE @d datetime = '2024-01-01 00:00:00.007', @e datetime2(3) = '2024-01-01 00:00:00.007';
SELECT CAST(@d AS datetime2(3)) AS a, CASE WHEN CAST(@d AS datetime2(3)) = @e THEN 1 ELSE 0 END AS b;
-- expect
-- columns a datetime2(3), b int
-- row 2024-01-01 00:00:00.007 | 1
-- rows 1

-- case: datetime begins in 1753
-- source: Msg 242
DECLARE @d datetime;
SET @d = '1752-12-31';
-- expect
-- Msg 242, Level 16, State 3, Line 2: The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.

-- case: a datetime2 before 1753 is no datetime
-- source: Msg 242
DECLARE @d datetime, @e datetime2 = '0001-01-01';
SET @d = @e;
-- expect
-- Msg 242, Level 16, State 3, Line 2: The conversion of a datetime2 data type to a datetime data type resulted in an out-of-range value.

-- case: smalldatetime ends in 2079
-- source: Msg 242
SELECT CAST('2079-06-06 23:59:29' AS smalldatetime) AS a;
DECLARE @d smalldatetime;
SET @d = '2079-06-07';
-- expect
-- columns a smalldatetime
-- row 2079-06-06 23:59:00
-- rows 1
-- Msg 242, Level 16, State 3, Line 3: The conversion of a varchar data type to a smalldatetime data type resulted in an out-of-range value.

-- case: a day that the calendar does not have
-- source: Msg 242
DECLARE @d datetime;
SET @d = '2023-02-29';
-- expect
-- Msg 242, Level 16, State 3, Line 2: The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.

-- case: a day that the calendar does not have, as date
-- source: Msg 241
DECLARE @d date;
SET @d = '2023-02-29';
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.

-- case: text that is no date
-- source: Msg 241
DECLARE @d datetime;
SET @d = 'tomorrow';
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.

-- case: text that is no smalldatetime
-- source: Msg 295
DECLARE @d smalldatetime;
SET @d = 'tomorrow';
-- expect
-- Msg 295, Level 16, State 3, Line 2: Conversion failed when converting character string to smalldatetime data type.

-- case: datetime reads at most three digits of a fraction
-- source: Msg 241
DECLARE @d datetime;
SET @d = '2024-01-01 00:00:00.1234';
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.

-- case: month first, with slash, hyphen or period
-- source: datetime (Transact-SQL), "Supported string literal formats for datetime"
SELECT CAST('4/15/1996' AS datetime) AS a, CAST('04-15-96' AS date) AS b, CAST('4.15.1996' AS datetime2(0)) AS c;
-- expect
-- columns a datetime, b date, c datetime2(0)
-- row 1996-04-15 00:00:00.000 | 1996-04-15 | 1996-04-15 00:00:00
-- rows 1

-- case: unseparated dates of eight, six and four digits
-- source: datetime (Transact-SQL), "Supported string literal formats for datetime"
SELECT CAST('19960415' AS datetime) AS a, CAST('960415' AS date) AS b, CAST('1996' AS datetime) AS c, CAST('19960415 14:30' AS datetime) AS d;
-- expect
-- columns a datetime, b date, c datetime, d datetime
-- row 1996-04-15 00:00:00.000 | 1996-04-15 | 1996-01-01 00:00:00.000 | 1996-04-15 14:30:00.000
-- rows 1

-- case: two digits of a year are those of 1950 to 2049
-- source: Configure the two digit year cutoff (server configuration option)
SELECT CAST('1/1/49' AS date) AS a, CAST('1/1/50' AS date) AS b;
-- expect
-- columns a date, b date
-- row 2049-01-01 | 1950-01-01
-- rows 1

-- case: months by name, with day and year in any order
-- source: datetime (Transact-SQL), "Supported string literal formats for datetime"
SELECT CAST('Apr 15, 1996' AS date) AS a, CAST('April 15 96' AS date) AS b, CAST('15 April 1996' AS date) AS c, CAST('1996 April 15' AS date) AS d, CAST('1996 15 apr' AS date) AS e, CAST('15 1996 APRIL' AS date) AS f;
-- expect
-- columns a date, b date, c date, d date, e date, f date
-- row 1996-04-15 | 1996-04-15 | 1996-04-15 | 1996-04-15 | 1996-04-15 | 1996-04-15
-- rows 1

-- case: a month by name without a day is its first day
-- source: datetime (Transact-SQL), "Supported string literal formats for datetime"
SELECT CAST('April 1996' AS datetime) AS a, CAST('1996 apr' AS datetime) AS b;
-- expect
-- columns a datetime, b datetime
-- row 1996-04-01 00:00:00.000 | 1996-04-01 00:00:00.000
-- rows 1

-- case: a time without a date is on 1900-01-01
-- source: datetime (Transact-SQL), "Supported string literal formats for datetime"
SELECT CAST('14:30' AS datetime) AS a, CAST('2:30:20 PM' AS datetime) AS b, CAST('4am' AS datetime) AS c, CAST('4 PM' AS datetime) AS d, CAST('' AS datetime) AS e;
-- expect
-- columns a datetime, b datetime, c datetime, d datetime, e datetime
-- row 1900-01-01 14:30:00.000 | 1900-01-01 14:30:20.000 | 1900-01-01 04:00:00.000 | 1900-01-01 16:00:00.000 | 1900-01-01 00:00:00.000
-- rows 1

-- case: behind a point stands a fraction, behind a colon a number of milliseconds
-- source: datetime (Transact-SQL), "Supported string literal formats for datetime"
SELECT CAST('14:30:20.9' AS datetime) AS a, CAST('14:30:20:997' AS datetime) AS b, CAST('14:30:20:30' AS datetime) AS c;
-- expect
-- columns a datetime, b datetime, c datetime
-- row 1900-01-01 14:30:20.900 | 1900-01-01 14:30:20.997 | 1900-01-01 14:30:20.030
-- rows 1

-- case: noon and midnight by AM and PM
-- source: time (Transact-SQL), "Supported string literal formats for time"
SELECT CAST('12:30 AM' AS time(0)) AS a, CAST('12:30 PM' AS time(0)) AS b, CAST('1:05PM' AS time(0)) AS c, CAST('23:00' AS time(0)) AS d;
-- expect
-- columns a time(0), b time(0), c time(0), d time(0)
-- row 00:30:00 | 12:30:00 | 13:05:00 | 23:00:00
-- rows 1

-- case: ISO 8601 with T, and Z for datetimeoffset
-- source: datetimeoffset (Transact-SQL), "Supported string literal formats for datetimeoffset"
SELECT CAST('2007-05-08T12:35:29.123' AS datetime) AS a, CAST('2007-05-08T12:35:29.1234567+12:15' AS datetimeoffset(7)) AS b, CAST('2007-05-08T12:35:29Z' AS datetimeoffset(0)) AS c, CAST('2007-05-08 12:35' AS datetimeoffset(0)) AS d;
-- expect
-- columns a datetime, b datetimeoffset(7), c datetimeoffset(0), d datetimeoffset(0)
-- row 2007-05-08 12:35:29.123 | 2007-05-08 12:35:29.1234567 +12:15 | 2007-05-08 12:35:29 +00:00 | 2007-05-08 12:35:00 +00:00
-- rows 1

-- case: an offset beyond 14 hours is none
-- source: datetimeoffset (Transact-SQL)
DECLARE @d datetimeoffset;
SET @d = '2007-05-08 12:35:29 +14:01';
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.

-- case: datetimeoffsets are compared by their moments
-- source: datetimeoffset (Transact-SQL)
SELECT CASE WHEN CAST('2024-01-01 12:00 +02:00' AS datetimeoffset) = CAST('2024-01-01 10:00 +00:00' AS datetimeoffset) THEN 1 ELSE 0 END AS same;
-- expect
-- columns same int
-- row 1
-- rows 1

-- case: a datetimeoffset loses its offset as datetime2, datetime and time
-- source: datetimeoffset (Transact-SQL), "Convert datetimeoffset data type to other date and time types"
DECLARE @d datetimeoffset(4) = '1968-10-23 12:45:37.1234 +10:0';
SELECT CAST(@d AS datetime) AS a, CAST(@d AS datetime2(3)) AS b, CAST(@d AS date) AS c, CAST(@d AS time(3)) AS d;
-- expect
-- columns a datetime, b datetime2(3), c date, d time(3)
-- row 1968-10-23 12:45:37.123 | 1968-10-23 12:45:37.123 | 1968-10-23 | 12:45:37.123
-- rows 1

-- case: a date is midnight, a time is on 1900-01-01
-- source: date (Transact-SQL), "Convert date data to other date/time types"
DECLARE @d date = '1912-10-25', @t time(4) = '12:15:04.1234';
SELECT CAST(@d AS datetime) AS a, CAST(@d AS datetimeoffset(3)) AS b, CAST(@t AS datetime) AS c, CAST(@t AS datetime2(3)) AS e;
-- expect
-- columns a datetime, b datetimeoffset(3), c datetime, e datetime2(3)
-- row 1912-10-25 00:00:00.000 | 1912-10-25 00:00:00.000 +00:00 | 1900-01-01 12:15:04.123 | 1900-01-01 12:15:04.123
-- rows 1

-- case: a date is no time
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
DECLARE @d date = '2024-01-01', @t time;
SET @t = @d;
-- expect
-- Msg 206, Level 16, State 2, Line 2: Operand type clash: date is incompatible with time

-- case: numbers become a datetime as days since 1900
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
DECLARE @d datetime = 1, @e datetime = 2.25, @f datetime = -1.5, @s smalldatetime = 36524;
SELECT @d AS a, @e AS b, @f AS c, @s AS d, CAST(0.5e0 AS datetime) AS e;
-- expect
-- columns a datetime, b datetime, c datetime, d smalldatetime, e datetime
-- row 1900-01-02 00:00:00.000 | 1900-01-03 06:00:00.000 | 1899-12-30 12:00:00.000 | 2000-01-01 00:00:00 | 1900-01-01 12:00:00.000
-- rows 1

-- case: a number beyond datetime overflows
-- source: Msg 8115
DECLARE @d datetime;
SET @d = 3000000;
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type datetime.

-- case: a datetime becomes a number by CAST only, and rounds to whole days
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
DECLARE @d datetime = '1900-01-02 06:00', @e datetime = '1900-01-02 18:00';
SELECT CAST(@d AS int) AS a, CAST(@e AS int) AS b, CAST(@d AS float) AS c, CAST(@e AS decimal(9,4)) AS d, CAST(@d AS money) AS e;
-- expect
-- columns a int, b int, c float, d decimal(9,4), e money
-- row 1 | 2 | 1.25 | 1.7500 | 1.2500
-- rows 1

-- case: a datetime becomes no int by itself
-- source: Msg 257
DECLARE @i int, @d datetime = 0;
SET @i = @d;
-- expect
-- Msg 257, Level 16, State 3, Line 2: Implicit conversion from data type datetime to int is not allowed. Use the CONVERT function to run this query.

-- case: a number is never a date or datetime2
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
DECLARE @d date;
SET @d = 1;
-- expect
-- Msg 206, Level 16, State 2, Line 2: Operand type clash: int is incompatible with date

-- case: a number is never a datetime2, not even by CAST
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
SELECT CAST(1 AS datetime2);
-- expect
-- Msg 529, Level 16, State 2, Line 1: Explicit conversion from data type int to datetime2 is not allowed.

-- case: days are added to and taken from datetime
-- source: + (Addition) (Transact-SQL)
DECLARE @d datetime = '2024-02-28 12:00';
SELECT @d + 1 AS a, @d - 1.5 AS b, 0.25 + @d AS c, @d + @d - @d AS e;
-- expect
-- columns a datetime, b datetime, c datetime, e datetime
-- row 2024-02-29 12:00:00.000 | 2024-02-27 00:00:00.000 | 2024-02-28 18:00:00.000 | 2024-02-28 12:00:00.000
-- rows 1

-- case: the difference of two datetimes is a datetime
-- source: - (Subtraction) (Transact-SQL)
SELECT CAST('2024-01-03 06:00' AS datetime) - CAST('2024-01-01' AS datetime) AS a, CAST('2024-01-01' AS smalldatetime) + 1 AS b;
-- expect
-- columns a datetime, b smalldatetime
-- row 1900-01-03 06:00:00.000 | 2024-01-02 00:00:00
-- rows 1

-- case: text beside a datetime is read as a datetime
-- source: Data type precedence (Transact-SQL)
SELECT CAST('2024-01-01' AS datetime) + '12:30' AS a;
-- expect
-- columns a datetime
-- row 2024-01-01 12:30:00.000
-- rows 1

-- case: a datetime is not multiplied
-- source: Msg 8117
SELECT CAST('2024-01-01' AS datetime) * 2;
-- expect
-- Msg 8117, Level 16, State 1, Line 1: Operand data type datetime is invalid for multiply operator.

-- case: no days are added to a date
-- source: + (Addition) (Transact-SQL)
SELECT CAST('2024-01-01' AS date) + 1;
-- expect
-- Msg 206, Level 16, State 2, Line 1: Operand type clash: date is incompatible with int

-- case: a datetime and a time are not added
-- source: Msg 402
SELECT CAST('2024-01-01' AS datetime) + CAST('12:00' AS time);
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types datetime and time are incompatible in the add operator.

-- case: two datetime2 are not subtracted
-- source: Msg 8117
SELECT CAST('2024-01-01' AS datetime2) - CAST('2024-01-01' AS datetime2);
-- expect
-- Msg 8117, Level 16, State 1, Line 1: Operand data type datetime2 is invalid for subtract operator.

-- case: a datetime as text without a style shows the month's name
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
SELECT CAST(CAST('2024-01-02 15:04:05' AS datetime) AS varchar(30)) AS a, CAST(CAST('2024-11-12 00:04' AS smalldatetime) AS varchar(30)) AS b;
-- expect
-- columns a varchar(30), b varchar(30)
-- row 'Jan  2 2024  3:04PM' | 'Nov 12 2024 12:04AM'
-- rows 1

-- case: the newer types as text are in the ODBC form
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
SELECT CAST(CAST('2024-01-02 15:04:05.12' AS datetime2(3)) AS varchar(40)) AS a, CAST(CAST('2024-01-02' AS date) AS varchar(40)) AS b, CAST(CAST('15:04' AS time(0)) AS varchar(40)) AS c, CAST(CAST('2024-01-02 15:04 -03:30' AS datetimeoffset(1)) AS varchar(40)) AS d;
-- expect
-- columns a varchar(40), b varchar(40), c varchar(40), d varchar(40)
-- row '2024-01-02 15:04:05.120' | '2024-01-02' | '15:04:00' | '2024-01-02 15:04:00.0 -03:30'
-- rows 1

-- case: text of a datetime that does not fit is cut
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
SELECT CONVERT(varchar(10), CAST('2024-01-02 15:04:05' AS datetime), 120) AS a, CONVERT(char(7), CAST('2024-01-02' AS datetime), 126) AS b;
-- expect
-- columns a varchar(10), b char(7)
-- row '2024-01-02' | '2024-01'
-- rows 1

-- case: datetime as bytes is days and 1/300 seconds
-- source: datetime (Transact-SQL)
SELECT CAST(CAST('1900-01-02 00:00:01' AS datetime) AS binary(8)) AS a, CAST(0x000000010000012C AS datetime) AS b, CAST(CAST('1900-01-02 00:10' AS smalldatetime) AS binary(4)) AS c;
-- expect
-- columns a binary(8), b datetime, c binary(4)
-- row 0x000000010000012C | 1900-01-02 00:00:01.000 | 0x0001000A
-- rows 1

-- case: an unknown style of a datetime
-- source: Msg 281
DECLARE @v varchar(30);
SET @v = CONVERT(varchar(30), CAST('2024-01-02' AS datetime), 99);
-- expect
-- Msg 281, Level 16, State 1, Line 2: 99 is not a valid style number when converting from datetime to a character string.
