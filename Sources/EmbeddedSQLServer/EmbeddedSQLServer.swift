// EmbeddedSQLServer
