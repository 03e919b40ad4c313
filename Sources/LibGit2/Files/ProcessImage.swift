#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The program that this process runs.
package enum ProcessImage {
    /// Runs another program in the place of this one, with the same variables and open files; it
    /// comes back only to say why it could not.
    package static func replace(with path: String, arguments: [String]) -> FileSystemError {
        unsafe withCStrings([path] + arguments) { list in
            // execv(3) takes pointers to what it does not change.
            let list = unsafe list.map { unsafe UnsafeMutablePointer(mutating: $0) }
            unsafe _ = execv(path, list)
        }
        return FileSystemError("cannot run the program")
    }
}
