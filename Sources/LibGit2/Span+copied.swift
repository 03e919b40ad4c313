extension Span where Element == UInt8 {
    /// The bytes in an array of their own.
    func copied() -> [UInt8] {
        unsafe withUnsafeBufferPointer { unsafe Array($0) }
    }
}
