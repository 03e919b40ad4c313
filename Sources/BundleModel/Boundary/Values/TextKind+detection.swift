extension TextKind {
    /// The kind of a file by its name, and where the name does not tell, by its first bytes.
    ///
    /// - Parameters:
    ///   - path: the path inside the bundle; only the last component counts.
    ///   - head: the first bytes of the file, some hundred are enough.
    init(path: String, head: ArraySlice<UInt8>) {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if let kind = Self.named[name] {
            self = kind
            return
        }
        if let kind = Self.byEnding(name) {
            self = kind == .plain && Self.isFreeText(name) ? Self.ofFreeText(head) : kind
        } else if name.hasPrefix(".env") || name.hasPrefix("env.") {
            // `.env.production`, where no ending says otherwise.
            self = .settings
        } else if name.hasPrefix("dockerfile") || name.hasPrefix("makefile") {
            self = .code
        } else {
            let kind = Self.byContents(head)
            self = kind == .plain && Self.settingsOrData.contains(name) ? .settings : kind
        }
    }

    /// Names of settings that some programs keep in YAML or JSON.
    private static let settingsOrData: Set<String> = ["config", "credentials"]

    /// The kind that the last known ending tells; what is added behind it for a template or a copy
    /// (`values.yaml.save`, `a.yaml.erb`, `a.yaml~`) says nothing about the contents.
    private static func byEnding(_ name: String) -> TextKind? {
        let marks: Set<Character> = ["~", "#"]
        guard let end = name.lastIndex(where: { !marks.contains($0) }) else { return nil }
        let parts = name[...end].drop { $0 == "#" }
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let last = parts.last else { return nil }
        let known = parts.dropFirst().last { endings[$0] != nil && !templates.contains($0) }
        return endings[known ?? last]
    }

    /// Endings of languages for templates, which may be of any text.
    private static let templates: Set<String> = [
        "erb", "ejs", "hbs", "mustache", "liquid", "jinja", "jinja2", "njk",
    ]

    /// Whether an ending says that the file is a text, and no more.
    private static func isFreeText(_ name: String) -> Bool {
        [".txt", ".text"].contains { name.hasSuffix($0) }
    }

    /// Values under keys are so in a text as well.
    private static func ofFreeText(_ head: ArraySlice<UInt8>) -> TextKind {
        let kind = byContents(head)
        return switch kind {
        case .yaml, .settings: kind
        case .json where head.first { !TextByte.isSpace($0) } == 0x7B: kind
        default: .plain
        }
    }

    private static let named: [String: TextKind] = [
        ".npmrc": .settings, ".yarnrc": .settings, ".netrc": .settings, "_netrc": .settings,
        ".pypirc": .settings, ".pgpass": .settings, ".gitconfig": .settings, ".curlrc": .settings,
        ".wgetrc": .settings, ".editorconfig": .settings, ".my.cnf": .settings,
        ".dockercfg": .json, ".babelrc": .json,
        ".eslintrc": .json, ".prettierrc": .yaml, ".swcrc": .json, "pipfile": .toml,
        "cargo.lock": .toml, "poetry.lock": .toml, "uv.lock": .toml, "package-lock.json": .json,
        "composer.lock": .json, "pipfile.lock": .json, "flake.lock": .json, "yarn.lock": .plain,
        "package.resolved": .json, "pubspec.lock": .yaml, "dockerfile": .code,
        "containerfile": .code, "makefile": .code, "jenkinsfile": .code, "gemfile": .code,
        "rakefile": .code, "justfile": .code, "vagrantfile": .code, "procfile": .code,
        "license": .plain, "notice": .plain, "authors": .plain, "codeowners": .plain,
        "readme": .markdown, "changelog": .markdown, "contributing": .markdown,
        ".gitignore": .plain, ".dockerignore": .plain, ".gitattributes": .plain,
        ".clang-format": .yaml, ".clang-tidy": .yaml, ".swift-format": .json, "kubeconfig": .yaml,
    ]

    private static let endings: [String: TextKind] = {
        var table: [String: TextKind] = [:]
        func add(_ kind: TextKind, _ endings: String) {
            for ending in endings.split(separator: " ") { table[String(ending)] = kind }
        }
        add(.yaml, "yaml yml eyaml cff sls")
        add(
            .json,
            "json jsonc json5 jsonl ndjson geojson webmanifest ipynb har avsc tfstate hjson"
                + " code-workspace topojson jsonld sarif mcp")
        add(.toml, "toml")
        add(
            .settings,
            "env ini cfg conf cnf netrc npmrc desktop service timer"
                + " mount network netdev plist-ini reg inf editorconfig envrc")
        add(.properties, "properties props")
        add(.markdown, "md mdx markdown mdown mkd mdc qmd rmd mdwn prompt")
        // Behind these no other ending tells anything.
        add(
            .plain,
            "gz xz bz2 zst br lz4 zip tar tgz 7z jar png jpg jpeg gif webp ico bmp pdf woff woff2"
                + " ttf otf mp3 mp4 wav wasm so dylib dll exe bin sqlite db pyc class")
        add(.plain, "txt text rst adoc asciidoc org log csv tsv tex patch diff pem pub crt svg")
        add(
            .code,
            "sh bash zsh fish ksh ps1 psm1 bat cmd py pyi rb pl pm php lua js mjs cjs jsx ts tsx"
                + " mts cts vue svelte go rs c h cc cpp cxx hpp hh m mm swift java kt kts scala"
                + " groovy gradle cs fs vb r jl hs ml ex exs erl clj cljs el lisp scm sql graphql"
                + " proto tf tfvars hcl nix dockerfile mk cmake bzl bazel star css scss sass less"
                + " html htm xml xsl xsd xhtml jsp erb ejs hbs mustache liquid jinja jinja2 njk"
                + " awk sed vim dart zig nim v sol asm s cedar rego ql wat wgsl glsl astro plist")
        return table
    }()

    /// How much of a file tells what it holds.
    private static let headSize = 4096

    /// A script, JSON, or YAML by how the text begins; plain for anything else.
    private static func byContents(_ head: ArraySlice<UInt8>) -> TextKind {
        var text: [UInt8] = []
        var input = TextInput()
        input.read(head.prefix(headSize), isLast: true, into: &text)
        if text.starts(with: "#!".utf8) { return .code }
        var lines = text.split(separator: 0x0A, maxSplits: 40).prefix(40)
        guard let first = lines.first(where: { !$0.allSatisfy(TextByte.isSpace) }) else {
            return .plain
        }
        let line = first.drop(while: TextByte.isSpace)
        if line.first == 0x7B { return .json }
        if line.first == 0x5B { return byBracket(line) }
        if line.starts(with: "---".utf8), line.count < 6 || line.starts(with: "--- ".utf8) {
            return isFrontMatter(lines) ? .markdown : .yaml
        }
        if line.starts(with: "%YAML".utf8) { return .yaml }
        // The head may end within a line.
        if head.count > headSize, lines.count > 1 { lines.removeLast() }
        if looksLikeSettings(lines) { return .settings }
        return looksLikeYaml(lines) ? .yaml : .plain
    }

    /// Whether most lines are pairs or items of YAML, and no line is a sentence.
    private static func looksLikeYaml(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        var pairs = 0
        var others = 0
        for line in lines {
            let text = line.drop(while: TextByte.isSpace)
            guard let first = text.first, first != 0x23 else { continue }
            // The paragraphs of Debian's and of mails go on behind one blank.
            if isPairOfYaml(text) {
                pairs += 1
            } else if text.startIndex == line.startIndex + 1 {
                return false
            } else if text.startIndex > line.startIndex || first == 0x2D {
                // An item, or a text that goes on.
                others += 1
            } else {
                return false
            }
        }
        return pairs >= 1 && pairs >= others
    }

    /// `key: value` and `key:`, also behind a dash; the key is one word.
    private static func isPairOfYaml(_ text: ArraySlice<UInt8>) -> Bool {
        let text = text.starts(with: "- ".utf8) ? text.dropFirst(2) : text
        guard let colon = text.firstIndex(of: 0x3A), colon > text.startIndex else { return false }
        let behind = colon + 1 < text.endIndex ? text[colon + 1] : 0x20
        return TextByte.isSpace(behind)
            && text[..<colon].allSatisfy {
                TextByte.isWord($0) || $0 >= 0x80 || [0x2D, 0x2E, 0x2F, 0x22, 0x27].contains($0)
            }
    }

    /// `[section]` of settings, or a list of JSON.
    private static func byBracket(_ line: ArraySlice<UInt8>) -> TextKind {
        guard let close = line.firstIndex(of: 0x5D), close > line.startIndex + 1 else {
            return .json
        }
        let name = line[(line.startIndex + 1)..<close]
        let isName = name.allSatisfy {
            TextByte.isWord($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x20 || $0 == 0x22
        }
        return isName && name.first.map(TextByte.isLetter) == true ? .settings : .json
    }

    private static func isFrontMatter(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        guard let close = lines.dropFirst().firstIndex(where: { $0.elementsEqual("---".utf8) })
        else { return false }
        return lines[(close + 1)...].contains { $0.contains(0x20) && !$0.contains(0x3A) }
    }

    /// Whether every line is empty, a comment or `KEY=value`.
    private static func looksLikeSettings(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        var pairs = 0
        for line in lines {
            let text = line.drop(while: TextByte.isSpace)
            guard let first = text.first else { continue }
            if first == 0x23 || first == 0x3B { continue }
            guard let equals = text.firstIndex(of: 0x3D), equals > text.startIndex,
                text[..<equals].allSatisfy({
                    TextByte.isWord($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x20
                })
            else { return false }
            pairs += 1
        }
        return pairs > 0
    }
}
