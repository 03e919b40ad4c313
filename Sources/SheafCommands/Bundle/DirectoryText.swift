internal import BundleRepository

/// What is said of a directory beside its findings.
enum DirectoryText {
    /// What is not part of the bundle and why, and remarks.
    static func leftOut(
        _ files: [LeftOutFile], _ notes: [String], _ style: TextStyle
    ) -> String {
        var text = ""
        for file in files {
            text += "\(style.dim("left out:")) \(TextStyle.safe(file.path)) (\(reason(file)))\n"
        }
        for note in notes { text += "\(style.dim("note:")) \(TextStyle.safe(note))\n" }
        return text
    }

    private static func reason(_ file: LeftOutFile) -> String {
        switch file.reason {
        case .git: "Git's own"
        case .desktop: "left by the desktop"
        case .ignored: "ignored by Git"
        }
    }
}
