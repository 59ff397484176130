/// A limit that a benchmark's medians must keep.
package struct Bar: Sendable, Equatable {
    /// On which side of the limit a value must be.
    package enum Side: Sendable, Equatable {
        case atMost, atLeast
    }

    /// What is looked at.
    package let metric: Metric
    /// On which side of the limit it must be.
    package let side: Side
    /// The limit: a ratio when there is a baseline, otherwise in the metric's unit.
    package let limit: Double
    /// The variant that must keep it.
    package let variant: String
    /// The variant that it is compared with, pair by pair; nil for an absolute limit.
    package let baseline: String?

    /// A value, or a ratio, that may not be larger.
    package static func atMost(
        _ limit: Double, _ metric: Metric, of variant: String, to baseline: String? = nil
    ) -> Bar {
        Bar(metric: metric, side: .atMost, limit: limit, variant: variant, baseline: baseline)
    }

    /// A value, or a ratio, that may not be smaller.
    package static func atLeast(
        _ limit: Double, _ metric: Metric, of variant: String, to baseline: String? = nil
    ) -> Bar {
        Bar(metric: metric, side: .atLeast, limit: limit, variant: variant, baseline: baseline)
    }

    /// Whether a measured value keeps the limit; what could not be measured does not.
    package func holds(for measured: Double?) -> Bool {
        guard let measured, !measured.isNaN else { return false }
        return side == .atMost ? measured <= limit : measured >= limit
    }

    /// The limit in words: `row per second >= 300 k`, `CPU per row <= 1.40 x C reader`.
    package func text(unit: String) -> String {
        let sign = side == .atMost ? "<=" : ">="
        let value = baseline.map { "\(Quantity.ratio(limit)) \($0)" } ?? metric.text(limit)
        return "\(metric.title(unit: unit)) \(sign) \(value)"
    }

    /// A measured value in the form of the limit.
    package func text(of measured: Double?) -> String {
        guard let measured else { return "not measured" }
        return baseline == nil ? metric.text(measured) : Quantity.ratio(measured)
    }
}
