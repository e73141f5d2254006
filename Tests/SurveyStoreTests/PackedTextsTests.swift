import Testing

@testable import SurveyStore

struct PackedTextsTests {
    @Test(arguments: [[], [""], ["a", "", "ұлт\0", "b"]]) func `texts come back`(texts: [String]) throws {
        let bytes = try #require(PackedTexts.bytes(of: texts))
        #expect(bytes.withUnsafeBytes { PackedTexts.texts(in: $0) } == texts)
    }

    @Test func `bytes that are no list of texts are refused`() throws {
        let bytes = try #require(PackedTexts.bytes(of: ["one", "two", "three"]))
        for count in 0..<bytes.count {
            #expect(bytes.prefix(count).withUnsafeBytes { PackedTexts.texts(in: $0) } == nil)
        }
        #expect((bytes + [0]).withUnsafeBytes { PackedTexts.texts(in: $0) } == nil)
        #expect([UInt8](repeating: 0xFF, count: 64).withUnsafeBytes { PackedTexts.texts(in: $0) } == nil)
    }
}
