import CFreeTDS
import SQLServerCore
import SQLValues

/// Encodes the parameters of one remote procedure call and keeps their bytes alive until it is sent: db-lib stores
/// the pointers that `dbrpcparam` gets and reads them in `dbrpcsend`.
@safe
struct ParameterArena: ~Copyable {
    private var blocks: [UnsafeMutableRawBufferPointer]

    init() { unsafe blocks = [] }

    deinit {
        for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
    }

    /// What db-lib is told of one parameter.
    private struct Encoded {
        let type: Int
        /// 0 for NULL, -1 for fixed-length types, else the number of bytes.
        let length: Int32
        let bytes: [UInt8]
    }

    /// Adds a parameter to the call that `dbrpcinit` began.
    ///
    /// - Throws: `encoding` for a value that cannot be sent, `connectionLost` when db-lib refuses.
    mutating func add(_ parameter: SQLParameter, to process: borrowing DatabaseProcess) throws(SQLServerError) {
        let encoded = try Self.encode(parameter)
        try send(parameter.name, encoded, to: process, isOutput: parameter.isOutput)
    }

    /// Adds a text as `ntext`, which db-lib sends as nvarchar(max) whatever its length.
    mutating func addText(_ name: String, _ text: String, to process: borrowing DatabaseProcess) throws(SQLServerError)
    {
        let bytes = Array(text.utf8)
        try Self.checkLength(bytes.count, name)
        try send(name, Encoded(type: SYBNTEXT, length: Int32(bytes.count), bytes: bytes), to: process)
    }

    /// Whether db-lib has no way to send this value as a parameter: it sends an empty text or binary as NULL.
    static func isUnsendable(_ parameter: SQLParameter) -> Bool {
        switch parameter.value {
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        default: false
        }
    }

    /// The variable that takes the place of a parameter that cannot be sent.
    static func declaration(ofUnsendable parameter: SQLParameter) -> String {
        // Variables of the types text, ntext and image are not allowed (Msg 2739).
        let type: SQLType =
            switch parameter.type.kind {
            case .text: .varCharMax
            case .nText: .nVarCharMax
            case .image: .varBinaryMax
            default: parameter.type
            }
        return "DECLARE \(parameter.name) \(type)=\(type.isBinary ? "0x" : "N''");"
    }

    private mutating func send(
        _ name: String, _ encoded: Encoded, to process: borrowing DatabaseProcess, isOutput: Bool = false
    ) throws(SQLServerError) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(encoded.bytes.count, 1), alignment: 16)
        unsafe block.copyBytes(from: encoded.bytes)
        unsafe blocks.append(block)
        let value = unsafe block.baseAddress?.assumingMemoryBound(to: BYTE.self)
        let status = unsafe dbrpcparam(
            process.pointer, name, isOutput ? BYTE(DBRPCRETURN) : 0, Int32(encoded.type), encoded.length == 0 ? 0 : -1,
            encoded.length,
            encoded.length == 0 ? nil : value)
        guard status == SUCCEED else {
            throw SQLServerError(.connectionLost, "FreeTDS refused parameter \(name)")
        }
    }

    private static func checkLength(_ count: Int, _ name: String) throws(SQLServerError) {
        guard count < Int32.max else {
            throw SQLServerError(.encoding, "parameter \(name) has \(count) bytes; SQL Server's limit is 2^31 - 1")
        }
    }

    private static func encode(_ parameter: SQLParameter) throws(SQLServerError) -> Encoded {
        switch parameter.value {
        case .null: return null(parameter.type)
        case .bit(let value): return fixed(SYBBIT, UInt8(value ? 1 : 0))
        case .int(let value): return integer(value, parameter.type)
        case .double(let value):
            return parameter.type == .real ? fixed(SYBREAL, Float(value)) : fixed(SYBFLT8, value)
        case .decimal(let value): return try decimal(value, parameter)
        case .string(let text): return try string(text, parameter.name)
        case .bytes(let bytes):
            try checkLength(bytes.count, parameter.name)
            let type = bytes.count <= 8_000 ? 0xA5 : SYBIMAGE
            return Encoded(type: type, length: Int32(bytes.count), bytes: bytes)
        case .uniqueIdentifier(let value):
            // db-lib refuses a uniqueidentifier that is not NULL; the server converts the text to the declared type.
            return try string(value.description, parameter.name)
        case .date(let value): return dateTime(SYBMSDATETIME2, value, .midnight)
        case .time(let value): return dateTime(SYBMSTIME, nil, value)
        case .dateTime(let value): return dateTime(SYBMSDATETIME2, value.date, value.time)
        case .dateTimeOffset(let value):
            return dateTime(SYBMSDATETIMEOFFSET, value.utc.date, value.utc.time, offset: value.offsetMinutes)
        }
    }

    /// NULL as nvarchar, which converts to every type but the binary ones; those get a varbinary.
    private static func null(_ type: SQLType) -> Encoded {
        Encoded(type: type.isBinary ? 0xA5 : 0xE7, length: 0, bytes: [])
    }

    private static func integer(_ value: Int64, _ type: SQLType) -> Encoded {
        switch type.kind {
        case .tinyInt: fixed(SYBINT1, UInt8(truncatingIfNeeded: value))
        case .smallInt: fixed(SYBINT2, Int16(truncatingIfNeeded: value))
        case .int: fixed(SYBINT4, Int32(truncatingIfNeeded: value))
        default: fixed(SYBINT8, value)
        }
    }

    private static func fixed<Value: BitwiseCopyable>(_ type: Int, _ value: Value) -> Encoded {
        Encoded(type: type, length: -1, bytes: unsafe withUnsafeBytes(of: value) { unsafe Array($0) })
    }

    /// Text up to 4,000 UTF-16 units as nvarchar, longer as ntext: an nvarchar would be cut at 8,000 bytes.
    private static func string(_ text: String, _ name: String) throws(SQLServerError) -> Encoded {
        let bytes = Array(text.utf8)
        try checkLength(bytes.count, name)
        let isShort = text.utf16.count <= 4_000
        return Encoded(type: isShort ? 0xE7 : SYBNTEXT, length: Int32(bytes.count), bytes: bytes)
    }

    /// Bytes that the magnitude of a decimal takes in DBNUMERIC, by precision.
    static func magnitudeBytes(precision: Int) -> Int {
        // The smallest n with 256^n >= 10^precision; 38 digits take 16.
        let limit = UInt128(SQLDecimal.power(precision)) - 1
        return (128 - limit.leadingZeroBitCount + 7) / 8
    }

    private static func decimal(_ value: SQLDecimal, _ parameter: SQLParameter) throws(SQLServerError) -> Encoded {
        let (precision, scale) =
            switch parameter.type.kind {
            case .decimal, .numeric: (parameter.type.precision ?? 38, parameter.type.scale ?? 0)
            default: (19, 4)
            }
        guard (1...38).contains(precision), (0...precision).contains(scale) else {
            throw SQLServerError(.encoding, "\(parameter.type), the type of \(parameter.name), does not exist")
        }
        guard let scaled = value.rescaled(to: scale), scaled == value, scaled.precision <= precision else {
            throw SQLServerError(.encoding, "the value of \(parameter.name) does not fit \(parameter.type)")
        }
        let count = magnitudeBytes(precision: precision)
        let magnitude = scaled.coefficient.magnitude
        var bytes: [UInt8] = [UInt8(precision), UInt8(scale), scaled.coefficient < 0 ? 1 : 0]
        for index in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: magnitude >> (8 * index))) }
        // db-lib copies a whole DBNUMERIC: precision, scale and 33 bytes.
        bytes += Array(repeating: 0, count: MemoryLayout<DBNUMERIC>.size - bytes.count)
        return Encoded(type: SYBDECIMAL, length: Int32(bytes.count), bytes: bytes)
    }

    /// A DBDATETIMEALL of scale 7.
    private static func dateTime(
        _ type: Int, _ date: SQLDate?, _ time: SQLTime, offset: Int = 0
    ) -> Encoded {
        let days = date.map { $0.daysSinceYearOne - SQLDate.daysTo1900 } ?? 0
        // Bits 0 to 2 the precision, 13 has time, 14 has date, 15 has offset.
        let isOffset = type == SYBMSDATETIMEOFFSET
        let flags: UInt16 = 7 | 1 << 13 | (date == nil ? 0 : 1 << 14) | (isOffset ? 1 << 15 : 0)
        var bytes: [UInt8] = []
        func add<Value: BitwiseCopyable>(_ value: Value) {
            bytes += unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
        }
        add(UInt64(time.ticks))
        add(Int32(days))
        add(Int16(offset))
        add(flags)
        return Encoded(type: type, length: 16, bytes: bytes)
    }
}
