/// What is read from a sample.
package enum Metric: String, Sendable, CaseIterable {
    /// Seconds on the wall for the whole run.
    case wall
    /// Units of work per second on the wall.
    case rate
    /// Seconds of CPU, user and system, for a unit of work.
    case cpuPerUnit
    /// Units of work done.
    case work
    /// The most bytes of memory held at once.
    case peakMemory
    /// Bytes held more at the end than after a part of the work.
    case memoryGrowth
    /// What is held at the end, divided by what was held after a part of the work.
    case memoryRatio

    /// The value of one run; nil when the sample does not tell.
    package func value(of sample: Sample) -> Double? {
        switch self {
        case .wall: sample.wall
        case .rate: sample.wall > 0 ? Double(sample.work) / sample.wall : nil
        case .cpuPerUnit: sample.work > 0 ? sample.usage.cpu / Double(sample.work) : nil
        case .work: Double(sample.work)
        case .peakMemory: Double(sample.usage.peakMemory)
        case .memoryGrowth: sample.memory.map { Double($0.after - $0.before) }
        case .memoryRatio:
            sample.memory.flatMap { $0.before > 0 ? Double($0.after) / Double($0.before) : nil }
        }
    }

    /// What it is called in a sentence.
    package func title(unit: String) -> String {
        switch self {
        case .wall: "wall time"
        case .rate: "\(unit) per second"
        case .cpuPerUnit: "CPU per \(unit)"
        case .work: "\(unit) done"
        case .peakMemory: "peak memory"
        case .memoryGrowth: "growth of memory"
        case .memoryRatio: "memory at the end to memory warmed up"
        }
    }

    /// A value of it for a person.
    package func text(_ value: Double) -> String {
        switch self {
        case .wall, .cpuPerUnit: Quantity.seconds(value)
        case .rate, .work: Quantity.count(value)
        case .peakMemory, .memoryGrowth: Quantity.bytes(value)
        case .memoryRatio: Quantity.ratio(value)
        }
    }
}
