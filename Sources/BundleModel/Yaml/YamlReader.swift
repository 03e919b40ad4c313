import Yams

/// Reads a document with Yams and refuses what the one strict meaning of YAML leaves out.
///
/// Steps: the rules for bytes, a first composition with a shield where one is needed, the
/// composition of the document itself, and a walk over its values.
struct YamlReader {
    /// What was read; a value can stand beside problems, so that later ones are found too.
    struct Outcome: Sendable {
        var root: YamlNode?
        var problems: [YamlProblem] = []
    }

    /// Nesting that the stack of any thread bears while Yams composes.
    private static let safeNesting = 128

    /// Reads the bytes of a file.
    static func read(_ bytes: [UInt8], limits: ContentLimits) -> Outcome {
        do throws(YamlProblem) {
            let source = try YamlSource(bytes, limits: limits)
            if let mark = source.firstDirective { throw .directive(at: mark) }
            let shield = YamlShield(source)
            if shield.possibleNesting <= safeNesting {
                return read(source, shield: shield, limits: limits)
            }
            return RoomyThread.run { read(source, shield: shield, limits: limits) }
        } catch {
            return Outcome(problems: [error])
        }
    }

    private static func read(
        _ source: YamlSource, shield: YamlShield, limits: ContentLimits
    ) -> Outcome {
        do throws(YamlProblem) {
            if !shield.offsets.isEmpty {
                let outcome = try read(source, covered: shield.offsets, limits: limits)
                if !outcome.problems.isEmpty { return outcome }
            }
            return try read(source, covered: [], limits: limits)
        } catch {
            return Outcome(problems: [error])
        }
    }

    private static func read(
        _ source: YamlSource, covered: [Int], limits: ContentLimits
    ) throws(YamlProblem) -> Outcome {
        var composer = YamlComposer(source: source, covered: covered)
        let composition: YamlComposer.Composition
        do throws(YamlProblem) {
            composition = try composer.compose()
        } catch {
            guard let mark = error.mark, let key = complexKey(before: mark, covered, source)
            else { throw error }
            throw .complexKey(at: key)
        }
        guard let root = composition.root else { throw .emptyDocument }
        var walk = YamlWalk(
            source: source, composition: composition, covered: covered, limits: limits)
        return try walk.read(root)
    }

    /// The covered indicator of a key that made the composition fail.
    ///
    /// It stands where the error is, right before it, or where a block starts further up.
    private static func complexKey(
        before mark: SourceMark, _ covered: [Int], _ source: YamlSource
    ) -> SourceMark? {
        let end = source.offset(of: mark)
        guard let last = covered.last(where: { $0 <= end }) else { return nil }
        if source.bytes[last..<end].dropFirst().allSatisfy(YamlSource.isBlank),
            source.byte(at: last) != 0x2A
        {
            return source.mark(at: last)
        }
        return covered.last { $0 <= end && YamlShield.startsBlockKey(at: $0, in: source) }
            .map(source.mark)
    }
}
