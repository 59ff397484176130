"""The checks for drivers with Python's database interface (PEP 249)."""

import datetime
import decimal
import uuid

import expectations as expected
from expectations import done, equal


class Driver:
    """One driver: how it connects, marks parameters and reports numbers."""

    name = ""
    mark = "%s"

    def connect(self, password=expected.PASSWORD, autocommit=True):
        raise NotImplementedError

    def cancel(self):
        """Stops a statement halfway and returns the connection, which must be good for the next one."""
        raise NotImplementedError

    # Loads rows in bulk, when the driver can: connection, table, columns, rows.
    bulk = None

    def number_is(self, error, number):
        """Whether the driver's exception is for the server's error of that number."""
        raise NotImplementedError


def rows(connection, sql, parameters=None):
    cursor = connection.cursor()
    try:
        if parameters is None:
            cursor.execute(sql)
        else:
            cursor.execute(sql, parameters)
        return [tuple(row) for row in cursor.fetchall()]
    finally:
        cursor.close()


def execute(connection, sql, parameters=None):
    cursor = connection.cursor()
    try:
        if parameters is None:
            cursor.execute(sql)
        else:
            cursor.execute(sql, parameters)
        return cursor.rowcount
    finally:
        cursor.close()


def fails_with(driver, number, work):
    try:
        work()
    except Exception as error:
        if not driver.number_is(error, number):
            raise AssertionError(f"error {number} expected, got {error!r}") from error
        return
    raise AssertionError(f"error {number} expected, but nothing failed")


def check_login(driver):
    with_login = driver.connect()
    equal("SELECT 1", rows(with_login, "SELECT 1"), [(1,)])
    equal("DB_NAME()", rows(with_login, "SELECT DB_NAME()"), [(expected.DATABASE,)])
    with_login.close()
    done("login")
    fails_with(driver, expected.LOGIN_FAILED, lambda: driver.connect(password=expected.WRONG_PASSWORD))
    done("wrong password")


def check_values(driver, connection):
    name = expected.table(driver.name, "ClientValues")
    execute(connection, expected.create_values(name))
    try:
        equal("rows inserted", execute(connection, expected.insert_values(name)), 3)
        found = rows(connection, expected.select_values(name))
        equal("rows", len(found), len(expected.VALUES))
        for number, (row, values) in enumerate(zip(found, expected.VALUES), start=1):
            for column, actual, value in zip(expected.COLUMNS, row, values):
                if isinstance(value, uuid.UUID) and isinstance(actual, str):
                    actual = uuid.UUID(actual)
                equal(f"row {number}, {column}", actual, value)
        done("types")
        mark = driver.mark
        matches = rows(
            connection,
            f"SELECT ID FROM {name} WHERE TextValue = {mark} AND IntValue = {mark} AND DecimalValue = {mark} "
            f"AND DateValue = {mark}",
            ("Grüße, 世界 🐘", 2147483647, decimal.Decimal("12345678901234.5678"), datetime.date(2024, 2, 29)))
        equal("rows found by parameters", matches, [(1,)])
        changed = execute(
            connection, f"UPDATE {name} SET TextValue = {mark}, BigValue = {mark}, EmptyValue = {mark} WHERE ID = {mark}",
            ("'; DROP TABLE x; --", None, "", 3))
        equal("rows changed", changed, 1)
        equal("row changed by parameters", rows(connection, f"SELECT TextValue, BigValue, EmptyValue FROM {name} WHERE ID = 3"),
              [("'; DROP TABLE x; --", None, "")])
        done("parameters")
    finally:
        execute(connection, f"DROP TABLE {name}")


def check_transactions(driver, connection):
    name = expected.table(driver.name, "ClientOrders")
    count = f"SELECT COUNT(*) FROM {name}"
    execute(connection, f"CREATE TABLE {name} (ID int NOT NULL PRIMARY KEY, Note nvarchar(20) NULL)")
    try:
        worker = driver.connect(autocommit=False)
        execute(worker, f"INSERT INTO {name} (ID) VALUES (1)")
        equal("rows seen inside", rows(worker, count), [(1,)])
        worker.rollback()
        equal("rows after rollback", rows(connection, count), [(0,)])
        execute(worker, f"INSERT INTO {name} (ID) VALUES (2)")
        execute(worker, f"INSERT INTO {name} (ID) VALUES (3)")
        worker.commit()
        equal("rows after commit", rows(connection, count), [(2,)])
        worker.close()
        done("transactions")
        fails_with(driver, expected.INVALID_OBJECT, lambda: rows(connection, "SELECT * FROM dbo.NoSuchTable"))
        fails_with(driver, expected.DUPLICATE_KEY, lambda: execute(connection, f"INSERT INTO {name} (ID) VALUES (2)"))
        equal("rows after an error", rows(connection, count), [(2,)])
        done("errors")
    finally:
        execute(connection, f"DROP TABLE {name}")


def check_prepared(driver, connection):
    """One statement with many sets of parameters."""
    name = expected.table(driver.name, "ClientPrepared")
    execute(connection, f"CREATE TABLE {name} (ID int NOT NULL PRIMARY KEY, Note nvarchar(20) NULL)")
    try:
        cursor = connection.cursor()
        values = [(number, None if number % 7 == 0 else f"Nº {number}") for number in range(40)]
        cursor.executemany(f"INSERT INTO {name} (ID, Note) VALUES ({driver.mark}, {driver.mark})", values)
        for number in (3, 7, 39):
            cursor.execute(f"SELECT Note FROM {name} WHERE ID = {driver.mark}", (number,))
            equal(f"note {number}", [tuple(row) for row in cursor.fetchall()], [values[number][1:]])
        cursor.close()
        equal("rows", rows(connection, f"SELECT COUNT(*), COUNT(Note) FROM {name}"), [(40, 34)])
        done("prepared statements")
    finally:
        execute(connection, f"DROP TABLE {name}")


def check_bulk(driver, connection):
    name = expected.table(driver.name, "ClientBulk")
    execute(connection, f"CREATE TABLE {name} (ID int NOT NULL PRIMARY KEY, Note nvarchar(20) NULL, Size bigint NULL)")
    try:
        values = [(number, None if number % 5 == 0 else f"Nº {number}", number * 10**9) for number in range(1000)]
        driver.bulk(connection, name, ["ID", "Note", "Size"], values)
        equal("rows", rows(connection, f"SELECT COUNT(*), COUNT(Note), SUM(Size) FROM {name}"),
              [(1000, 800, 499500 * 10**9)])
        equal("a row", rows(connection, f"SELECT ID, Note, Size FROM {name} WHERE ID = 999"),
              [(999, "Nº 999", 999 * 10**9)])
        try:
            driver.bulk(connection, name, ["ID", "Note", "Size"], [(1000, "new", 1), (7, "again", 2)])
        except Exception as error:
            if "PRIMARY KEY" not in str(error):
                raise AssertionError(f"a violated key expected, got {error!r}") from error
        else:
            raise AssertionError("a row with a key that is there was loaded")
        equal("rows after an error", rows(connection, f"SELECT COUNT(*) FROM {name}"), [(1000,)])
        done("bulk load")
    finally:
        execute(connection, f"DROP TABLE {name}")


def check_cancel(driver):
    for _ in range(3):
        connection = driver.cancel()
        equal("SELECT 1 after a cancelled statement", rows(connection, "SELECT 1"), [(1,)])
        connection.close()
    done("cancel")


def run(driver):
    check_login(driver)
    if expected.CA_FILE:
        return
    connection = driver.connect()
    check_prepared(driver, connection)
    if driver.bulk:
        check_bulk(driver, connection)
    check_cancel(driver)
    check_values(driver, connection)
    check_transactions(driver, connection)
    connection.close()
