import SQLServerCore
import SQLValues
import SeededRandom
import Testing

@Suite("A result set")
struct ColumnBatchTests {
    @Test(arguments: Sample.all.indices) func givesBackEveryValueOfEveryType(index: Int) throws {
        let (type, values) = Sample.all[index]
        for value in values + [.null] {
            let row = Fixture.row(value, type)
            #expect(row.values == [value], "\(type)")
            #expect(try row.decode(SQLValue.self, at: 0) == value)
            #expect(try row.cell(at: 0).isNull == value.isNull)
        }
    }

    @Test func tellsEmptyTextFromNULL() throws {
        #expect(try Fixture.row(.string(""), .nVarChar(10)).decode(String?.self, at: 0) == "")
        #expect(try Fixture.row(.null, .nVarChar(10)).decode(String?.self, at: 0) == nil)
        #expect(try Fixture.row(.bytes([]), .varBinary(10)).decode([UInt8]?.self, at: 0) == [])
        #expect(try Fixture.row(.null, .varBinary(10)).decode([UInt8]?.self, at: 0) == nil)
    }

    @Test func keepsTextAsItWasComposed() throws {
        let text = try Fixture.row(.string("e\u{301}\u{0}\u{FEFF}"), .nVarChar(10)).decode(String.self, at: 0)
        #expect(Array(text.unicodeScalars) == ["e", "\u{301}", "\u{0}", "\u{FEFF}"])
    }

    @Test func holdsMoreRowsThanABatch() async throws {
        let columns = [SQLColumn(name: "Id", type: .int), SQLColumn(name: "Name", type: .nVarChar(20))]
        let rows = (0..<5_000).map { [SQLValue.int(Int64($0)), $0 % 7 == 0 ? .null : .string("row \($0)")] }
        let events = Fixture.events(columns, rows)
        #expect(events.count == 1 + 5 + 1)
        let result = try await Fixture.resultSet(columns, rows)
        #expect(result.count == 5_000)
        #expect(result.map(\.values) == rows)
        for index in [0, 1_023, 1_024, 2_047, 2_048, 4_999] { #expect(result[index].values == rows[index]) }
        #expect(result.reversed().first?.values == rows.last)
        #expect(result[1_020..<1_030].map(\.values) == Array(rows[1_020..<1_030]))
    }

    @Test(arguments: [1_023, 1_024, 1_025]) func isCutIntoBatchesOf1024Rows(count: Int) {
        let list = ColumnList([SQLColumn(name: "Id", type: .bigInt)])
        let batches = Fixture.batches(list, (0..<count).map { [.int(Int64($0))] })
        #expect(batches.map(\.rowCount) == (count <= 1_024 ? [count] : [1_024, count - 1_024]))
        #expect(batches.flatMap { $0.rows.flatMap(\.values) } == (0..<count).map { .int(Int64($0)) })
    }

    /// Fills a builder until it is full, and says with how many rows it was.
    private func fill(_ builder: inout ColumnBatchBuilder, _ bytes: Int) -> Int {
        let value = [UInt8](repeating: 7, count: bytes)
        while !builder.isFull {
            builder.beginRow()
            unsafe value.withUnsafeBytes { unsafe builder.append(bytes: $0) }
            builder.endRow()
        }
        return builder.rowCount
    }

    @Test func theFirstBatchMayBeSmall() {
        let list = ColumnList([SQLColumn(name: "Blob", type: .varBinary(8_000))])
        var small = ColumnBatchBuilder(list, firstRows: 64)
        let first = fill(&small, 1)
        let batch = small.finish()
        let second = fill(&small, 1)
        #expect(first == 64 && batch.rowCount == 64 && second == 1_024)
        // In proportion: 64 of 1,024 rows, 16 of 256 KB.
        var wide = ColumnBatchBuilder(list, firstRows: 64)
        let byBytes = fill(&wide, 8_000)
        #expect(byBytes == 3)
    }

    @Test func nothingFollowsTheLastBatch() {
        var builder = ColumnBatchBuilder(ColumnList([SQLColumn(name: "Blob", type: .varBinary(8_000))]))
        _ = fill(&builder, 1_000)
        let last = builder.finish(isLast: true)
        let isFull = builder.isFull
        #expect(last.rowCount == 263 && isFull && builder.rowCount == 0)
    }

    @Test func isCutIntoBatchesByBytes() {
        let list = ColumnList([SQLColumn(name: "Blob", type: .varBinaryMax)])
        let rows = (0..<10).map { [SQLValue.bytes(Array(repeating: UInt8($0), count: 100_000))] }
        let batches = Fixture.batches(list, rows)
        #expect(batches.map(\.rowCount) == [3, 3, 3, 1])
        #expect(batches.flatMap { $0.rows.map(\.values) } == rows)
    }

    @Test func holdsValuesLargerThanABatch() {
        let list = ColumnList([
            SQLColumn(name: "a", type: .nVarCharMax), SQLColumn(name: "n", type: .int),
            SQLColumn(name: "b", type: .varBinaryMax), SQLColumn(name: "c", type: .nVarCharMax),
        ])
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let rows: [[SQLValue]] = [
            [.string("small"), .int(1), .bytes([1]), .string("")],
            [.string(String(repeating: "ü", count: 700_000)), .int(2), .bytes(bytes), .string("end")],
            [.null, .null, .null, .null],
        ]
        let batches = Fixture.batches(list, rows)
        #expect(batches.flatMap { $0.rows.map(\.values) } == rows)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func keepsRandomRowsOfAllTypes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<1_500).map { _ in
            Sample.all.map { type, values in
                // Few large values, so that the test stays small.
                let isLarge = type.isMax && Int.random(in: 0..<200, using: &generator) > 0
                if isLarge || Bool.random(using: &generator) { return SQLValue.null }
                return values.randomElement(using: &generator) ?? .null
            }
        }
        let batches = Fixture.batches(ColumnList(Sample.columns), rows)
        let read = batches.flatMap { $0.rows.map(\.values) }
        #expect(read.count == rows.count)
        for (index, (a, b)) in zip(read, rows).enumerated() where a != b {
            Issue.record("row \(index) differs")
            return
        }
    }

    @Test func outlivesItsBuilder() {
        var builder = ColumnBatchBuilder(ColumnList([SQLColumn(name: "a", type: .int)]))
        builder.append(integer: 1)
        builder.endRow()
        let first = builder.finish()
        #expect(builder.rowCount == 0)
        builder.appendNull()
        builder.endRow()
        let second = builder.finish()
        #expect(first.rows.flatMap(\.values) == [.int(1)])
        #expect(second.rows.flatMap(\.values) == [.null])
    }

    @Test func mayHaveNoRowsAndNoColumns() async throws {
        let empty = try await Fixture.resultSet([SQLColumn(name: "a", type: .int)], [])
        #expect(empty.isEmpty)
        #expect(empty.columns.map(\.name) == ["a"])
        #expect(try empty.decode(as: Int.self) == [])
        let nothing = try await ScriptedExecutor([.statementEnd(rowCount: 3)]).query("UPDATE t SET a = 1")
        #expect(nothing.isEmpty && nothing.columns.isEmpty)
    }
}
