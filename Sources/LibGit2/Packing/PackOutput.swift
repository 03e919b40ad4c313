/// Where the bytes of a pack go.
protocol PackOutput: ~Copyable {
    /// Takes the next bytes.
    mutating func write(_ bytes: ArraySlice<UInt8>) throws(GitError)
}

extension PackSink: PackOutput {}
