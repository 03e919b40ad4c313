internal import BundleModel
internal import Foundation

/// The files that a scan reads: those that were named, and all below the directories.
struct ScanList {
    /// A file by where it is and what findings call it.
    struct File: Sendable {
        /// Where the bytes are.
        enum Content: Sendable {
            case file(String)
            case standardInput
            /// No file: the target of a link, which Git keeps as its contents, or nothing.
            case text(String)
        }

        let content: Content
        /// What findings show, and where the kind of the file is taken from.
        let shown: String
        /// The part of it that is scanned as a name: no directory above what was asked for.
        let name: String
    }

    /// What was not scanned, and why.
    struct Skipped: Encodable, Sendable {
        /// As it may be shown: a name may be a token.
        let path: String
        let reason: String

        init(path: String, reason: String) {
            self.path = DisplayText.masked(path)
            self.reason = reason
        }
    }

    /// What is read, also links and empty directories for their names.
    private(set) var files: [File] = []
    private(set) var skipped: [Skipped] = []
    private let inputName: String

    /// How many files are read.
    var fileCount: Int {
        files.count { file in
            if case .text = file.content { false } else { true }
        }
    }

    init(inputName: String) {
        self.inputName = inputName
    }

    /// Adds what was named; throws `not_found`, or `io_error` for a directory that cannot be read.
    mutating func add(_ path: String) throws(SheafError) {
        if path == "-" {
            files.append(File(content: .standardInput, shown: inputName, name: inputName))
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
            let first = files.count
            try list(path, shown: base == "." ? "" : "\(base)/", name: "")
            files[first...].sort { $0.shown < $1.shown }
        } else {
            files.append(File(content: .file(path), shown: path, name: last))
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
            let before = files.count
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
                    files.append(
                        File(content: .file(path), shown: shown + entry, name: name + entry))
                case .some(.typeSymbolicLink):
                    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
                    files.append(
                        File(
                            content: .text(target ?? ""), shown: shown + entry,
                            name: name + entry))
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
            if below.isEmpty, files.count == before, !name.isEmpty {
                files.append(File(content: .text(""), shown: shown, name: name))
            }
            open += below.reversed()
        }
    }
}
