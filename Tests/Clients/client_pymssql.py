"""pymssql: FreeTDS's db-lib. It writes parameters into the text itself."""

import pymssql

import dbapi
import expectations as expected


class PyMSSQL(dbapi.Driver):
    name = "pymssql"

    def connect(self, password=expected.PASSWORD, autocommit=True):
        return pymssql.connect(
            server=expected.HOST, port=str(expected.PORT), user=expected.USER, password=password,
            database=expected.DATABASE, tds_version="7.4", login_timeout=15, timeout=30, autocommit=autocommit)

    def number_is(self, error, number):
        # A failed login nests the numbers: ((18456, b'...'),).
        arguments = error.args
        while arguments and isinstance(arguments[0], tuple):
            arguments = arguments[0]
        return bool(arguments) and arguments[0] == number


dbapi.run(PyMSSQL())
