/// Turns a file of settings or data into the scalars that its reader would see.
///
/// It takes the file in parts of any size and gives the same values however it is cut. It never
/// fails: what it cannot read is handed out as text. It reads each byte once and keeps at most one
/// scalar piece of ``longestValue`` bytes, so size, depth and nonsense cost nothing more.
/// Of Markdown it reads the front matter; of code and other text, nothing.
struct StructuredReader {
    /// A longer scalar leaves in pieces that overlap by ``overlap`` bytes.
    static let longestValue = ValueSink.longest
    static let overlap = ValueSink.overlap

    private enum Reader {
        case tree(TreeValueReader)
        case toml(TomlValueReader)
        case settings(SettingsValueReader)
        case frontMatter(FrontMatterReader)
        case none
    }

    private var reader: Reader
    private var input = TextInput()
    /// Bytes that the reader could not decide on yet.
    private var waiting: [UInt8] = []

    /// Starts reading a file of this kind, or a part of one whose first line has this number.
    ///
    /// - Parameter hostPaths: what looks for paths, where scalars in which no rule of the boundary
    ///   finds anything are kept back.
    init(_ kind: TextKind, firstLine: Int = 1, keepingBackBy hostPaths: HostPathScan? = nil) {
        switch kind {
        case .yaml, .json:
            var tree = TreeValueReader(kind == .json ? .json : .yaml, firstLine: firstLine)
            tree.sink.hostPaths = hostPaths
            reader = .tree(tree)
        case .toml:
            var toml = TomlValueReader(firstLine: firstLine)
            toml.sink.hostPaths = hostPaths
            reader = .toml(toml)
        case .settings, .properties:
            var settings = SettingsValueReader(
                firstLine: firstLine, isProperties: kind == .properties)
            settings.sink.hostPaths = hostPaths
            reader = .settings(settings)
        case .markdown:
            var frontMatter = FrontMatterReader()
            frontMatter.hostPaths = hostPaths
            reader = .frontMatter(frontMatter)
        case .code, .plain: reader = .none
        }
    }

    /// Reads the next bytes of the file and reports each value as soon as it is known.
    ///
    /// Values come in file order, except that a `value:` waits for the `name:` beside it.
    mutating func read(
        _ bytes: ArraySlice<UInt8>, isLast: Bool, report: (ScannedValue) -> Void
    ) {
        if case .none = reader { return }
        var text = waiting
        waiting = []
        input.read(bytes, isLast: isLast, into: &text)
        let used: Int
        switch reader {
        case .tree(var tree):
            reader = .none
            used = tree.read(text, isLast, report)
            reader = .tree(tree)
        case .toml(var toml):
            reader = .none
            used = toml.read(text, isLast, report)
            reader = .toml(toml)
        case .settings(var settings):
            reader = .none
            used = settings.read(text, isLast, report)
            reader = .settings(settings)
        case .frontMatter(var frontMatter):
            reader = .none
            used = frontMatter.read(text, isLast, report)
            reader = frontMatter.isOver ? .none : .frontMatter(frontMatter)
        case .none: used = text.count
        }
        if used < text.count { waiting = Array(text[used...]) }
    }
}
