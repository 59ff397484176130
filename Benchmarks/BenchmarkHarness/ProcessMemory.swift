import Foundation

#if canImport(Darwin)
    import Darwin
#endif

/// The memory that this process holds.
package enum ProcessMemory {
    #if canImport(Darwin)
        /// Bytes of real memory held now; nil when the system does not tell.
        package static var resident: Int? {
            var info = mach_task_basic_info()
            var count = mach_msg_type_number_t(
                MemoryLayout<mach_task_basic_info>.size / MemoryLayout<natural_t>.size)
            let status = unsafe withUnsafeMutablePointer(to: &info) { pointer in
                unsafe pointer.withMemoryRebound(to: integer_t.self, capacity: Int(count)) {
                    unsafe task_info(mach_task_self_, task_flavor_t(MACH_TASK_BASIC_INFO), $0, &count)
                }
            }
            return status == KERN_SUCCESS ? Int(info.resident_size) : nil
        }
    #else
        /// Bytes of real memory held now; nil when the system does not tell.
        package static var resident: Int? { field("VmRSS:") }
        /// The most bytes of real memory held since exec; nil when the system does not tell.
        static var peak: Int? { field("VmHWM:") }

        private static func field(_ name: String) -> Int? {
            guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
            return bytes(of: name, in: String(decoding: data, as: UTF8.self))
        }
    #endif

    /// The bytes of a line `VmRSS:   1234 kB` of /proc/PID/status.
    package static func bytes(of field: String, in status: String) -> Int? {
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(field) }) else { return nil }
        let words = line.dropFirst(field.count).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[1] == "kB", let kilobytes = Int(words[0]) else { return nil }
        return kilobytes * 1024
    }
}
