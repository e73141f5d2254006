public import SurveyProblems

extension StudyFile {
    /// Returns what a step of that name recorded last, nil if it never did.
    public func step(named name: String) throws(Problem) -> StepRecord? {
        let statement = try connection.prepare("SELECT name, stamp, outputs, checksum FROM steps WHERE name = ?")
        try statement.bind([.text(name)])
        return try statement.step() ? try readStep(statement) : nil
    }

    /// Returns what all steps recorded, by name.
    public func steps() throws(Problem) -> [StepRecord] {
        let statement = try connection.prepare("SELECT name, stamp, outputs, checksum FROM steps ORDER BY name")
        var steps: [StepRecord] = []
        while try statement.step() { steps.append(try readStep(statement)) }
        return steps
    }

    /// Records a step, in place of what it recorded before.
    public func record(_ step: StepRecord) throws(Problem) {
        try connection.transaction("BEGIN IMMEDIATE") { () throws(Problem) in
            try connection.run(
                "INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?)",
                [.text(step.name), .text(step.stamp), .text(step.outputs), .integer(step.checksum.stored)])
        }
    }

    private func readStep(_ statement: Statement) throws(Problem) -> StepRecord {
        let step = StepRecord(name: statement.text(0), stamp: statement.text(1), outputs: statement.text(2))
        guard step.checksum.stored == statement.integer(3) else {
            throw .damagedRecord(path, table: "steps", key: step.name)
        }
        return step
    }
}
