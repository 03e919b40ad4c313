/// A value and the place in its file that it came from.
@dynamicMemberLookup
public struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    public let value: Value
    /// Where it starts; for an entry of a map, where its key starts.
    public let mark: SourceMark

    /// Creates a value with its place.
    public init(_ value: Value, at mark: SourceMark) {
        self.value = value
        self.mark = mark
    }

    /// A property of the value.
    public subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member {
        value[keyPath: member]
    }

    /// The same place with another value.
    func with<Other>(_ other: Other) -> Located<Other> {
        Located<Other>(other, at: mark)
    }
}
