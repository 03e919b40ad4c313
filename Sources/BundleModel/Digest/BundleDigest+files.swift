extension BundleDigest {
    /// The digest of a set of files given by path and SHA-256; directories follow from the paths.
    public init(files: some Sequence<(path: BundlePath, value: SHA256Value)>) {
        let root = Directory()
        for (path, value) in files { root.insert(path.components[...], value) }
        self.init(root: root.digest())
    }

    private final class Directory {
        var files: [(name: String, value: SHA256Value)] = []
        var directories: [String: Directory] = [:]

        func insert(_ components: ArraySlice<String>, _ value: SHA256Value) {
            guard let name = components.first else { return }
            if components.count == 1 {
                files.append((name, value))
                return
            }
            let child = directories[name] ?? Directory()
            directories[name] = child
            child.insert(components.dropFirst(), value)
        }

        func digest() -> SHA256Value {
            var tree = TreeDigest()
            for file in files { tree.add(file: Array(file.name.utf8), file.value) }
            for (name, child) in directories { tree.add(tree: Array(name.utf8), child.digest()) }
            return tree.finish()
        }
    }
}
