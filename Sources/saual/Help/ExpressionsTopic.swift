extension HelpTopic {
    static let expressions = HelpTopic(
        name: "expressions",
        page: Phrase(
            """
            One small language serves routing, domains (--where), derived variables and indicators.

            age >= 18 and region in ["75", "71"]     comparison: = != < <= > >= ; in [..], not in [..]
            ready = 1 or ready = 2                   answer codes are written as they stand in the list
            channels has 2, channels has [1, 2]      a multiple-response set holds one of these answers
            missing(x) asked(x) answered(x)          no answer; the question was put; there is a valid answer
            count(a = 1, b = 1) > 0, any(a = 1, b = 1)
            income / members * 12                    + - * /
            `sch.wide` = "Yes"                       names that are no plain word in backquotes, text in quotes

            A comparison with a missing answer is neither true nor false but unknown; "and", "or", "not" follow Kleene.
            A row for which a domain is unknown is outside it.

            """,
            ru: """
                Один небольшой язык служит переходам, группам (--where), производным переменным и показателям.

                age >= 18 and region in ["75", "71"]     сравнение: = != < <= > >= ; in [..], not in [..]
                ready = 1 or ready = 2                   коды ответов пишутся, как они стоят в списке
                channels has 2, channels has [1, 2]      среди отмеченных ответов есть этот (один из этих)
                missing(x) asked(x) answered(x)          ответа нет; вопрос задан; ответ есть
                count(a = 1, b = 1) > 0, any(a = 1, b = 1)
                income / members * 12                    + - * /
                `sch.wide` = "Yes"                       необычные имена в обратных кавычках, текст в кавычках

                Сравнение с отсутствующим ответом не истинно и не ложно, а неизвестно; and, or, not — по логике Клини.
                Строка, для которой условие группы неизвестно, в группу не входит.

                """,
            kk: """
                Сұрақтарға өту, топтар (--where), туынды айнымалылар мен көрсеткіштер үшін бір шағын тіл бар.

                age >= 18 and region in ["75", "71"]     салыстыру: = != < <= > >= ; in [..], not in [..]
                ready = 1 or ready = 2                   жауап кодтары тізімде тұрғандай жазылады
                channels has 2, channels has [1, 2]      белгіленген жауаптардың ішінде осы (осылардың бірі) бар
                missing(x) asked(x) answered(x)          жауап жоқ; сұрақ қойылған; жауап бар
                count(a = 1, b = 1) > 0, any(a = 1, b = 1)
                income / members * 12                    + - * /
                `sch.wide` = "Yes"                       ерекше атаулар кері тырнақшада, мәтін тырнақшада

                Жоқ жауаппен салыстыру ақиқат та, жалған да емес, белгісіз; and, or, not — Клини логикасымен.
                Топ шарты белгісіз жол топқа кірмейді.

                """))
}
