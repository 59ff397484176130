import SQLServer
import SQLValues

/// The rows of the wire server's shape `mixed`, for bulk loads: as tuples, and as a native file of freebcp.
enum BulkRows {
    /// A row of the shape.
    typealias Row = (Int, String, SQLDecimal, SQLDateTime, SQLUniqueIdentifier, Int, Double, String)

    /// The columns of the shape.
    static let columns = (0..<8).map { "c\($0)" }

    private static let firstMoment = 639_000_000_000_000_000

    /// So many rows, made by the rule of the wire server; the receipts of the loads tell whether they are the same.
    static func make(_ count: Int) -> [Row] {
        (0..<count).compactMap { number in
            let moment = SQLDateTime(ticksSinceYearOne: firstMoment + number % 86_400 * 10_000_000)
            guard let amount = SQLDecimal(coefficient: Int128(number) * 1_234, scale: 4), let moment else { return nil }
            let key = SQLUniqueIdentifier(
                high: 0x4242_4242_4242_4242, low: 0x4242_4242_4242_4200 | UInt64(number & 0xFF))
            return (
                number, "Customer number \(number % 10_000)", amount, moment, key, number << 20, Double(number) / 7,
                "note \(number % 100)"
            )
        }
    }

    /// The rows as `freebcp -n` of FreeTDS 1.3 reads them (bcp.c, `_bcp_read_hostfile`): numbers as in memory,
    /// before texts and times the length in two bytes, before decimals in one.
    ///
    /// The file is not made by `freebcp out`, because that writes nvarchar in the client's code page, and `freebcp in` sends
    /// those bytes to the server as they are: other texts come to the table than were in it.
    static func nativeFile(_ rows: [Row]) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(160 * rows.count)
        for (id, name, amount, moment, key, large, ratio, note) in rows {
            append(Int32(truncatingIfNeeded: id), to: &data)
            append(name, to: &data)
            // DBNUMERIC: precision, scale, sign, the magnitude with its most significant byte first.
            data += [11, 18, 4, amount.coefficient < 0 ? 1 : 0]
            append(UInt64(truncatingIfNeeded: amount.coefficient.magnitude).bigEndian, to: &data)
            // DBDATETIMEALL: 100 ns, days since 1900-01-01, offset, precision and what is there.
            let (days, time) = moment.ticksSinceYearOne.quotientAndRemainder(dividingBy: 864_000_000_000)
            append(Int16(16), to: &data)
            append(UInt64(time), to: &data)
            append(Int32(days - 693_595), to: &data)
            append(Int16(0), to: &data)
            append(UInt16(0x6007), to: &data)
            // All bytes but the last are the same, so that their order does not matter.
            append(key.high, to: &data)
            append(key.low.bigEndian, to: &data)
            append(Int64(large), to: &data)
            append(ratio.bitPattern, to: &data)
            append(note, to: &data)
        }
        return data
    }

    private static func append(_ text: String, to data: inout [UInt8]) {
        let units = Array(text.utf16)
        append(Int16(2 * units.count), to: &data)
        for unit in units { append(unit, to: &data) }
    }

    private static func append<Number: FixedWidthInteger>(_ number: Number, to data: inout [UInt8]) {
        unsafe withUnsafeBytes(of: number) { unsafe data.append(contentsOf: $0) }
    }
}
