import SQLServerCore
import SQLValues
import Testing

@Suite("A column of a batch") struct ColumnAccessTests {
    private static let columns = [
        SQLColumn(name: "Id", type: .int), SQLColumn(name: "Price", type: .decimal(9, 2)),
        SQLColumn(name: "Rate", type: .float), SQLColumn(name: "Name", type: .nVarChar(20)),
        SQLColumn(name: "IsOpen", type: .bit),
    ]
    private static let batch = Fixture.batches(ColumnList(columns), (0..<200).map(row))[0]

    /// Every tenth row is all NULL.
    private static func row(_ index: Int) -> [SQLValue] {
        if isNull(index) { return Array(repeating: .null, count: 5) }
        return [
            .int(Int64(index)), Sample.decimal("\(index).25"), .double(Double(index) / 2), .string("n\(index)"),
            .bit(index % 2 == 0),
        ]
    }

    private static func isNull(_ index: Int) -> Bool { index % 10 == 9 }

    private func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch let error as SQLServerError where error.code == .decoding {
            return error.message
        } catch {
            return "another error: \(error)"
        }
    }

    @Test func isAnArray() throws {
        let ids = try Self.batch.column(0, as: Int?.self)
        let expected: [Int?] = (0..<200).map { Self.isNull($0) ? nil : $0 }
        #expect(ids == expected)
        let names = try Self.batch.column("name", as: String?.self)
        #expect(names[8] == "n8" && names[9] == nil && names.count == 200)
        #expect(try Self.batch.column("Price", as: SQLDecimal?.self)[3] == SQLDecimal("3.25"))
    }

    @Test func refusesWhatDoesNotFit() {
        #expect(message { _ = try Self.batch.column(0, as: Int.self) }?.contains("'Id'") == true)
        #expect(message { _ = try Self.batch.column(0, as: String?.self) }?.contains("(int)") == true)
        #expect(message { _ = try Self.batch.column(5, as: Int.self) }?.contains("no column 5") == true)
        #expect(message { _ = try Self.batch.column(-1, as: Int.self) }?.contains("no column -1") == true)
        #expect(message { _ = try Self.batch.column("Nmae", as: Int.self) }?.contains("'Nmae'") == true)
    }

    @Test func saysWhichRowsAreNULL() throws {
        let nulls = try Self.batch.nulls(at: 2)
        #expect(Array(nulls) == stride(from: 9, to: 200, by: 10).map { $0 })
        #expect(nulls.count == 20 && !nulls.isEmpty)
        #expect(nulls.contains(199) && !nulls.contains(0) && !nulls.contains(200) && !nulls.contains(-1))
        #expect(message { _ = try Self.batch.nulls(at: 9) }?.contains("no column 9") == true)
    }

    @Test func isLentWithoutACopy() throws {
        let (count, sum) = try Self.batch.withIntegers(at: 0) { values in
            (values.count, values.indices.reduce(0) { $0 + values[$1] })
        }
        #expect(count == 200)
        let expected: Int = (0..<200).filter { !Self.isNull($0) }.reduce(0, +)
        #expect(sum == Int64(expected))
        let doubles = try Self.batch.withDoubles(at: 2) { values in values.indices.map { values[$0] } }
        let halves: [Double] = (0..<200).map { Self.isNull($0) ? 0 : Double($0) / 2 }
        #expect(doubles == halves)
    }

    @Test func isNotLentAsAnotherType() {
        #expect(message { _ = try Self.batch.withIntegers(at: 4) { $0.count } }?.contains("(bit)") == true)
        #expect(message { _ = try Self.batch.withIntegers(at: 1) { $0.count } }?.contains("'Price'") == true)
        #expect(message { _ = try Self.batch.withDoubles(at: 0) { $0.count } }?.contains("'Id'") == true)
        #expect(message { _ = try Self.batch.withDoubles(at: 7) { $0.count } }?.contains("no column 7") == true)
    }

    @Test func canBeEmpty() throws {
        var builder = ColumnBatchBuilder(ColumnList([Self.columns[0]]))
        let empty = builder.finish()
        #expect(try empty.column(0, as: Int.self) == [])
        #expect(try empty.withIntegers(at: 0) { $0.count } == 0)
        #expect(try empty.nulls(at: 0).isEmpty)
        #expect(message { _ = try empty.withDoubles(at: 0) { $0.count } }?.contains("'Id'") == true)
    }
}
