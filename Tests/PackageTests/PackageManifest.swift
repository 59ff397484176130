import Foundation

/// The targets of Package.swift, read from its text.
///
/// It understands what this manifest uses: calls that declare a target, whose name is their first string, and whose
/// dependencies are the first array of strings or `.product(name:…)`, `.target(name:…)` calls.
struct PackageManifest {
    struct Target: Equatable {
        let name: String
        let dependencies: [String]
    }

    let targets: [Target]

    init(_ text: String) {
        let source = SourceText(text).codeAndStrings
        let calls =
            #/(?:\bmodule|\btests|\.target|\.executableTarget|\.testTarget|\.systemLibrary|\.macro|\.plugin)\s*\(/#
        var found: [Target] = []
        var rest = source[...]
        while let call = rest.firstMatch(of: calls) {
            let arguments = Self.balanced(rest[call.range.upperBound...])
            rest = rest[call.range.upperBound...]
            guard let target = Self.target(of: arguments, isSystem: call.output.contains("systemLibrary")) else {
                continue
            }
            found.append(target)
            rest = rest[arguments.endIndex...]
        }
        targets = found
    }

    /// The target declared by these arguments; nil for the manifest's own functions, which pass a name on.
    private static func target(of arguments: Substring, isSystem: Bool) -> Target? {
        guard let name = arguments.prefixMatch(of: #/\s*(?:name:\s*)?"([^"]*)"/#) else { return nil }
        let isList = #/(?:\bdependencies:\s*|^\s*,\s*)\[/#
        let rest = arguments[name.range.upperBound...]
        guard !isSystem, let list = rest.firstMatch(of: isList) else {
            return Target(name: String(name.output.1), dependencies: [])
        }
        let elements = balanced(rest[list.range.upperBound...])
        return Target(name: String(name.output.1), dependencies: names(in: elements))
    }

    /// The first string of every element of an array.
    private static func names(in elements: Substring) -> [String] {
        var names: [String] = []
        var isNamed = false
        var depth = 0
        var rest = elements
        while let character = rest.first {
            if character == "\"", let literal = rest.prefixMatch(of: #/"([^"]*)"/#) {
                if !isNamed { names.append(String(literal.output.1)) }
                isNamed = true
                rest = rest[literal.range.upperBound...]
                continue
            }
            if "([".contains(character) { depth += 1 }
            if ")]".contains(character) { depth -= 1 }
            if character == ",", depth == 0 { isNamed = false }
            rest = rest.dropFirst()
        }
        return names
    }

    /// The text up to the bracket that closes the one before it.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            if "([".contains(text[index]) { depth += 1 }
            guard ")]".contains(text[index]) else { continue }
            if depth == 0 { return text[..<index] }
            depth -= 1
        }
        return text
    }
}
