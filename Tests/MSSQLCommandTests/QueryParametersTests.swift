import CommandLineTools
import MSSQLCommand
import SQLServer
import Testing

@Suite struct QueryParametersTests {
    private func parameters(_ arguments: [String]) throws -> [SQLParameter] {
        let line = ["query", "SELECT 1"] + arguments
        guard case .run(let command) = try CommandParser(MSSQLProgram.description).parse(line) else { return [] }
        return try QueryParameters(command).parameters
    }

    @Test(arguments: [
        ("a=42", "@a nvarchar(4000)", "42"), ("@a=", "@a nvarchar(4000)", ""),
        ("a=b=c:d", "@a nvarchar(4000)", "b=c:d"),
        ("a:int=-42", "@a int", "-42"), ("a:INT=7", "@a int", "7"), ("a:tinyint=255", "@a tinyint", "255"),
        ("a:bigint=9223372036854775807", "@a bigint", "9223372036854775807"), ("a:bit=true", "@a bit", "1"),
        ("a:decimal(10,2)=12.5", "@a decimal(10,2)", "12.50"), ("a:decimal=12.5", "@a decimal(9,2)", "12.50"),
        ("a:decimal(5)=12", "@a decimal(5,0)", "12"), ("a:money=1.2345", "@a money", "1.2345"),
        ("a:float=1.5e3", "@a float", "1500.0"), ("a:date=2024-02-29", "@a date", "2024-02-29"),
        ("a:time(0)=23:59:59", "@a time(0)", "23:59:59.0000000"),
        ("a:datetime2=2024-02-29", "@a datetime2(7)", "2024-02-29 00:00:00.0000000"),
        ("a:datetime=2024-02-29 12:00:00.003", "@a datetime", "2024-02-29 12:00:00.0030000"),
        ("a:datetimeoffset=2024-02-29 12:00:00 +01:00", "@a datetimeoffset(7)", "2024-02-29 12:00:00.0000000 +01:00"),
        (
            "a:uniqueidentifier=6f9619ff-8b86-d011-b42d-00c04fc964ff", "@a uniqueidentifier",
            "6F9619FF-8B86-D011-B42D-00C04FC964FF"
        ),
        ("a:varbinary=0x00fF", "@a varbinary(8000)", "0x00FF"), ("a:varbinary(2)=0x", "@a varbinary(2)", "0x"),
        ("a:varchar=x", "@a varchar(8000)", "x"), ("a:varchar(max)=x", "@a varchar(max)", "x"),
        ("a:nvarchar(1)=é", "@a nvarchar(1)", "é"), ("a:char(3)=abc", "@a char(3)", "abc"),
    ])
    func aValueHasTheTypeBehindItsName(text: String, declaration: String, value: String) throws {
        let parameters = try parameters(["-p", text])
        #expect(parameters.map(\.description) == [declaration])
        #expect(parameters.first?.value.description == value)
    }

    @Test(arguments: [
        "a", "=1", "a b=1", "@=1", "a:=1", "a:integer=1", "a:int(3)=1", "a:int=", "a:int=1.5", "a:int=2147483648",
        "a:tinyint=-1", "a:bit=2", "a:decimal(39,0)=1", "a:decimal(4,2)=123.45", "a:decimal(4,2)=1.234",
        "a:decimal(2,3)=0.1", "a:float=nan", "a:date=2023-02-29", "a:datetime=1752-12-31", "a:varbinary=00FF",
        "a:varbinary=0x0", "a:varbinary(1)=0x0000", "a:nvarchar(4001)=x", "a:nvarchar(1)=xy", "a:nvarchar(0)=",
        "a:uniqueidentifier=6f9619ff", "a:time(8)=00:00:00",
    ])
    func whatIsNoValueOfTheTypeIsAUsageError(text: String) {
        #expect(throws: UsageError.self) { try parameters(["-p", text]) }
    }

    @Test func longTextIsMax() throws {
        let text = String(repeating: "x", count: 4_001)
        #expect(try parameters(["-p", "a=\(text)"]).map(\.description) == ["@a nvarchar(max)"])
    }

    @Test(arguments: [("a", "@a nvarchar(4000)"), ("@a:int", "@a int"), ("a:decimal(9,3)", "@a decimal(9,3)")])
    func nullHasAType(text: String, declaration: String) throws {
        let parameters = try parameters(["--null", text])
        #expect(parameters.map(\.description) == [declaration])
        #expect(parameters.first?.value == .null)
    }

    @Test func aNameMayComeOnce() {
        #expect(throws: UsageError.self) { try parameters(["-p", "a=1", "-p", "A:int=1"]) }
        #expect(throws: UsageError.self) { try parameters(["-p", "a=1", "--null", "@a"]) }
    }

    @Test func errorsDoNotRepeatTheValue() {
        let error = #expect(throws: UsageError.self) { try parameters(["-p", "pin:int=secret-word"]) }
        #expect(error?.description.contains("secret-word") == false)
        #expect(error?.description.contains("@pin") == true)
    }

    @Test func aTextMayNameItsParameters() throws {
        let parameter = SQLParameter(name: "@city", value: .string("Bern"), type: .nVarChar(10))
        let request = try SQLQuery(unsafe: "SELECT @city", parameters: [parameter]).rendered()
        #expect(request.text == "SELECT @city")
        #expect(request.parameters == [parameter])
    }

    @Test func suchATextIsNoPartOfAnotherQuery() {
        let parameter = SQLParameter(name: "@p1", value: .int(1), type: .int)
        let inner = SQLQuery(unsafe: "@p1", parameters: [parameter])
        let query: SQLQuery = "SELECT \(2), \(inner)"
        #expect(throws: SQLServerError.self) { try query.rendered() }
    }
}
