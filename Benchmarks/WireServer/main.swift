import Foundation

// Tells its port, and runs until stdin ends.
let server = try WireServer()
FileHandle.standardOutput.write(Data("\(server.port)\n".utf8))
while readLine() != nil {}
exit(0)
