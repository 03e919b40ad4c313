package import Foundation

/// nginx with `git http-backend` behind it, as people host repositories, on a port of its own.
package final class GitWebServer: Sendable {
    /// How the server is set up.
    package struct Options: Sendable {
        /// The name and password that it asks for.
        package var credential: (user: String, password: String)?
        /// The certificate and key of its TLS; without, it speaks HTTP alone.
        package var identity: TLSIdentity?
        /// The authority whose clients it lets in.
        package var clientAuthority: URL?
        /// The versions of TLS, in nginx's words.
        package var protocols = "TLSv1.2 TLSv1.3"
        /// Whether it offers HTTP/2.
        package var offersHTTP2 = false
        /// More directives of its `server` block.
        package var directives = ""

        /// A server that speaks HTTP and lets everybody in.
        package init() {}
    }

    private let nginx: BackgroundProgram
    private let gateway: BackgroundProgram
    private let folder: TemporaryDirectory
    private let isSecure: Bool
    /// Where it listens.
    package let port: Int

    /// Starts a server for the repositories below a directory.
    package init(root: URL, _ options: Options = Options()) async throws {
        folder = try TemporaryDirectory("sheaf-web")
        isSecure = options.identity != nil
        let socket = folder.path + "/gateway.sock"
        gateway = try BackgroundProgram(
            "/usr/sbin/fcgiwrap", ["-c", "4", "-s", "unix:\(socket)"],
            environment: TestEnvironment.git, directory: folder.url,
            log: folder.appending("gateway.log"))
        if let (user, password) = options.credential {
            try folder.write("\(user):{PLAIN}\(password)\n", to: "users")
        }
        var started: (BackgroundProgram, Int)?
        for attempt in 1...5 where started == nil {
            do {
                started = try await Self.start(folder, root, socket, options)
            } catch {
                // Somebody took the port in between.
                if attempt == 5 { throw error }
            }
        }
        guard let started else { throw CocoaError(.featureUnsupported) }
        (nginx, port) = started
        try await gateway.ready { FileManager.default.fileExists(atPath: socket) }
    }

    private static func start(
        _ folder: TemporaryDirectory, _ root: URL, _ socket: String, _ options: Options
    ) async throws -> (BackgroundProgram, Int) {
        let port = try LoopbackPort.free()
        try folder.write(configuration(folder, root, socket, port, options), to: "nginx.conf")
        let program = try BackgroundProgram(
            "/usr/sbin/nginx", ["-p", folder.path, "-e", "stderr", "-c", "nginx.conf"],
            directory: folder.url, log: folder.appending("nginx.log"))
        try await program.ready { LoopbackPort.answers(port) }
        return (program, port)
    }

    /// The address of a repository, by its path below the root.
    package func url(_ path: String, host: String = "127.0.0.1") -> String {
        "\(isSecure ? "https" : "http")://\(host):\(port)/\(path)"
    }

    /// What it has been asked, one line a request, as `GET /path 200 HTTP/1.1 connection`.
    package var requests: [String] {
        let text = try? String(contentsOf: folder.appending("access.log"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }

    /// The processes that everything of the server descends from.
    package var processIDs: [Int32] { [nginx.processID, gateway.processID] }

    /// What its configuration and logs say, where a test fails.
    package var log: String { nginx.output + gateway.output }

    /// Ends the server; what it serves stays.
    package func stop() { nginx.stop() }

    private static func configuration(
        _ folder: TemporaryDirectory, _ root: URL, _ socket: String, _ port: Int,
        _ options: Options
    ) -> String {
        var server = options.directives + "\n"
        if let identity = options.identity {
            server += """
                ssl_certificate \(identity.certificate.path(percentEncoded: false));
                ssl_certificate_key \(identity.key.path(percentEncoded: false));
                ssl_protocols \(options.protocols);

                """
        }
        if let authority = options.clientAuthority {
            server += "ssl_client_certificate \(authority.path(percentEncoded: false));\n"
            server += "ssl_verify_client on;\n"
        }
        if options.credential != nil {
            server += "auth_basic \"git\";\nauth_basic_user_file \(folder.path)/users;\n"
        }
        let tls = options.identity == nil ? "" : " ssl" + (options.offersHTTP2 ? " http2" : "")
        return """
            daemon off;
            master_process off;
            pid nginx.pid;
            events { worker_connections 512; }
            http {
                log_format plain '$request_method $request_uri $status $server_protocol $connection';
                access_log access.log plain;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                client_max_body_size 0;
                server {
                    listen 127.0.0.1:\(port)\(tls);
                    \(server)
                    location / {
                        fastcgi_buffering off;
                        fastcgi_pass unix:\(socket);
                        fastcgi_param SCRIPT_FILENAME \(Self.backend);
                        fastcgi_param GIT_PROJECT_ROOT \(root.path(percentEncoded: false));
                        fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                        fastcgi_param GIT_PROTOCOL $http_git_protocol;
                        fastcgi_param GIT_CONFIG_COUNT 1;
                        fastcgi_param GIT_CONFIG_KEY_0 safe.directory;
                        fastcgi_param GIT_CONFIG_VALUE_0 *;
                        fastcgi_param PATH_INFO $uri;
                        fastcgi_param QUERY_STRING $query_string;
                        fastcgi_param REQUEST_METHOD $request_method;
                        fastcgi_param CONTENT_TYPE $content_type;
                        fastcgi_param CONTENT_LENGTH $content_length;
                        fastcgi_param REMOTE_ADDR $remote_addr;
                        fastcgi_param REMOTE_USER $remote_user;
                        fastcgi_param SERVER_PROTOCOL $server_protocol;
                    }
                }
            }

            """
    }

    private static let backend = "/usr/lib/git-core/git-http-backend"
}
