package import CommandLineTools
import Foundation

/// The machine that figures belong to.
package struct MachineDescription: Sendable, Equatable {
    /// The processor's name, or its architecture.
    package let processor: String
    /// Cores that are there.
    package let cores: Int
    /// The operating system.
    package let system: String
    /// Bytes of memory.
    package let memory: UInt64

    /// All fields.
    package init(processor: String, cores: Int, system: String, memory: UInt64) {
        self.processor = processor
        self.cores = cores
        self.system = system
        self.memory = memory
    }

    /// This machine.
    package static var current: MachineDescription {
        let information = ProcessInfo.processInfo
        let list = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
        return MachineDescription(
            processor: processor(in: String(decoding: list, as: UTF8.self)) ?? architecture,
            cores: information.activeProcessorCount, system: information.operatingSystemVersionString,
            memory: information.physicalMemory)
    }

    /// The name of the first processor in the text of /proc/cpuinfo.
    package static func processor(in list: String) -> String? {
        let line = list.split(separator: "\n").first { $0.hasPrefix("model name") }
        guard let colon = line?.firstIndex(of: ":"), let line else { return nil }
        let name = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        return name.isEmpty ? nil : name
    }

    private static var architecture: String {
        #if arch(arm64)
            "arm64"
        #else
            "x86_64"
        #endif
    }

    /// One line.
    package var text: String { "\(processor), \(cores) cores, \(Quantity.bytes(Double(memory))), \(system)" }

    /// The same for programs.
    package var json: JSONValue {
        .object([
            ("processor", .string(processor)), ("cores", .integer(cores)), ("memory", .integer(memory)),
            ("system", .string(system)),
        ])
    }
}
