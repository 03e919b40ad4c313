/// A value in a YAML document with the place where it starts.
///
/// Scalars have no type of their own: the schema of the document says how a text is read.
package struct YamlNode: Hashable, Sendable {
    /// The three shapes of a value.
    package indirect enum Content: Hashable, Sendable {
        /// A text; plain when it was written without quotes and not as a block.
        case scalar(String, isPlain: Bool)
        /// A list.
        case sequence([YamlNode])
        /// A map in the order of the file; its keys are unique.
        case mapping([Entry])
    }

    /// One key of a map and its value.
    package struct Entry: Hashable, Sendable {
        /// The key's text.
        package let key: String
        /// Where the key starts.
        package let keyMark: SourceMark
        /// The value.
        package let value: YamlNode

        package init(key: String, keyMark: SourceMark, value: YamlNode) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    /// The value.
    package let content: Content
    /// Where it starts.
    package let mark: SourceMark

    package init(_ content: Content, at mark: SourceMark) {
        self.content = content
        self.mark = mark
    }

    /// Whether this is a plain `null`, `~` or nothing at all.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
    }
}
