import SQLServerCore
import SQLValues
import Testing

@Suite("A filter from a query string")
struct FilterTests {
    private let orders = Orders.list

    static let conditions: [(String, String, [SQLValue])] = [
        ("id=5", "o.Id = @p1", [.int(5)]), ("id[eq]=5", "o.Id = @p1", [.int(5)]),
        ("id[ne]=-5", "o.Id <> @p1", [.int(-5)]),
        ("id[lt]=5", "o.Id < @p1", [.int(5)]), ("id[le]=5", "o.Id <= @p1", [.int(5)]),
        ("id[gt]=5", "o.Id > @p1", [.int(5)]), ("id[ge]=5", "o.Id >= @p1", [.int(5)]),
        ("id%5Bge%5D=5", "o.Id >= @p1", [.int(5)]),
        ("id[in]=1,2,3", "o.Id IN (@p1, @p2, @p3, @p4)", [.int(1), .int(2), .int(3), .int(3)]),
        ("id[in]=", "o.Id IN (SELECT CAST(NULL AS bigint) WHERE 1 = 0)", []),
        ("id[between]=1,9", "o.Id BETWEEN @p1 AND @p2", [.int(1), .int(9)]),
        ("customer=O'Neil", "c.Name = @p1", [.string("O'Neil")]), ("customer=", "c.Name = @p1", [.string("")]),
        ("customer=a+b%2Bc", "c.Name = @p1", [.string("a b+c")]), ("customer", "c.Name = @p1", [.string("")]),
        ("customer=a=b", "c.Name = @p1", [.string("a=b")]),
        (
            "customer[in]=a\\,b,c\\\\,\\d", "c.Name IN (@p1, @p2, @p3, @p4)",
            [.string("a,b"), .string("c\\"), .string("d"), .string("d")]
        ),
        ("customer[isNull]=true", "c.Name IS NULL", []), ("customer[isNull]=false", "c.Name IS NOT NULL", []),
        ("customer[contains]=50%25_[a]\\", "c.Name LIKE @p1 ESCAPE '\\'", [.string("%50\\%\\_\\[a]\\\\%")]),
        ("customer[startsWith]=Ada", "c.Name LIKE @p1 ESCAPE '\\'", [.string("Ada%")]),
        ("customer[endsWith]=%F0%9F%99%82", "c.Name LIKE @p1 ESCAPE '\\'", [.string("%🙂")]),
        ("fixed[endsWith]=a", "RTRIM(o.Fixed) LIKE @p1 ESCAPE '\\'", [.string("%a")]),
        ("code[contains]=%25", "o.Code LIKE @p1 ESCAPE '\\'", [.string("%\\%%")]),
        ("open=true", "o.IsOpen = @p1", [.bit(true)]), ("open=0", "o.IsOpen = @p1", [.bit(false)]),
        ("total=12.5", "o.Total = @p1", [Sample.decimal("12.5000")]),
        ("price=0.05", "o.Price = @p1", [Sample.decimal("0.05")]),
        ("weight=1e-3", "o.Weight = @p1", [.double(0.001)]),
        ("ratio=0.1", "o.Ratio = @p1", [.double(Double(Float(0.1)))]),
        ("day=2024-02-29", "o.Day = @p1", [Sample.date("2024-02-29")]),
        ("hour=12:34:56", "o.Hour = @p1", [Sample.time("12:34:56")]),
        ("placed[ge]=2024-02-29T12:34:56.7654321", "o.PlacedAt >= @p1", [Sample.moment("2024-02-29 12:34:56.7654321")]),
        ("seen=2024-02-29T12:34:56.003", "o.Seen = @p1", [Sample.moment("2024-02-29 12:34:56.003")]),
        ("at=2024-02-29T12:00:00Z", "o.At = @p1", [Sample.offset("2024-02-29 12:00:00 +00:00")]),
        ("at=2024-02-29T12:00:00%2B02:00", "o.At = @p1", [Sample.offset("2024-02-29 12:00:00 +02:00")]),
        (
            "key=6f9619ff-8b86-d011-b42d-00c04fc964ff", "o.[Key] = @p1",
            [Sample.guid("6F9619FF-8B86-D011-B42D-00C04FC964FF")]
        ),
        ("hash=0x00fF", "o.Hash = @p1", [.bytes([0, 255])]), ("small=255", "o.Small = @p1", [.int(255)]),
        ("note[isNull]=true", "o.Note IS NULL", []), ("", "1 = 1", []),
        ("sort=-total&cursor=x&page=2&size=5", "1 = 1", []),
        ("&id=1&&total[ge]=2&", "(o.Id = @p1) AND (o.Total >= @p2)", [.int(1), Sample.decimal("2")]),
    ]

    @Test(arguments: conditions.indices) func isAConditionWithTypedParameters(index: Int) throws {
        let (query, text, values) = Self.conditions[index]
        let request = try orders.filter(query: query).rendered()
        #expect(request.text == text)
        #expect(request.parameters.map(\.value) == values)
    }

    @Test func declaresParametersWithTheColumnsTypes() throws {
        let filter = try orders.filter(
            query: "code=x&code[contains]=x&customer=y&customer[contains]=y&seen=2024-01-01T00:00:00&total=1")
        #expect(
            try filter.rendered().declarations == "@p1 varchar(10), @p2 varchar(8000), @p3 nvarchar(100), "
                + "@p4 nvarchar(4000), @p5 datetime, @p6 decimal(19,4)")
    }

    static let refused: [(String, [String])] = [
        ("custmer=x", ["'custmer'", "did you mean 'customer'", "'total'"]), ("secret=x", ["'secret'", "'customer'"]),
        ("nothing=x", ["no column 'nothing'", "'id'"]), ("ID=1", ["'ID'", "'id'"]), ("id]=1", ["'id]'"]),
        ("id[=1", ["'id['"]), ("[eq]=1", ["''"]), ("id[]=1", ["operator ''", "eq, ne"]),
        ("id[like]=1", ["'id' has no operator 'like'", "eq, ne, lt, le, gt, ge, in, between"]),
        ("id[EQ]=1", ["'EQ'"]), ("id[contains]=1", ["'contains'"]), ("open[lt]=true", ["'lt'", "eq, ne, in"]),
        ("note=x", ["'eq'", "isNull"]), ("id=abc", ["id[eq]", "bigint", "such as 42"]), ("id=1.5", ["bigint"]),
        ("id=", ["bigint"]), ("id= 1", ["bigint"]), ("id=9223372036854775808", ["bigint"]), ("id=1;DROP", ["bigint"]),
        ("small=256", ["tinyint", "out of range"]), ("total=1.23456", ["decimal(19,4)", "decimal places"]),
        ("total=1e5", ["decimal(19,4)", "12.50"]), ("weight=nan", ["float"]), ("weight=inf", ["float"]),
        ("weight=0x1p3", ["float"]), ("weight=1e999", ["float"]), ("open=yes", ["bit", "true or false"]),
        ("day=29.02.2024", ["date", "2024-02-29"]), ("day=2023-02-29", ["date"]),
        ("hour=12:34:56.5", ["time(0)", "finer"]),
        ("placed=2024-02-29", ["datetime2(7)", "T12:34:56"]),
        ("at=2024-02-29T12:00:00+02:00", ["datetimeoffset", "%2B"]),
        ("seen=2024-02-29T12:34:56.001", ["datetime", "finer"]), ("key=abc", ["uniqueidentifier"]),
        ("hash=00ff", ["binary(2)", "0x00FF"]), ("hash=0x123456", ["binary(2)", "too long"]),
        ("hash=0x1", ["binary(2)"]),
        ("code=Łódź", ["varchar(10)", "code page 1252"]), ("code=12345678901", ["too long"]),
        ("code[contains]=\u{FF05}", ["code page 1252"]), ("id[between]=1", ["two values"]),
        ("id[between]=1,2,3", ["two values"]),
        ("id[in]=1,x", ["id[in]", "bigint"]), ("id[in]=1,", ["bigint"]), ("customer[isNull]=1", ["true or false"]),
        ("id=%", ["hexadecimal"]), ("id=%zz", ["hexadecimal"]), ("customer=%ff", ["UTF-8"]),
        ("customer=%ed%a0%80", ["UTF-8"]),
        ("ratio=1e40", ["real"]),
    ]

    @Test(arguments: refused.indices) func saysWhatIsWrongAndWhatIsAllowed(index: Int) throws {
        let (query, words) = Self.refused[index]
        let error = try #require(failure { () throws(SQLServerError) in try orders.filter(query: query) })
        #expect(error.code == .invalidRequest)
        for word in words { #expect(error.message.contains(word), "\(error.message)") }
    }

    @Test func showsNoValuesAndNoControlCharacters() throws {
        for query in ["id=s3cr3t", "total=s3cr3t", "code=s3cr3tŁ", "day[in]=s3cr3t"] {
            let error = try #require(failure { () throws(SQLServerError) in try orders.filter(query: query) })
            #expect(!"\(error)".contains("s3cr3t"))
        }
        let name = String(repeating: "x", count: 1_000) + "\r\nSet-Cookie: a"
        let error = try #require(
            failure { () throws(SQLServerError) in try orders.filter([SQLFilterTerm("\r\n\(name)", "1")]) })
        #expect(!error.message.contains("\r") && !error.message.contains("Cookie") && error.message.contains("…"))
    }

    @Test func hasLimits() throws {
        let many = (0...50).map { "id=\($0)" }.joined(separator: "&")
        #expect(failure { () throws(SQLServerError) in try orders.filter(query: many) }?.message.contains("50") == true)
        let values = (0...1_000).map(String.init).joined(separator: ",")
        let error = failure { () throws(SQLServerError) in try orders.filter(query: "id[in]=\(values)") }
        #expect(error?.message.contains("1001") == true)
        let thousand = (1...1_000).map(String.init).joined(separator: ",")
        #expect(try orders.filter(query: "id[in]=\(thousand)").rendered().parameters.count == 1)
        let pattern = String(repeating: "%25", count: 2_000)
        #expect(
            failure { () throws(SQLServerError) in try orders.filter(query: "customer[contains]=\(pattern)") }?
                .message.contains("too long") == true)
    }

    @Test func takesTermsOfOtherSources() throws {
        let terms = [
            SQLFilterTerm("total[ge]", "2"), SQLFilterTerm("customer", "a&b=c%20"),
            SQLFilterTerm(column: "id", operator: "in", value: "1"),
        ]
        let request = try orders.filter(terms).rendered()
        #expect(request.text == "(o.Total >= @p1) AND (c.Name = @p2) AND (o.Id IN (@p3))")
        #expect(request.parameters[1].value == .string("a&b=c%20"))
    }

    @Test func escapesWildcardsByTheirCodePoints() throws {
        // As a Character a % with a combining mark is no %, but to LIKE it is one.
        let request = try orders.filter([SQLFilterTerm("customer[contains]", "%\u{301}_\u{20DD}[\u{200D}")]).rendered()
        guard case .string(let pattern) = request.parameters[0].value else {
            Issue.record("no text")
            return
        }
        #expect(Array(pattern.unicodeScalars) == Array("%\\%\u{301}\\_\u{20DD}\\[\u{200D}%".unicodeScalars))
    }

    static let mistakes: [(SQLAllowList, String)] = [
        (SQLAllowList([.column("a", "A", .int), .column("a", "B", .int)]), "two columns 'a'"),
        (SQLAllowList([.column("", "A", .int)]), "no name"), (SQLAllowList([.column("-a", "A", .int)]), "no name"),
        (SQLAllowList([.column("a,b", "A", .int)]), "no name"),
        (SQLAllowList([.column("a[eq]", "A", .int)]), "no name"),
        (SQLAllowList([.column("a b", "A", .int)]), "no name"),
        (SQLAllowList([.column("a", "", .int)]), "no expression"),
        (SQLAllowList([.column("a", "A", .varChar(9_000))]), "does not exist"),
        (SQLAllowList([.column("a", "A", .xml, filter: [.eq])]), "compared"),
        (SQLAllowList([.column("a", "A", .nText, isSortable: true)]), "compared"),
        (SQLAllowList([.column("a", "A", .int, filter: .text)]), "is no text"),
        (SQLAllowList([.column("a", "A", .int)], uniqueKey: ["b"]), "'b'"),
        (SQLAllowList([.column("a", "A", .xml)], uniqueKey: ["a"]), "sorted"),
        (SQLAllowList([.column("a", "A", .int)], uniqueKey: ["a", "a"]), "twice"),
    ]

    @Test(arguments: mistakes.indices) func isMisuseOfAListThatMakesNoSense(index: Int) throws {
        let (list, word) = Self.mistakes[index]
        let filtered = try #require(failure { () throws(SQLServerError) in try list.filter(query: "") })
        let ordered = try #require(failure { () throws(SQLServerError) in try list.order(by: nil) })
        #expect(filtered.code == .misuse && ordered.code == .misuse)
        #expect(filtered.message.contains(word), "\(filtered.message)")
    }
}
