import Testing

@Suite struct SurveyVerificationTests {}
