/// The value of a key of front matter, as far as an agent needs it.
enum FrontMatterValue: Equatable {
    /// A text, whatever type YAML would give it.
    case text(String)
    /// A list of texts.
    case list([String])
    /// A map from texts to texts, in the order of the file.
    case map([Pair])
    /// Nothing.
    case null
    /// Anything deeper.
    case other

    /// One key of a map.
    struct Pair: Equatable {
        let key: String
        let value: String
    }
}
