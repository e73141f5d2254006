import Testing

@Suite struct SurveyWeightingTests {}
