/// Whether the directory that was published differed from the commit it names as its source.
public enum SourceState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Every published file is as the source commit has it.
    case clean
    /// Something was added, changed or removed.
    case modified
}
