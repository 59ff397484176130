import Foundation
import MSSQLCommand

exit(await MSSQLProgram.runProcess(arguments: Array(CommandLine.arguments.dropFirst())))
