"""python-tds: TDS written in Python. Its parameters are sp_executesql, its transactions are TDS requests."""

import pytds

import dbapi
import expectations as expected


class PythonTDS(dbapi.Driver):
    name = "python-tds"

    def connect(self, password=expected.PASSWORD, autocommit=True):
        return pytds.connect(
            dsn=expected.HOST, port=expected.PORT, user=expected.USER, password=password, database=expected.DATABASE,
            login_timeout=15, timeout=30, autocommit=autocommit, disable_connect_retry=True)

    def number_is(self, error, number):
        return getattr(error, "number", None) == number


dbapi.run(PythonTDS())
