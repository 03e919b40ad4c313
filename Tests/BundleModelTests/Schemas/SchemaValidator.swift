import BundleModel
import Foundation
import Testing

/// The Python package `jsonschema`, a validator that shares nothing with this code.
///
/// It runs in the interpreter that `SHEAF_PYTHON` names, else in `python3`.
enum SchemaValidator {
    /// A document as an editor reads it, with the kind whose schema applies.
    struct Document {
        let kind: DocumentSchema
        let root: YamlNode
    }

    private static let script = """
        import json, sys
        from jsonschema import Draft202012Validator
        request = json.load(sys.stdin)
        validators = {}
        for kind, schema in request["schemas"].items():
            Draft202012Validator.check_schema(schema)
            validators[kind] = Draft202012Validator(schema)
        json.dump([[error.json_path + ": " + error.message
                    for error in validators[kind].iter_errors(document)]
                   for kind, document in request["documents"]], sys.stdout)
        """

    /// The complaints about each document.
    static func complaints(about documents: [Document]) throws -> [[String]] {
        var schemas: [String: Any] = [:]
        for schema in DocumentSchema.allCases {
            schemas[schema.rawValue] = try JSONSerialization.jsonObject(
                with: Data(schema.json.utf8))
        }
        let request: [String: Any] = [
            "schemas": schemas,
            "documents": documents.map { [$0.kind.rawValue, EditorValue.read($0.root)] },
        ]
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            ProcessInfo.processInfo.environment["SHEAF_PYTHON"] ?? "python3", "-c", script,
        ]
        let (input, output) = (Pipe(), Pipe())
        python.standardInput = input
        python.standardOutput = output
        try python.run()
        try input.fileHandleForWriting.write(
            contentsOf: JSONSerialization.data(withJSONObject: request))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        try #require(
            python.terminationStatus == 0,
            "python3 needs the package jsonschema; SHEAF_PYTHON can name another interpreter")
        return try JSONDecoder().decode([[String]].self, from: answer)
    }
}

/// Values as the core schema of YAML 1.2 gives them, which is what editors check.
enum EditorValue {
    static func read(_ node: YamlNode) -> Any {
        switch node.content {
        case .sequence(let items): return items.map(read)
        case .mapping(let entries):
            return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, read($0.value)) })
        case .scalar(let text, isPlain: false): return text
        case .scalar(let text, isPlain: true):
            if node.isNull { return NSNull() }
            if ["true", "True", "TRUE"].contains(text) { return true }
            if ["false", "False", "FALSE"].contains(text) { return false }
            if text.wholeMatch(of: #/[-+]?[0-9]+/#) != nil, let number = Int(text) { return number }
            if text.wholeMatch(of: #/[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/#) != nil,
                let number = Double(text)
            {
                return number
            }
            return text
        }
    }
}
