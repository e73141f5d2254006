internal import SurveyProblems

extension Problem {
    /// A cell that no name or code of a region equals.
    static func unknownRegion(_ text: String, variable: String, known: [String]) -> Problem {
        let near = NearestNames.of(text, among: known)
        return Problem(
            "import.unknown-region", .finding, what: "\"\(text)\" is no region of \"\(variable)\"",
            place: Place(variable: variable),
            why:
                "neither the answers nor the table of regions have it; nearest: \(near.isEmpty ? "–" : near.joined(separator: ", ")); the cell counts as unreadable",
            fix: "correct the cells, or add a line to the table of regions")
    }

    /// A code of a system that the questionnaire does not declare.
    static func undeclaredRegionCode(_ text: String, systems: [String], variable: String) -> Problem {
        Problem(
            "import.undeclared-region-code", .finding,
            what: "\"\(text)\" may be a code of \"\(variable)\", of an undeclared system",
            place: Place(variable: variable),
            why:
                "the same digits mean different regions in different systems (\(list: systems)); the cell counts as unreadable",
            fix: "say which one it is with \"code system:\" at the question, or correct the cells")
    }

    /// A name that means several regions.
    static func ambiguousRegion(_ text: String, variable: String, candidates: [String]) -> Problem {
        Problem(
            "import.ambiguous-region", .finding, what: "\"\(text)\" may be one of several regions of \"\(variable)\"",
            place: Place(variable: variable),
            why: "the name alone does not decide between \(list: candidates); the cell counts as unreadable",
            fix: "write the code of the region into these cells, or tell them apart by another column before the import"
        )
    }

    /// A region that was divided, without a district.
    static func dividedRegion(_ text: String, variable: String, parts: [String]) -> Problem {
        Problem(
            "import.divided-region", .finding, what: "\"\(text)\" of \"\(variable)\" is divided into several regions",
            place: Place(variable: variable),
            why:
                "at the time of the fieldwork it was \(parts.joined(separator: " + ")); no district decides, and no answer is the whole; the cell counts as unreadable",
            fix:
                "name the question of the district (\"district:\" and \"district moves:\"), or add the answer \"\(parts.joined(separator: "+"))\""
        )
    }

    /// A divided region whose district does not decide.
    static func districtUndecided(_ text: String, district: String, variable: String, parts: [String]) -> Problem {
        Problem(
            "import.district-undecided", .finding,
            what: "District \"\(district)\" does not say to which part of \"\(text)\" a row belongs",
            place: Place(variable: variable),
            why:
                "the region of \"\(variable)\" may be \(list: parts), and the table of districts does not decide; the cell counts as unreadable",
            fix: "correct the district, or add a line for it to the table of districts")
    }

    /// A name whose meaning depends on a day that is not known.
    static func regionNeedsDate(_ text: String, variable: String, candidates: [String], fieldwork: String) -> Problem {
        Problem(
            "import.region-needs-date", .finding, what: "\"\(text)\" of \"\(variable)\" depends on the day",
            place: Place(variable: variable),
            why:
                "borders or names changed: it may be \(list: candidates); days of the fieldwork: \(fieldwork); the cell counts as unreadable",
            fix: "give the days with \"field:\" of the wave, or --field-date")
    }

    /// A region that is none of the answers.
    static func regionNotListed(_ text: String, region: String, variable: String, known: [String]) -> Problem {
        Problem(
            "import.region-not-listed", .finding,
            what: "\"\(text)\" is region \(region), which is no answer of \"\(variable)\"",
            place: Place(variable: variable), why: "the answers are \(list: known); the cell counts as unreadable",
            fix: "add the region to the answers")
    }

    /// A name or declared code before or after its time.
    static func outsideItsDates(_ text: String, region: String, variable: String, fieldwork: String) -> Problem {
        Problem(
            "import.region-outside-dates", .finding, severity: .caution,
            what: "\"\(text)\" of \"\(variable)\" is read as \(region), outside the dates of this name or code",
            place: Place(variable: variable),
            why: "files keep old names for years; the fieldwork was \(fieldwork), when it did not hold",
            fix: "check that file, questionnaire and fieldwork belong together")
    }

    /// A name or district of which the table itself is not sure.
    static func uncertainRegion(_ text: String, region: String, variable: String) -> Problem {
        Problem(
            "import.uncertain-region", .finding, severity: .caution,
            what: "\"\(text)\" of \"\(variable)\" is read as \(region), on thin evidence",
            place: Place(variable: variable), why: "the table marks this line with certainty L",
            fix: "check these cells against another source")
    }

    /// A name with letters of another alphabet that look the same.
    static func regionLookAlike(_ text: String, looksLike alias: String, region: String, variable: String) -> Problem {
        Problem(
            "import.region-look-alike", .finding, severity: .caution,
            what: "\"\(text)\" of \"\(variable)\" is read as \(region), though letters of another alphabet stand in it",
            place: Place(variable: variable),
            why: "Latin and Cyrillic letters look alike; with those of one alphabet it is \"\(alias)\"",
            fix: "correct the letters in the file")
    }

    /// A code system that the table does not have.
    static func unknownCodeSystem(_ system: String, known: [String]) -> Problem {
        let near = NearestNames.of(system, among: known)
        return Problem(
            "import.unknown-code-system", .input, what: "Code system \"\(system)\" is not in the table of regions",
            why: "its code systems are \(list: known); found \"\(system)\"",
            fix: "write \(list: near.isEmpty ? known : near)")
    }

    /// A table that is not there.
    static func noRegionTable(_ path: String, reason: Message) -> Problem {
        Problem(
            "import.no-region-table", .input, what: "The table of regions \"\(path)\" cannot be read",
            why: "the question names it; looked for \"\(path)\": \(reason.values.first ?? "–")",
            fix: "put the file there, or correct the name; paths start at the folder of the questionnaire")
    }

    /// A question with a table that was not read.
    static func regionsNotRead(_ variable: String) -> Problem {
        Problem(
            "import.regions-not-read", .usage, what: "The table of regions of \"\(variable)\" was not read",
            place: Place(variable: variable),
            why: "the questionnaire names a table for its cells, and the import was given none",
            fix: "read it with RegionLookup.read and give it to the plan")
    }
}
