internal import Clibgit2

/// The version of the libgit2 that the process runs with, as `major.minor.revision`.
package func libgit2Version() -> String {
    var major: Int32 = 0
    var minor: Int32 = 0
    var revision: Int32 = 0
    unsafe git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
}
