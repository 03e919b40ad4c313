internal import BundleRepository

/// Mirrors that nobody reads keep no files open: a runtime has many, and most of them wait.
extension WorkerRuntime {
    /// A mirror that was not read for this long is closed by the time that as much again has passed.
    static let idleTime: Duration = .seconds(10)

    /// Sees to it that mirrors are closed when nobody reads them any more.
    func watchForIdleMirrors() {
        if idleWatch != nil { return }
        idleWatch = Task { [weak self] in
            repeat {
                try? await Task.sleep(for: Self.idleTime)
                if Task.isCancelled { return }
            } while await self?.closeIdleMirrors() == false
        }
    }

    /// Closes the mirrors that were not read since this was called last. Returns whether all are
    /// closed; then nobody watches any more, until a mirror is asked for again.
    func closeIdleMirrors() -> Bool {
        var areClosed = true
        for mirror in mirrors.values where !mirror.closeUnlessRead() { areClosed = false }
        if areClosed { idleWatch = nil }
        return areClosed
    }
}
