import Testing

/// Gives others the processor until something is so; fails when it never is.
func eventually(_ what: Comment, _ condition: () async -> Bool) async {
    for _ in 0..<200_000 {
        if await condition() { return }
        await Task.yield()
    }
    Issue.record(what)
}
