/// One entry of a tree, as it is stored.
package struct TreeEntry: Hashable, Sendable {
    /// The mode's value: 0o100644 for a file, 0o040000 for a tree.
    package let mode: UInt32

    /// How many zeros stand before the mode's first digit; Git writes none.
    private let leadingZeros: UInt8

    /// The name's bytes: whatever is stored, not necessarily UTF-8 or safe.
    package let name: [UInt8]

    package let id: ObjectID

    /// An entry with the mode's digits as Git writes them.
    package init(mode: UInt32, name: [UInt8], id: ObjectID) {
        self.init(mode: mode, leadingZeros: 0, name: name, id: id)
    }

    init(mode: UInt32, leadingZeros: UInt8, name: [UInt8], id: ObjectID) {
        self.mode = mode
        self.leadingZeros = leadingZeros
        self.name = name
        self.id = id
    }

    /// The mode's digits as stored. Git writes `40000`; a hand-made tree may hold `040000`.
    package var modeText: String {
        String(repeating: "0", count: Int(leadingZeros)) + String(mode, radix: 8)
    }

    /// Whether the mode is that of a file, with its digits as Git writes them.
    package var isPlainFile: Bool { mode == 0o100644 && leadingZeros == 0 }

    /// Whether the mode is that of a directory, with its digits as Git writes them.
    package var isPlainTree: Bool { mode == 0o040000 && leadingZeros == 0 }

    /// Whether the mode's type is that of a directory.
    package var isTree: Bool { mode & 0o170000 == 0o040000 }
}
