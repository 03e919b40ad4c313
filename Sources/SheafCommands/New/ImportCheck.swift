internal import BundleModel

/// The door of an import: what comes in has to be what every other door would let in.
enum ImportCheck {
    /// Throws everything that is wrong as one error, before anything is written.
    ///
    /// What the boundary refuses is named by file and line of the source, where it has to be
    /// mended; what the whole bundle's check finds beyond that, by the path inside the bundle.
    static func run(
        _ sources: [(path: String, bytes: [UInt8])],
        _ files: [(path: BundlePath, bytes: [UInt8])], from source: String
    ) throws(SheafError) {
        let subject = "what is imported from '\(DisplayText.escape(source))'"
        let found = sources.flatMap { BoundaryScan.findings(in: $0.bytes, path: $0.path) }
        if let error = SheafError(findings: found, in: subject) { throw error }
        let contents = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
        let checked = BundleCheck.run(
            entries: files.map { (name: Array($0.path.text.utf8), size: $0.bytes.count) },
            read: { contents[$0] ?? [] })
        if let error = SheafError(findings: checked.findings, in: subject) { throw error }
    }
}
