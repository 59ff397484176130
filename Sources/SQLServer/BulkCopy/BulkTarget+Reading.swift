import SQLServerCore

/// What a server says of a table that rows are copied into.
struct BulkTable {
    let name: SQLObjectName
    var columns: [BulkColumn] = []
    /// The code page of the database; nil for a double-byte one.
    var codePage: SQLCodePage?
    var isInTransaction = false

    /// The statement that asks for it: the columns, then the database's code page and the open transactions.
    static func request(_ name: SQLObjectName) -> SQLRequest {
        let database = name.database.map { SQLObjectName.quote($0) + "." } ?? ""
        let text = """
            SELECT c.name, CONVERT(int, c.system_type_id), CONVERT(int, c.max_length), CONVERT(int, c.precision), \
            CONVERT(int, c.scale), c.is_nullable, c.is_identity, c.is_computed, \
            CONVERT(bit, CASE WHEN c.default_object_id = 0 THEN 0 ELSE 1 END), \
            CONVERT(int, COLLATIONPROPERTY(c.collation_name, 'CodePage')) \
            FROM \(database)sys.columns AS c WHERE c.object_id = OBJECT_ID(@table) ORDER BY c.column_id; \
            SELECT CONVERT(int, COLLATIONPROPERTY(CONVERT(nvarchar(128), \
            DATABASEPROPERTYEX(DB_NAME(), 'Collation')), 'CodePage')), @@TRANCOUNT;
            """
        let parameter = SQLParameter(name: "@table", value: .string(name.objectName), type: .nVarChar(800))
        return SQLRequest(text: text, parameters: [parameter])
    }

    init(_ name: SQLObjectName, _ results: SQLResults) throws(SQLServerError) {
        self.name = name
        guard results.resultSets.count == 2, let session = results.resultSets[1].first else {
            throw SQLServerError(.protocolViolation, "the server does not tell the columns of \(name.quoted)")
        }
        for row in results.resultSets[0] { columns.append(try Self.column(row)) }
        let (page, transactions) = try session.decode((Int?, Int).self)
        codePage = page.flatMap(SQLCodePage.init(number:))
        isInTransaction = transactions > 0
    }

    private static func column(_ row: SQLRow) throws(SQLServerError) -> BulkColumn {
        let (name, typeID, length, precision, scale, isNullable, isIdentity, isComputed, hasDefault, page) =
            try row.decode((String, Int, Int, Int, Int, Bool?, Bool, Bool, Bool, Int?).self)
        let (type, typeName) = self.type(typeID, length, precision, scale)
        return BulkColumn(
            name: name, type: type, typeName: typeName, isNullable: isNullable ?? true, isIdentity: isIdentity,
            isGenerated: isComputed || type?.kind == .rowVersion, hasDefault: hasDefault,
            codePage: page.flatMap(SQLCodePage.init(number:)))
    }

    /// The type of a row of sys.columns; its name when there is no such type here.
    private static func type(
        _ id: Int, _ length: Int, _ precision: Int, _ scale: Int
    ) -> (SQLType?, String) {
        let type: SQLType? =
            switch id {
            case 34: .image
            case 35: .text
            case 36: .uniqueIdentifier
            case 40: .date
            case 41: .time(scale)
            case 42: .dateTime2(scale)
            case 43: .dateTimeOffset(scale)
            case 48: .tinyInt
            case 52: .smallInt
            case 56: .int
            case 58: .smallDateTime
            case 59: .real
            case 60: .money
            case 61: .dateTime
            case 62: .float
            case 98: .variant
            case 99: .nText
            case 104: .bit
            case 106: .decimal(precision, scale)
            case 108: .numeric(precision, scale)
            case 122: .smallMoney
            case 127: .bigInt
            case 165: length < 0 ? .varBinaryMax : .varBinary(length)
            case 167: length < 0 ? .varCharMax : .varChar(length)
            case 173: .binary(length)
            case 175: .char(length)
            case 189: .rowVersion
            case 231: length < 0 ? .nVarCharMax : .nVarChar(length / 2)
            case 239: .nChar(length / 2)
            case 241: .xml
            default: nil
            }
        return (type, type?.description ?? (id == 240 ? "a CLR type" : "type \(id)"))
    }
}
