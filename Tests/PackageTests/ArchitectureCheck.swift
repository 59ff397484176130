/// Compares the manifest's dependencies and the import lines with the architecture.
struct ArchitectureCheck {
    let architecture: Architecture

    /// The sentences that say what breaks the design; empty when nothing does.
    func violations(targets: [PackageManifest.Target], files: [SourceFile]) -> [String] {
        targets.flatMap(violations(of:)) + files.flatMap { violations(in: $0, targets: targets) }
    }

    /// What is wrong with the folders: one without a target, or a target without a folder.
    func violations(targets: [PackageManifest.Target], folders: Set<String>) -> [String] {
        let names = Set(targets.map(\.name))
        return folders.subtracting(names).sorted().map { "the folder of \($0) has no target in Package.swift" }
            + names.subtracting(folders).sorted().map { "the target \($0) of Package.swift has no folder with sources" }
    }

    private func violations(of target: PackageManifest.Target) -> [String] {
        guard let allowed = architecture.allowed(for: target.name) else {
            return ["Package.swift: the architecture has no row for the target \(target.name)"]
        }
        return target.dependencies.filter { !allowed.contains($0) }.map {
            "Package.swift: \(target.name) may not depend on \($0)"
        }
    }

    private func violations(in file: SourceFile, targets: [PackageManifest.Target]) -> [String] {
        guard let allowed = architecture.allowed(for: file.target) else {
            return ["\(file.path): the architecture has no row for the target \(file.target)"]
        }
        // A reading with comments and strings is fast and finds too much, never too little: most files need no other.
        if !file.text.contains("/*"), found(in: file.text).isEmpty { return [] }
        return found(in: SourceText(file.text).code)

        func found(in text: String) -> [String] {
            violations(of: Self.imports(in: text), in: file, allowed: allowed, targets: targets)
        }
    }

    private func violations(
        of imports: [(module: String, line: Int)], in file: SourceFile, allowed: Set<String>,
        targets: [PackageManifest.Target]
    ) -> [String] {
        let declared = targets.first { $0.name == file.target }?.dependencies ?? []
        let system = architecture.allowedSystemModules(for: file.target, isTest: file.isTest)
        return imports.compactMap { found in
            if system.contains(found.module) { return nil }
            if !allowed.contains(found.module) {
                return "\(file.path):\(found.line): \(file.target) may not import \(found.module)"
            }
            guard !declared.contains(found.module) else { return nil }
            return
                "\(file.path):\(found.line): imports \(found.module), which Package.swift does not list for \(file.target)"
        }
    }

    /// The modules that a file imports, with their lines.
    static func imports(in file: SourceFile) -> [(module: String, line: Int)] {
        imports(in: SourceText(file.text).code)
    }

    private static func imports(in code: String) -> [(module: String, line: Int)] {
        // Attributes, an access level, the word, a kind of declaration, and the module before the first dot.
        let pattern =
            #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|actor|protocol|func|var|let|typealias)\s+)?`?(\w+)/#
        return SourceFile.lines(of: code, with: "import").flatMap { line in
            line.text.split(separator: ";").compactMap { statement in
                statement.firstMatch(of: pattern).map { (String($0.output.1), line.number) }
            }
        }
    }
}
