/// Opens the databases of a server that is started without a SQL side of its own.
///
/// This line connects the TDS side to the SQL side.
func makeDefaultInstance(_ storage: EmbeddedServer.Storage) throws -> any SQLInstance {
    throw EmbeddedServerError("the embedded server was built without its SQL side, so it cannot open \(storage)")
}
