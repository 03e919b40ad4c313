internal import LibGit2

/// The files and connections that this process may have open.
package enum OpenFiles {
    /// Lets the process have as many open as the host allows it; gives that number.
    @discardableResult
    package static func allowAll() -> Int { OpenFileLimit.raise() }
}
