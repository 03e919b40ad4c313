/// The version of this copy of Sheaf, as it stands in the `Bundle-Publisher` trailer.
public enum SheafVersion {
    /// The version number, `major.minor.patch`.
    public static let current = "0.1.0"
    /// What names this program in a commit: `sheaf/<version>`.
    public static let publisher = "sheaf/\(current)"
}
