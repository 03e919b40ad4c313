/// The name of a field of a document of the protocol.
///
/// A document declares all of its names, and the code that reads it is the compiler's; so the list
/// of what is known cannot differ from what is read.
public protocol WireKey: CodingKey, CaseIterable, Hashable {}
