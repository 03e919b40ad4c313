/// The texts that anchors of YAML mark, so that an alias under a key is a value under it.
///
/// Bounded: of many anchors the first, and of a text its start.
struct YamlAnchors {
    /// A longer text is kept to here.
    static let longest = 128
    static let most = 1024

    /// Empty for what is no scalar, or not read yet.
    private var texts: [[UInt8]: [UInt8]] = [:]

    /// An anchor was read, and stands before what may be no scalar.
    mutating func open(_ name: [UInt8]) {
        if texts.count < Self.most || texts[name] != nil { texts[name] = [] }
    }

    /// The scalar behind an anchor was read.
    mutating func mark(_ name: [UInt8], _ text: [UInt8]) {
        if texts[name] != nil { texts[name] = Array(text.prefix(Self.longest)) }
    }

    /// The text of an alias; nil when no such anchor is known.
    func text(_ name: [UInt8]) -> [UInt8]? { texts[name] }
}
