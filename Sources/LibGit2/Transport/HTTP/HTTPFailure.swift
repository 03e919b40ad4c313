internal import CLibcurlShims

/// What went wrong with a request, in words of our own: libcurl's name paths and addresses.
enum HTTPFailure {
    static func error(_ code: CURLcode, chainProblem: Int) -> TransportError {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            .unavailable("the name of its host cannot be resolved")
        case CURLE_COULDNT_RESOLVE_PROXY:
            .unavailable("the name of the proxy cannot be resolved")
        case CURLE_COULDNT_CONNECT: .unavailable("nothing answers at its host and port")
        case CURLE_OPERATION_TIMEDOUT: .stalled("no connection came about")
        case CURLE_PEER_FAILED_VERIFICATION:
            // X509_V_OK, and what libcurl starts with, are no problem of the chain.
            .untrusted(
                (0...1).contains(chainProblem)
                    ? "its certificate is for another host"
                    : "its certificate is not from an authority that is trusted, or not valid now")
        case CURLE_SSL_CACERT_BADFILE:
            .untrusted("the file of trusted authorities cannot be read")
        case CURLE_SSL_CERTPROBLEM:
            .unauthorized("the client certificate or its key cannot be used")
        case CURLE_SSL_CONNECT_ERROR: .unavailable("no TLS of version 1.2 or 1.3 came about")
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING:
            .unavailable("the connection broke off")
        case CURLE_PROXY: .unavailable("the proxy refused")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
            CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WRITE_ERROR, CURLE_URL_MALFORMAT,
            CURLE_BAD_FUNCTION_ARGUMENT:
            .unavailable("its answer is no answer of HTTP")
        default: .unavailable("the transfer over HTTP failed (\(code.rawValue))")
        }
    }
}
