package import BundleModel
internal import LibGit2

/// Lets another program take the place of this one.
package enum HandOver {
    /// Comes back only with why that did not work.
    package static func become(_ file: String, _ arguments: [String]) -> SheafError {
        let error = ProcessImage.replace(with: file, arguments: arguments)
        return SheafError(error, "the program '\(DisplayText.escape(file))'")
    }
}
