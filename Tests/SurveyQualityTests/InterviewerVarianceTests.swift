import SurveyTestSupport
import Testing

@testable import SurveyQuality

struct InterviewerVarianceTests {
    @Test func `rho follows from the analysis of variance, by hand`() throws {
        // One stratum, two interviewers of three: means 1/3 and 1. B = 2/3, W = (2/3)/4, m = 3: rho = 0.5/(2/3 + 1/3) = 0.5.
        let values: [Double?] = [0, 0, 1, 1, 1, 1]
        let found = try #require(
            InterviewerVariance.rho(values, interviewers: [0, 0, 0, 1, 1, 1], strata: [0, 0, 0, 0, 0, 0]))
        #expect(isClose(found.rho, 0.5))
        #expect(found.n == 6 && found.interviewers == 2)
    }

    @Test func `strata of unequal workloads are taken out first`() throws {
        // R 4.2.2, 2026-11-21: d <- data.frame(y = c(1,2,2,4,5,3,8,9,7,7,6,9,4), i = c(1,1,1,2,2,2,3,3,3,4,4,4,4), s = c(1,1,1,1,1,1,2,2,2,2,2,2,2));
        // a <- anova(lm(y ~ factor(s) + factor(i), d)); B <- a[2,3]; W <- a[3,3];
        // m <- (13 - (18/6 + 25/7)) / 2; (B - W) / (B + (m - 1) * W)
        let values: [Double?] = [1, 2, 2, 4, 5, 3, 8, 9, 7, 7, 6, 9, 4]
        let interviewers = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4]
        let strata = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
        let found = try #require(InterviewerVariance.rho(values, interviewers: interviewers, strata: strata))
        #expect(isClose(found.rho, 0.39088239049929802))
        // A stratum of one interviewer, and rows without an answer or an interviewer, change nothing.
        let more = try #require(
            InterviewerVariance.rho(
                values + [3, 9, nil, 5], interviewers: interviewers + [5, 5, 1, -1], strata: strata + [3, 3, 1, 1]))
        #expect(isClose(more.rho, found.rho) && more.n == 13 && more.interviewers == 4)
    }

    @Test func `nothing is said where strata have one interviewer, or nothing varies`() {
        #expect(InterviewerVariance.rho([1, 2, 3], interviewers: [0, 0, 0], strata: [0, 0, 0]) == nil)
        #expect(InterviewerVariance.rho([1, 2], interviewers: [0, 1], strata: [0, 0]) == nil)
        #expect(InterviewerVariance.rho([1, 1, 1, 1], interviewers: [0, 0, 1, 1], strata: [0, 0, 0, 0]) == nil)
        #expect(InterviewerVariance.rho([], interviewers: [], strata: []) == nil)
    }
}
