print("mssql")
