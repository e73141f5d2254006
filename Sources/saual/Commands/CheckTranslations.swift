internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy
internal import SurveyYAML

/// `saual check --translations`: which texts are there in which language.
enum CheckTranslations {
    static func outcome(_ call: Call) throws(Problem) -> Outcome {
        var problems: [Problem] = []
        var documents: [(document: YAMLDocument, kind: CheckCommand.Kind)] = []
        func add(_ path: String) {
            guard !documents.contains(where: { $0.document.file == path }) else { return }
            do throws(Problem) {
                let document = try YAMLDocument(reading: path)
                documents.append((document, try CheckCommand.kind(of: document)))
            } catch { problems.append(error) }
        }
        for path in call.operands { add(path) }
        // A study brings the files that it names, whatever else is wrong with them.
        for (document, kind) in documents where kind == .study {
            let folder = LoadedStudy.folder(of: document.file)
            let waves = document.root["waves"].map { $0.list ?? [$0] } ?? []
            let indicators = document.root["indicators"].map { $0.list ?? [$0] } ?? []
            for file in waves.compactMap({ $0["questionnaire"]?.scalar }) + indicators.compactMap(\.scalar) {
                add(StudySpecification.path(file, relativeTo: folder))
            }
        }
        for path in call.values("questionnaire") { add(path) }
        var matrices = documents.map { TranslationMatrix(of: $0.document) }
        let asked = zip(documents, matrices).filter { $0.0.kind == .questionnaire }.flatMap(\.1.languages).uniqued
        for (position, entry) in documents.enumerated() where entry.kind == .indicators {
            matrices[position] = TranslationMatrix(of: entry.document, others: asked)
        }
        let isComplete = matrices.allSatisfy(\.isComplete)
        let exitCode = problems.first?.kind.exitCode ?? (isComplete ? 0 : 1)
        let text =
            call.format == "json" ? json(matrices).line + "\n" : tables(matrices, in: call.language)
        return Outcome(text, problems: problems, exitCode: exitCode)
    }

    private static func json(_ matrices: [TranslationMatrix]) -> JSONText {
        func codes(_ languages: [Language]) -> JSONText { .array(languages.map { .string($0.rawValue) }) }
        let files = matrices.map { matrix in
            JSONText.object([
                ("file", .string(matrix.file)), ("texts", .integer(matrix.texts.count)),
                ("unreviewed", codes(matrix.unreviewed)),
                (
                    "languages",
                    .object(matrix.languages.map { ($0.rawValue, .integer(matrix.count(of: $0))) })
                ),
            ])
        }
        let rows = matrices.flatMap { matrix in
            matrix.texts.map { text in
                JSONText.object([
                    ("file", .string(matrix.file)), ("line", .integer(text.mark.line)),
                    ("position", .integer(text.mark.position)), ("group", .string(text.group)),
                    ("text", .string(text.path)), ("present", codes(text.present)),
                    ("missing", codes(matrix.missing(of: text))),
                ])
            }
        }
        let missing = matrices.reduce(0) { sum, matrix in sum + matrix.texts.count { !matrix.missing(of: $0).isEmpty } }
        return .object([
            ("saual", .string("translations/1")), ("files", .array(files)), ("incomplete", .integer(missing)),
            ("rows", .array(rows)),
        ])
    }

    /// One table a file, a row a question, indicator or list; then the texts that lack a language.
    private static func tables(_ matrices: [TranslationMatrix], in language: Language) -> String {
        let words = Words(language)
        var text = ""
        for matrix in matrices {
            let headings = matrix.languages.map { one in
                (
                    heading: one.rawValue + (matrix.unreviewed.contains(one) ? "*" : ""),
                    alignment: TextTable.Alignment.right
                )
            }
            var table = TextTable([(matrix.file, .left), (words.texts, .right)] + headings)
            for group in matrix.groups {
                let all = matrix.texts.count { $0.group == group }
                table.append(
                    [group, String(all)] + matrix.languages.map { String(matrix.count(of: $0, in: group)) })
            }
            table.append(
                [words.all, String(matrix.texts.count)] + matrix.languages.map { String(matrix.count(of: $0)) })
            text += table.text
            if !matrix.unreviewed.isEmpty {
                text += "* \(words.unreviewed): \(matrix.unreviewed.map(\.rawValue).joined(separator: ", "))\n"
            }
            text += "\n"
        }
        var missing = TextTable([(words.missing, .left), (words.lacks, .left), (words.place, .left)])
        for matrix in matrices {
            for entry in matrix.texts where !matrix.missing(of: entry).isEmpty {
                let place = "\(matrix.file):\(entry.mark.line):\(entry.mark.position)"
                missing.append(
                    [entry.path, matrix.missing(of: entry).map(\.rawValue).joined(separator: ", "), place])
            }
        }
        return text + (missing.isEmpty ? words.complete + "\n" : missing.text)
    }

    private struct Words {
        let texts, all, missing, lacks, place, complete, unreviewed: String

        init(_ language: Language) {
            switch language {
            case .russian:
                (texts, all, missing, lacks) = ("текстов", "всего", "неполный текст", "нет языков")
                (place, complete) = ("место", "Все тексты есть на всех языках")
                unreviewed = "не проверено носителем языка"
            case .kazakh:
                (texts, all, missing, lacks) = ("мәтін", "барлығы", "толық емес мәтін", "жоқ тілдер")
                (place, complete) = ("орны", "Барлық мәтін барлық тілде бар")
                unreviewed = "ана тілінде сөйлейтін адам тексермеген"
            default:
                (texts, all, missing, lacks) = ("texts", "all", "incomplete text", "lacks")
                (place, complete) = ("place", "Every text is there in every language")
                unreviewed = "not read by a native speaker"
            }
        }
    }
}
