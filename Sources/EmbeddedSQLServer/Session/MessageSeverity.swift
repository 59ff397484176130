/// The severity that SQL Server gives to each message number.
///
/// From the tables of "Database engine events and errors" (MicrosoftDocs/sql-docs). For some numbers of the binder
/// those tables say otherwise than servers do (from 2005 to 2025 in published outputs); the server's word counts:
/// 130, 192, 1002, 1033 and 4112 come at 15, and 104, 108, 116, 1008, 1011, 1013, 1088, 8154, 8155, 8156, 8158, 8159
/// and 10709 at 16.
package enum MessageSeverity {
    /// The severity of a message; 16 unless the table says otherwise.
    package static func of(_ number: Int32) -> UInt8 { table[number] ?? 16 }

    private static let table: [Int32: UInt8] = {
        let groups: [(severity: UInt8, numbers: [Int32])] = [
            // Informational: documented as 10, sent as class 0.
            (0, [282, 1766, 2528, 3604, 3606, 3621, 5701, 5703, 7998, 8153, 15_625, 15_626]),
            (11, [3701, 4060, 4064, 15_405, 15_410]),
            (13, [1205]),
            (14, [229, 230, 262, 300, 916, 942, 2601, 2627, 5011, 18_452, 18_456, 18_470]),
            (
                15,
                [
                    102, 103, 107, 109, 110, 117, 120, 121, 127, 130, 131, 134, 135, 136, 137, 141, 144, 145, 147, 155,
                    156,
                    157,
                    164, 168, 173, 174, 178, 189, 159, 192, 195, 346, 352, 1002, 1007, 1015, 1020, 1023, 1033, 1046,
                    1060,
                    1087, 4112,
                    4145,
                    10_704, 10_738, 10_741, 10_742, 10_744, 10_759, 11_719, 11_720,
                ]
            ),
            // Locks.
            (14, [6107]),
            (14, [5812]),
            // sp_rename.
            (0, [15_477]),
            (15, [1054]),
            (11, [15_223, 15_225, 15_248, 15_249, 15_335]),
            // Changes of data.
            (15, [140, 158, 194, 199, 1038, 1031, 1062, 10_705, 10_723, 10_739]),
            // Modules and control of flow.
            (15, [111, 119, 132, 133, 148, 154, 166, 179, 1026, 1048, 1034, 1067, 1075, 2103, 2110]),
            // Of queries, where servers say 15.
            (
                15,
                [
                    310, 1014, 1031, 1062, 4106, 4108, 4109, 4123, 5362, 5366, 10_752, 10_753, 10_754, 10_756, 10_757,
                    10_758,
                ]
            ),
        ]
        var table: [Int32: UInt8] = [:]
        for group in groups {
            for number in group.numbers { table[number] = group.severity }
        }
        return table
    }()
}
