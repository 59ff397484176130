"""mssql-python: Microsoft's driver, with its ODBC Driver 18 inside. Its parameters are prepared statements."""

import sys

import mssql_python

import dbapi
import expectations as expected

# TLS before the first byte of TDS (TDS 8.0).
STRICT = "strict" in sys.argv[1:]

# The exceptions carry no numbers, but ODBC's state is derived from the number, and the driver's words from the state.
WORDS = {
    expected.LOGIN_FAILED: "Login failed for user",
    expected.INVALID_OBJECT: "Base table or view not found",
    expected.DUPLICATE_KEY: "Integrity constraint violation",
}


class MSSQLPython(dbapi.Driver):
    name = "mssql-python"
    mark = "?"

    def connect(self, password=expected.PASSWORD, autocommit=True):
        # The driver checks the certificate against SSL_CERT_FILE, and names in it, but no addresses.
        host = "localhost" if expected.CA_FILE else expected.HOST
        encryption = f"Encrypt={'strict' if STRICT else 'yes' if expected.CA_FILE else 'no'};"
        return mssql_python.connect(
            f"Server={host},{expected.PORT};Database={expected.DATABASE};UID={expected.USER};PWD={{{password}}};"
            + encryption, autocommit=autocommit)

    def cancel(self):
        connection = self.connect()
        connection.timeout = 1
        try:
            dbapi.execute(connection, expected.ENDLESS)
        except mssql_python.OperationalError as error:
            if "timeout" not in str(error).lower():
                raise
        connection.timeout = 0
        return connection

    def number_is(self, error, number):
        return WORDS[number] in str(error)


mssql_python.pooling(enabled=False)
dbapi.run(MSSQLPython())
