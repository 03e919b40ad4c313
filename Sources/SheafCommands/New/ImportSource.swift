internal import BundleModel
internal import Foundation

/// The files that an import reads: those of a directory, or one.
struct ImportSource {
    /// The files by their paths below the directory.
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    /// What was not read, and why.
    private(set) var notes: [ImportNoteView] = []
    private var total = 0

    /// What lies beside agents and is never theirs.
    private static let owners = [".git": "Git's", ".DS_Store": "the desktop's"]
    private static let limits = ContentLimits.standard

    /// Reads everything; throws `not_found`, `limit_exceeded`, `io_error`.
    init(_ path: String) throws(SheafError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw SheafError(.notFound, "there is nothing at '\(DisplayText.escape(path))'")
        }
        if FileManager.default.fileExists(atPath: "\(path)/.") {
            try list(path, below: "")
        } else {
            try read(path, as: URL(filePath: path).lastPathComponent)
        }
    }

    private mutating func list(_ directory: String, below parent: String) throws(SheafError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw Self.unreadable(parent.isEmpty ? directory : parent)
        }
        for name in names.sorted() {
            let path = parent + name
            let place = "\(directory)/\(name)"
            if let owner = Self.owners[name] {
                notes.append(ImportNoteView(notRead: path, because: "it is \(owner) own"))
                continue
            }
            let attributes = try? FileManager.default.attributesOfItem(atPath: place)
            switch attributes?[.type] as? FileAttributeType {
            case .some(.typeDirectory): try list(place, below: "\(path)/")
            case .some(.typeRegular): try read(place, as: path)
            case .some(.typeSymbolicLink):
                notes.append(ImportNoteView(notRead: path, because: "it is a symbolic link"))
            default:
                notes.append(ImportNoteView(notRead: path, because: "it is not a regular file"))
            }
        }
    }

    private mutating func read(_ place: String, as path: String) throws(SheafError) {
        let size = (try? FileManager.default.attributesOfItem(atPath: place))?[.size] as? Int ?? 0
        guard size <= Self.limits.fileBytes else {
            notes.append(ImportNoteView(notRead: path, because: "it is over the limit of 8 MiB"))
            return
        }
        guard let data = FileManager.default.contents(atPath: place) else {
            throw Self.unreadable(path)
        }
        total += data.count
        guard files.count < Self.limits.files, total <= Self.limits.bundleBytes else {
            throw SheafError(
                .limitExceeded,
                "there is more to import than a bundle can hold: \(Self.limits.files) files, "
                    + ByteCount.text(Self.limits.bundleBytes),
                hint: "import the directory that holds the agents, not one above it")
        }
        files.append((path, Array(data)))
    }

    private static func unreadable(_ path: String) -> SheafError {
        SheafError(.ioError, "'\(DisplayText.escape(path))' cannot be read")
    }
}
