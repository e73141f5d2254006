extension HelpTopic {
    static let environment = HelpTopic(
        name: "environment",
        page: Phrase(
            """
            SAUAL_LANGUAGE   language of what people read: kk, ru or en; stands above the locale
            LC_ALL, LC_MESSAGES, LANG   the locale; its language is used where Saual speaks it
            NO_COLOR         any value: no colour
            TERM=dumb        no colour
            COLUMNS          width of help where standard output is no terminal
            PATH             where gnuplot is looked for; without it reports have no charts

            """,
            ru: """
                SAUAL_LANGUAGE   язык текстов: kk, ru или en; важнее локали
                LC_ALL, LC_MESSAGES, LANG   локаль; её язык берётся, если Saual на нём говорит
                NO_COLOR         любое значение: без цвета
                TERM=dumb        без цвета
                COLUMNS          ширина справки, если вывод идёт не в терминал
                PATH             где искать gnuplot; без него отчёты выходят без диаграмм

                """,
            kk: """
                SAUAL_LANGUAGE   мәтін тілі: kk, ru немесе en; локальдан жоғары тұрады
                LC_ALL, LC_MESSAGES, LANG   локаль; Saual ол тілде сөйлесе, сол тіл алынады
                NO_COLOR         кез келген мән: түссіз
                TERM=dumb        түссіз
                COLUMNS          шығыс терминалға бармаса, анықтаманың ені
                PATH             gnuplot ізделетін жер; онсыз есептер диаграммасыз шығады

                """))
}
