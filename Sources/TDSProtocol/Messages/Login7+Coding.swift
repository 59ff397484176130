extension Login7 {
    /// Bytes of the fixed part: 36 of numbers and flags, 58 of offsets and lengths.
    private static let fixedSize = 94
    private static let extensionFlag: UInt8 = 0x10

    /// Reads the payload of a LOGIN7.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        self.init()
        var reader = ByteReader(payload)
        let length = try reader.integer(UInt32.self)
        guard length >= Self.fixedSize, length <= payload.count else {
            throw TDSProtocolError("LOGIN7 says it has \(length) bytes, but \(payload.count) came", at: 0)
        }
        try readFixed(&reader)
        hostName = try Self.text(&reader)
        userName = try Self.text(&reader)
        password = Self.string(Self.revealed(try Self.field(&reader, unit: 2)))
        applicationName = try Self.text(&reader)
        serverName = try Self.text(&reader)
        let extensionField = try Self.field(&reader, unit: 1)
        libraryName = try Self.text(&reader)
        language = try Self.text(&reader)
        database = try Self.text(&reader)
        clientID = Array(try reader.slice(6))
        let sspiOffset = Int(try reader.integer(UInt16.self))
        var sspiCount = Int(try reader.integer(UInt16.self))
        attachedFile = try Self.text(&reader)
        newPassword = Self.string(Self.revealed(try Self.field(&reader, unit: 2)))
        let longCount = Int(try reader.integer(UInt32.self))
        if sspiCount == 0xFFFF, longCount > 0 { sspiCount = longCount }
        if sspiCount > 0 {
            var data = try reader.reader(at: sspiOffset, count: sspiCount)
            sspi = Array(try data.slice(sspiCount))
        }
        if optionFlags3 & Self.extensionFlag != 0 {
            try readFeatures(extensionField, in: reader)
        }
    }

    private mutating func readFixed(_ reader: inout ByteReader) throws(TDSProtocolError) {
        tdsVersion = try reader.integer()
        packetSize = try reader.integer()
        clientProgramVersion = try reader.integer()
        clientProcessID = try reader.integer()
        connectionID = try reader.integer()
        optionFlags1 = try reader.byte()
        optionFlags2 = try reader.byte()
        typeFlags = try reader.byte()
        optionFlags3 = try reader.byte()
        clientTimeZone = try reader.integer()
        clientLCID = try reader.integer()
    }

    /// The bytes that the next offset and length point to.
    private static func field(_ reader: inout ByteReader, unit: Int) throws(TDSProtocolError) -> [UInt8] {
        let offset = Int(try reader.integer(UInt16.self))
        let count = Int(try reader.integer(UInt16.self)) * unit
        guard count > 0 else { return [] }
        var data = try reader.reader(at: offset, count: count)
        return Array(try data.slice(count))
    }

    private static func text(_ reader: inout ByteReader) throws(TDSProtocolError) -> String {
        string(try field(&reader, unit: 2))
    }

    private static func string(_ utf16: [UInt8]) -> String {
        let units = stride(from: 0, to: utf16.count - 1, by: 2).map { UInt16(utf16[$0]) | UInt16(utf16[$0 + 1]) << 8 }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func readFeatures(_ pointer: [UInt8], in reader: ByteReader) throws(TDSProtocolError) {
        var pointerReader = ByteReader(pointer)
        var block = try reader.reader(at: Int(try pointerReader.integer(UInt32.self)))
        while true {
            let id = try block.byte()
            if id == 0xFF { return }
            let count = Int(try block.integer(UInt32.self))
            features.append(Feature(id: id, data: Array(try block.slice(count))))
        }
    }

    /// A password's bytes as they go over the wire: nibbles swapped, then XOR 0xA5.
    private static func obscured(_ bytes: [UInt8]) -> [UInt8] { bytes.map { ($0 << 4 | $0 >> 4) ^ 0xA5 } }

    private static func revealed(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map {
            let byte = $0 ^ 0xA5
            return byte << 4 | byte >> 4
        }
    }

    /// The payload of this LOGIN7.
    package func encoded() throws(TDSProtocolError) -> [UInt8] {
        var fixed = ByteWriter()
        var data = ByteWriter()
        func add(_ bytes: [UInt8], unit: Int) {
            fixed.integer(UInt16(clamping: Self.fixedSize + data.count))
            fixed.integer(UInt16(clamping: bytes.count / unit))
            data.append(bytes)
        }
        func utf16(_ text: String) -> [UInt8] {
            var writer = ByteWriter()
            writer.utf16(text)
            return writer.bytes
        }
        writeFixed(into: &fixed)
        add(utf16(hostName), unit: 2)
        add(utf16(userName), unit: 2)
        add(Self.obscured(utf16(password)), unit: 2)
        add(utf16(applicationName), unit: 2)
        add(utf16(serverName), unit: 2)
        let extensionOffset = data.count
        add(features.isEmpty ? [] : [0, 0, 0, 0], unit: 1)
        add(utf16(libraryName), unit: 2)
        add(utf16(language), unit: 2)
        add(utf16(database), unit: 2)
        fixed.append((clientID + [0, 0, 0, 0, 0, 0]).prefix(6))
        add(sspi, unit: 1)
        add(utf16(attachedFile), unit: 2)
        add(Self.obscured(utf16(newPassword)), unit: 2)
        fixed.integer(UInt32(sspi.count >= 0xFFFF ? sspi.count : 0))
        guard data.count <= 0xFFFF - Self.fixedSize else {
            throw TDSProtocolError("the names in LOGIN7 are too long: \(data.count) bytes, at most 65,441 fit")
        }
        if !features.isEmpty {
            data.patch(UInt32(Self.fixedSize + data.count), at: extensionOffset)
            writeFeatures(into: &data)
        }
        fixed.append(data.bytes)
        fixed.patch(UInt32(fixed.count), at: 0)
        return fixed.bytes
    }

    private func writeFixed(into fixed: inout ByteWriter) {
        fixed.integer(UInt32(0))
        fixed.integer(tdsVersion)
        fixed.integer(packetSize)
        fixed.integer(clientProgramVersion)
        fixed.integer(clientProcessID)
        fixed.integer(connectionID)
        fixed.byte(optionFlags1)
        fixed.byte(optionFlags2)
        fixed.byte(typeFlags)
        fixed.byte(features.isEmpty ? optionFlags3 & ~Self.extensionFlag : optionFlags3 | Self.extensionFlag)
        fixed.integer(clientTimeZone)
        fixed.integer(clientLCID)
    }

    private func writeFeatures(into data: inout ByteWriter) {
        for feature in features {
            data.byte(feature.id)
            data.integer(UInt32(feature.data.count))
            data.append(feature.data)
        }
        data.byte(0xFF)
    }
}
