import SurveyProblems
import Testing

struct NearestNamesTests {
    @Test func `the nearest come first and far ones not at all`() {
        let names = ["age", "age_group", "region", "sex", "wage"]
        #expect(NearestNames.of("agee", among: names) == ["age"])
        #expect(NearestNames.of("aeg", among: names) == ["age"])
        #expect(NearestNames.of("REGION", among: names) == ["region"])
        #expect(NearestNames.of("rgeion", among: names) == ["region"])
        #expect(NearestNames.of("completely", among: names).isEmpty)
        #expect(NearestNames.of("", among: names).isEmpty)
        #expect(NearestNames.of("жасы", among: ["жас", "сұрақ"]) == ["жас"])
    }

    @Test func `at most as many as asked for are given`() {
        #expect(NearestNames.of("q1", among: ["q2", "q3", "q4", "q5"]) == ["q2", "q3", "q4"])
        #expect(NearestNames.of("q1", among: ["q2", "q3"], limit: 1) == ["q2"])
    }

    @Test func `huge names cost nothing`() {
        let huge = String(repeating: "a", count: 1_000_000)
        #expect(NearestNames.of(huge, among: [huge + "b"]).isEmpty)
        #expect(NearestNames.of("abc", among: [huge, "abd"]) == ["abd"])
    }
}
