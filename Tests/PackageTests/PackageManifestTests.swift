import Testing

@Suite("The reader of the manifest")
struct PackageManifestTests {
    private typealias Target = PackageManifest.Target

    @Test func readsEveryFormOfATargetWithItsDependencies() {
        let manifest = PackageManifest(
            """
            func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
                .target(name: name, dependencies: dependencies, swiftSettings: settings)
            }
            let package = Package(
                products: [.library(name: "Product", targets: ["A"])],
                targets: [
                    .systemLibrary(name: "CA", pkgConfig: "a", providers: [.apt(["liba-dev"])]),
                    // module("Commented", ["CA"]),
                    module("A", ["CA"]), module("B"),
                    module(
                        "C",
                        ["A", "B"]),
                    .executableTarget(name: "tool", dependencies: ["C"], swiftSettings: settings),
                    .target(name: "D", dependencies: [
                        .target(name: "A", condition: .when(platforms: [.linux])),
                        .product(name: "Logging", package: "swift-log"), "B",
                    ], path: "Tests/D"),
                    tests("ATests", ["A"], resources: [.copy("Fixtures")]),
                    .testTarget(name: "BTests", dependencies: [], resources: [.copy("Fixtures")]),
                ])
            """)
        #expect(
            manifest.targets == [
                Target(name: "CA", dependencies: []),
                Target(name: "A", dependencies: ["CA"]),
                Target(name: "B", dependencies: []),
                Target(name: "C", dependencies: ["A", "B"]),
                Target(name: "tool", dependencies: ["C"]),
                Target(name: "D", dependencies: ["A", "Logging", "B"]),
                Target(name: "ATests", dependencies: ["A"]),
                Target(name: "BTests", dependencies: []),
            ])
    }

    @Test func doesNotTakeResourcesForDependencies() {
        let manifest = PackageManifest("tests(\"ATests\", [], resources: [.copy(\"Fixtures\")])")
        #expect(manifest.targets == [Target(name: "ATests", dependencies: [])])
    }
}
