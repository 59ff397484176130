"""What every client has to see: the statements, the values, and the checks they share."""

import datetime
import decimal
import os
import uuid

HOST = os.environ.get("MSSQL_HOST", "127.0.0.1")
PORT = int(os.environ.get("MSSQL_PORT", "1433"))
USER = os.environ.get("MSSQL_USER", "sa")
PASSWORD = os.environ.get("MSSQL_PASSWORD", "")
DATABASE = os.environ.get("MSSQL_DATABASE", "master")
# The authority to trust on a connection that must be encrypted; empty for one in clear.
CA_FILE = os.environ.get("MSSQL_CA_FILE", "")

WRONG_PASSWORD = "not-the-password"
LOGIN_FAILED = 18456
INVALID_OBJECT = 208
DUPLICATE_KEY = 2627

COLUMNS = {
    "IntValue": "int NULL",
    "BigValue": "bigint NULL",
    "DecimalValue": "decimal(18, 4) NULL",
    "TextValue": "nvarchar(50) NULL",
    "EmptyValue": "nvarchar(10) NULL",
    "BinaryValue": "varbinary(20) NULL",
    "DateValue": "date NULL",
    "TimeValue": "datetime2(7) NULL",
    "KeyValue": "uniqueidentifier NULL",
    "BitValue": "bit NULL",
    "FloatValue": "float NULL",
}

# The rows as T-SQL writes them. The first digit below a microsecond is 1: truncated or rounded, Python gets the same.
ROWS = [
    "2147483647, 9223372036854775807, 12345678901234.5678, N'Grüße, 世界 🐘', N'', 0x00FF10, '2024-02-29', "
    "'2024-02-29T23:59:59.1234561', '6F9619FF-8B86-D011-B42D-00C04FC964FF', 1, 0.1E0",
    "-2147483648, -9223372036854775808, -99999999999999.9999, N'O''Brien', N'', 0x, '0001-01-01', "
    "'9999-12-31T00:00:00.0000001', '00000000-0000-0000-0000-000000000001', 0, -1.5E300",
    "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
]

# The same rows as Python's drivers give them.
VALUES = [
    (2147483647, 9223372036854775807, decimal.Decimal("12345678901234.5678"), "Grüße, 世界 🐘", "", b"\x00\xff\x10",
     datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 23, 59, 59, 123456),
     uuid.UUID("6F9619FF-8B86-D011-B42D-00C04FC964FF"), True, 0.1),
    (-2147483648, -9223372036854775808, decimal.Decimal("-99999999999999.9999"), "O'Brien", "", b"",
     datetime.date(1, 1, 1), datetime.datetime(9999, 12, 31), uuid.UUID("00000000-0000-0000-0000-000000000001"), False,
     -1.5e300),
    (None,) * 11,
]


# Ten thousand wide rows, which no client and no socket holds at once.
DIGITS = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))"
MANY_ROWS = "SELECT REPLICATE(N'x', 2000) AS Wide FROM " + " CROSS JOIN ".join(
    f"{DIGITS} AS v{place} (n)" for place in range(4))

# A statement that ends only when it is stopped.
ENDLESS = "WAITFOR DELAY '01:00:00'"


def table(client, purpose):
    """A table of this run only, so that clients and runs do not meet."""
    return f"dbo.{purpose}_{client.replace('-', '_')}_{os.getpid()}"


def create_values(name):
    columns = ", ".join(f"{column} {type_}" for column, type_ in COLUMNS.items())
    return f"CREATE TABLE {name} (ID int NOT NULL PRIMARY KEY, {columns})"


def insert_values(name):
    rows = ", ".join(f"({number}, {row})" for number, row in enumerate(ROWS, start=1))
    return f"INSERT INTO {name} (ID, {', '.join(COLUMNS)}) VALUES {rows}"


def select_values(name):
    return f"SELECT {', '.join(COLUMNS)} FROM {name} ORDER BY ID"


def equal(what, actual, expected):
    """Fails unless the values are equal and of the same kind: 1 is not '1', and None is not ''."""
    same_kind = isinstance(actual, type(expected)) or isinstance(expected, bool)
    if actual != expected or not same_kind:
        raise AssertionError(f"{what}: got {actual!r}, expected {expected!r}")


def done(check):
    print(f"  {check}: ok", flush=True)
