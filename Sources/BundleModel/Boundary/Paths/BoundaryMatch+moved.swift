extension BoundaryMatch {
    /// The same match, found in what stands at `offset` in another view.
    func moved(to offset: Int) -> BoundaryMatch {
        BoundaryMatch(rule: rule, offset: offset, excerpt: excerpt, what: what, hint: hint)
    }
}
