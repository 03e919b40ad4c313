/// Two things of one profile that have the same variable.
package struct EngineVariableClash: Hashable, Sendable {
    /// The variable.
    package let variable: String
    /// What has it.
    package let first: String
    /// What would take its place.
    package let second: String

    /// The same in words.
    package var message: String { "\(first) and \(second) both have the variable \(variable)" }
    /// What to do.
    package static let hint = "give one of them another name"
}
