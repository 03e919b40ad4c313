internal import CLibgit2Shims

/// Inflates what came compressed with gzip, up to a limit.
package enum Gunzip {
    /// Why a stream was not inflated.
    package enum Failure: Error, Sendable, Hashable {
        /// There is more in it than was allowed.
        case tooLarge
        /// It is not one whole gzip stream.
        case damaged
    }

    /// All that is in one gzip stream.
    ///
    /// Memory is taken for at most `limit` bytes, whatever the stream says of itself.
    package static func inflate(
        _ bytes: [UInt8], atMost limit: Int
    ) throws(Failure) -> [UInt8] {
        var status: Int32 = 0
        var capacity = min(limit, max(4096, bytes.count * 4))
        while true {
            let inflated = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
                status = unsafe bytes.withUnsafeBytes { source in
                    unsafe sheaf_gunzip(
                        source.baseAddress, source.count, room.baseAddress, room.count, &count)
                }
            }
            if status == 0 { return inflated }
            guard status == 1 else { throw .damaged }
            guard capacity < limit else { throw .tooLarge }
            capacity = min(limit, capacity * 4)
        }
    }
}
