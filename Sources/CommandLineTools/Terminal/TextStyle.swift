/// How text stands out on a terminal.
package enum TextStyle: Sendable, CaseIterable {
    case bold
    case dim
    case red
    case green
    case yellow
    case cyan

    /// The parameter of SGR (ECMA-48, 8.3.117).
    private var parameter: Int {
        switch self {
        case .bold: 1
        case .dim: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        case .cyan: 36
        }
    }

    /// The text between the style's start and the end of all styles.
    func applied(to text: String) -> String {
        "\u{1B}[\(parameter)m\(text)\u{1B}[0m"
    }
}
