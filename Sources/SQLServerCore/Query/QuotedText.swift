extension String {
    /// The text between two characters, the closing one doubled inside: a name in brackets, a literal of the server.
    package func quoted(_ open: Unicode.Scalar, _ close: Unicode.Scalar) -> String {
        var quoted = String.UnicodeScalarView()
        quoted.append(open)
        // By scalars: as a Character a bracket with a combining mark is no bracket, but to the server it is one.
        for scalar in unicodeScalars {
            quoted.append(scalar)
            if scalar == close { quoted.append(scalar) }
        }
        quoted.append(close)
        return String(quoted)
    }
}
