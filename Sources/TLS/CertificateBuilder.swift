import COpenSSL
import Foundation

/// Puts an X.509 version 3 certificate together (RFC 5280).
@safe
struct CertificateBuilder: ~Copyable {
    private let pointer: OpaquePointer

    private init() throws(TLSError) {
        OpenSSLErrors.clear()
        guard let pointer = unsafe X509_new() else { throw Self.failure("made") }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe X509_free(pointer)
    }

    /// Starts with a random serial number, the subject, the time of validity and the subject's public key.
    static func start(
        subject: String, validity: Range<Date>, key: borrowing PrivateKey
    ) throws(TLSError) -> CertificateBuilder {
        let builder = try CertificateBuilder()
        try builder.setVersionAndSerialNumber()
        try builder.setSubject(subject)
        try builder.setValidity(validity)
        try builder.setPublicKey(of: key)
        return builder
    }

    /// Makes it an authority that issues its own certificate.
    func makeAuthority() throws(TLSError) {
        let isSet = unsafe X509_set_issuer_name(pointer, X509_get_subject_name(pointer))
        guard isSet == 1 else { throw Self.failure("given its issuer") }
        try unsafe add(
            [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"),
                (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
                (NID_authority_key_identifier, "keyid:always"),
            ], issuer: pointer)
    }

    /// Makes it the certificate of a TLS server with the given names.
    func makeServer(of names: [String], issuer: borrowing Certificate) throws(TLSError) {
        try unsafe issuer.withPointer { (issuer) throws(TLSError) in
            guard unsafe X509_set_issuer_name(pointer, X509_get_subject_name(issuer)) == 1 else {
                throw Self.failure("given its issuer")
            }
            try unsafe add(
                [
                    (NID_basic_constraints, "critical,CA:FALSE"),
                    (NID_key_usage, "critical,digitalSignature,keyEncipherment"),
                    (NID_ext_key_usage, "serverAuth"),
                    (NID_subject_key_identifier, "hash"),
                    (NID_authority_key_identifier, "keyid:always"),
                ], issuer: issuer)
        }
        try addAlternativeNames(names)
    }

    /// Signs with the issuer's key.
    consuming func sign(with key: borrowing PrivateKey) throws(TLSError) -> Certificate {
        let length = unsafe key.withPointer { key in unsafe X509_sign(pointer, key, EVP_sha256()) }
        guard length > 0, unsafe X509_up_ref(pointer) == 1 else { throw Self.failure("signed") }
        OpenSSLErrors.clear()
        return unsafe Certificate(owning: pointer)
    }

    private func setVersionAndSerialNumber() throws(TLSError) {
        guard unsafe X509_set_version(pointer, Int(X509_VERSION_3)) == 1 else { throw Self.failure("made") }
        // At most 20 octets, positive, not zero (RFC 5280, 4.1.2.2).
        var octets = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&octets, Int32(octets.count)) == 1 else { throw Self.failure("given a serial number") }
        octets[0] = octets[0] & 0x7F | 0x40
        guard let number = unsafe BN_bin2bn(octets, Int32(octets.count), nil) else {
            throw Self.failure("given a serial number")
        }
        defer { unsafe BN_free(number) }
        guard unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil else {
            throw Self.failure("given a serial number")
        }
    }

    private func setSubject(_ name: String) throws(TLSError) {
        let octets = Array(name.utf8)
        guard let count = Int32(exactly: octets.count) else { throw Self.failure("named '\(name.prefix(64))…'") }
        let isSet = unsafe X509_NAME_add_entry_by_NID(
            X509_get_subject_name(pointer), NID_commonName, V_ASN1_UTF8STRING, octets, count, -1, 0)
        guard isSet == 1 else { throw Self.failure("named '\(name)'") }
    }

    private func setPublicKey(of key: borrowing PrivateKey) throws(TLSError) {
        let isSet = unsafe key.withPointer { key in unsafe X509_set_pubkey(pointer, key) }
        guard isSet == 1 else { throw Self.failure("given its key") }
    }

    private func setValidity(_ validity: Range<Date>) throws(TLSError) {
        unsafe try setTime(validity.lowerBound, in: X509_getm_notBefore(pointer))
        unsafe try setTime(validity.upperBound, in: X509_getm_notAfter(pointer))
    }

    private func setTime(_ date: Date, in time: UnsafeMutablePointer<ASN1_TIME>?) throws(TLSError) {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard let whole = Int(exactly: seconds), unsafe ASN1_TIME_set(time, whole) != nil else {
            throw Self.failure("dated \(seconds) s after 1970 (the years 0 to 9999 are possible)")
        }
    }

    private func add(_ extensions: [(id: Int32, text: String)], issuer: OpaquePointer) throws(TLSError) {
        for (id, text) in extensions {
            guard unsafe copenssl_add_extension(pointer, issuer, id, text) == 1 else {
                throw Self.failure("given the extension '\(text)'")
            }
        }
    }

    private func addAlternativeNames(_ names: [String]) throws(TLSError) {
        guard let list = unsafe copenssl_general_names_new() else { throw Self.failure("given names") }
        defer { unsafe copenssl_general_names_free(list) }
        for name in names {
            try Self.checkName(name)
            let kind = ServerName.isAddress(name) ? GEN_IPADD : GEN_DNS
            guard let entry = unsafe a2i_GENERAL_NAME(nil, nil, nil, kind, name, 0) else {
                throw Self.failure("given the name '\(name)'")
            }
            guard unsafe copenssl_general_names_push(list, entry) > 0 else {
                unsafe GENERAL_NAME_free(entry)
                throw Self.failure("given the name '\(name)'")
            }
        }
        let added = unsafe X509_add1_ext_i2d(pointer, NID_subject_alt_name, UnsafeMutableRawPointer(list), 0, 0)
        guard added == 1 else { throw Self.failure("given names") }
    }

    /// Letters, digits, `-`, `_`, `.` and `*` make host names, and `:` addresses; anything else is a mistake.
    private static func checkName(_ name: String) throws(TLSError) {
        let isPossible =
            !name.isEmpty && name.utf8.count <= 253
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    "-_.*:".utf8.contains(byte)
                }
            }
        guard isPossible, !name.contains(":") || ServerName.isAddress(name) else {
            throw TLSError(
                .configuration,
                "'\(name.prefix(80))' is neither a host name nor an IP address (write other scripts in punycode).")
        }
    }

    private static func failure(_ what: String) -> TLSError {
        OpenSSLErrors.error(.configuration, "A certificate could not be \(what)")
    }
}
