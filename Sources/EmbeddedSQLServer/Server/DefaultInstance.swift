/// Opens the databases of a server that is started without a SQL side of its own.
///
/// This line connects the TDS side to the SQL side.
func makeDefaultInstance(_ storage: EmbeddedServer.Storage, _ edition: EmbeddedServer.Edition) throws -> any SQLInstance
{
    switch storage {
    case .memory: try makeSQLInstance(storage: .memory, edition: edition)
    case .directory(let path): try makeSQLInstance(storage: .directory(path), edition: edition)
    }
}
