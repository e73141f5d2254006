import SurveyEstimation
import SurveySchema
import Testing

/// Changes as people read them.
struct ChangeSentenceTests {
    private func change(_ difference: Double?, _ low: Double?, _ high: Double?, _ verdict: Change.Verdict) -> Change {
        let side = Estimate(
            statistic: .share, variable: "q", answer: "1", by: [], value: 0.2, standardError: 0.01, low: nil, high: nil,
            intervalMethod: nil, level: 0.95, degreesOfFreedom: 100, n: 20, nBase: 100, psus: 50, sumWeights: 100,
            effectiveN: nil, designEffect: nil, designEffectKind: nil, flags: [])
        return Change(
            from: side, to: side, difference: difference, standardError: 0.01, low: low, high: high, level: 0.95,
            degreesOfFreedom: 100, correlation: 0, p: 0.1, sharedPSUs: 0, overlap: .independent, verdict: verdict)
    }

    private func text(_ change: Change, isPercent: Bool = true, _ language: Language) -> String {
        ChangeSentence(change, isPercent: isPercent).text(in: language) { value in
            let tenths = Int(((isPercent ? 100 : 1) * value * 10).rounded())
            let digits = "\(abs(tenths) / 10)" + (language == .english ? "." : ",") + "\(abs(tenths) % 10)"
            return (tenths < 0 ? "−" : "") + digits
        }
    }

    @Test func `a decrease is told in sizes`() {
        let fell = change(-0.018, -0.031, -0.005, .decrease)
        #expect(text(fell, .english) == "Fell by 1.8 percentage points (95 % interval 0.5 to 3.1)")
        #expect(text(fell, .russian) == "Снижение на 1,8 п. п. (95%-й интервал от 0,5 до 3,1)")
        #expect(text(fell, .kazakh) == "1,8 пайыздық тармаққа төмендеді (95% аралық: 0,5 – 3,1)")
        #expect(
            text(change(-12, -20, -4, .decrease), isPercent: false, .english)
                == "Fell by 12.0 (95 % interval 4.0 to 20.0)")
    }

    @Test func `an increase, no change and an imprecise one have sentences of their own`() {
        let rose = change(0.02, 0.01, 0.03, .increase)
        #expect(text(rose, .english) == "Rose by 2.0 percentage points (95 % interval 1.0 to 3.0)")
        let same = change(-0.004, -0.02, 0.012, .noChangeShown)
        #expect(
            text(same, .english)
                == "No change shown: the difference of −0.4 percentage points is within the error (95 % interval −2.0 to 1.2)"
        )
        #expect(
            text(same, .russian)
                == "Изменение не показано: разность −0,4 п. п. в пределах погрешности (95%-й интервал от −2,0 до 1,2)")
        let wide = change(0.1, -0.2, 0.4, .tooImprecise)
        #expect(
            text(wide, .english)
                == "Too imprecise to say: the difference is 10.0 percentage points, its 95 % interval −20.0 to 40.0")
    }

    @Test func `without an interval there is nothing to say`() {
        for (language, sentence) in [
            (Language.english, "Too imprecise to say: the difference has no interval"),
            (.russian, "Точности не хватает для вывода: у разности нет интервала"),
            (.kazakh, "Қорытынды жасауға дәлдік жетпейді: айырманың аралығы жоқ"),
        ] {
            #expect(text(change(0.1, nil, nil, .tooImprecise), language) == sentence)
            #expect(text(change(nil, nil, nil, .tooImprecise), language) == sentence)
        }
    }

    @Test func `no place of a sentence is left open`() {
        for language in [Language.english, .russian, .kazakh] {
            for verdict in Change.Verdict.allCases {
                for isPercent in [true, false] {
                    let sentence = text(change(0.1, 0.05, 0.15, verdict), isPercent: isPercent, language)
                    #expect(!sentence.contains("{") && sentence.contains("95"))
                }
            }
        }
    }
}
