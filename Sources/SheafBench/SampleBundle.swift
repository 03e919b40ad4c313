internal import Foundation

/// A bundle of a given size, always the same for the same numbers.
struct SampleBundle {
    let files: Int
    let bytesPerFile: Int
    var name = "sample"
    var workspace = "bench"
    private static let profiles = 200

    /// Writes the bundle into a directory that is not there yet.
    func write(to directory: String) throws {
        var words = WordSource(seed: 7)
        try put(
            directory, "bundle.yaml",
            """
            schema: sheaf/bundle/v1
            workspace: \(workspace)
            bundle: \(name)
            description: A bundle of \(files) files
            defaultProfile: agent-0

            """)
        try put(
            directory, "models/main.yaml",
            """
            schema: sheaf/model/v1
            provider: anthropic
            model: claude-sonnet-4

            """)
        let count = min(Self.profiles, files / 4)
        for index in 0..<count {
            try put(directory, "profiles/agent-\(index).yaml", profile(index, &words))
            try put(directory, "prompts/agent-\(index)/system.md", words.text(bytesPerFile))
        }
        for index in 0..<(files - 2 - 2 * count) {
            try put(
                directory, "assets/guides/part-\(index / 100)/guide-\(index).md",
                words.text(bytesPerFile))
        }
    }

    private func profile(_ index: Int, _ words: inout WordSource) -> String {
        """
        schema: sheaf/profile/v1
        \(index >= 4 ? "extends: agent-\(index / 4)\n" : "")label: Agent \(index)
        description: \(words.text(120).replacing("\n", with: " "))
        model: main
        prompts:
          system: prompts/agent-\(index)/system.md
        tools: { read: allow, search: allow, shell: ask, tool-\(index): deny }
        settings: { maxTurns: \(index + 1), temperature: 0.2 }
        labels: { team: support, index: "\(index)" }

        """
    }

    /// Changes two files.
    func change(_ directory: String, round: Int) throws {
        var words = WordSource(seed: UInt64(1000 + round))
        try put(directory, "prompts/agent-1/system.md", words.text(bytesPerFile))
        try put(directory, "assets/guides/part-2/guide-200.md", words.text(bytesPerFile))
    }

    private func put(_ directory: String, _ path: String, _ text: String) throws {
        let file = URL(filePath: directory).appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}

/// Text that looks like prose, from a fixed sequence.
struct WordSource {
    private var state: UInt64
    private static let syllables = [
        "ka", "lo", "mer", "tin", "sa", "ver", "no", "ris", "del", "u", "pan", "chi", "go", "ther",
    ]

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func next() -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33)
    }

    mutating func text(_ bytes: Int) -> String {
        var text = ""
        text.reserveCapacity(bytes + 16)
        while text.utf8.count < bytes {
            for _ in 0...(next() % 3) { text += Self.syllables[next() % Self.syllables.count] }
            text += next() % 11 == 0 ? "\n" : " "
        }
        return text + "\n"
    }
}
