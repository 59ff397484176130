import TLS
import Testing

/// Digests against RFC 8018 as other programs compute it.
@Suite struct PasswordDigestTests {
    @Test func aDigestDependsOnPasswordAndSalt() throws {
        let password = Array("Pa55word!x".utf8)
        let salt = try PasswordDigest.salt()
        let digest = try PasswordDigest.digest(of: password, salt: salt)
        #expect(digest.count == 64)
        let again = try PasswordDigest.digest(of: password, salt: salt)
        let other = try PasswordDigest.digest(of: Array("Pa55word!y".utf8), salt: salt)
        let salted = try PasswordDigest.digest(of: password, salt: PasswordDigest.salt())
        #expect(PasswordDigest.areEqual(digest, again))
        #expect(!PasswordDigest.areEqual(digest, other))
        #expect(!PasswordDigest.areEqual(digest, salted))
        #expect(!PasswordDigest.areEqual(digest, []))
    }

    /// As Python computes it.
    ///
    /// hashlib.pbkdf2_hmac('sha512', b'password', b'salt', 1000).hex().
    @Test func theDigestIsPBKDF2WithSHA512() throws {
        let digest = try PasswordDigest.digest(of: Array("password".utf8), salt: Array("salt".utf8))
        let text = digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        #expect(
            text == "afe6c5530785b6cc6b1c6453384731bd5ee432ee549fd42fb6695779ad8a1c5b"
                + "f59de69c48f774efc4007d5298f9033c0241d5ab69305e7b64eceeb8d834cfec")
    }

    @Test func anEmptyPasswordHasADigest() throws {
        #expect(try PasswordDigest.digest(of: [], salt: [1]).count == 64)
    }
}
