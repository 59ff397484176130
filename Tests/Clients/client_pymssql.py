"""pymssql: FreeTDS's db-lib. It writes parameters into the text itself."""

import pymssql

import dbapi
import expectations as expected


class PyMSSQL(dbapi.Driver):
    name = "pymssql"

    def connect(self, password=expected.PASSWORD, autocommit=True):
        return pymssql.connect(
            server=expected.HOST, port=str(expected.PORT), user=expected.USER, password=password,
            database=expected.DATABASE, tds_version="7.4", login_timeout=15, timeout=30, autocommit=autocommit,
            encryption="require" if expected.CA_FILE else "off")

    def cancel(self):
        connection = self.connect()
        cursor = connection.cursor()
        cursor.execute(expected.MANY_ROWS)
        cursor.fetchone()
        # The rows that were not read make db-lib send an attention.
        connection._conn.cancel()
        return connection

    def number_is(self, error, number):
        # A failed login nests the numbers: ((18456, b'...'),).
        arguments = error.args
        while arguments and isinstance(arguments[0], tuple):
            arguments = arguments[0]
        return bool(arguments) and arguments[0] == number


dbapi.run(PyMSSQL())
