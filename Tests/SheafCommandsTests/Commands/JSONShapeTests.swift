import TestSupport
import Testing

@Suite("The shape of JSON results")
struct JSONShapeTests {
    /// A command, where to look in its result, and the keys that have to be there.
    struct Shape: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let place: [String]
        let keys: Set<String>

        init(_ arguments: String, _ keys: String) {
            self.init(arguments, "", keys)
        }

        init(_ arguments: String, _ place: String, _ keys: String) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.place = place.split(separator: ".").map(String.init)
            self.keys = Set(keys.split(separator: " ").map(String.init))
        }

        var testDescription: String { (arguments + place).joined(separator: " ") }
    }

    static let revision = """
        reference workspace bundle revision commit parent digest createdAt publisher author \
        subject body source program
        """
    static let release = """
        workspace bundle channel sequence commit parent revision revisionCommit digest reason \
        releasedAt releaser createdAt publisher pin
        """
    static let worker = """
        id state mode pin selector profile profileDigest policyDigest input labels granted \
        dropped createdAt
        """

    static let shapes = [
        Shape(
            "check agents",
            "directory valid workspace bundle digest files bytes findings leftOut notes"),
        Shape("digest agents", "operand digest"),
        Shape("schema", "kinds"),
        Shape("schema", "kinds.0", "kind schema"),
        Shape("init", "repository workspace policy"),
        Shape("init", "repository", "path isNew"),
        Shape("new fresh", "directory workspace bundle files profiles notes"),
        Shape("publish agents", "isNew revision leftOut notes"),
        Shape("log", "workspace bundles"),
        Shape("log support-agents", "bundle revisions"),
        Shape("log support-agents", "revisions.0", revision),
        Shape("show support-agents", "revision files bytes"),
        Shape("show support-agents", "revision", revision),
        Shape("show support-agents", "revision.publisher", "name email"),
        Shape("show support-agents", "files.0", "path size"),
        Shape("show support-agents@latest", "revision release files bytes"),
        Shape("show support-agents@latest", "release", release),
        Shape("show support-agents bundle.yaml", "path size encoding content"),
        Shape("diff support-agents", "from to additions deletions changes"),
        Shape("diff support-agents", "changes.0", "path kind isBinary additions deletions text"),
        Shape(
            "explain support-agents@latest coder",
            "bundle profile lineage digest fields declarations"),
        Shape(
            "explain support-agents@latest coder", "fields.0",
            "field value file line overrode removed"),
        Shape("verify support-agents", "reference commit revision digest files bytes checks"),
        Shape(
            "verify support-agents@latest",
            "reference commit revision release digest files bytes checks"),
        Shape("channel list support-agents", "bundle channels"),
        Shape("channel list support-agents", "channels.0", release),
        Shape("channel log support-agents latest", "bundle channel releases"),
        Shape("channel log support-agents latest", "releases.0", release),
        Shape(
            "runtime sync support-agents@latest",
            "outcome pin release previous objects bytes profiles"),
        Shape("runtime sync support-agents@latest", "profiles.0", "profile allowed denied dropped"),
        Shape("runtime list", "releases"),
        Shape(
            "runtime list", "releases.0", "pin release acceptedAt contactedAt profiles findings"),
        Shape("runtime status", "channels"),
        Shape(
            "runtime status", "channels.0",
            """
            workspace bundle channel desired attempted accepted acceptedAt attemptedAt \
            contactedAt conditions
            """),
        Shape("runtime status", "channels.0.desired", "commit sequence digest"),
        Shape("runtime export support-agents@latest out.bundle", "file release objects bytes"),
        Shape(
            "runtime import out.bundle", "outcome pin release previous objects bytes profiles"),
        Shape("runtime gc --dry-run", "dryRun bytesBefore bytesAfter removedWorkers bundles"),
        Shape(
            "runtime gc", "bundles.0",
            """
            workspace bundle kept dropped leftovers keptObjects droppedObjects droppedBytes \
            packsBefore packsAfter bytesBefore bytesAfter waitsForReaders
            """),
        Shape("runtime gc", "bundles.0.kept.0", "commit reason channel"),
        Shape("runtime check support-agents@latest", "pin availability"),
        Shape("runtime verify support-agents@latest", "pin release"),
        Shape("runtime preflight support-agents@latest", "pin profiles"),
        Shape(
            "runtime preflight support-agents@latest", "profiles.0",
            "profile ready allowed resources problems denied dropped"),
        Shape("worker create --bundle support-agents@latest --id one", "isNew worker"),
        Shape("worker create --bundle support-agents@latest --id one", "worker", worker),
        Shape("worker list", "workers"),
        Shape("worker list", "workers.0", worker),
        Shape("worker show first", "worker", worker),
        Shape(
            "runtime forget support-agents@latest --reason test",
            "channel commit sequence reason at"),
        Shape("worker show first --log", "worker log"),
        Shape("worker show first --log", "log", "stdout stderr"),
        Shape("worker stop first", "worker", "\(worker) endedAt stoppedAt"),
    ]

    @Test("every result has the keys that the help names, sorted, and no others")
    func shape() async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 1)
        try await desk.check("runtime", "sync", "support-agents@latest")
        try desk.edit()
        try await desk.check("publish", "agents", "-m", "second", "-m", "with a body")
        try await desk.check(
            "worker", "create", "--bundle", "support-agents@latest", "--id", "first")
        var seen: [String: ProgramOutput] = [:]
        for shape in Self.shapes {
            let name = shape.arguments.joined(separator: " ")
            let output: ProgramOutput
            if let before = seen[name] {
                output = before
            } else {
                output = try await desk.sheaf.run(shape.arguments + ["--format", "json"])
                seen[name] = output
                try #require(output.succeeded, "\(name): \(output)")
                #expect(output.errorText == "", "\(name)")
            }
            var value = try JSONValue(output.standardOutput)
            for step in shape.place {
                let next = Int(step).map { value[$0] } ?? value[step]
                value = try #require(next, "\(shape.testDescription)")
            }
            #expect(value.keys == shape.keys, "\(shape.testDescription)")
            let top = output.lines.filter { $0.hasPrefix("  \"") }
            #expect(top == top.sorted(), "\(name)")
        }
    }

    @Test("every key of a result is named in the help of its command", arguments: shapes)
    func documented(shape: Shape) async throws {
        let desk = try Desk(bundle: false)
        let verbs = shape.arguments.prefix(
            ["channel", "runtime", "worker"].contains(shape.arguments[0]) ? 2 : 1)
        let help = try await desk.sheaf.run(Array(verbs) + ["--help"]).text
        let isElsewhere = help.contains("as in 'sheaf") || help.contains("As in 'sheaf")
        for key in shape.keys where !(isElsewhere && !shape.place.isEmpty) {
            #expect(help.contains("\"\(key)\"") || help.contains("'\(key)'"), "\(key)")
        }
    }

    @Test("absent values are left out, and times are RFC 3339")
    func values() async throws {
        let desk = try await Desk.published()
        let first = try await desk.json("show", "support-agents@1")
        #expect(first["revision"]?["parent"] == nil)
        #expect(first["revision"]?["sourceState"] == nil)
        let time = try #require(first["revision"]?["createdAt"]?.text)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)/) != nil)
    }
}
