internal import SurveyFormats

extension FormatOptions {
    /// What a command line says of a data file.
    init(_ call: Call) {
        self.init(encoding: call.value("encoding"), delimiter: call.value("delimiter"))
        sheet = call.value("sheet")
    }
}
