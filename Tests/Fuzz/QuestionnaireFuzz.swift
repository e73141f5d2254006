// Random text as the rest of a questionnaire, and as an expression that is evaluated over a small table.
import Glibc
import SurveyData
import SurveyProblems
import SurveySchema
import SurveyYAML

private let head = """
    saual: questionnaire/1
    id: fuzz
    version: "1"
    title: {en: T}
    languages: [en]
    answers:
      yes_no: {1: {en: "Yes"}, 2: {en: "No"}}
    missing: {9: {kind: no-answer}}
    questions:
      - {id: q, text: {en: Q}, type: single, answers: yes_no, missing: [9]}
      - {id: s, text: {en: S}, type: scale, answers: {1: {en: A}, 2: {en: B}, 3: {en: C}}}
      - {id: m, text: {en: M}, type: multiple, answers: {a: {en: A}, b: {en: B}}}
      - {id: n, text: {en: N}, type: number, range: [0, 9]}
      - {id: d, text: {en: D}, type: date}
      - {id: t, text: {en: X}, type: text}
      - {id: r, for each: yes_no, text: {en: "{item}"}, type: number, when: q = 1}
      - {id: u, for each: m, text: {en: U}, type: single, answers: yes_no, when: any(r > 1)}

    """

private let questionnaire: Questionnaire = {
    do { return try Questionnaire(source: Array(head.utf8), file: "head.yaml") } catch { abort() }
}()

/// Three rows with a missing answer in each column.
private let table = Table(
    rowCount: 3,
    columns: [
        Column(name: "q", kind: .answers, dictionary: ["1", "2"], values: .bytes([0, 1, 253])),
        Column(name: "s", kind: .answers, dictionary: ["1", "2", "3"], values: .bytes([2, 241, 0])),
        Column(name: "m", kind: .set, values: .bytes([0, 0, 241])),
        Column(name: "m[a]", kind: .item, values: .bytes([1, 0, 241])),
        Column(name: "m[b]", kind: .item, values: .bytes([0, 0, 241])),
        Column(name: "n", kind: .number, values: .numbers([0, 7.5, 0], kinds: [0, 0, 243])),
        Column(name: "d", kind: .date, values: .numbers([20_000, 0, 1], kinds: [0, 243, 0])),
        Column(name: "r[1]", kind: .number, values: .numbers([1, 0, 2], kinds: [0, 241, 0])),
        Column(name: "r[2]", kind: .number, values: .numbers([5, 6, 7], kinds: [])),
        Column(name: "u[a]", kind: .answers, dictionary: ["1", "2"], values: .bytes([0, 241, 1])),
        Column(name: "u[b]", kind: .answers, dictionary: ["1", "2"], values: .bytes([1, 1, 243])),
        Column(name: "t", kind: .text, dictionary: ["x", "y"], values: .indexes([0, 1, 1])),
    ])

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    for source in [bytes, Array(head.utf8) + bytes] {
        do throws(Problem) {
            _ = QuestionnaireReader.read(try YAMLDocument(parsing: source, file: "fuzz.yaml")).problems
        } catch {}
    }
    do throws(Problem) {
        let expression = try Expression(parsing: String(decoding: bytes, as: UTF8.self), in: questionnaire)
        do throws(Problem) { _ = try expression.truth(in: table) } catch { _ = try expression.numbers(in: table) }
    } catch {}
    return 0
}
