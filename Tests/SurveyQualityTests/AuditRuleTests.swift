import SurveyQuality
import Testing

struct AuditRuleTests {
    @Test func `the standard rule asks for three suspect interviews that are a fifth of all`() {
        let rule = AuditRule()
        #expect(rule.leastSuspects == 3)
        #expect(rule.suspectShare == 0.2)
        #expect(rule.match == 0.85)
    }
}
