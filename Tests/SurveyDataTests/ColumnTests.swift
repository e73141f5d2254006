import SurveyData
import SurveySchema
import Testing

struct ColumnTests {
    @Test func `missing kinds are empty where no row is missing`() {
        #expect(Column(name: "a", kind: .answers, dictionary: ["1"], values: .bytes([0, 0])).missingKinds.isEmpty)
        #expect(Column(name: "a", kind: .text, dictionary: ["1"], values: .indexes([0])).missingKinds.isEmpty)
        #expect(Column(name: "a", kind: .number, values: .numbers([0], kinds: [])).missingKinds.isEmpty)
    }

    @Test func `every byte and word that is no code is a kind`() {
        let all = Column(name: "a", kind: .item, values: .bytes(Array(0...255)))
        #expect(all.missingKinds[..<2] == [0, 0])
        #expect(all.missingKinds[2..<241].allSatisfy { $0 == MissingKind.unreadable.rawValue })
        #expect(Array(all.missingKinds[241...]) == Array(241...255))
        let words = Column(
            name: "a", kind: .answers, dictionary: ["1"], values: .words([0, 1, 0xFEFF, 0xFF00, 0xFFF5]))
        #expect(words.missingKinds == [0, 244, 244, 244, 245])
        let texts = Column(
            name: "a", kind: .text, dictionary: ["1"], values: .indexes([0, 1, 0xFFFF_FF00, 0xFFFF_FFF1]))
        #expect(texts.missingKinds == [0, 244, 244, 241])
        #expect((0..<4).map { texts.missing(at: $0)?.rawValue } == [nil, nil, nil, 241])
    }
}
