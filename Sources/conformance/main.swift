import CommandLineTools
import Foundation

exit(await ConformanceProgram.run(Array(CommandLine.arguments.dropFirst())).rawValue)
