extension NewStudy {
    var indicators: String {
        """
        saual: indicators/1
        \(modeline(.indicators))
        \(comment(
            "Which figures are wanted. Each names its base: everyone, asked Q or answered Q.\nRaise the version when a definition changes.",
            ru: "Какие показатели нужны. У каждого названа база: everyone (все), asked Q (спрошенные), answered Q (ответившие).\nПри изменении определения увеличивайте version.",
            kk: "Қандай көрсеткіштер керек. Әрқайсысының базасы аталған: everyone (барлығы), asked Q (сұралғандар), answered Q (жауап бергендер).\nАнықтама өзгерсе, version нөмірін арттырыңыз."
        ))
        indicators:
          - id: contact_share
            version: 1
            name: \(text("Dealt with an institution", ru: "Обращались в учреждение", kk: "Мекемеге жүгінгендер"))
            share: contact = 1
            base: everyone
            source: \(text("Made-up example", ru: "Вымышленный пример", kk: "Жасанды мысал"))
            by: [sex, age_group]

          - id: paid_share
            version: 1
            name: \(text("Paid unofficially", ru: "Платили неофициально", kk: "Бейресми төлегендер"))
            share: paid = 1
        \(comment(
            "Of those asked; don't know and refused are in the base and not in the share.",
            ru: "Из спрошенных; «не знаю» и отказы входят в базу, но не в долю.",
            kk: "Сұралғандардан; «білмеймін» мен бас тарту базаға кіреді, үлеске кірмейді.", indent: 4))
            base: asked paid
            direction: down
            source: \(text("Made-up example", ru: "Вымышленный пример", kk: "Жасанды мысал"))

          - id: trust_mean
            version: 1
            name: \(text(
                "Mean trust (1 full, 4 none)", ru: "Среднее доверие (1 — полное, 4 — никакого)",
                kk: "Орташа сенім (1 — толық, 4 — мүлде жоқ)"))
            mean: trust
            base: answered trust
            direction: down
            unit: points
            source: \(text("Made-up example", ru: "Вымышленный пример", kk: "Жасанды мысал"))

        """
    }
}
