internal import ArgumentParser

/// How results are written.
package enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// For people; may change between versions.
    case text
    /// For programs: one JSON object with sorted keys on standard output; keys are never renamed
    /// or removed within a major version, and absent values are left out.
    case json

    /// Finds the format in a command line that could not be parsed.
    package init(scanning arguments: [String]) {
        var rest = arguments[...]
        var found = OutputFormat.text
        while let argument = rest.popFirst(), argument != "--" {
            if argument == "--format=json" { found = .json }
            if argument == "--format", rest.first == "json" { found = .json }
        }
        self = found
    }
}
