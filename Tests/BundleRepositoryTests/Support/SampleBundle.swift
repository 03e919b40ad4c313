import Foundation

/// A small valid bundle, by path, for tests to change and write.
struct SampleBundle: Sendable {
    var files: [String: [UInt8]]

    /// A bundle with every place that a test needs: documents, prompts in a folder, an asset.
    init(workspace: String = "acme", bundle: String = "support-agents") {
        files = [
            "bundle.yaml": """
            schema: sheaf/bundle/v1
            workspace: \(workspace)
            bundle: \(bundle)
            description: Agents of the support desk
            defaultProfile: coder
            """,
            "profiles/coder.yaml": """
            schema: sheaf/profile/v1
            label: Coder
            engine: claude-code
            prompts:
              system: prompts/coder/system.md
            """,
            "prompts/coder/system.md": "You fix tickets.\nBe brief.\n",
            "assets/logo.bin": "\u{0}binary",
            "README.md": "# Support agents\n",
        ].mapValues { Array("\($0)".utf8) }
        files["bundle.yaml"]?.append(0x0A)
        files["profiles/coder.yaml"]?.append(0x0A)
    }

    /// The same with one file more, changed, or taken away.
    func with(_ path: String, _ text: String?) -> SampleBundle {
        var copy = self
        copy.files[path] = text.map { Array($0.utf8) }
        return copy
    }

    /// The same with one file more, or changed.
    func with(_ path: String, bytes: [UInt8]) -> SampleBundle {
        var copy = self
        copy.files[path] = bytes
        return copy
    }

    /// The same with another system prompt: the smallest change that makes a new revision.
    func prompt(_ text: String) -> SampleBundle {
        with("prompts/coder/system.md", text)
    }

    /// Makes a directory hold exactly these files; what Git keeps there stays.
    @discardableResult
    func write(to directory: URL) throws -> String {
        let manager = FileManager.default
        try manager.createDirectory(at: directory, withIntermediateDirectories: true)
        for name in try manager.contentsOfDirectory(atPath: directory.path(percentEncoded: false))
        where !name.hasPrefix(".git") {
            try manager.removeItem(at: directory.appending(path: name))
        }
        for (path, bytes) in files {
            let file = directory.appending(path: path)
            try manager.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        return directory.path(percentEncoded: false)
    }
}
