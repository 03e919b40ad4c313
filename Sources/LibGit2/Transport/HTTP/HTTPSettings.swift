internal import CLibcurlShims

/// What all requests of a transfer have in common, as C sees it.
struct HTTPSettings {
    private let access: PeerAccess
    private let connectMilliseconds: Int

    init(_ access: PeerAccess, _ watch: TransferWatch) {
        self.access = access
        connectMilliseconds = max(1, Int(watch.shortened(access.connect) / .milliseconds(1)))
    }

    /// Lends the settings for as long as `body` runs; libcurl copies every text.
    @unsafe
    func withPointer<Result>(
        _ body: (UnsafePointer<sheaf_http_settings>) -> Result
    ) -> Result {
        var (user, password, bearer): (String?, String?, String?)
        switch access.credential {
        case .basic(let name, let secret): (user, password) = (name, secret)
        case .bearer(let token): bearer = token
        case .keyFile, nil: break
        }
        let texts = [
            access.proxy, access.authorities, access.certificate, access.key, user, password,
            bearer, access.socket,
        ]
        return unsafe withCStrings(texts.map { $0 ?? "" }) { pointers in
            func text(_ index: Int) -> UnsafePointer<CChar>? {
                texts[index] == nil ? nil : unsafe pointers[index]
            }
            var settings = unsafe sheaf_http_settings(
                proxy: text(0), authorities: text(1), certificate: text(2), key: text(3),
                user: text(4), password: text(5), bearer: text(6), socket: text(7),
                connect_milliseconds: connectMilliseconds)
            return unsafe body(&settings)
        }
    }
}
