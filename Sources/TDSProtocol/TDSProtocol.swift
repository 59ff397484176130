// TDSProtocol
