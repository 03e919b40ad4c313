internal import BundleModel
internal import Foundation

/// The files that a scan reads: those that were named, and all below the directories.
struct ScanList {
    /// A file by where it is and what findings call it.
    struct File: Sendable {
        /// Nil for standard input.
        let place: String?
        /// What findings show, and where the kind of the file is taken from.
        let shown: String
        /// The part of it that is scanned as a name: no directory above what was asked for.
        let name: String
    }

    /// What was not scanned, and why.
    struct Skipped: Encodable, Sendable {
        let path: String
        let reason: String
    }

    private(set) var files: [File] = []
    private(set) var skipped: [Skipped] = []
    private let inputName: String

    init(inputName: String) {
        self.inputName = inputName
    }

    /// Adds what was named; throws `not_found`, or `io_error` for a directory that cannot be read.
    mutating func add(_ path: String) throws(SheafError) {
        if path == "-" {
            files.append(File(place: nil, shown: inputName, name: inputName))
            return
        }
        // What was named is followed when it is a link; what is found below is not.
        guard FileManager.default.fileExists(atPath: path) else {
            throw SheafError(.notFound, "there is nothing at '\(DisplayText.escape(path))'")
        }
        var isDirectory = false
        if FileManager.default.fileExists(atPath: "\(path)/.") { isDirectory = true }
        let last = path.split(separator: "/").last.map(String.init) ?? path
        if isDirectory {
            let base = path.hasSuffix("/") ? String(path.dropLast()) : path
            try list(path, shown: base == "." ? "" : "\(base)/", name: "")
        } else {
            files.append(File(place: path, shown: path, name: last))
        }
    }

    private mutating func list(
        _ directory: String, shown: String, name: String
    ) throws(SheafError) {
        // No recursion: directories may be nested deeper than a stack.
        var open = [(place: directory, shown: shown, name: name)]
        while let (place, shown, name) = open.popLast() {
            let entries: [String]
            do {
                entries = try FileManager.default.contentsOfDirectory(atPath: place)
            } catch {
                throw SheafError(
                    .ioError,
                    "'\(DisplayText.escape(shown.isEmpty ? place : shown))' cannot be read")
            }
            var below: [(place: String, shown: String, name: String)] = []
            for entry in entries.sorted() {
                let path = "\(place)/\(entry)"
                let type =
                    (try? FileManager.default.attributesOfItem(atPath: path))?[.type]
                    as? FileAttributeType
                switch type {
                case .some(.typeDirectory) where entry == ".git":
                    skipped.append(Skipped(path: shown + entry, reason: "Git's own"))
                case .some(.typeDirectory):
                    below.append((path, "\(shown)\(entry)/", "\(name)\(entry)/"))
                case .some(.typeRegular):
                    files.append(File(place: path, shown: shown + entry, name: name + entry))
                case .some(.typeSymbolicLink):
                    skipped.append(Skipped(path: shown + entry, reason: "a symbolic link"))
                case .none:
                    // Its name may be no UTF-8. What cannot be read is not clean.
                    throw SheafError(
                        .ioError, "'\(DisplayText.escape(shown + entry))' cannot be examined",
                        hint: "a name that is not UTF-8 has to be renamed first")
                default:
                    skipped.append(Skipped(path: shown + entry, reason: "not a regular file"))
                }
            }
            open += below.reversed()
        }
    }
}
