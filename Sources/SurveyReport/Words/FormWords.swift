/// The words of the analytical report form.
///
/// Headings stand literally as in the annex to the Rules for anti-corruption monitoring (Order No. 22 of 28.01.2020, in
/// the wording of Order No. 192 of 16.06.2023): in Kazakh and Russian as adopted, in English our translation where the
/// unofficial one is broken.
struct FormWords: Sendable {
    let title, annex, form: String
    /// What stands below the kind, in brackets.
    let kindCaption, comprehensive, thematic: String
    let part1, part2, part2Rest, part3, part3Rest: String
    let item1, item2: String
    /// First and last day.
    let item3: String
    /// The months as they stand in `item3`.
    let monthsOfPeriod: [String]
    let spheres, bodies, naturalPerson, legalEntity, email, phone, contactWithheld: String

    let openHere, openList: String
    let openSubject, openConductor, openEmail, openPhone, openStarted, openFinished: String
    /// The wave, or the name of an indicator, is the value.
    let openFieldDates, openRegisterDate, openRegisterReference: String
    let openAssessment, openRiskAnalysis: String

    let conclusions, fromFigures, fromPerson, effect, decision, assessment, riskAnalysis, riskAnalysisNone: String
    let byPerson: String

    let routing, toBodies, toUnitsAndAuthorised, onWebsite, notOnWebsite, toCouncils: String

    let source, date, reference: String
    let legalStatistics, appeals, ngoInternational, surveys, media, other: String
}

extension FormWords {
    static let english = FormWords(
        title: "Analytical report on the results of anti-corruption monitoring",
        annex: "Annex",
        form: "Form",
        kindCaption: "(type of anti-corruption monitoring)",
        comprehensive: "comprehensive",
        thematic: "thematic",
        part1: "Introduction",
        part2: "Information and analytical part.",
        part2Rest:
            "Quantitative and qualitative indicators of the state and causes of corruption in the activity of state "
            + "bodies, organizations, quasi-public entities",
        part3: "Final part. Conclusions.",
        part3Rest:
            "Quantitative and/or qualitative indicators that allow the effectiveness of law enforcement practice in "
            + "counteracting corruption to be measured, and the decision under paragraph 16 of these Rules",
        item1:
            "Name of the sphere(s) of activity monitored / name of the state body (bodies), organization(s) and/or "
            + "quasi-public entity (entities) whose activity was monitored",
        item2:
            "Anti-corruption monitoring was carried out by: natural/legal entity, e-mail address, phone number",
        item3: "Period of carrying out anti-corruption monitoring: began {1} finished {2}",
        monthsOfPeriod: [
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ],
        spheres: "Spheres of activity",
        bodies: "Bodies, organizations, entities",
        naturalPerson: "Natural person",
        legalEntity: "Legal entity",
        email: "E-mail",
        phone: "Phone",
        contactWithheld: "known to the maker of the report; not printed: personal data of a natural person",
        openHere: "A person decides here",
        openList: "Places of the report that a person must still fill in",
        openSubject: "Name the spheres or the bodies that were monitored.",
        openConductor: "Name the person or organization that carried out the monitoring.",
        openEmail: "Give the e-mail address.",
        openPhone: "Give the phone number.",
        openStarted: "Give the day on which the monitoring began.",
        openFinished: "Give the day on which the monitoring finished.",
        openFieldDates: "Give the dates of the fieldwork of wave {1}: they are the date of its figures.",
        openRegisterDate: "Give the date of the fact of “{1}”.",
        openRegisterReference: "Say where the fact of “{1}” can be looked up.",
        openAssessment:
            "Assess the effect of the measures that bodies, organizations and entities took against corruption, and "
            + "make proposals. The figures are evidence; they do not decide.",
        openRiskAnalysis:
            "Decide whether an analysis of corruption risks is recommended, and in which bodies; “none” is an answer.",
        conclusions: "Conclusions",
        fromFigures: "What the figures support",
        fromPerson: "Added by the maker of the report",
        effect: "Indicators that allow effectiveness to be measured",
        decision: "Decision under paragraph 16",
        assessment: "1) Assessment of the effect of the measures taken, with proposals",
        riskAnalysis: "2) Recommendations to carry out an analysis of corruption risks",
        riskAnalysisNone: "None: an analysis of corruption risks is not recommended.",
        byPerson: "Written by a person, not computed.",
        routing: "Where the report goes",
        toBodies: "It is sent to the interested state bodies, organizations and quasi-public entities (paragraph 20).",
        toUnitsAndAuthorised:
            "It is sent to the interested territorial unit of a central state body, local executive body, state "
            + "organization or quasi-public entity, to consider the decision, and to the authorized body, to summarize "
            + "(paragraph 17).",
        onWebsite: "It is published on the website of the authorized body (paragraph 19).",
        notOnWebsite: "Publication on a website is not required.",
        toCouncils: "It may also be sent to consultative bodies and public councils (paragraph 21).",
        source: "Source of information",
        date: "Date",
        reference: "Reference",
        legalStatistics: "data of legal statistics bodies",
        appeals: "appeals of individuals and legal entities",
        ngoInternational: "information of non-governmental and international organizations",
        surveys: "data of sociological surveys",
        media: "publications in the media",
        other: "other sources not prohibited by law")

    static let russian = FormWords(
        title: "Аналитический отчет по итогам антикоррупционного мониторинга",
        annex: "Приложение",
        form: "Форма",
        kindCaption: "(вид антикоррупционного мониторинга)",
        comprehensive: "комплексный",
        thematic: "тематический",
        part1: "Вводная часть",
        part2: "Информационно-аналитическая часть.",
        part2Rest:
            "Количественные и качественные показатели, характеризующие состояние и причины возникновения коррупции в "
            + "деятельности государственных органов, организаций, субъектов квазигосударственного сектора",
        part3: "Заключительная часть. Выводы.",
        part3Rest:
            "Количественные и/или качественные показатели, позволяющие замерить эффективность правоприменительной "
            + "практики по противодействию коррупции, и решение в соответствии с пунктом 16 настоящих Правил",
        item1:
            "Наименование сфер(ы) деятельности, в которых(ой) проводился антикоррупционный мониторинг/наименование "
            + "государственного(ой,ых) органа(ов), организации(й) и/или субъекта(ов) квазигосударственного сектора, по "
            + "деятельности которого(ой,ых) проводился антикоррупционный мониторинг",
        item2:
            "Антикоррупционный мониторинг проведен: физическое/юридическое лицо, адрес электронной почты, номер "
            + "телефона",
        item3: "Период проведения антикоррупционного мониторинга: начат {1} закончен {2}",
        monthsOfPeriod: [
            "января", "февраля", "марта", "апреля", "мая", "июня",
            "июля", "августа", "сентября", "октября", "ноября", "декабря",
        ],
        spheres: "Сферы деятельности",
        bodies: "Органы, организации, субъекты",
        naturalPerson: "Физическое лицо",
        legalEntity: "Юридическое лицо",
        email: "Электронная почта",
        phone: "Телефон",
        contactWithheld: "известно составителю отчёта; не печатается: персональные данные физического лица",
        openHere: "Здесь решает человек",
        openList: "Места отчёта, которые ещё должен заполнить человек",
        openSubject: "Назовите сферы или органы, по которым проведён мониторинг.",
        openConductor: "Назовите лицо или организацию, проводивших мониторинг.",
        openEmail: "Укажите адрес электронной почты.",
        openPhone: "Укажите номер телефона.",
        openStarted: "Укажите день, когда начат мониторинг.",
        openFinished: "Укажите день, когда закончен мониторинг.",
        openFieldDates: "Укажите даты полевых работ волны {1}: это дата её показателей.",
        openRegisterDate: "Укажите дату факта показателя «{1}».",
        openRegisterReference: "Укажите, где можно найти факт показателя «{1}».",
        openAssessment:
            "Оцените эффект мер, принятых органами, организациями и субъектами против коррупции, и дайте предложения. "
            + "Показатели — свидетельства, они не решают.",
        openRiskAnalysis:
            "Решите, рекомендуется ли анализ коррупционных рисков и в каких органах; «не рекомендуется» — тоже ответ.",
        conclusions: "Выводы",
        fromFigures: "Что подтверждают показатели",
        fromPerson: "Добавлено составителем отчёта",
        effect: "Показатели, позволяющие замерить эффективность",
        decision: "Решение в соответствии с пунктом 16",
        assessment: "1) Оценка эффекта принятых мер с предложениями",
        riskAnalysis: "2) Рекомендации о проведении анализа коррупционных рисков",
        riskAnalysisNone: "Нет: анализ коррупционных рисков не рекомендуется.",
        byPerson: "Написано человеком, не вычислено.",
        routing: "Куда направляется отчёт",
        toBodies:
            "Направляется в заинтересованные государственные органы, организации и субъекты квазигосударственного "
            + "сектора (пункт 20).",
        toUnitsAndAuthorised:
            "Направляется в заинтересованное территориальное подразделение центрального государственного органа, "
            + "местный исполнительный орган, государственную организацию или субъект квазигосударственного сектора для "
            + "рассмотрения решения и в уполномоченный орган для обобщения (пункт 17).",
        onWebsite: "Размещается на интернет-ресурсе уполномоченного органа (пункт 19).",
        notOnWebsite: "Размещение на интернет-ресурсе не требуется.",
        toCouncils:
            "Может быть направлен также в консультативно-совещательные органы и общественные советы (пункт 21).",
        source: "Источник информации",
        date: "Дата",
        reference: "Ссылка",
        legalStatistics: "данные органов правовой статистики",
        appeals: "обращения физических и юридических лиц по вопросам противодействия коррупции",
        ngoInternational: "сведения неправительственных и международных организаций",
        surveys: "данные социологических опросов",
        media: "публикации в СМИ",
        other: "иные не запрещенные законом источники")

    static let kazakh = FormWords(
        title: "Сыбайлас жемқорлыққа қарсы мониторинг қорытындылары бойынша талдамалық есеп",
        annex: "қосымша",
        form: "Нысан",
        kindCaption: "(сыбайлас жемқорлыққа қарсы мониторинг түрі)",
        comprehensive: "кешенді",
        thematic: "тақырыптық",
        part1: "Кіріспе бөлім",
        part2: "Ақпараттық-талдамалық бөлім.",
        part2Rest:
            "Мемлекеттік органдардың, ұйымдардың, квазимемлекеттік сектор субъектілерінің қызметінде сыбайлас "
            + "жемқорлықтың жай-күйі мен туындау себептерін сипаттайтын сандық және сапалық көрсеткіштер",
        part3: "Қорытынды бөлім. Қорытындылар.",
        part3Rest:
            "Сыбайлас жемқорлыққа қарсы іс-қимыл жөніндегі құқық қолдану практикасының тиімділігін өлшеуге мүмкіндік "
            + "беретін сандық және/немесе сапалық көрсеткіштер және осы Қағидалардың 16-тармағына сәйкес шешім",
        item1:
            "Сыбайлас жемқорлыққа қарсы мониторинг жүргізілген қызмет саласының атауы/сыбайлас жемқорлыққа қарсы "
            + "мониторинг жүргізілген мемлекеттік органның (органдардың), ұйымның (ұйымдардың) және/немесе "
            + "квазимемлекеттік сектор субъектісінің (субъектілерінің) атауы",
        item2:
            "Сыбайлас жемқорлыққа қарсы мониторинг жүргізді: жеке/заңды тұлға, электрондық пошта мекенжайы, телефон "
            + "нөмірі",
        item3: "Сыбайлас жемқорлыққа қарсы мониторинг жүргізу кезеңі: {1} басталып, {2} аяқталды",
        monthsOfPeriod: [
            "қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда",
            "шілдеде", "тамызда", "қыркүйекте", "қазанда", "қарашада", "желтоқсанда",
        ],
        spheres: "Қызмет салалары",
        bodies: "Органдар, ұйымдар, субъектілер",
        naturalPerson: "Жеке тұлға",
        legalEntity: "Заңды тұлға",
        email: "Электрондық пошта",
        phone: "Телефон",
        contactWithheld: "есепті жасаушыға белгілі; басылмайды: жеке тұлғаның дербес деректері",
        openHere: "Мұнда адам шешеді",
        openList: "Есептің адам әлі толтыруы тиіс орындары",
        openSubject: "Мониторинг жүргізілген салаларды немесе органдарды атаңыз.",
        openConductor: "Мониторинг жүргізген тұлғаны немесе ұйымды атаңыз.",
        openEmail: "Электрондық пошта мекенжайын көрсетіңіз.",
        openPhone: "Телефон нөмірін көрсетіңіз.",
        openStarted: "Мониторинг басталған күнді көрсетіңіз.",
        openFinished: "Мониторинг аяқталған күнді көрсетіңіз.",
        openFieldDates: "{1} толқынының далалық жұмыс күндерін көрсетіңіз: бұл — оның көрсеткіштерінің күні.",
        openRegisterDate: "«{1}» көрсеткішінің нақты мәні қай күнгі екенін көрсетіңіз.",
        openRegisterReference: "«{1}» көрсеткішінің нақты мәнін қайдан табуға болатынын көрсетіңіз.",
        openAssessment:
            "Органдар, ұйымдар мен субъектілер сыбайлас жемқорлыққа қарсы қабылдаған шаралардың тиімділігін бағалап, "
            + "ұсыныстар беріңіз. Көрсеткіштер — дәлелдер ғана, олар шешпейді.",
        openRiskAnalysis:
            "Сыбайлас жемқорлық тәуекелдеріне талдау жүргізу ұсыныла ма, қай органдарда — соны шешіңіз; «ұсынылмайды» "
            + "деген де жауап.",
        conclusions: "Қорытындылар",
        fromFigures: "Көрсеткіштер нені растайды",
        fromPerson: "Есепті жасаушы қосқан",
        effect: "Тиімділікті өлшеуге мүмкіндік беретін көрсеткіштер",
        decision: "16-тармаққа сәйкес шешім",
        assessment: "1) Қабылданған шаралардың тиімділігін бағалау және ұсыныстар",
        riskAnalysis: "2) Сыбайлас жемқорлық тәуекелдеріне талдау жүргізу жөніндегі ұсынымдар",
        riskAnalysisNone: "Жоқ: сыбайлас жемқорлық тәуекелдеріне талдау жүргізу ұсынылмайды.",
        byPerson: "Адам жазған, есептелмеген.",
        routing: "Есеп қайда жіберіледі",
        toBodies:
            "Мүдделі мемлекеттік органдарға, ұйымдарға және квазимемлекеттік сектор субъектілеріне жіберіледі "
            + "(20-тармақ).",
        toUnitsAndAuthorised:
            "Шешімді қарау үшін орталық мемлекеттік органның мүдделі аумақтық бөлімшесіне, жергілікті атқарушы органға, "
            + "мемлекеттік ұйымға немесе квазимемлекеттік сектор субъектісіне және жинақтап қорыту үшін уәкілетті "
            + "органға жіберіледі (17-тармақ).",
        onWebsite: "Уәкілетті органның интернет-ресурсында орналастырылады (19-тармақ).",
        notOnWebsite: "Интернет-ресурста орналастыру талап етілмейді.",
        toCouncils: "Консультативтік-кеңесші органдар мен қоғамдық кеңестерге де жіберілуі мүмкін (21-тармақ).",
        source: "Ақпарат көзі",
        date: "Күні",
        reference: "Сілтеме",
        legalStatistics: "құқықтық статистика органдарының деректері",
        appeals: "жеке және заңды тұлғалардың сыбайлас жемқорлықтың алдын алу мәселелері жөніндегі өтініштері",
        ngoInternational: "үкіметтік емес және халықаралық ұйымдардың мәліметтері",
        surveys: "әлеуметтанушылық сұрастырулар деректері",
        media: "бұқаралық ақпарат құралдарындағы жарияланымдар",
        other: "заңмен тыйым салынбаған өзге де ақпарат көздері")
}
