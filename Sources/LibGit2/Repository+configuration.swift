internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// The value of `key` in the repository's own configuration; nil when it is not set there.
    package func configString(_ key: String) throws(GitError) -> String? {
        let configuration = try unsafe localConfiguration()
        defer { unsafe git_config_free(configuration) }
        var value = unsafe git_buf()
        defer { unsafe git_buf_dispose(&value) }
        let code = unsafe git_config_get_string_buf(&value, configuration, key)
        if code == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return nil
        }
        try check(code)
        return unsafe value.ptr.map { unsafe String(cString: $0) } ?? ""
    }

    /// Sets `key` in the repository's own configuration.
    package func setConfigString(_ key: String, _ value: String) throws(GitError) {
        let configuration = try unsafe localConfiguration()
        defer { unsafe git_config_free(configuration) }
        try check(unsafe git_config_set_string(configuration, key, value))
    }

    private func localConfiguration() throws(GitError) -> OpaquePointer? {
        var all: OpaquePointer?
        try check(unsafe git_repository_config(&all, handle))
        defer { unsafe git_config_free(all) }
        var local: OpaquePointer?
        try check(unsafe git_config_open_level(&local, all, GIT_CONFIG_LEVEL_LOCAL))
        return unsafe local
    }
}
