extension HelpTopic {
    static let designs = HelpTopic(
        name: "designs",
        page: Phrase(
            """
            A design tells how rows were drawn; without it no standard error is right.

            --strata COL*COL     stratum: the crossing of these columns; none means one stratum
            --psu COL            primary sampling unit; none means that each row is one
            --nest               PSU labels repeat between strata
            --fpc COL            PSUs in the population of the stratum (above 1) or sampling fraction (up to 1)
            --weight COL         weight; none means N/n from the fpc, else 1, with a caution
            --lonely-psu RULE    a stratum with one PSU: fail (default, lists the strata), certainty (contributes 0;
                                 alias remove), average (the mean of the other strata), adjust (centred on the mean
                                 of all PSU sums), adjust-zero (centred on 0), collapse (joined with the nearest
                                 stratum, by --collapse-by COL or in order)
            --domain-lonely      apply the rule also where one PSU of a stratum holds a whole domain

            Several stages: a comma names the next one, --psu district,school --fpc districts,schools. Strata of a
            stage lie inside the unit above (--strata region,type; --strata ,type has none at the first stage).
            --stages first       the first stage alone;  --fpc none: as with replacement
            --probability COL    probability to be drawn, stage by stage; the weight is 1 over the product
            --pps METHOD         their variance without replacement: brewer, overton, hartley-rao (--sum-pi2 X),
                                 joint (--joint FILE); --pps-variance yates-grundy
            --phase-two COL      1 in the rows of a second sample drawn from this one, with --phase-two-strata,
                                 --phase-two-psu, --phase-two-fpc, --phase-two-method full|approx|simple

            A study file that "run" made has the design of its study.yaml; options overrule it.

            """,
            ru: """
                План выборки (дизайн) говорит, как отобраны строки; без него ни одна стандартная ошибка не верна.

                --strata COL*COL     страта: пересечение этих столбцов; без ключа страта одна
                --psu COL            первичная единица отбора; без ключа это каждая строка
                --nest               номера единиц повторяются в разных стратах
                --fpc COL            единиц в страте генеральной совокупности (больше 1) или доля отбора (до 1)
                --weight COL         вес; без ключа N/n по fpc, иначе 1, с предостережением
                --lonely-psu RULE    страта с одной единицей: fail (по умолчанию: остановка со списком страт), certainty
                                     (вклад 0; то же remove), average (среднее остальных страт), adjust (от среднего
                                     всех сумм по единицам), adjust-zero (от нуля), collapse (объединение с ближайшей
                                     стратой по --collapse-by COL или по порядку)
                --domain-lonely      применять правило и там, где группа целиком в одной единице страты

                Несколько ступеней: запятая называет следующую, --psu district,school --fpc districts,schools. Страты
                ступени лежат внутри единицы выше (--strata region,type; --strata ,type — на первой ступени страт нет).
                --stages first       только первая ступень;  --fpc none: как при отборе с возвращением
                --probability COL    вероятность отбора, ступень за ступенью; вес равен 1 на произведение
                --pps METHOD         дисперсия без возвращения: brewer, overton, hartley-rao (--sum-pi2 X),
                                     joint (--joint FILE); --pps-variance yates-grundy
                --phase-two COL      1 в строках второй выборки, взятой из этой; к ней --phase-two-strata,
                                     --phase-two-psu, --phase-two-fpc, --phase-two-method full|approx|simple

                У файла исследования, созданного командой run, план выборки взят из study.yaml; ключи важнее его.

                """,
            kk: """
                Іріктеме жоспары (дизайн) жолдардың қалай іріктелгенін айтады; онсыз стандартты қателер дұрыс болмайды.

                --strata COL*COL     страта: осы бағандардың қиылысы; көрсетілмесе, страта біреу
                --psu COL            бастапқы іріктеу бірлігі; көрсетілмесе, әр жол — бір бірлік
                --nest               бірлік нөмірлері әртүрлі стратада қайталанады
                --fpc COL            бас жиынтық стратасындағы бірліктер саны (1-ден көп) не іріктеу үлесі (1-ге дейін)
                --weight COL         салмақ; көрсетілмесе, fpc бойынша N/n, әйтпесе ескертумен 1
                --lonely-psu RULE    бір бірлікті страта: fail (әдепкі: страталар тізімімен тоқтау), certainty (үлесі 0;
                                     remove де сол), average (қалған страталардың орташасы), adjust (барлық бірлік
                                     қосындыларының орташасынан), adjust-zero (нөлден), collapse (ең жақын
                                     стратамен біріктіру, --collapse-by COL бойынша не ретімен)
                --domain-lonely      топ стратаның бір ғана бірлігінде болса да ережені қолдану

                Бірнеше саты: үтір келесісін атайды, --psu district,school --fpc districts,schools. Сатының страталары
                жоғары бірліктің ішінде жатады (--strata region,type; --strata ,type — бірінші сатыда страта жоқ).
                --stages first       тек бірінші саты;  --fpc none: қайтарып іріктегендей
                --probability COL    іріктелу ықтималдығы, саты сайын; салмақ — 1-дің көбейтіндіге қатынасы
                --pps METHOD         қайтарусыз дисперсия: brewer, overton, hartley-rao (--sum-pi2 X),
                                     joint (--joint FILE); --pps-variance yates-grundy
                --phase-two COL      осы іріктемеден алынған екінші іріктеме жолдарында 1; онымен --phase-two-strata,
                                     --phase-two-psu, --phase-two-fpc, --phase-two-method full|approx|simple

                run пәрмені жасаған зерттеу файлының жоспары study.yaml-дан алынады; кілттер одан жоғары тұрады.

                """))
}
