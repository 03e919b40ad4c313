internal import BundleModel
internal import BundleRepository
internal import Foundation

/// An operand that is either a directory or a published state.
enum Operand {
    case directory(String)
    case reference(BundleReference)

    /// What is a directory, contains a `/` or begins with `.` is meant as a directory; anything
    /// else as a reference.
    ///
    /// Throws `invalid_request` when it is neither.
    init(_ text: String) throws(SheafError) {
        // Only in a directory there is a '.'.
        let isDirectory = FileManager.default.fileExists(atPath: "\(text)/.")
        if text.contains("/") || text.hasPrefix(".") || isDirectory {
            self = .directory(text)
        } else {
            self = .reference(try BundleReference(text))
        }
    }

    /// The bundle of a reference; nil for a directory.
    var bundle: BundleID? {
        switch self {
        case .directory: nil
        case .reference(let reference): reference.bundle
        }
    }

    /// The operand as a side of a comparison.
    var side: DiffSide {
        switch self {
        case .directory(let path): .directory(path)
        case .reference(let reference): .reference(reference)
        }
    }

    /// The operand as it is written.
    var description: String {
        switch self {
        case .directory(let path): path
        case .reference(let reference): reference.description
        }
    }
}
