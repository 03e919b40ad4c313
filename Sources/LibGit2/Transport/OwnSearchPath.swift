#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The `PATH` of this process.
func ownSearchPath() -> String? {
    unsafe getenv("PATH").map { unsafe String(cString: $0) }
}
