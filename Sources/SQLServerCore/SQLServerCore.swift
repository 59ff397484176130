// SQLServerCore
