import SQLServerCore
import SQLValues

/// The allow-list of these tests, and a signer that needs no cryptography.
enum Orders {
    static let list = SQLAllowList(
        [
            .column("id", "o.Id", .bigInt, filter: .comparison, isNullable: false),
            .column("customer", "c.Name", .nVarChar(100), filter: .text.union([.isNull]), isSortable: true),
            .column("code", "o.Code", .varChar(10), filter: [.eq, .in, .contains], codePage: .windows1252),
            .column("fixed", "o.Fixed", .nChar(5), filter: .text),
            .column("placed", "o.PlacedAt", .dateTime2(7), filter: .comparison, isSortable: true, isNullable: false),
            .column("total", "o.Total", .decimal(19, 4), filter: .comparison, isSortable: true),
            .column("open", "o.IsOpen", .bit, filter: .equality), .column("day", "o.Day", .date, filter: .comparison),
            .column("at", "o.At", .dateTimeOffset(7), filter: .comparison),
            .column("hour", "o.Hour", .time(0), filter: [.eq]),
            .column("key", "o.[Key]", .uniqueIdentifier, filter: .equality),
            .column("weight", "o.Weight", .float, filter: .comparison),
            .column("ratio", "o.Ratio", .real, filter: [.eq]),
            .column("small", "o.Small", .tinyInt, filter: .equality),
            .column("hash", "o.Hash", .binary(2), filter: [.eq]),
            .column("price", "o.Price", .smallMoney, filter: [.eq]),
            .column("seen", "o.Seen", .dateTime, filter: [.eq]),
            .column("note", "o.Note", .xml, filter: [.isNull]), .column("secret", "o.Secret", .nVarChar(10)),
        ],
        uniqueKey: ["id"], defaultOrder: "-placed")
}

/// A stand-in for HMAC: different for different messages and keys, and no secret at all.
struct TestSigner: SQLCursorSigner {
    var key: UInt64 = 1
    var length = 32

    func authenticationCode(for message: [UInt8]) throws(SQLServerError) -> [UInt8] {
        var state: [UInt64] = [key, 2, 3, 4]
        for byte in message {
            for index in state.indices {
                state[index] = (state[index] ^ UInt64(byte) ^ UInt64(index)) &* 0x100_0000_01B3
            }
        }
        let bytes = state.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        return Array(bytes.prefix(length))
    }

    func isAuthentic(_ code: [UInt8], for message: [UInt8]) throws(SQLServerError) -> Bool {
        try authenticationCode(for: message) == code
    }
}

/// The error of a call; nil when it does not fail.
func failure<Value>(_ body: () throws(SQLServerError) -> Value) -> SQLServerError? {
    do throws(SQLServerError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
