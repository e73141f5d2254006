// Every room under one name: `import SurveyKit` in a Swift program gives all that is public in them.
@_exported public import SurveyData
@_exported public import SurveyDesign
@_exported public import SurveyEstimation
@_exported public import SurveyFormats
@_exported public import SurveyImport
@_exported public import SurveyIndicators
@_exported public import SurveyMath
@_exported public import SurveyProblems
@_exported public import SurveyQuality
@_exported public import SurveyReport
@_exported public import SurveySampling
@_exported public import SurveySchema
@_exported public import SurveyStore
@_exported public import SurveyStudy
@_exported public import SurveyVerification
@_exported public import SurveyWeighting
@_exported public import SurveyYAML
