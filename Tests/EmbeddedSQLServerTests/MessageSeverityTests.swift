import EmbeddedSQLServer
import Foundation
import Testing

/// Severities against what "Database engine events and errors" documents and published outputs of servers show.
struct MessageSeverityTests {
    private static let facts: [(severity: UInt8, numbers: [Int32])] = [
        (
            0,
            [
                282, 3606, 3621, 5701, 5703, 8153, 15_625, 15_626,
            ]
        ),
        (
            11,
            [
                3701, 4060,
            ]
        ),
        (
            13,
            [
                1205
            ]
        ),
        (
            14,
            [
                942, 2601, 2627, 5011, 18_452, 18_456,
            ]
        ),
        (
            15,
            [
                102, 103, 107, 109, 110, 120, 121, 127, 130, 131, 134, 135, 136, 137, 141, 144, 145, 147, 155, 156,
                157,
                164, 168, 173, 174, 178, 189, 192, 195, 1002, 1007, 1023, 1060, 1015, 1033, 1046, 4112, 4145, 10_704,
                10_738,
                10_741, 10_742, 10_744, 10_759,
            ]
        ),
        // Locks.
        (14, [6107]),
        // Modules and control of flow.
        (15, [111, 119, 132, 133, 148, 154, 166, 179, 1026, 1048, 1034, 1067, 1075, 1087, 2103, 2110]),
        (
            16,
            [
                214, 217, 443, 444, 455, 1764, 2010, 2111, 2732, 2754, 2787, 3609, 3705, 8143, 8144, 8146, 8162, 8180,
                8197, 3971, 3989, 4002,
                4121, 4506, 4514, 9815, 10_700, 313,
                16_902,
                16_905, 16_911, 16_948, 16_949, 16_915, 16_916, 16_917, 16_922, 16_924, 16_929, 16_930, 16_931, 16_933,
                16_950, 16_951, 18_054,
            ]
        ),
        (
            16,
            [
                104, 108, 116, 201, 205, 206, 207, 208, 209, 213, 214, 220, 226, 232, 235, 241, 242, 243, 244,
                245, 248,
                257, 259, 263, 264, 266, 289, 402, 408, 506, 512, 515, 517, 529, 535, 536, 537, 544, 545,
                547, 628,
                911, 1008, 1011, 1013, 1088, 1222, 1505, 1752, 1761, 1762, 1767, 1769, 1770, 1773, 1776, 1778, 1779,
                1781, 1801,
                297, 1902, 1911, 1913, 1919, 2628, 2705, 2714, 2744, 2749, 2750, 2754, 2760, 2812, 3623, 3702, 3708,
                3723, 3725, 3726, 3728, 3729, 3902, 3903, 3930, 3931, 3960, 3998, 4104, 4127, 4151, 4429, 4511,
                4701, 4712, 4901, 4902, 4923, 4924, 5074, 5308, 6401, 8009, 8101, 8102, 8106, 8107, 8111, 8114,
                8115, 8116, 8117, 8120, 8121, 8127, 8133, 8134, 8139, 8145, 8147, 8154, 8155, 8156, 8158, 8159, 8169,
                8144, 8162, 8170, 8178, 1202, 1224, 1227, 1230, 8179, 8624, 9810, 10_709, 15_151, 17_187, 35_100,
                40_517,
                // Transactions, locks and RAISERROR.
                574, 1223, 2732, 2742, 3918, 2748, 2786, 2787, 3951, 3952, 3961, 6101, 6104, 6106, 6120, 18_054,
            ]
        ),
        // Of security.
        (11, [4064, 15_405, 15_410]), (14, [229, 230, 262, 300, 916, 18_470]), (15, [1020]),
        (
            16,
            [
                2557, 4606, 4610, 4611, 4613, 4615, 4617, 4621, 4624, 4628, 15_006, 15_007, 15_010, 15_023, 15_025,
                15_063, 15_081, 15_110, 15_138, 15_144, 15_150, 15_174, 15_183, 15_196, 15_199, 15_247, 15_284, 15_406,
                15_413, 15_421, 15_433, 15_434, 15_517, 15_591, 33_062, 33_064, 33_233,
            ]
        ),
        // Of changes of data.
        (15, [140, 158, 194, 199, 1038, 1031, 1062, 1087, 10_705, 10_723, 10_739]),
        (
            16,
            [
                286, 331, 483, 1762, 3915, 3916, 8164, 332, 333, 334, 550, 4403, 4405, 4406, 4417, 4418, 4420,
                4421, 4422, 4426, 4920, 5318,
                5319, 5333, 5334, 8672, 10_700,
            ]
        ),
        // Of queries.
        (
            15,
            [
                310, 1014, 1031, 1062, 4106, 4108, 4109, 4123, 5362, 5366, 10_752, 10_753, 10_754, 10_756, 10_757,
                10_758,
            ]
        ),
        (
            16,
            [
                217, 239, 240, 246, 247, 252, 253, 306, 307, 308, 313, 460, 461, 462, 465, 467, 473, 530, 4113, 4193,
                4194, 4199, 5309, 5373, 6809, 6819, 6852, 8144, 8161, 8167, 8727, 8730, 8748, 9819, 9829, 10_703,
                13_600, 13_601, 13_605, 13_607, 13_608, 13_609, 13_611, 13_618, 13_619, 13_620, 13_621, 13_623,
                13_624, 13_625, 13_641,
            ]
        ),
        // Of types and functions.
        (
            16,
            [
                234, 237, 281, 293, 295, 447, 468, 9812, 9818, 9819, 9820, 9828, 9834, 10_760,
            ]
        ),
        // Of definitions.
        (0, [1766, 2528, 3604, 7998]),
        (15, [117, 159, 346, 352, 11_719, 11_720]),
        (
            16,
            [
                218, 219, 271, 272, 273, 350, 500, 1750, 1759, 1909, 1927, 2501, 2706, 2715, 2716,
                2727, 2738, 2767, 3727, 3732, 3739, 4022, 4815, 4816, 4916, 4917, 4922, 4927, 4928, 4936,
                5313, 7997, 7999, 8112, 8196, 11_415, 11_700, 11_701, 11_702, 11_703, 11_704, 11_705,
                11_708, 11_726, 11_728, 15_530, 50_000,
            ]
        ),
        // Languages, the session context and messages of the user's.
        (14, [5812]),
        (16, [574, 1934, 2740, 2741, 2745, 2778, 15_040, 15_041, 15_042, 15_043, 15_179, 15_664, 15_665, 15_666]),
        // Schema binding and sp_rename.
        (0, [15_477]), (15, [1054]), (16, [4512, 4513, 15_336]),
    ]

    private static let known: [Int32: UInt8] = {
        var table: [Int32: UInt8] = [:]
        for group in facts {
            for number in group.numbers { table[number] = group.severity }
        }
        return table
    }()

    @Test func everySeverityIsThatOfSQLServer() {
        for (number, severity) in Self.known {
            #expect(MessageSeverity.of(number) == severity, "Msg \(number)")
        }
    }

    @Test func noNumberIsUsedWhoseSeverityWasNotLookedUp() throws {
        let used = try Self.usedNumbers()
        #expect(used.count > 150)
        #expect(used.subtracting(Self.known.keys).subtracting([50_000]) == [])
    }

    /// The numbers in the first argument of every `error(` of the server's sources.
    private static func usedNumbers() throws -> Set<Int32> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/EmbeddedSQLServer")
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var numbers: Set<Int32> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for call in text.components(separatedBy: "error(").dropFirst() {
                let argument = call.prefix { $0 != "," && $0 != ")" }
                for word in argument.split(whereSeparator: { !($0.isNumber || $0 == "_") }) {
                    if let number = Int32(word.replacing("_", with: "")), number >= 100 { numbers.insert(number) }
                }
            }
        }
        return numbers
    }
}
