/// A parser of bytes that anybody may have written, with what holds for every input of it.
///
/// The fuzzer looks for an input that breaks a property; the tests hold every input that it ever
/// found worth keeping against the same properties.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// The reader of YAML, and the documents of a bundle that are read with it.
    case yaml
    /// Commit messages and their trailers, with the provenance in them.
    case trailers
    /// Tree objects, and the judge of their entries.
    case tree
    /// Commit objects and the signatures in them.
    case commit
    /// Every short text that names something: references, pins, ids, selectors, paths, sources.
    case reference
    /// The header of a Git bundle file.
    case bundleHeader = "bundle-header"
    /// The scan for secrets and host paths, with its readers of structured files.
    case boundary

    /// Holds an input against the properties of the parser; throws the first that it breaks.
    ///
    /// A property is more than that nothing crashes: what was accepted can be written and read
    /// back, the same bytes always give the same answer, an error says where and repeats nothing.
    package func check(_ input: [UInt8]) throws(BrokenProperty) {
        switch self {
        case .yaml: try YamlProperties.check(input)
        case .trailers: try TrailerProperties.check(input)
        case .tree: try TreeProperties.check(input)
        case .commit: try CommitProperties.check(input)
        case .reference: try ReferenceProperties.check(input)
        case .bundleHeader: try BundleHeaderProperties.check(input)
        case .boundary: try BoundaryProperties.check(input)
        }
    }
}
