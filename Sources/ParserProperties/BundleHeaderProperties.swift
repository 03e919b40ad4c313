internal import BundleModel

/// What holds for the reader of a Git bundle file's header, whatever it reads.
enum BundleHeaderProperties {
    static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
        let result = read(bytes)
        switch result {
        case .success(let header): try checkAccepted(header, bytes)
        case .failure(let error): try checkRefused(error, bytes)
        }
        try checkBeginnings(of: bytes, result)
    }

    private static func read(
        _ bytes: some Sequence<UInt8>
    ) -> Result<GitBundleHeader, GitBundleHeaderError> {
        do throws(GitBundleHeaderError) {
            return .success(try GitBundleHeader(Array(bytes)))
        } catch {
            return .failure(error)
        }
    }

    private static func checkAccepted(
        _ header: GitBundleHeader, _ bytes: [UInt8]
    ) throws(BrokenProperty) {
        let head = Array(bytes.prefix(header.byteCount))
        try requireEqual(header.encode(), head, "encoding a header gives the same bytes")
        try require(head.suffix(2).elementsEqual([0x0A, 0x0A]), "an empty line ends the header")
        try requireEqual(
            GitBundleHeader(prerequisites: header.prerequisites, references: header.references),
            header, "a header can be made of its parts")
        try require(
            header.references.count + header.prerequisites.count <= GitBundleHeader.maximumLines
                && header.byteCount <= GitBundleHeader.maximumBytes, "the limits hold")
        for reference in header.references {
            try require(
                !reference.name.isEmpty
                    && reference.name.unicodeScalars.allSatisfy {
                        $0.value > 0x20 && $0.value != 0x7F
                    }, "a name is one word", found: reference.name.debugDescription)
        }
    }

    private static func checkRefused(
        _ error: GitBundleHeaderError, _ bytes: [UInt8]
    ) throws(BrokenProperty) {
        let before = bytes.prefix(error.offset)
        try requireEqual(
            before.count { $0 == 0x0A } + 1, error.line, "an error is in the line that it says")
        try require(
            before.isEmpty || before.last == 0x0A, "an error is at the beginning of a line")
        if error.isUnfinished {
            try require(
                bytes.count < GitBundleHeader.maximumBytes,
                "a header within the limit of bytes is unfinished")
        } else {
            for rest in ["\n\n", " git bundle\n\n", "0 HEAD\n\n"] {
                try requireEqual(
                    read(bytes + Array(rest.utf8)), .failure(error),
                    "what follows an error does not change it")
            }
        }
        let shown = error.asError(in: "a.bundle")
        try require(
            shown.code == .malformedBundle || shown.code == .limitExceeded, "an error has a code")
    }

    /// However much of a file was read first, the answer is the same or asks for more.
    private static func checkBeginnings(
        of bytes: [UInt8], _ result: Result<GitBundleHeader, GitBundleHeaderError>
    ) throws(BrokenProperty) {
        let end: Int
        switch result {
        case .success(let header): end = header.byteCount
        case .failure(let error): end = error.isUnfinished ? bytes.count : error.offset
        }
        for count in Set([0, end / 3, end / 2, end - 1, end]) where count >= 0 {
            switch read(bytes.prefix(count)) {
            case .success(let part):
                try requireEqual(
                    .success(part), result, "the beginning of a file is read as the file is")
                try requireEqual(count, end, "nothing is read before its end was seen")
            case .failure(let part):
                try require(
                    part.isUnfinished || .failure(part) == result,
                    "the beginning of a header is unfinished", found: "\(part) at \(count)")
            }
        }
    }
}
