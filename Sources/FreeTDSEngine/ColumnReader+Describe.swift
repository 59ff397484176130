import CFreeTDS
import SQLServerCore
import SQLValues

extension DescribedColumn {
    /// The columns of the current result set.
    ///
    /// - Throws: `unsupported` for a type that this engine cannot read; the message names column and type.
    static func all(of process: borrowing DatabaseProcess) throws(SQLServerError) -> [DescribedColumn] {
        var columns: [DescribedColumn] = []
        for number in 0..<process.columnCount { columns.append(try describe(process, Int32(number + 1))) }
        return columns
    }

    private static func describe(
        _ process: borrowing DatabaseProcess, _ number: Int32
    ) throws(SQLServerError) -> DescribedColumn {
        let name = unsafe dbcolname(process.pointer, number).map { unsafe String(cString: $0) } ?? ""
        // Through DBCOL2, because dbcoltype gives one number for char, varchar, nchar and nvarchar.
        // dbtablecolinfo may fail for the type's declaration, which is not used, after it has filled the rest.
        var info = DBCOL2()
        info.SizeOfStruct = DBINT(MemoryLayout<DBCOL2>.size)
        unsafe withUnsafeMutablePointer(to: &info) { pointer in
            let base = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: DBCOL.self)
            _ = unsafe dbtablecolinfo(process.pointer, number, base)
        }
        guard let (type, form) = type(of: info) else {
            throw undeliverable(name.isEmpty ? "column \(number)" : "column '\(name)'", Int(info.ServerType))
        }
        return DescribedColumn(column: SQLColumn(name: name, type: type, isNullable: info.Null != 0), form: form)
    }

    private static func undeliverable(_ column: String, _ token: Int) -> SQLServerError {
        // db-lib hands out the bytes of a variant without their type.
        let reason =
            token == 0x62
            ? "is a sql_variant, whose inner type FreeTDS does not tell; cast it in the query, by "
                + "SQL_VARIANT_PROPERTY(…, 'BaseType') to what it is, or to nvarchar(4000)"
            : "has a type (token \(token)) that FreeTDS cannot deliver; cast it in the query"
        return SQLServerError(.unsupported, "\(column) \(reason)")
    }

    /// The SQL type and the form for a type token (MS-TDS 2.2.5.4) with its length, precision and scale.
    private static func type(of info: DBCOL2) -> (SQLType, WireForm)? {
        let length = Int(info.ServerMaxLength)
        let token = Int(info.ServerType)
        switch token {
        case 0x26, 0x30, 0x34, 0x38, 0x7F: return integer(length)
        case 0x32, 0x68: return (.bit, .bit)
        case 0x6D, 0x3B, 0x3E: return bySize(length, four: (.real, .real), eight: (.float, .float))
        case 0x6E, 0x3C, 0x7A: return bySize(length, four: (.smallMoney, .smallMoney), eight: (.money, .money))
        case 0x6F, 0x3A, 0x3D:
            return bySize(length, four: (.smallDateTime, .smallDateTime), eight: (.dateTime, .dateTime))
        case 0x6A, 0x37: return (.decimal(Int(info.Precision), Int(info.Scale)), .numeric)
        case 0x6C, 0x3F: return (.numeric(Int(info.Precision), Int(info.Scale)), .numeric)
        case 0x24: return length == 16 ? (.uniqueIdentifier, .uniqueIdentifier) : nil
        case 0x28: return (.date, .date)
        case 0x29: return (.time(Int(info.Scale)), .time)
        case 0x2A: return (.dateTime2(Int(info.Scale)), .dateTime2)
        case 0x2B: return (.dateTimeOffset(Int(info.Scale)), .dateTimeOffset)
        default: return variable(token, length, userType: Int(info.UserType))
        }
    }

    // The cells of a fixed form are read at its size, so a column of another size has none.

    private static func integer(_ length: Int) -> (SQLType, WireForm)? {
        switch length {
        case 1: (.tinyInt, .tinyInt)
        case 2: (.smallInt, .smallInt)
        case 4: (.int, .int)
        case 8: (.bigInt, .bigInt)
        default: nil
        }
    }

    private static func bySize(
        _ length: Int, four: (SQLType, WireForm), eight: (SQLType, WireForm)
    ) -> (SQLType, WireForm)? {
        switch length {
        case 4: four
        case 8: eight
        default: nil
        }
    }

    private static func variable(_ token: Int, _ length: Int, userType: Int) -> (SQLType, WireForm)? {
        // The length of a (max) type is reported as 2^31 - 1.
        let isMax = length > 8_000
        switch token {
        case 0xA7, 0x27: return (isMax ? .varCharMax : .varChar(length), .text)
        case 0xAF, 0x2F: return (.char(length), .text)
        case 0xE7: return (isMax ? .nVarCharMax : .nVarChar(length / 2), .text)
        case 0xEF: return (.nChar(length / 2), .text)
        case 0xA5, 0x25: return (isMax ? .varBinaryMax : .varBinary(length), .bytes)
        // User type 80 marks a rowversion among binary(8) columns.
        case 0xAD, 0x2D: return (userType == 80 ? .rowVersion : .binary(length), .bytes)
        case 0x22: return (.image, .bytes)
        case 0x23: return (.text, .text)
        case 0x63: return (.nText, .text)
        case 0xF1: return (.xml, .text)
        case 0xF0: return (SQLType(kind: .udt), .bytes)
        default: return nil
        }
    }
}
