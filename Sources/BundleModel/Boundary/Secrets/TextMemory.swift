/// What the looks at the texts of one file remember, one text after the other.
struct TextMemory {
    /// What the keys say that stand in running text.
    var keys = KeyMemory<KeyVocabulary.Meaning?>()
    /// Where texts in base64 are put together.
    var fragments = Base64Fragments()
    /// The memories of the shapes that were come upon, and the text that each was last used in.
    private var memories: [(memory: Shape.Memory, text: Int)] = []
    /// For each shape the number of its memory from 1; empty at first, because most files come
    /// upon none.
    private var numberOfShape: [UInt16] = []
    private var text = 0

    /// All steps of automata over the text.
    var steps: Int {
        memories.reduce(0) { sum, each in
            each.text == text ? sum + each.memory.before.steps + each.memory.after.steps : sum
        }
    }

    /// The looks are at another text from now on.
    mutating func beginText() { text += 1 }

    /// The match of a shape at a literal of it.
    mutating func match(
        of shape: Shape, _ shapeNumber: Int, at literal: Range<Int>, in bytes: Span<UInt8>
    ) -> Range<Int>? {
        let number = memoryNumber(of: shape, shapeNumber)
        guard let pattern = memories[number].memory.pattern, pattern.fits(literal, in: bytes)
        else { return nil }
        if memories[number].text != text {
            memories[number].memory.begin()
            memories[number].text = text
        }
        return pattern.match(in: bytes, at: literal, memory: &memories[number].memory)
    }

    private mutating func memoryNumber(of shape: Shape, _ number: Int) -> Int {
        if number >= numberOfShape.count {
            numberOfShape += Array(repeating: 0, count: number + 1 - numberOfShape.count)
        }
        if numberOfShape[number] == 0 {
            memories.append((Shape.Memory(pattern: shape.pattern), text))
            numberOfShape[number] = UInt16(memories.count)
        }
        return Int(numberOfShape[number]) - 1
    }
}
