// SQLServer
