import TLS
import Testing

/// HMAC with SHA-256, tried with the vectors of RFC 4231.
@Suite("Keyed digests of messages")
struct MessageAuthenticationTests {
    static let vectors: [(key: [UInt8], message: [UInt8], code: String)] = [
        (
            Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ]

    @Test(arguments: vectors.indices) func areThoseOfRFC4231(index: Int) throws {
        let vector = Self.vectors[index]
        let code = try #require(MessageAuthentication.code(for: vector.message, key: vector.key))
        let expected = stride(from: 0, to: 64, by: 2).compactMap { place in
            UInt8(vector.code.dropFirst(place).prefix(2), radix: 16)
        }
        #expect(code == expected)
    }

    @Test func existForAnEmptyMessageAndAnEmptyKey() {
        #expect(MessageAuthentication.code(for: [], key: [])?.count == 32)
    }

    @Test func areEqualOnlyWhenEveryByteIs() {
        #expect(MessageAuthentication.areEqual([1, 2, 3], [1, 2, 3]))
        #expect(!MessageAuthentication.areEqual([1, 2, 3], [1, 2, 4]))
        #expect(!MessageAuthentication.areEqual([1, 2, 3], [1, 2]))
        #expect(MessageAuthentication.areEqual([], []))
    }
}
