/// The first byte of each token of a response (MS-TDS 2.2.7).
package enum TokenType: UInt8, Sendable, Hashable, CaseIterable {
    case returnStatus = 0x79
    case columnMetadata = 0x81
    case tableName = 0xA4
    case columnInfo = 0xA5
    case order = 0xA9
    case error = 0xAA
    case info = 0xAB
    case returnValue = 0xAC
    case loginAcknowledgement = 0xAD
    case featureExtensionAcknowledgement = 0xAE
    case row = 0xD1
    case nullBitmapRow = 0xD2
    case environmentChange = 0xE3
    case sessionState = 0xE4
    case sspi = 0xED
    case federatedAuthenticationInfo = 0xEE
    case done = 0xFD
    case doneProcedure = 0xFE
    case doneInProcedure = 0xFF
}
