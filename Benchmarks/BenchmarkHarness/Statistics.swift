/// The middle and the ends of some measurements.
package struct Statistics: Sendable, Equatable {
    /// The middle value; between two middle ones their mean.
    package let median: Double
    /// The smallest value.
    package let minimum: Double
    /// The largest value.
    package let maximum: Double
    /// How many there were.
    package let count: Int

    /// The statistics of some values; nil when there are none, or one of them is no number.
    package init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last, !values.contains(where: \.isNaN) else { return nil }
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        minimum = first
        maximum = last
        count = sorted.count
    }

    /// The ratios of values that were measured side by side.
    ///
    /// Each value is divided by the one that was measured just before it, so that what slows the machine for a while
    /// slows both.
    ///
    /// - Parameters:
    ///   - values: The measurements of one variant, in order.
    ///   - baseline: Those of the variant to compare with, as many.
    /// - Returns: Nil when there are none, when they are no pairs, or when a baseline is 0.
    package static func ratios(of values: [Double], to baseline: [Double]) -> Statistics? {
        guard values.count == baseline.count, !baseline.contains(0) else { return nil }
        return Statistics(zip(values, baseline).map { $0 / $1 })
    }
}
