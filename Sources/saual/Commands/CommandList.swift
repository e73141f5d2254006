/// Every subcommand, in the order users see.
enum CommandList {
    static let all: [any Command.Type] = [
        NewCommand.self, CheckCommand.self, FormCommand.self, DescribeCommand.self, ImportCommand.self,
        ConvertCommand.self, QualityCommand.self, SampleCommand.self, WeightCommand.self, EstimateCommand.self,
        TestCommand.self, ModelCommand.self, ChangeCommand.self, SmallAreaCommand.self, IndicatorsCommand.self,
        ReportCommand.self, RunCommand.self, ExplainCommand.self, VerifyCommand.self, SchemaCommand.self,
        DoctorCommand.self, CompletionCommand.self, HelpCommand.self,
    ]
}
