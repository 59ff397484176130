import COpenSSL

/// The calling thread's OpenSSL error queue.
///
/// OpenSSL decides from what is left in it how a later call failed, so every operation starts and ends with an empty one.
enum OpenSSLErrors {
    /// Forgets what is in the queue.
    static func clear() {
        ERR_clear_error()
    }

    /// Empties the queue and tells its distinct reasons, oldest first; nil when it was empty.
    static func take() -> String? {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            let reason = Self.reason(of: code)
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    /// Makes an error of `what` and OpenSSL's reasons, and empties the queue.
    static func error(_ code: TLSError.Code, _ what: String) -> TLSError {
        guard let reasons = take() else { return TLSError(code, "\(what).") }
        return TLSError(code, "\(what): \(reasons).")
    }

    private static func reason(of code: UInt) -> String {
        if let text = unsafe ERR_reason_error_string(code) { return unsafe String(cString: text) }
        if let library = unsafe ERR_lib_error_string(code) {
            return unsafe "error \(String(code, radix: 16)) of \(String(cString: library))"
        }
        return "OpenSSL error \(String(code, radix: 16))"
    }
}
