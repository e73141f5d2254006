internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// The head of the analytical report: corner words, title, kind of monitoring.
    func writeFormTitle(_ form: ReportForm, _ header: inout Markup) {
        header.element("p", ["class": "corner"]) { corner in
            corner.write(words.form.annex)
            corner.void("br")
            corner.write(words.form.form)
        }
        header.element("h1", text: words.form.title)
        header.element("p", ["class": "kind"]) { kind in
            kind.element("strong", text: form.kind == .comprehensive ? words.form.comprehensive : words.form.thematic)
            kind.void("br")
            kind.element("span", ["class": "form-words"], text: words.form.kindCaption)
        }
        header.element("p", ["class": "subtitle"]) { $0.write(input.study.title, else: input.study.id) }
    }

    /// The three parts of the form.
    func writeForm(_ form: ReportForm, _ main: inout Markup) {
        main.newLine()
        main.element("section", ["aria-labelledby": "part-I", "class": "prose"]) { writeIntroduction(form, &$0) }
        main.newLine()
        main.element("section", ["aria-labelledby": "part-II"]) { part in
            writePartHeading("II", words.form.part2, words.form.part2Rest, &part)
            writeSummary(&part)
            writeComparison(&part)
            writeIndicators(&part)
        }
        main.newLine()
        main.element("section", ["aria-labelledby": "part-III"]) { part in
            writePartHeading("III", words.form.part3, words.form.part3Rest, &part)
            writeEffect(&part)
            writeConclusions(form, &part)
            writeDecision(form, &part)
        }
    }

    private func writePartHeading(_ number: String, _ title: String, _ rest: String, _ part: inout Markup) {
        part.element("h2", ["id": "part-\(number)"]) { heading in
            heading.write("\(number). \(title)")
            guard !rest.isEmpty else { return }
            heading.write(" ")
            heading.element("span", ["class": "form-words"], text: rest)
        }
    }

    // MARK: Part I

    private func writeIntroduction(_ form: ReportForm, _ part: inout Markup) {
        writePartHeading("I", words.form.part1, "", &part)
        writeItem("I.1", &part) { $0.write(words.form.item1) }
        if form.spheres.isEmpty, form.bodies.isEmpty {
            writeOpen(.subject, &part)
        } else {
            part.element("dl", ["class": "definition"]) { list in
                writeObjects(words.form.spheres, form.spheres, &list)
                writeObjects(words.form.bodies, form.bodies, &list)
            }
        }
        writeItem("I.2", &part) { $0.write(words.form.item2) }
        writeConductor(form, &part)
        writeItem("I.3", &part) { heading in
            heading.write(
                words.form.item3,
                places: [form.started, form.finished].map { date in
                    { place in
                        let text = date.map { dateText($0, months: words.form.monthsOfPeriod) }
                        place.element("strong", text: text ?? "__")
                    }
                })
        }
        if form.started == nil { writeOpen(.started, &part) }
        if form.finished == nil { writeOpen(.finished, &part) }
    }

    private func writeItem(_ number: String, _ part: inout Markup, _ text: (inout Markup) -> Void) {
        part.element("h3", ["class": "item", "id": "item-\(number)"]) { heading in
            heading.element("span", ["class": "number"], text: "\(number).")
            heading.write(" ")
            text(&heading)
        }
    }

    private func writeObjects(_ term: String, _ objects: [LocalizedText], _ list: inout Markup) {
        guard !objects.isEmpty else { return }
        writeTerm(term, &list) { definition in
            definition.element("ul", ["class": "objects"]) { items in
                for object in objects { items.element("li") { $0.write(object) } }
            }
        }
    }

    private func writeConductor(_ form: ReportForm, _ part: inout Markup) {
        guard let conductor = form.conductor else { return writeOpen(.conductor, &part) }
        part.element("dl", ["class": "definition"]) { list in
            writeTerm(conductor.isNaturalPerson ? words.form.naturalPerson : words.form.legalEntity, &list) {
                $0.write(conductor.name)
            }
            let contacts: [(term: String, text: String?)] = [
                (words.form.email, conductor.email), (words.form.phone, conductor.phone),
            ]
            for contact in contacts {
                guard let text = contact.text else { continue }
                writeTerm(contact.term, &list) {
                    $0.write(conductor.showsContact(in: input) ? text : words.form.contactWithheld)
                }
            }
        }
        if conductor.email == nil { writeOpen(.email, &part) }
        if conductor.phone == nil { writeOpen(.phone, &part) }
    }

    // MARK: Places that a person fills in

    /// The places that are still open, with links to them.
    func writeOpenPlaces(_ form: ReportForm, _ header: inout Markup) {
        let places = form.openPlaces(of: input.study.waves)
        guard !places.isEmpty else { return }
        header.newLine()
        header.element("section", ["class": "open-list", "aria-labelledby": "open-places"]) { section in
            section.element("h2", ["class": "small", "id": "open-places"], text: words.form.openList)
            section.element("ul") { list in
                for place in places {
                    list.element("li") { item in
                        if let target = target(of: place) {
                            item.element("a", ["href": "#\(target)"], text: sentence(of: place))
                        } else {
                            item.write(sentence(of: place))
                        }
                    }
                }
            }
        }
    }

    /// Marks a place where a person decides.
    func writeOpen(_ place: ReportForm.OpenPlace, _ part: inout Markup) {
        part.newLine()
        let attributes: KeyValuePairs = ["class": "open", "role": "note", "id": target(of: place) ?? "open"]
        part.element("p", attributes) { note in
            note.element("strong", text: "\(words.form.openHere).")
            note.write(" " + sentence(of: place))
        }
    }

    private func target(of place: ReportForm.OpenPlace) -> String? {
        switch place {
        case .subject: "open-subject"
        case .conductor: "open-conductor"
        case .email: "open-email"
        case .phone: "open-phone"
        case .started: "open-started"
        case .finished: "open-finished"
        case .fieldDates: "waves-caption"
        case .registerDate, .registerReference: "register-caption"
        case .assessment: "open-assessment"
        case .riskAnalysis: "open-risk-analysis"
        }
    }

    /// What a person is asked to do at a place.
    func sentence(of place: ReportForm.OpenPlace) -> String {
        switch place {
        case .subject: return words.form.openSubject
        case .conductor: return words.form.openConductor
        case .email: return words.form.openEmail
        case .phone: return words.form.openPhone
        case .started: return words.form.openStarted
        case .finished: return words.form.openFinished
        case .fieldDates(let wave): return words.form.openFieldDates.filled(wave)
        case .registerDate(let id): return words.form.openRegisterDate.filled(registerName(id))
        case .registerReference(let id): return words.form.openRegisterReference.filled(registerName(id))
        case .assessment: return words.form.openAssessment
        case .riskAnalysis: return words.form.openRiskAnalysis
        }
    }

    private func registerName(_ id: String) -> String {
        form?.register.first { $0.id == id }?.name.text(in: words.language) ?? id
    }
}

extension ReportForm.Conductor {
    /// True if address and number may stand in a report: a human being must agree, or the report stays inside.
    func showsContact(in input: ReportInput) -> Bool {
        !isNaturalPerson || isContactPublished || input.isInternal
    }
}
