extension HelpTopic {
    static let methods = HelpTopic(
        name: "methods",
        page: Phrase(
            """
            statistic  estimate                      source
            total      sum of w·y                    Särndal, Swensson and Wretman 1992
            mean       sum of w·y / sum of w         the same, 5.7
            share      the mean of "answer is a"     the same
            ratio      sum of w·y / sum of w·x       the same
            count      sum of w

            variance   linearised, between PSUs inside strata, with (1 - f) where --fpc is given (Binder 1983)
                       or by replicates, made (--replicates bootstrap=500 --seed 42) or given (--replicate-weights 'w_*'
                       --replicate-method brr); --mse; --df rank (default with replicates) or reps
            domains    rows outside a domain stay in the design with influence 0
            df         PSUs less strata, counted in the domain: --df design (default), full, inf, or a number
            --ci       logit (default); mean; beta; korn-graubard. At 0 and 100 % every method becomes that of Korn and
                       Graubard with the plain n, and the row has the flag "edge"
            --missing  domain (default: rows without an answer keep their PSU), listwise, error
            --deff     auto (default), wor, wr
            --conform r-survey-4.1   every rule as R survey 4.1 has it

            test       Rao and Scott's second-order F (1984); t and rank tests (Lumley and Scott 2013); pairs by Holm
            contrast   formulas of estimates by the delta method: q1[1]{2} is the share of answer 1 in group 2

            Formulas, sources and checks: Documentation/Methods.md.

            """,
            ru: """
                статистика  оценка                       источник
                total       сумма w·y                    Särndal, Swensson, Wretman 1992
                mean        сумма w·y / сумма w          там же, 5.7
                share       среднее «ответ равен a»      там же
                ratio       сумма w·y / сумма w·x        там же
                count       сумма w

                дисперсия   линеаризация, между единицами внутри страт, с (1 - f), если дан --fpc (Binder 1983)
                            или по репликам, сделанным (--replicates bootstrap=500 --seed 42) или данным
                            (--replicate-weights 'w_*' --replicate-method brr); --mse; --df rank (тогда по умолчанию), reps
                группы      строки вне группы остаются в плане выборки с влиянием 0
                df          единицы минус страты, считая в группе: --df design (по умолчанию), full, inf или число
                --ci        logit (по умолчанию); mean; beta; korn-graubard. При 0 и 100 % любой метод становится
                            методом Корна и Граубарда с простым n, строка получает пометку edge
                --missing   domain (по умолчанию: строки без ответа сохраняют единицу), listwise, error
                --deff      auto (по умолчанию), wor, wr
                --conform r-survey-4.1   все правила как в R survey 4.1

                test        F второго порядка Рао и Скотта (1984); t и ранги (Lumley, Scott 2013); пары по Холму
                contrast    формулы из оценок, дельта-метод: q1[1]{2} — доля ответа 1 в группе 2

                Формулы, источники и проверки: Documentation/Methods.md.

                """,
            kk: """
                статистика  бағалау                      дереккөз
                total       w·y қосындысы                Särndal, Swensson, Wretman 1992
                mean        w·y қосындысы / w қосындысы  сонда, 5.7
                share       «жауап — a» орташасы           сонда
                ratio       w·y қосындысы / w·x қосындысы  сонда
                count       w қосындысы

                дисперсия   сызықтандыру, страта ішіндегі бірліктер арасында, --fpc берілсе (1 - f) (Binder 1983)
                            не репликалар бойынша: жасалған (--replicates bootstrap=500 --seed 42) не берілген
                            (--replicate-weights 'w_*' --replicate-method brr); --mse; --df rank (сонда әдепкі), reps
                топтар      топтан тыс жолдар іріктеме жоспарында 0 әсерімен қалады
                df          бірліктер саны минус страталар саны, топ ішінде: --df design (әдепкі), full, inf не сан
                --ci        logit (әдепкі); mean; beta; korn-graubard. 0 және 100 % кезінде әр әдіс жай n-мен Корн мен
                            Граубард әдісіне айналады, жолда edge белгісі болады
                --missing   domain (әдепкі: жауапсыз жолдар бірлігін сақтайды), listwise, error
                --deff      auto (әдепкі), wor, wr
                --conform r-survey-4.1   барлық ереже R survey 4.1-дегідей

                test        Рао мен Скоттың екінші ретті F-і (1984); t мен рангтер (Lumley, Scott 2013); жұптар Холм бойынша
                contrast    бағалаулардан формула, дельта-әдіс: q1[1]{2} — 2-топтағы 1-жауап үлесі

                Формулалар, дереккөздер, тексерулер: Documentation/Methods.md.

                """))
}
