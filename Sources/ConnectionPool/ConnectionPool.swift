// ConnectionPool
