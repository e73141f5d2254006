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
                                 of all PSU sums), adjust-zero (centred on 0)
            --domain-lonely      apply the rule also where one PSU of a stratum holds a whole domain

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
                                     всех сумм по единицам), adjust-zero (от нуля)
                --domain-lonely      применять правило и там, где группа целиком в одной единице страты

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
                                     қосындыларының орташасынан), adjust-zero (нөлден)
                --domain-lonely      топ стратаның бір ғана бірлігінде болса да ережені қолдану

                run пәрмені жасаған зерттеу файлының жоспары study.yaml-дан алынады; кілттер одан жоғары тұрады.

                """))
}
