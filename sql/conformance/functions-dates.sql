-- chapter: Functions
-- case: DATEADD keeps the type of a date and reads text as datetime
-- source: DATEADD (Transact-SQL), "Return types"
SELECT DATEADD(day, 1, CAST('2024-02-28' AS date)) AS a, DATEADD(hour, 2, CAST('23:00' AS time(0))) AS b, DATEADD(month, 1, '2024-01-31') AS c, DATEADD(minute, 1, CAST('2024-01-01 10:00 +02:00' AS datetimeoffset(0))) AS d;
-- expect
-- columns a date, b time(0), c datetime, d datetimeoffset(0)
-- row 2024-02-29 | 01:00:00 | 2024-02-29 00:00:00.000 | 2024-01-01 10:01:00 +02:00
-- rows 1

-- case: DATEADD of every part
-- source: DATEADD (Transact-SQL)
DECLARE @d datetime2(7) = '2007-01-01 13:10:10.1111111';
SELECT DATEADD(year, 1, @d) AS a, DATEADD(quarter, 1, @d) AS b, DATEADD(dayofyear, 1, @d) AS c, DATEADD(week, 1, @d) AS d, DATEADD(weekday, 1, @d) AS e, DATEADD(second, -11, @d) AS f;
-- expect
-- columns a datetime2(7), b datetime2(7), c datetime2(7), d datetime2(7), e datetime2(7), f datetime2(7)
-- row 2008-01-01 13:10:10.1111111 | 2007-04-01 13:10:10.1111111 | 2007-01-02 13:10:10.1111111 | 2007-01-08 13:10:10.1111111 | 2007-01-02 13:10:10.1111111 | 2007-01-01 13:09:59.1111111
-- rows 1

-- case: DATEADD of nanoseconds counts from 50
-- source: DATEADD (Transact-SQL), "Fractional seconds precision"
DECLARE @d datetime2(7) = '2007-01-01 13:10:10.1111111';
SELECT DATEADD(nanosecond, 49, @d) AS a, DATEADD(nanosecond, 50, @d) AS b, DATEADD(nanosecond, 150, @d) AS c, DATEADD(microsecond, 1, @d) AS d;
-- expect
-- columns a datetime2(7), b datetime2(7), c datetime2(7), d datetime2(7)
-- row 2007-01-01 13:10:10.1111111 | 2007-01-01 13:10:10.1111112 | 2007-01-01 13:10:10.1111113 | 2007-01-01 13:10:10.1111121
-- rows 1

-- case: DATEADD to the end of a shorter month
-- source: DATEADD (Transact-SQL)
SELECT DATEADD(month, 1, '20060831') AS a, DATEADD(month, -1, '2024-03-31') AS b, DATEADD(year, 1, '2024-02-29') AS c;
-- expect
-- columns a datetime, b datetime, c datetime
-- row 2006-09-30 00:00:00.000 | 2024-02-29 00:00:00.000 | 2025-02-28 00:00:00.000
-- rows 1

-- case: DATEADD cuts the fraction of its number
-- source: DATEADD (Transact-SQL)
SELECT DATEADD(day, 1.9, CAST('2024-01-01' AS date)) AS a;
-- expect
-- columns a date
-- row 2024-01-02
-- rows 1

-- case: DATEADD beyond the calendar
-- source: Msg 517
DECLARE @d datetime = '9999-12-31';
SET @d = DATEADD(day, 1, @d);
-- expect
-- Msg 517, Level 16, State *, Line 2: Adding a value to a 'datetime' column caused an overflow.

-- case: DATEADD of a time part to a date
-- source: DATEADD (Transact-SQL)
SELECT DATEADD(hour, 1, CAST('2024-01-01' AS date));
-- expect
-- Msg 9810, Level 16, State *, Line 1: The datepart hour is not supported by date function dateadd for data type date.

-- case: DATEADD of microseconds to a datetime
-- source: DATEADD (Transact-SQL), "Fractional seconds precision"
SELECT DATEADD(microsecond, 1, CAST('2024-01-01' AS datetime));
-- expect
-- Msg 9810, Level 16, State *, Line 1: The datepart microsecond is not supported by date function dateadd for data type datetime.

-- case: an unknown part of a date
-- source: Msg 155
SELECT DATEADD(fortnight, 1, GETDATE());
-- expect
-- Msg 155, Level 15, State 1, Line 1: 'fortnight' is not a recognized dateadd option.

-- case: a variable is no part of a date
-- source: DATEADD (Transact-SQL)
DECLARE @p varchar(5) = 'day';
SELECT DATEPART(@p, GETDATE());
-- expect
-- Msg 1023, Level 15, State 1, Line 2: Invalid parameter 1 specified for datepart.

-- case: DATEDIFF counts the boundaries that are crossed
-- source: DATEDIFF (Transact-SQL), "datepart boundaries"
SELECT DATEDIFF(year, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS a, DATEDIFF(quarter, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS b, DATEDIFF(month, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS c, DATEDIFF(day, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS d, DATEDIFF(week, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS e, DATEDIFF(hour, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS f, DATEDIFF(microsecond, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000') AS g;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int
-- row 1 | 1 | 1 | 1 | 1 | 1 | 1
-- rows 1

-- case: DATEDIFF is negative when the end comes first, and 0 for a missing date part
-- source: DATEDIFF (Transact-SQL)
SELECT DATEDIFF(day, '2024-03-01', '2024-02-28') AS a, DATEDIFF(minute, CAST('10:00' AS time), CAST('12:30' AS time)) AS b, DATEDIFF(hour, CAST('2024-01-01 10:00 +02:00' AS datetimeoffset), CAST('2024-01-01 10:00 +00:00' AS datetimeoffset)) AS c;
-- expect
-- columns a int, b int, c int
-- row -2 | 150 | 2
-- rows 1

-- case: DATEDIFF overflows beyond int, DATEDIFF_BIG does not
-- source: DATEDIFF (Transact-SQL), "Return value"
SELECT DATEDIFF_BIG(second, '1900-01-01', '2000-01-01') AS a;
DECLARE @i int;
SET @i = DATEDIFF(second, '1900-01-01', '2000-01-01');
-- expect
-- columns a bigint
-- row 3155673600
-- rows 1
-- Msg 535, Level 16, State 0, Line 3: The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use datediff with a less precise datepart.

-- case: DATEDIFF_BIG of nanoseconds overflows, too
-- source: DATEDIFF_BIG (Transact-SQL), "Return value"
DECLARE @i bigint;
SET @i = DATEDIFF_BIG(nanosecond, CAST('0001-01-01' AS datetime2), CAST('9999-12-31' AS datetime2));
-- expect
-- Msg 535, Level 16, State 0, Line 2: …

-- case: DATEPART of every part of a date
-- source: DATEPART (Transact-SQL)
SELECT DATEPART(year, '12:10:30.123') AS a, DATEPART(month, '12:10:30.123') AS b, DATEPART(yy, '2007-10-30 12:15:32.1234567 +05:10') AS c, DATEPART(q, '2007-10-30') AS d, DATEPART(dy, '2007-10-30') AS e, DATEPART(wk, '2007-10-30') AS f, DATEPART(dw, '2007-10-30') AS g, DATEPART(isowk, '2007-10-30') AS h;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int, h int
-- row 1900 | 1 | 2007 | 4 | 303 | 44 | 3 | 44
-- rows 1

-- case: DATEPART of every part of a time
-- source: DATEPART (Transact-SQL)
DECLARE @d datetimeoffset(7) = '2007-10-30 12:15:32.1234567 +05:10';
SELECT DATEPART(hour, @d) AS a, DATEPART(mi, @d) AS b, DATEPART(ss, @d) AS c, DATEPART(ms, @d) AS d, DATEPART(mcs, @d) AS e, DATEPART(ns, @d) AS f, DATEPART(tz, @d) AS g;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int
-- row 12 | 15 | 32 | 123 | 123456 | 123456700 | 310
-- rows 1

-- case: the ISO week belongs to the year of its Thursday
-- source: DATEPART (Transact-SQL), "ISO_WEEK datepart"
SELECT DATEPART(ISO_WEEK, '2021-01-03') AS a, DATEPART(ISO_WEEK, '2020-12-28') AS b, DATEPART(ISO_WEEK, '2024-12-30') AS c, DATEPART(week, '2021-01-03') AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 53 | 53 | 1 | 2
-- rows 1

-- case: DATEPART of a part that a column of that type does not have
-- source: DATEPART (Transact-SQL)
DECLARE @t time = '10:00';
SELECT DATEPART(year, @t);
-- expect
-- Msg 9810, Level 16, State *, Line 2: The datepart year is not supported by date function datepart for data type time.

-- case: DATENAME says months and weekdays in words
-- source: DATENAME (Transact-SQL)
SELECT DATENAME(month, '2007-10-30') AS a, DATENAME(weekday, '2007-10-30') AS b, DATENAME(day, '2007-10-03') AS c, DATENAME(tz, CAST('2007-10-30 12:15 +05:10' AS datetimeoffset)) AS d;
-- expect
-- columns a nvarchar(30), b nvarchar(30), c nvarchar(30), d nvarchar(30)
-- row 'October' | 'Tuesday' | '3' | '+05:10'
-- rows 1

-- case: YEAR, MONTH and DAY of dates, texts and numbers
-- source: YEAR (Transact-SQL)
SELECT YEAR('2010-04-30T01:01:01.1234567-07:00') AS a, MONTH(0) AS b, DAY(CAST('2024-02-29' AS date)) AS c, YEAR(0) AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 2010 | 1 | 29 | 1900
-- rows 1

-- case: EOMONTH with and without an offset
-- source: EOMONTH (Transact-SQL)
SELECT EOMONTH('2024-02-10') AS a, EOMONTH(CAST('2024-01-31' AS datetime), 1) AS b, EOMONTH('2024-03-15', -1) AS c, EOMONTH(NULL) AS d;
-- expect
-- columns a date, b date, c date, d date
-- row 2024-02-29 | 2024-02-29 | 2024-02-29 | NULL
-- rows 1

-- case: dates from their parts
-- source: DATEFROMPARTS (Transact-SQL)
SELECT DATEFROMPARTS(2010, 12, 31) AS a, DATETIMEFROMPARTS(2010, 12, 31, 23, 59, 59, 997) AS b, SMALLDATETIMEFROMPARTS(2010, 12, 31, 23, 59) AS c, DATEFROMPARTS(NULL, 1, 1) AS d;
-- expect
-- columns a date, b datetime, c smalldatetime, d date
-- row 2010-12-31 | 2010-12-31 23:59:59.997 | 2010-12-31 23:59:00 | NULL
-- rows 1

-- case: times from their parts count fractions by the precision
-- source: TIMEFROMPARTS (Transact-SQL)
SELECT TIMEFROMPARTS(14, 23, 44, 5, 1) AS a, TIMEFROMPARTS(14, 23, 44, 50, 2) AS b, DATETIME2FROMPARTS(2011, 8, 15, 14, 23, 44, 500, 3) AS c, DATETIMEOFFSETFROMPARTS(2010, 12, 31, 14, 23, 23, 0, 12, 0, 7) AS d;
-- expect
-- columns a time(1), b time(2), c datetime2(3), d datetimeoffset(7)
-- row 14:23:44.5 | 14:23:44.50 | 2011-08-15 14:23:44.500 | 2010-12-31 14:23:23.0000000 +12:00
-- rows 1

-- case: parts that are no date
-- source: Msg 289
DECLARE @d date;
SET @d = DATEFROMPARTS(2023, 2, 29);
-- expect
-- Msg 289, Level 16, State *, Line 2: Cannot construct data type date, some of the arguments have values which are not valid.

-- case: parts that are no time
-- source: Msg 289
DECLARE @d time;
SET @d = TIMEFROMPARTS(24, 0, 0, 0, 0);
-- expect
-- Msg 289, Level 16, State *, Line 2: Cannot construct data type time, some of the arguments have values which are not valid.

-- case: the precision of a time from parts is a constant
-- source: TIMEFROMPARTS (Transact-SQL)
DECLARE @p int = 3;
SELECT TIMEFROMPARTS(1, 0, 0, 0, @p);
-- expect
-- Msg 10760, Level 16, State *, Line 2: Scale argument is not valid. Valid expressions for data type time scale argument are integer constants and integer constant expressions.

-- case: DATETRUNC to every part of a date
-- source: DATETRUNC (Transact-SQL)
DECLARE @d datetime2 = '2021-12-08 11:30:15.1234567';
SELECT DATETRUNC(year, @d) AS a, DATETRUNC(quarter, @d) AS b, DATETRUNC(month, @d) AS c, DATETRUNC(week, @d) AS d, DATETRUNC(iso_week, @d) AS e, DATETRUNC(day, @d) AS f;
-- expect
-- columns a datetime2(7), b datetime2(7), c datetime2(7), d datetime2(7), e datetime2(7), f datetime2(7)
-- row 2021-01-01 00:00:00.0000000 | 2021-10-01 00:00:00.0000000 | 2021-12-01 00:00:00.0000000 | 2021-12-05 00:00:00.0000000 | 2021-12-06 00:00:00.0000000 | 2021-12-08 00:00:00.0000000
-- rows 1

-- case: DATETRUNC to every part of a time, of text as datetime2
-- source: DATETRUNC (Transact-SQL)
SELECT DATETRUNC(hour, '2021-12-08 11:30:15.1234567') AS a, DATETRUNC(minute, CAST('11:30:15' AS time(0))) AS b, DATETRUNC(millisecond, CAST('2021-12-08 11:30:15.1234567 +02:00' AS datetimeoffset(7))) AS c, DATETRUNC(second, CAST('2021-12-08 11:30:15.997' AS datetime)) AS d;
-- expect
-- columns a datetime2(7), b time(0), c datetimeoffset(7), d datetime
-- row 2021-12-08 11:00:00.0000000 | 11:30:00 | 2021-12-08 11:30:15.1230000 +02:00 | 2021-12-08 11:30:15.000
-- rows 1

-- case: DATE_BUCKET counts from 1900 or from an origin
-- source: DATE_BUCKET (Transact-SQL)
DECLARE @d datetime2(0) = '2020-06-15 21:22:11';
SELECT DATE_BUCKET(week, 1, @d) AS a, DATE_BUCKET(day, 1, @d) AS b, DATE_BUCKET(month, 1, @d) AS c, DATE_BUCKET(year, 2, @d) AS d, DATE_BUCKET(hour, 2, @d, CAST('2019-01-01 01:00' AS datetime2(0))) AS e;
-- expect
-- columns a datetime2(0), b datetime2(0), c datetime2(0), d datetime2(0), e datetime2(0)
-- row 2020-06-15 00:00:00 | 2020-06-15 00:00:00 | 2020-06-01 00:00:00 | 2020-01-01 00:00:00 | 2020-06-15 21:00:00
-- rows 1

-- case: a bucket has a positive width
-- source: DATE_BUCKET (Transact-SQL)
DECLARE @d date;
SET @d = DATE_BUCKET(day, 0, CAST('2024-01-01' AS date));
-- expect
-- Msg 9834, Level 16, State *, Line 2: …

-- case: SWITCHOFFSET keeps the moment, TODATETIMEOFFSET the clock
-- source: SWITCHOFFSET (Transact-SQL)
SELECT SWITCHOFFSET(CAST('1998-09-20 7:45:50.71345 -5:00' AS datetimeoffset), '-08:00') AS a, SWITCHOFFSET(CAST('2024-01-01 12:00 +00:00' AS datetimeoffset(0)), 90) AS b, TODATETIMEOFFSET(CAST('2024-01-01 12:00' AS datetime2(0)), '+05:30') AS c, TODATETIMEOFFSET(CAST('2024-01-01 12:00' AS datetime2(3)), -120) AS d;
-- expect
-- columns a datetimeoffset(7), b datetimeoffset(0), c datetimeoffset(0), d datetimeoffset(3)
-- row 1998-09-20 04:45:50.7134500 -08:00 | 2024-01-01 13:30:00 +01:30 | 2024-01-01 12:00:00 +05:30 | 2024-01-01 12:00:00.000 -02:00
-- rows 1

-- case: an offset that is none
-- source: Msg 9812
DECLARE @d datetimeoffset;
SET @d = SWITCHOFFSET(CAST('2024-01-01 12:00 +00:00' AS datetimeoffset), 'noon');
-- expect
-- Msg 9812, Level 16, State *, Line 2: The timezone provided to builtin function switchoffset is invalid.

-- case: ISDATE of texts that are and are not dates
-- source: ISDATE (Transact-SQL)
SELECT ISDATE('2009-05-12 10:19:41.177') AS a, ISDATE('2024-02-30') AS b, ISDATE('hello') AS c, ISDATE('2009-05-12 10:19:41.1777') AS d, ISDATE(GETDATE()) AS e, ISDATE(NULL) AS f;
-- expect
-- columns a int, b int, c int, d int, e int, f int
-- row 1 | 0 | 0 | 0 | 1 | 0
-- rows 1

-- case: ISDATE takes no date
-- source: Msg 8116
SELECT ISDATE(CAST('2024-01-01' AS date));
-- expect
-- Msg 8116, Level 16, State 1, Line 1: Argument data type date is invalid for argument 1 of isdate function.

-- case: CONVERT styles with two and four digits of the year
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
DECLARE @d datetime = '2024-03-05 15:04:05.123';
SELECT CONVERT(varchar(30), @d, 1) AS a, CONVERT(varchar(30), @d, 101) AS b, CONVERT(varchar(30), @d, 2) AS c, CONVERT(varchar(30), @d, 102) AS d, CONVERT(varchar(30), @d, 3) AS e, CONVERT(varchar(30), @d, 103) AS f, CONVERT(varchar(30), @d, 4) AS g, CONVERT(varchar(30), @d, 104) AS h, CONVERT(varchar(30), @d, 5) AS i, CONVERT(varchar(30), @d, 105) AS j;
-- expect
-- columns a varchar(30), b varchar(30), c varchar(30), d varchar(30), e varchar(30), f varchar(30), g varchar(30), h varchar(30), i varchar(30), j varchar(30)
-- row '03/05/24' | '03/05/2024' | '24.03.05' | '2024.03.05' | '05/03/24' | '05/03/2024' | '05.03.24' | '05.03.2024' | '05-03-24' | '05-03-2024'
-- rows 1

-- case: CONVERT styles with names of months
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
DECLARE @d datetime = '2024-03-05 15:04:05.123';
SELECT CONVERT(varchar(30), @d, 0) AS a, CONVERT(varchar(30), @d, 100) AS b, CONVERT(varchar(30), @d, 6) AS c, CONVERT(varchar(30), @d, 106) AS d, CONVERT(varchar(30), @d, 7) AS e, CONVERT(varchar(30), @d, 107) AS f, CONVERT(varchar(30), @d, 9) AS g, CONVERT(varchar(30), @d, 109) AS h, CONVERT(varchar(30), @d, 13) AS i, CONVERT(varchar(30), @d, 113) AS j;
-- expect
-- columns a varchar(30), b varchar(30), c varchar(30), d varchar(30), e varchar(30), f varchar(30), g varchar(30), h varchar(30), i varchar(30), j varchar(30)
-- row 'Mar  5 2024  3:04PM' | 'Mar  5 2024  3:04PM' | '05 Mar 24' | '05 Mar 2024' | 'Mar 05, 24' | 'Mar 05, 2024' | 'Mar  5 2024  3:04:05:123PM' | 'Mar  5 2024  3:04:05:123PM' | '05 Mar 2024 15:04:05:123' | '05 Mar 2024 15:04:05:123'
-- rows 1

-- case: CONVERT styles of times, of ISO and of ODBC
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
DECLARE @d datetime = '2024-03-05 15:04:05.123';
SELECT CONVERT(varchar(30), @d, 8) AS a, CONVERT(varchar(30), @d, 108) AS b, CONVERT(varchar(30), @d, 14) AS c, CONVERT(varchar(30), @d, 114) AS d, CONVERT(varchar(30), @d, 20) AS e, CONVERT(varchar(30), @d, 120) AS f, CONVERT(varchar(30), @d, 21) AS g, CONVERT(varchar(30), @d, 121) AS h, CONVERT(varchar(30), @d, 126) AS i, CONVERT(varchar(30), @d, 23) AS j;
-- expect
-- columns a varchar(30), b varchar(30), c varchar(30), d varchar(30), e varchar(30), f varchar(30), g varchar(30), h varchar(30), i varchar(30), j varchar(30)
-- row '15:04:05' | '15:04:05' | '15:04:05:123' | '15:04:05:123' | '2024-03-05 15:04:05' | '2024-03-05 15:04:05' | '2024-03-05 15:04:05.123' | '2024-03-05 15:04:05.123' | '2024-03-05T15:04:05.123' | '2024-03-05'
-- rows 1

-- case: CONVERT styles 10, 11, 12, 110, 111 and 112
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
DECLARE @d date = '2024-03-05';
SELECT CONVERT(char(8), @d, 10) AS a, CONVERT(char(10), @d, 110) AS b, CONVERT(char(8), @d, 11) AS c, CONVERT(char(10), @d, 111) AS d, CONVERT(char(6), @d, 12) AS e, CONVERT(char(8), @d, 112) AS f;
-- expect
-- columns a char(8), b char(10), c char(8), d char(10), e char(6), f char(8)
-- row '03-05-24' | '03-05-2024' | '24/03/05' | '2024/03/05' | '240305' | '20240305'
-- rows 1

-- case: style 126 leaves out a fraction of zero
-- source: CAST and CONVERT (Transact-SQL), note 7
SELECT CONVERT(varchar(30), CAST('2012-11-07T18:26:20.000' AS datetime), 126) AS a;
-- expect
-- columns a varchar(30)
-- row '2012-11-07T18:26:20'
-- rows 1

-- case: styles say how text is read
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
SELECT CONVERT(date, '05/03/2024', 101) AS a, CONVERT(date, '05/03/2024', 103) AS b, CONVERT(datetime, '05.03.2024 10:30', 104) AS c, CONVERT(date, '2024.03.05', 102) AS d, CONVERT(date, '24/03/05', 11) AS e, CONVERT(date, '05-03-24', 5) AS f, CONVERT(date, '20240305', 112) AS g, CONVERT(datetime2(0), '2024-03-05T10:30:00', 126) AS h;
-- expect
-- columns a date, b date, c datetime, d date, e date, f date, g date, h datetime2(0)
-- row 2024-05-03 | 2024-03-05 | 2024-03-05 10:30:00.000 | 2024-03-05 | 2024-03-05 | 2024-03-05 | 2024-03-05 | 2024-03-05 10:30:00
-- rows 1

-- case: a date in the order of another style
-- source: Msg 242
DECLARE @d datetime;
SET @d = CONVERT(datetime, '31/12/2024', 101);
-- expect
-- Msg 242, Level 16, State 3, Line 2: The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.

-- case: a style of a time for a date
-- source: Msg 281
DECLARE @v varchar(30);
SET @v = CONVERT(varchar(30), CAST('2024-01-01' AS date), 108);
-- expect
-- Msg 281, Level 16, State 1, Line 2: 108 is not a valid style number when converting from date to a character string.

-- case: the functions of the current time have their types and agree within a query
-- source: Date and time data types and functions (Transact-SQL)
SELECT CASE WHEN GETDATE() = GETDATE() AND SYSDATETIME() = SYSDATETIME() THEN 1 ELSE 0 END AS same, DATEDIFF(minute, GETUTCDATE(), SYSUTCDATETIME()) AS apart;
-- expect
-- columns same int, apart int
-- row 1 | 0
-- rows 1

-- case: months by name are read in every style
-- source: CAST and CONVERT (Transact-SQL), "Date and time styles"
SELECT CONVERT(datetime, 'Mar  5 2024  3:04PM', 100) AS a, CONVERT(datetime, '05 Mar 2024 15:04:05:123', 113) AS b, CONVERT(date, 'Mar 05, 2024', 107) AS c, CONVERT(datetime, 'Mar  5 2024  3:04:05:123PM', 109) AS d;
-- expect
-- columns a datetime, b datetime, c date, d datetime
-- row 2024-03-05 15:04:00.000 | 2024-03-05 15:04:05.123 | 2024-03-05 | 2024-03-05 15:04:05.123
-- rows 1

-- case: an offset with too many digits is none
-- source: datetimeoffset (Transact-SQL)
DECLARE @d datetimeoffset;
SET @d = '2024-01-01 10:00 +999999999999999999:00';
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.
