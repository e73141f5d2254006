import SurveyStudy
import Testing

struct StepStampTests {
    private func stamp(
        step: String = "import 2021", input: String = "aa", option: String = "0.95", version: String = "0.1",
        reversed: Bool = false
    ) -> StepStamp {
        let inputs = [StepStamp.Part("data.csv", input), StepStamp.Part("q.yaml", "bb")]
        return StepStamp(
            step: step, inputs: reversed ? inputs.reversed() : inputs, options: [StepStamp.Part("level", option)],
            versions: [StepStamp.Part("saual", version)])
    }

    @Test func `the text is canonical`() {
        #expect(
            stamp().text
                == #"{"saual":"stamp/1","step":"import 2021","inputs":[["data.csv","aa"],["q.yaml","bb"]],"#
                + #""options":[["level","0.95"]],"versions":[["saual","0.1"]]}"#)
        #expect(stamp(reversed: true).text == stamp().text)
    }

    @Test func `each part changes the text`() {
        let texts = [
            stamp(), stamp(step: "import 2022"), stamp(input: "ab"), stamp(option: "0.9"), stamp(version: "0.2"),
        ].map(\.text)
        #expect(Set(texts).count == texts.count)
    }

    @Test func `parts cannot be mistaken for one another`() {
        let one = StepStamp(step: "s", inputs: [StepStamp.Part("a", "b\",\"c")], options: [], versions: [])
        let two = StepStamp(step: "s", inputs: [StepStamp.Part("a\",\"b", "c")], options: [], versions: [])
        #expect(one.text != two.text)
    }
}
