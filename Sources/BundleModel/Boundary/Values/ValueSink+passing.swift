/// Scalars that a reader passes over where they stand: nothing in them is refused, and handing them
/// over would take longer than all looks at them.
extension ValueSink {
    /// Whether nothing is refused in a pair of a key and a plain value in the innermost mapping.
    ///
    /// A false tells nothing.
    ///
    /// - Parameters:
    ///   - key: word characters, dashes and dots.
    ///   - value: what stands under it, perhaps nothing.
    mutating func holdsNothing(key: Span<UInt8>, value: Span<UInt8>) -> Bool {
        // The key of the pair before stands last, in place of this one.
        guard let hostPaths, frames.last?.hasKey == true, PairRole(key) == nil else { return false }
        let scan = scan
        guard HostPathScan.isPathless(key, .key), scan.isHarmless(key) else { return false }
        if value.count == 0 { return true }
        guard scan.isHarmless(value), !ScannedValue.mayBeBase64(value, .plain),
            scan.keys.isSilent(key), isSilent(keys.dropLast().last)
        else { return false }
        if HostPathScan.isPathless(value, .plain) { return true }
        let own = hostPaths.facts(ofKey: key, &facts)
        return hostPaths.matches(in: value, .plain, ValueContext(keys: keys, own: own)).isEmpty
    }

    private mutating func isSilent(_ key: [UInt8]?) -> Bool {
        guard let key else { return true }
        return scan.keys.isSilent(key.span)
    }

    /// Whether a number in the innermost collection is nothing but one more item of it.
    var passesNumbers: Bool {
        guard hostPaths != nil, let top = frames.last else { return false }
        return top.kind == .sequence && top.flag == nil
    }
}
