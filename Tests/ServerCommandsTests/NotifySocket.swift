import Foundation
import TestSupport

/// The socket of a service manager, read by a program that writes down what comes.
struct NotifySocket: Sendable {
    let path: String
    private let program: BackgroundProgram

    private static let reader = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        print("bound", flush=True)
        while True: print(s.recv(4096).decode(), flush=True)
        """

    init(in folder: URL) async throws {
        path = folder.appending(path: "notify").path(percentEncoded: false)
        program = try BackgroundProgram(
            "/usr/bin/python3", ["-c", Self.reader, path], directory: folder,
            log: folder.appending(path: "notify.log"))
        try await wait(for: "bound")
    }

    /// Waits until a line has come.
    func wait(for line: String) async throws {
        try await program.ready { program.output.split(separator: "\n").contains { $0 == line } }
    }
}
