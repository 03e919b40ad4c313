internal import BundleModel

/// Something about an imported file that its author should know, as JSON and as a line.
struct ImportNoteView: Encodable {
    let path: String
    let line: Int?
    let kind: ImportNote.Kind
    let what: String
    let why: String

    init(_ note: ImportNote) {
        path = note.path
        line = note.line
        kind = note.kind
        what = note.what
        why = note.why
    }

    /// A file that was not read.
    init(notRead path: String, because why: String) {
        self.path = DisplayText.escape(path)
        line = nil
        kind = .leftOut
        what = "the file"
        self.why = why
    }

    /// `left out: path:line: what: why`.
    func text(_ style: TextStyle) -> String {
        let place = line.map { "\(path):\($0)" } ?? path
        let label =
            kind == .leftOut ? style.yellow("left out:") : style.dim("\(kind.rawValue):")
        return "\(label) \(place): \(what): \(why)\n"
    }
}
