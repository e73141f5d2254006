/// How the weights of a wave are made: the base weight, and steps in their order.
public struct WeightingRecipe: Sendable, Equatable {
    public enum Step: Sendable, Equatable {
        case nonresponse(NonresponseAdjustment)
        case trim(Trimming)
        /// A fit to the totals of a targets file, named as the recipe names it.
        case calibrate(CalibrationStep)
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
            Calibration(method: method, rule: rule, isPartial: isPartial, rescalesMargins: rescalesMargins)
        }
    }

    /// The name of the weight that is made.
    public var name: String
    /// The column of the base weight; nil gives every row 1.
    public var base: String?
    public var steps: [Step]

    public init(name: String, base: String?, steps: [Step]) {
        self.name = name
        self.base = base
        self.steps = steps
    }

    /// The targets files, each once.
    public var targetFiles: [String] {
        var seen: Set<String> = []
        return steps.compactMap { step in
            if case .calibrate(let step) = step, seen.insert(step.targets).inserted { step.targets } else { nil }
        }
    }

    /// Columns with numbers that the recipe names itself: the q of calibrations.
    public var numericColumns: [String] {
        var seen: Set<String> = []
        return steps.compactMap { step in
            if case .calibrate(let step) = step, step.method == .calibrate { step.general.cost } else { nil }
        }.filter { seen.insert($0).inserted }
    }

    /// The columns that the recipe names itself; those of the targets come from their files.
    public var columns: [String] {
        var seen: Set<String> = []
        let named = steps.flatMap { step -> [String] in
            switch step {
            case .nonresponse(let step): step.columns
            case .calibrate(let step) where step.method == .calibrate: step.general.columns
            case .calibrate, .trim: []
            }
        }
        return ((base.map { [$0] } ?? []) + named).filter { seen.insert($0).inserted }
    }

    /// The recipe for one wave: each step with the targets file of that wave.
    public func chosen(for wave: String) -> WeightingRecipe {
        var copy = self
        copy.steps = steps.map { step in
            guard case .calibrate(var step) = step, let file = step.targetsOfWave[wave] else { return step }
            step.targets = file
            step.targetsOfWave = [:]
            return .calibrate(step)
        }
        return copy
    }
}
