/// Every subcommand, in the order users see.
enum CommandList {
    static let all: [any Command.Type] = [
        CheckCommand.self, DescribeCommand.self, ImportCommand.self, WeightCommand.self, EstimateCommand.self,
        IndicatorsCommand.self,
        ReportCommand.self, RunCommand.self, VerifyCommand.self, DoctorCommand.self, CompletionCommand.self,
        HelpCommand.self,
    ]
}
