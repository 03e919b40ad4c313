/// A property of a parser that an input breaks.
package struct BrokenProperty: Error, CustomStringConvertible {
    /// The property, as a sentence.
    package let property: String
    /// What was found instead; it may repeat the input.
    package let found: String

    /// The property and what was found instead.
    package var description: String {
        found.isEmpty ? "broken: \(property)" : "broken: \(property)\nfound: \(found)"
    }
}

/// Throws unless a property holds.
func require(
    _ holds: Bool, _ property: @autoclosure () -> String, found: @autoclosure () -> String = ""
) throws(BrokenProperty) {
    if !holds { throw BrokenProperty(property: property(), found: found()) }
}

/// Throws unless two values that a property makes equal are equal.
func requireEqual<Value: Equatable>(
    _ left: Value, _ right: Value, _ property: @autoclosure () -> String
) throws(BrokenProperty) {
    try require(left == right, property(), found: "\(left)\nand:   \(right)")
}
