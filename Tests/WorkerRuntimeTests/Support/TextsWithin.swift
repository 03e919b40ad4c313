/// Every text inside a value, found by reflection however deep it lies, private parts included.
func texts(within value: Any) -> [String] {
    if let text = value as? String { return [text] }
    let mirror = Mirror(reflecting: value)
    var found = mirror.children.flatMap { texts(within: $0.value) }
    // What a value says of itself can hold more than its parts.
    if let described = value as? any CustomStringConvertible { found.append(described.description) }
    return found
}
