import CommandLineTools
import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments == [MeasuredServer.argument] {
    try MeasuredServer.serve()
} else {
    exit(await BenchProgram.run(arguments).rawValue)
}
