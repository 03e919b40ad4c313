/// The file and line that a field of a resolved profile came from.
public struct FieldOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The file inside the bundle, or `builtin:<name>`.
    public let file: String
    /// The place in it.
    public let mark: SourceMark

    /// `profiles/coder.yaml:7`.
    public var description: String { "\(file):\(mark.line)" }
}
