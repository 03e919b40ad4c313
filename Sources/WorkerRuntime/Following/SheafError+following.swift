internal import BundleModel

extension SheafError.Code {
    /// Whether this says that a repository cannot be reached, and so nothing about one channel.
    var isOfRemote: Bool {
        switch self {
        case .remoteUnavailable, .remoteUnauthorized, .deadlineExceeded: true
        default: false
        }
    }

    /// Whether this is a failure of this host, which may be over at the next try.
    var isOfHost: Bool {
        switch self {
        case .ioError, .storeBusy, .storeCorrupt, .cancelled: true
        default: false
        }
    }
}

extension SheafError {
    /// When the peer asked to come again.
    var retryAfter: Duration? {
        details["retryAfter"].flatMap { Int($0) }.map { .seconds($0) }
    }
}
