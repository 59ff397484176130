import COpenSSL

/// The owner of a memory BIO: OpenSSL's byte queue.
@safe
struct MemoryBIO: ~Copyable {
    private let pointer: OpaquePointer

    /// An empty one.
    init() throws(TLSError) {
        guard let pointer = unsafe BIO_new(BIO_s_mem()) else {
            throw OpenSSLErrors.error(.configuration, "OpenSSL has no memory for a buffer")
        }
        unsafe self.pointer = pointer
    }

    /// Adds text at the end.
    func append(_ text: String) throws(TLSError) {
        var text = text
        let isAdded = text.withUTF8 { bytes in unsafe append(UnsafeRawBufferPointer(bytes)) }
        guard isAdded else { throw OpenSSLErrors.error(.configuration, "OpenSSL has no memory for a buffer") }
    }

    deinit {
        unsafe BIO_free_all(pointer)
    }

    /// An empty one, or nil when there is no memory, for places where that must not hide another error.
    static func ifAvailable() -> MemoryBIO? {
        do {
            return try MemoryBIO()
        } catch {
            return nil
        }
    }

    /// Lends the C object to `body`, which must not free it.
    ///
    /// OpenSSL may take its own reference.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(pointer)
    }

    /// The bytes that wait.
    var count: Int { unsafe BIO_ctrl_pending(pointer) }

    /// Adds bytes at the end and tells whether there was memory for them.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard unsafe !bytes.isEmpty else { return true }
        var written = 0
        let result = unsafe BIO_write_ex(pointer, bytes.baseAddress, bytes.count, &written)
        return result == 1 && written == bytes.count
    }

    /// Takes all bytes out.
    func takeBytes() -> [UInt8] {
        let count = self.count
        guard count > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            unsafe BIO_read_ex(pointer, buffer.baseAddress, count, &filled)
        }
    }

    /// Takes all bytes out as UTF-8 text; what is not UTF-8 becomes U+FFFD.
    func takeText() -> String {
        String(decoding: takeBytes(), as: UTF8.self)
    }
}
