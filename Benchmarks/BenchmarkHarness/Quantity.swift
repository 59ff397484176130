import Foundation

/// Numbers for a person: three or four digits and a prefix.
package enum Quantity {
    /// `1.234 s`, `56.7 ms`, `8.9 us`, `45 ns`.
    package static func seconds(_ value: Double) -> String {
        scaled(value, [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")])
    }

    /// `12.3 M`, `456 k`, `78`.
    package static func count(_ value: Double) -> String {
        scaled(value, [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")])
    }

    /// `1.5 GB`, `12.3 MB`, `456 kB`, in powers of 1,000.
    package static func bytes(_ value: Double) -> String {
        scaled(value, [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")])
    }

    /// `1.07 x`.
    package static func ratio(_ value: Double) -> String { String(format: "%.2f x", value) }

    private static func scaled(_ value: Double, _ units: [(size: Double, name: String)]) -> String {
        guard let smallest = units.last, value.isFinite else { return "\(value)" }
        let unit = units.first { abs(value) >= $0.size } ?? smallest
        let number = value / unit.size
        let digits = abs(number) >= 100 || number == number.rounded() ? 0 : abs(number) >= 10 ? 1 : 2
        let text = String(format: "%.\(digits)f", number)
        return unit.name.isEmpty ? text : "\(text) \(unit.name)"
    }
}
