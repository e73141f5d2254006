/// How the weights of a wave are made: the base weight, and steps in their order.
public struct WeightingRecipe: Sendable, Equatable {
    public enum Step: Sendable, Equatable {
        case nonresponse(NonresponseAdjustment)
        case eligibility(EligibilityAdjustment)
        case propensity(PropensityAdjustment)
        case trim(Trimming)
        /// A fit to the totals of a targets file, named as the recipe names it.
        case calibrate(CalibrationStep)
        case scale(WeightScaling)
        case combine(WeightCombination)
        /// The weight of an earlier wave by key; nothing in a wave without one.
        case panel(PanelAdjustment)

        /// The name of the step in summaries.
        public var name: String {
            switch self {
            case .nonresponse: "nonresponse"
            case .eligibility: "eligibility"
            case .propensity: "propensity"
            case .trim: "trim"
            case .calibrate(let step): step.method.rawValue
            case .scale: "scale"
            case .combine: "combine"
            case .panel: "panel"
            }
        }

        /// The column of the outcomes and what its codes mean, of steps that look at issued cases.
        public var outcome: (column: String, classes: OutcomeMap)? {
            switch self {
            case .nonresponse(let step): (step.outcome, step.classes)
            case .eligibility(let step): (step.outcome, step.classes)
            case .propensity(let step): (step.outcome, step.classes)
            case .panel(let step):
                step.earlier == nil ? nil : step.outcome.map { ($0, step.classes) }
            case .trim, .calibrate, .scale, .combine: nil
            }
        }

        /// Every column that the step itself names.
        public var ownColumns: [String] { answerColumns + [plainColumn].compactMap { $0 } + numericColumns }

        /// The columns with codes that the step itself names.
        var answerColumns: [String] {
            switch self {
            case .nonresponse(let step): step.columns
            case .eligibility(let step): step.columns
            case .propensity(let step): step.columns
            case .trim(let step): step.groups
            case .calibrate: []
            case .scale(let step): step.groups
            case .combine(let step): step.columns
            case .panel(let step): step.earlier == nil ? [] : [step.outcome].compactMap { $0 }
            }
        }

        /// The cluster of a calibration, or the key of a panel, which may have any number of values.
        var plainColumn: String? {
            switch self {
            case .calibrate(let step) where step.method == .calibrate: step.general.cluster
            case .panel(let step): step.earlier == nil ? nil : step.key
            default: nil
            }
        }

        /// The columns with numbers that the step itself names.
        var numericColumns: [String] {
            switch self {
            case .propensity(let step): step.numbers
            case .calibrate(let step): step.method == .calibrate ? [step.general.cost].compactMap { $0 } : []
            case .combine(let step): [step.multiplicity].compactMap { $0 }
            case .nonresponse, .eligibility, .trim, .scale, .panel: []
            }
        }
    }

    /// A raking, post-stratification or general calibration, and its targets.
    public struct CalibrationStep: Sendable, Equatable {
        public var method: CalibrationRecord.Step.Method
        /// The targets file, relative to the study; of a step that differs by wave that of the wave once it is chosen.
        public var targets: String
        /// The targets file of each wave, where there is not one for all.
        public var targetsOfWave: [String: String] = [:]
        public var rule: RakingRule
        public var isPartial: Bool
        public var rescalesMargins: Bool
        /// The rules of a general calibration; they are read for the method `calibrate` alone.
        public var general = GeneralCalibration()
        /// What becomes of targets that cannot be met.
        public var whenInfeasible = WhenInfeasible.refuse

        public init(
            method: CalibrationRecord.Step.Method, targets: String, rule: RakingRule = .standard,
            isPartial: Bool = false, rescalesMargins: Bool = false
        ) {
            self.method = method
            self.targets = targets
            self.rule = rule
            self.isPartial = isPartial
            self.rescalesMargins = rescalesMargins
        }

        var calibration: Calibration {
            var calibration = Calibration(
                method: method, rule: rule, isPartial: isPartial, rescalesMargins: rescalesMargins)
            calibration.whenInfeasible = whenInfeasible
            return calibration
        }

        /// The targets files of the step.
        var targetFiles: [String] {
            [targets] + (method == .calibrate ? [general.clusterTargets].compactMap { $0 } : [])
        }
    }

    /// The name of the weight that is made.
    public var name: String
    /// The column of the base weight; nil gives every row 1.
    public var base: String?
    /// What else the base weight is made of.
    public var baseFactors = BaseFactors()
    /// Variables that the steps do not use and whose balance is told.
    public var balance: [String] = []
    public var steps: [Step]

    public init(name: String, base: String?, steps: [Step]) {
        self.name = name
        self.base = base
        self.steps = steps
    }

    /// The targets files, each once.
    public var targetFiles: [String] {
        var seen: Set<String> = []
        return steps.flatMap { step -> [String] in
            if case .calibrate(let step) = step { step.targetFiles } else { [] }
        }.filter { seen.insert($0).inserted }
    }

    /// Columns with numbers that the recipe names itself, besides the base weight.
    public var numericColumns: [String] {
        var seen: Set<String> = []
        return (baseFactors.numericColumns + steps.flatMap(\.numericColumns)).filter { seen.insert($0).inserted }
    }

    /// The columns that the recipe names itself; those of the targets come from their files.
    public var columns: [String] {
        var seen: Set<String> = []
        let named = baseFactors.strata + steps.flatMap(\.ownColumns)
        return ([base].compactMap { $0 } + named + numericColumns).filter { seen.insert($0).inserted }
    }

    /// The panel step of the wave that the recipe was chosen for; nil where that wave has no earlier one.
    public var panel: PanelAdjustment? {
        for case .panel(let step) in steps where step.earlier != nil { return step }
        return nil
    }

    /// The recipe for one wave: each step with the targets file of that wave, and a panel step with its earlier wave.
    ///
    /// A wave of a panel begins with the weight of the earlier one and not with the base weight.
    public func chosen(for wave: String) -> WeightingRecipe {
        var copy = self
        copy.steps = steps.map { step in
            if case .panel(var step) = step {
                step.earlier = step.earlierOfWave[wave]
                step.earlierOfWave = [:]
                if step.earlier != nil { (copy.base, copy.baseFactors) = (nil, BaseFactors()) }
                return .panel(step)
            }
            guard case .calibrate(var step) = step, let file = step.targetsOfWave[wave] else { return step }
            step.targets = file
            step.targetsOfWave = [:]
            return .calibrate(step)
        }
        return copy
    }
}
