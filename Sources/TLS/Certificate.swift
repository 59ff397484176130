import COpenSSL

/// The owner of one X.509 certificate.
@safe
struct Certificate: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe X509_free(pointer)
    }

    /// Lends the C object to `body`, which must not keep it.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(pointer)
    }

    /// The certificate in PEM.
    func pem() throws(TLSError) -> String {
        let memory = try MemoryBIO()
        let written = unsafe memory.withPointer { bio in unsafe PEM_write_bio_X509(bio, pointer) }
        guard written == 1 else {
            throw OpenSSLErrors.error(.configuration, "A certificate could not be written as PEM")
        }
        return memory.takeText()
    }

    /// The host names and addresses that a peer's certificate is for, as text for a person; nil when it lists none.
    ///
    /// The bytes are the peer's, so what is not printable is left out and the length is bounded.
    static func names(of certificate: OpaquePointer) -> String? {
        let index = unsafe X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1)
        guard index >= 0, let list = unsafe X509_get_ext(certificate, index), let memory = MemoryBIO.ifAvailable()
        else {
            return nil
        }
        let printed = unsafe memory.withPointer { bio in unsafe X509V3_EXT_print(bio, list, 0, 0) }
        guard printed == 1 else {
            OpenSSLErrors.clear()
            return nil
        }
        let printable = memory.takeText().unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7F }
        let text = String(String.UnicodeScalarView(printable))
        return text.count > 300 ? text.prefix(300) + "…" : text
    }
}
