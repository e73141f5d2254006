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
            quantile   the value that a share p of w is up to (--quantile V:0.5); interval: Woodruff 1952
            variance, standard-deviation, correlation   from weighted moments, influences by the delta method
            gini       Gini index; poverty: share below 0.6 of the median (V:0.6)   Deville 1999, Osier 2009

            variance   linearised, between PSUs inside strata, with (1 - f) where --fpc is given (Binder 1983)
                       or by replicates, made (--replicates bootstrap=500 --seed 42) or given (--replicate-weights 'w_*'
                       --replicate-method brr); --mse; --df rank (default with replicates) or reps
            domains    rows outside a domain stay in the design with influence 0
            df         PSUs less strata, counted in the domain: --df design (default), full, inf, or a number
            --ci       logit (default); mean; asin; wilson; beta; korn-graubard; likelihood. At 0 and 100 % every
                       method becomes that of Korn and Graubard with the plain n, and the row has the flag "edge"
            --edge-deff D   takes n/D for n there
            --quantile-rule   math (default), school, hf1 to hf9, shahvaish, interpolated, interpolated-distinct
            --quantile-ci     mean (default), logit, beta, asin, score, replicate; --open-end empty (default), extreme
            --missing  domain (default: rows without an answer keep their PSU), listwise, error
            --deff     auto (default), wor, wr
            --conform r-survey-4.1   every rule as R survey 4.1 has it

            test       Rao and Scott's second-order F (1984); t and rank tests (Lumley and Scott 2013); pairs by Holm
            contrast   formulas of estimates by the delta method: q1[1]{2} is the share of answer 1 in group 2
            model      linear, logistic, Poisson, gamma, ordinal, multinomial; sandwich covariance (Binder 1983)
            --sensitive   list, double-list (Blair and Imai 2012), warner (1965), forced, unrelated (Greenberg 1969),
                       crosswise, triangular (Yu, Tian and Tang 2008), crosswise with anchor (Atsusaka and Stevenson 2023)
            small-area Fay and Herriot (1979): --method reml, ml, prasad-rao, fay-herriot
            calibration   --rake, --poststratify, --calibrate (Deville and Särndal 1992): its record is part of the variance
            stages     Bellhouse (1985); --pps brewer, overton, hartley-rao, joint; two phases: saual help designs

            Formulas, sources and checks: Documentation/Methods.md.

            """,
            ru: """
                статистика  оценка                       источник
                total       сумма w·y                    Särndal, Swensson, Wretman 1992
                mean        сумма w·y / сумма w          там же, 5.7
                share       среднее «ответ равен a»      там же
                ratio       сумма w·y / сумма w·x        там же
                count       сумма w
                quantile    значение, до которого лежит доля p суммы w (--quantile V:0.5); интервал: Woodruff 1952
                variance, standard-deviation, correlation   по взвешенным моментам, влияние дельта-методом
                gini        индекс Джини; poverty: доля ниже 0.6 медианы (V:0.6)   Deville 1999, Osier 2009

                дисперсия   линеаризация, между единицами внутри страт, с (1 - f), если дан --fpc (Binder 1983)
                            или по репликам, сделанным (--replicates bootstrap=500 --seed 42) или данным
                            (--replicate-weights 'w_*' --replicate-method brr); --mse; --df rank (тогда по умолчанию), reps
                группы      строки вне группы остаются в плане выборки с влиянием 0
                df          единицы минус страты, считая в группе: --df design (по умолчанию), full, inf или число
                --ci        logit (по умолчанию); mean; asin; wilson; beta; korn-graubard; likelihood. При 0 и 100 %
                            любой метод становится методом Корна и Граубарда с простым n, строка получает пометку edge
                --edge-deff D   берёт там n/D вместо n
                --quantile-rule   math (по умолчанию), school, hf1 … hf9, shahvaish, interpolated,
                                  interpolated-distinct
                --quantile-ci     mean (по умолчанию), logit, beta, asin, score, replicate; --open-end empty (по
                                  умолчанию), extreme
                --missing   domain (по умолчанию: строки без ответа сохраняют единицу), listwise, error
                --deff      auto (по умолчанию), wor, wr
                --conform r-survey-4.1   все правила как в R survey 4.1

                test        F второго порядка Рао и Скотта (1984); t и ранги (Lumley, Scott 2013); пары по Холму
                contrast    формулы из оценок, дельта-метод: q1[1]{2} — доля ответа 1 в группе 2
                model       линейная, логистическая, Пуассон, гамма, порядковая, мультиномиальная; сэндвич (Binder 1983)
                --sensitive   list, double-list (Blair, Imai 2012), warner (1965), forced, unrelated (Greenberg 1969),
                            crosswise, triangular (Yu, Tian, Tang 2008), crosswise с anchor (Atsusaka, Stevenson 2023)
                small-area  Fay, Herriot (1979): --method reml, ml, prasad-rao, fay-herriot
                калибровка  --rake, --poststratify, --calibrate (Deville, Särndal 1992): запись о ней входит в дисперсию
                ступени     Bellhouse (1985); --pps brewer, overton, hartley-rao, joint; две фазы: saual help designs

                Формулы, источники и проверки: Documentation/Methods.md.

                """,
            kk: """
                статистика  бағалау                      дереккөз
                total       w·y қосындысы                Särndal, Swensson, Wretman 1992
                mean        w·y қосындысы / w қосындысы  сонда, 5.7
                share       «жауап — a» орташасы           сонда
                ratio       w·y қосындысы / w·x қосындысы  сонда
                count       w қосындысы
                quantile    w қосындысының p үлесі жететін мән (--quantile V:0.5); аралық: Woodruff 1952
                variance, standard-deviation, correlation   салмақталған моменттерден, әсері дельта-әдіспен
                gini        Джини индексі; poverty: медиананың 0.6 бөлігінен төмен үлес (V:0.6)   Deville 1999,
                            Osier 2009

                дисперсия   сызықтандыру, страта ішіндегі бірліктер арасында, --fpc берілсе (1 - f) (Binder 1983)
                            не репликалар бойынша: жасалған (--replicates bootstrap=500 --seed 42) не берілген
                            (--replicate-weights 'w_*' --replicate-method brr); --mse; --df rank (сонда әдепкі), reps
                топтар      топтан тыс жолдар іріктеме жоспарында 0 әсерімен қалады
                df          бірліктер саны минус страталар саны, топ ішінде: --df design (әдепкі), full, inf не сан
                --ci        logit (әдепкі); mean; asin; wilson; beta; korn-graubard; likelihood. 0 және 100 % кезінде
                            әр әдіс жай n-мен Корн мен Граубард әдісіне айналады, жолда edge белгісі болады
                --edge-deff D   сонда n орнына n/D алады
                --quantile-rule   math (әдепкі), school, hf1 … hf9, shahvaish, interpolated, interpolated-distinct
                --quantile-ci     mean (әдепкі), logit, beta, asin, score, replicate; --open-end empty (әдепкі),
                                  extreme
                --missing   domain (әдепкі: жауапсыз жолдар бірлігін сақтайды), listwise, error
                --deff      auto (әдепкі), wor, wr
                --conform r-survey-4.1   барлық ереже R survey 4.1-дегідей

                test        Рао мен Скоттың екінші ретті F-і (1984); t мен рангтер (Lumley, Scott 2013); жұптар Холм бойынша
                contrast    бағалаулардан формула, дельта-әдіс: q1[1]{2} — 2-топтағы 1-жауап үлесі
                model       сызықтық, логистикалық, Пуассон, гамма, реттік, мультиномиалды; сэндвич (Binder 1983)
                --sensitive   list, double-list (Blair, Imai 2012), warner (1965), forced, unrelated (Greenberg 1969),
                            crosswise, triangular (Yu, Tian, Tang 2008), crosswise + anchor (Atsusaka, Stevenson 2023)
                small-area  Fay, Herriot (1979): --method reml, ml, prasad-rao, fay-herriot
                калибрлеу   --rake, --poststratify, --calibrate (Deville, Särndal 1992): жазбасы дисперсияға кіреді
                сатылар     Bellhouse (1985); --pps brewer, overton, hartley-rao, joint; екі фаза: saual help designs

                Формулалар, дереккөздер, тексерулер: Documentation/Methods.md.

                """))
}
