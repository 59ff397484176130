"""mssql-python: Microsoft's driver, with its ODBC Driver 18 inside. Its parameters are prepared statements."""

import mssql_python

import dbapi
import expectations as expected

# The exceptions carry no numbers, but ODBC's state is derived from the number, and the driver's words from the state.
WORDS = {
    expected.LOGIN_FAILED: "Login failed for user",
    expected.INVALID_OBJECT: "Base table or view not found",
    expected.DUPLICATE_KEY: "Integrity constraint violation",
}


class MSSQLPython(dbapi.Driver):
    name = "mssql-python"
    mark = "?"

    def connect(self, password=expected.PASSWORD, autocommit=True, timeout=0):
        encryption = "Encrypt=yes;TrustServerCertificate=yes;" if expected.CA_FILE else "Encrypt=no;"
        return mssql_python.connect(
            f"Server={expected.HOST},{expected.PORT};Database={expected.DATABASE};UID={expected.USER};PWD={{{password}}};"
            + encryption, autocommit=autocommit, timeout=timeout)

    def cancel(self):
        connection = self.connect(timeout=1)
        try:
            dbapi.execute(connection, expected.ENDLESS)
        except mssql_python.OperationalError as error:
            if "timeout" not in str(error).lower():
                raise
        return connection

    def number_is(self, error, number):
        return WORDS[number] in str(error)


mssql_python.pooling(enabled=False)
dbapi.run(MSSQLPython())
