internal import AsyncHTTPClient
internal import BundleModel
internal import NIOCore
internal import NIOHTTP1
internal import RuntimeProtocol

extension RuntimeClient {
    /// Documents are bounded by the server: a part of a list has a few megabytes.
    private static var maximumBytes: Int { 64 << 20 }

    /// Asks without a body.
    func get<Answer: Decodable>(
        _ path: String, _ query: [(String, String?)] = []
    ) async throws(SheafError) -> Answer {
        var given: [String] = []
        for (name, value) in query {
            guard let value else { continue }
            guard value.utf8.allSatisfy(Self.isPlain) else {
                throw SheafError(
                    .invalidRequest,
                    "the parameter '\(name)' is missing, repeated or malformed",
                    details: ["parameter": name])
            }
            given.append("\(name)=\(value)")
        }
        let text = given.isEmpty ? "" : "?" + given.joined(separator: "&")
        return try await exchange(request(path + text), within: configuration.time)
    }

    /// Asks with a document.
    func post<Answer: Decodable>(
        _ path: String, _ document: some Encodable, within time: Duration
    ) async throws(SheafError) -> Answer {
        var request = request(path)
        request.method = .POST
        request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try WireJSON.encode(document)))
        return try await exchange(request, within: time)
    }

    func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: configuration.endpoint.base + path)
        request.headers.add(name: "Accept", value: "application/json, application/problem+json")
        if let token = configuration.token {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        return request
    }

    /// Sends a request and reads the answer: a document, or the error that a problem says.
    func exchange<Answer: Decodable>(
        _ request: HTTPClientRequest, within time: Duration
    ) async throws(SheafError) -> Answer {
        let (status, bytes) = try await answer(to: request, within: time)
        guard (200...299).contains(status.code) else { throw Self.problem(bytes, status) }
        do throws(SheafError) {
            return try WireJSON.decode(Answer.self, from: bytes, by: .client)
        } catch {
            throw SheafError(
                .remoteUnavailable, "the runtime answered with what is not of this protocol",
                details: error.details)
        }
    }

    /// Sends a request and receives the whole answer.
    ///
    /// The client's own deadline ends with the answer's head, so there is one around it that counts
    /// for the body too.
    private func answer(
        to request: HTTPClientRequest, within time: Duration
    ) async throws(SheafError) -> (status: HTTPResponseStatus, bytes: [UInt8]) {
        do {
            return try await withThrowingTaskGroup(
                of: (status: HTTPResponseStatus, bytes: [UInt8])?.self
            ) { [http] group in
                group.addTask {
                    let response = try await http.execute(request, timeout: TimeAmount(time))
                    let body = try await response.body.collect(upTo: Self.maximumBytes)
                    return (response.status, Array(body.readableBytesView))
                }
                group.addTask {
                    try await Task.sleep(for: time)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let answer = first else {
                    throw Self.tooLate
                }
                return answer
            }
        } catch {
            throw Self.failure(error, at: configuration.endpoint)
        }
    }

    private static func problem(_ bytes: [UInt8], _ status: HTTPResponseStatus) -> SheafError {
        guard let problem = try? WireJSON.decode(ProblemDocument.self, from: bytes, by: .client),
            let code = SheafError.Code(rawValue: problem.code)
        else {
            return SheafError(
                .remoteUnavailable, "the runtime, or what is before it, answered \(status.code)")
        }
        return SheafError(
            code, problem.detail, details: problem.details ?? [:], hint: problem.hint,
            findings: problem.findings ?? [])
    }

    private static func failure(
        _ error: any Error, at endpoint: RuntimeEndpoint
    ) -> SheafError {
        switch error {
        case let error as SheafError: error
        case is CancellationError: Self.givenUp
        case let error as HTTPClientError where error == .cancelled: Self.givenUp
        case let error as HTTPClientError
        where error == .deadlineExceeded || error == .readTimeout:
            Self.tooLate
        case is NIOTooManyBytesError:
            SheafError(.limitExceeded, "the runtime's answer is larger than any should be")
        default:
            SheafError(
                .remoteUnavailable, "the runtime at \(endpoint) cannot be reached",
                details: ["cause": "\(type(of: error))"])
        }
    }

    private static var tooLate: SheafError {
        SheafError(.deadlineExceeded, "the runtime did not answer in time")
    }

    private static var givenUp: SheafError {
        SheafError(.cancelled, "the request was given up")
    }

    /// What needs no escaping in a query.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || "-._~".utf8.contains(byte)
    }
}
