"""python-tds: TDS written in Python. Its parameters are sp_executesql, its transactions are TDS requests."""

import pytds

import dbapi
import expectations as expected


class PythonTDS(dbapi.Driver):
    name = "python-tds"

    def connect(self, password=expected.PASSWORD, autocommit=True):
        return pytds.connect(
            dsn=expected.HOST, port=expected.PORT, user=expected.USER, password=password, database=expected.DATABASE,
            login_timeout=15, timeout=30, autocommit=autocommit, disable_connect_retry=True,
            # The chain is checked; its check of the name calls what newer releases of pyOpenSSL do not have.
            cafile=expected.CA_FILE or None, validate_host=False)

    def cancel(self):
        connection = self.connect()
        cursor = connection.cursor()
        cursor.execute(expected.MANY_ROWS)
        cursor.fetchone()
        cursor.cancel()
        cursor.close()
        return connection

    def bulk(self, connection, table, columns, values):
        schema, name = table.split(".")
        types = {"ID": pytds.tds_types.IntType(), "Note": pytds.tds_types.NVarCharType(20),
                 "Size": pytds.tds_types.BigIntType()}
        described = [pytds.Column(name=column, type=types[column]) for column in columns]
        cursor = connection.cursor()
        cursor.copy_to(data=values, table_or_view=name, schema=schema, columns=described, keep_nulls=True, tablock=True)
        cursor.close()

    def number_is(self, error, number):
        return getattr(error, "number", None) == number


dbapi.run(PythonTDS())
