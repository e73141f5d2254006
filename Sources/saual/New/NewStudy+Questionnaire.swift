extension NewStudy {
    var questionnaire: String {
        """
        saual: questionnaire/1
        \(modeline(.questionnaire))
        \(comment(
            "What was asked. Every key is explained in Documentation/Questionnaires.md of Saual.\nSYNTHETIC EXAMPLE: replace the questions by your own; saual check questionnaire.yaml says what is wrong.",
            ru: "Что спрашивали. Все ключи описаны в Documentation/Questionnaires.md программы Saual.\nВЫМЫШЛЕННЫЙ ПРИМЕР: замените вопросы своими; saual check questionnaire.yaml скажет, что не так.",
            kk: "Не сұралды. Барлық кілттер Saual бағдарламасының Documentation/Questionnaires.md бетінде сипатталған.\nЖАСАНДЫ МЫСАЛ: сұрақтарды өзіңіздікімен ауыстырыңыз; қателерді saual check questionnaire.yaml айтады."
        ))
        id: \(name)
        version: "1"
        title: \(text("SYNTHETIC: contacts with institutions", ru: "ВЫМЫШЛЕНО: обращения в учреждения", kk: "ЖАСАНДЫ: мекемелерге жүгіну"))
        languages: \(languageList)
        key: number

        \(comment(
            "Lists of answers that several questions share; codes are those of the data file.",
            ru: "Списки ответов, общие для нескольких вопросов; коды — как в файле данных.",
            kk: "Бірнеше сұраққа ортақ жауаптар тізімі; кодтар деректер файлындағыдай."))
        answers:
          yes_no:
            1: \(text("Yes", ru: "Да", kk: "Иә"))
            2: \(text("No", ru: "Нет", kk: "Жоқ"))

        \(comment(
            "Codes that are no answers, each with its reason: the reason decides the base of a figure.",
            ru: "Коды, которые не ответы, каждый со своей причиной: от причины зависит база показателя.",
            kk: "Жауап емес кодтар, әрқайсысы себебімен: көрсеткіштің базасы себепке байланысты."))
        missing:
          98: {kind: dont-know, label: \(text("Hard to say", ru: "Затрудняюсь ответить", kk: "Жауап беру қиын"))}
          99: {kind: refused, label: \(text("Refused", ru: "Отказ от ответа", kk: "Жауап беруден бас тартты"))}

        questions:
          - id: number
            text: \(text("Number of the interview", ru: "Номер интервью", kk: "Сұхбат нөмірі"))
            type: text

          - id: region
            text: \(text("Region", ru: "Регион", kk: "Өңір"))
            type: region
            answers:
              "01": \(text("Made-up north", ru: "Вымышленный север", kk: "Жасанды солтүстік"))
              "02": \(text("Made-up east", ru: "Вымышленный восток", kk: "Жасанды шығыс"))
              "03": \(text("Made-up south", ru: "Вымышленный юг", kk: "Жасанды оңтүстік"))
              "04": \(text("Made-up west", ru: "Вымышленный запад", kk: "Жасанды батыс"))

          - id: psu
            text: \(text("Primary sampling unit", ru: "Первичная единица отбора", kk: "Бастапқы іріктеу бірлігі"))
            type: text

          - id: base_weight
            text: \(text("Base weight", ru: "Базовый вес", kk: "Негізгі салмақ"))
            type: number

          - id: sex
            text: \(text("Sex", ru: "Пол", kk: "Жынысы"))
            type: single
            answers:
              1: \(text("Men", ru: "Мужчины", kk: "Ерлер"))
              2: \(text("Women", ru: "Женщины", kk: "Әйелдер"))

          - id: age
            text: \(text("Age, full years", ru: "Возраст, полных лет", kk: "Жасы, толған жыл"))
            type: number
            range: [18, 110]

          - id: contact
            text: \(text(
                "Have you dealt with an institution in the last 12 months?",
                ru: "Обращались ли Вы в учреждение за последние 12 месяцев?",
                kk: "Соңғы 12 айда мекемеге жүгіндіңіз бе?"))
            type: single
            answers: yes_no

          - id: paid
            text: \(text(
                "Did you pay unofficially?", ru: "Приходилось ли Вам платить неофициально?",
                kk: "Бейресми төлем жасадыңыз ба?"))
            type: single
            answers: yes_no
            missing: [98, 99]
        \(comment(
            "Who is asked; everyone where this line is left out.", ru: "Кому задан вопрос; без этой строки — всем.",
            kk: "Сұрақ кімге қойылады; бұл жол болмаса — бәріне.", indent: 4))
            when: contact = 1

          - id: trust
            text: \(text(
                "Do you trust the institution?", ru: "Доверяете ли Вы учреждению?", kk: "Мекемеге сенесіз бе?"))
            type: scale
            missing: [98]
            answers:
              1: \(text("Fully", ru: "Полностью", kk: "Толық сенемін"))
              2: \(text("Rather", ru: "Скорее да", kk: "Сенетін сияқтымын"))
              3: \(text("Rather not", ru: "Скорее нет", kk: "Сенбейтін сияқтымын"))
              4: \(text("Not at all", ru: "Совсем нет", kk: "Мүлде сенбеймін"))

        \(comment(
            "Variables that follow from answers.", ru: "Переменные, которые следуют из ответов.",
            kk: "Жауаптардан шығатын айнымалылар."))
        derived:
          age_group:
            text: \(text("Age group", ru: "Возрастная группа", kk: "Жас тобы"))
            cut: age
            at: [45]

        """
    }
}
