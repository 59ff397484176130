/// The version of the `mssql` command.
package let mssqlVersion = "0.1.0"
