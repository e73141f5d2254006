internal import SurveySampling

extension SampleCommand {
    /// For `size`.
    static let sizeOptions: [Option] = [
        .value(
            "share", "P",
            Phrase(
                "size: the expected share, 0.5 for the greatest size",
                ru: "size: ожидаемая доля, 0.5 даёт наибольший размер",
                kk: "size: күтілетін үлес, 0.5 ең үлкен көлемді береді")),
        .value(
            "margin", "E",
            Phrase(
                "size: margin of error, half the width of the interval",
                ru: "size: погрешность, половина ширины интервала", kk: "size: қателік, интервал енінің жартысы")),
        .value(
            "relative-margin", "R",
            Phrase(
                "size: margin of error as a share of the expected value",
                ru: "size: погрешность как доля ожидаемого значения",
                kk: "size: қателік күтілетін мәннің үлесі ретінде")),
        .value(
            "to", "VALUE",
            Phrase(
                "size: the value in the other wave, for the size that shows the change",
                ru: "size: значение в другой волне: размер, при котором изменение видно",
                kk: "size: басқа толқындағы мән: өзгерісті көрсететін көлем")),
        .value(
            "deviation-to", "S",
            Phrase(
                "size: standard deviation in the other wave (default: the same)",
                ru: "size: стандартное отклонение в другой волне (по умолчанию то же)",
                kk: "size: басқа толқындағы стандартты ауытқу (әдепкіде сол)")),
        .value(
            "power", "P",
            Phrase(
                "size: probability to show the change (default: 0.8)",
                ru: "size: вероятность обнаружить изменение (по умолчанию 0.8)",
                kk: "size: өзгерісті көрсету ықтималдығы (әдепкісі: 0.8)")),
        .flag(
            "one-sided",
            Phrase(
                "size: a change in the planned direction only", ru: "size: изменение только в ожидаемую сторону",
                kk: "size: тек күтілетін бағыттағы өзгеріс")),
        .value(
            "overlap", "O",
            Phrase(
                "size: share of interviews with persons of both waves",
                ru: "size: доля интервью с участниками обеих волн",
                kk: "size: екі толқынға да қатысқандармен сұхбат үлесі")),
        .value(
            "correlation", "R",
            Phrase(
                "size: correlation of the answers of such persons", ru: "size: корреляция ответов таких участников",
                kk: "size: ондай қатысушылар жауаптарының корреляциясы")),
        .value(
            "level", "L",
            Phrase(
                "size: level of the interval (default: 0.95)", ru: "size: уровень интервала (по умолчанию 0.95)",
                kk: "size: интервал деңгейі (әдепкісі: 0.95)")),
        .value(
            "deff", "D",
            Phrase(
                "size: design effect apart from clusters and weights (default: 1)",
                ru: "size: эффект дизайна без кластеров и весов (по умолчанию 1)",
                kk: "size: кластерлер мен салмақтарсыз дизайн әсері (әдепкісі: 1)")),
        .value(
            "rho", "R",
            Phrase(
                "size: correlation of answers inside a cluster; deff = 1 + (take − 1)·rho",
                ru: "size: корреляция ответов внутри кластера; deff = 1 + (take − 1)·rho",
                kk: "size: кластер ішіндегі жауаптар корреляциясы; deff = 1 + (take − 1)·rho")),
        .value(
            "weight-cv", "CV",
            Phrase(
                "size: coefficient of variation of the weights; deff = 1 + cv²",
                ru: "size: коэффициент вариации весов; deff = 1 + cv²",
                kk: "size: салмақтардың вариация коэффициенті; deff = 1 + cv²")),
        .value(
            "response", "R",
            Phrase(
                "size: expected response rate (default: 1)", ru: "size: ожидаемая доля ответивших (по умолчанию 1)",
                kk: "size: күтілетін жауап үлесі (әдепкісі: 1)")),
    ]

    /// For more than one part.
    static let strataOptions: [Option] = [
        .value(
            "n", "N",
            Phrase(
                "units of the sample: of the first stage in draw; in size: tell what this size gives",
                ru: "единиц в выборке: в draw — первой ступени; в size — сказать, что даёт такой размер",
                kk: "іріктемедегі бірлік саны: draw ішінде бірінші сатының; size ішінде бұл көлем не беретінін айту")),
        .value(
            "mean", "M|COL",
            Phrase(
                "size: the expected mean; allocate: column of means, for power",
                ru: "size: ожидаемое среднее; allocate: столбец средних, для power",
                kk: "size: күтілетін орташа; allocate: орташалар бағаны, power үшін")),
        .value(
            "deviation", "S|COL",
            Phrase(
                "standard deviation of the answers; allocate: its column",
                ru: "стандартное отклонение ответов; allocate: его столбец",
                kk: "жауаптардың стандартты ауытқуы; allocate: оның бағаны")),
        .value(
            "population", "N|COL",
            Phrase(
                "units of the population; allocate: its column", ru: "единиц совокупности; allocate: их столбец",
                kk: "жиынтық бірліктері; allocate: олардың бағаны")),
        .value(
            "take", "M[,M…]",
            Phrase(
                "units drawn in each cluster, stage by stage (default in draw: all rows); in size: interviews of a cluster",
                ru:
                    "единиц из каждого кластера, по ступеням (в draw по умолчанию все строки); в size — интервью в кластере",
                kk:
                    "әр кластерден алынатын бірліктер, саты сайын (draw әдепкісі: барлық жол); size ішінде кластердегі сұхбат саны"
            )),
        .value(
            "strata", "COL[*COL]",
            Phrase("allocate, draw: the stratum", ru: "allocate, draw: страта", kk: "allocate, draw: страта")),
        .choice(
            "allocation", AllocationRule.allCases.map(\.rawValue),
            Phrase(
                "allocate, draw: how the sample is shared out (default: proportional)",
                ru: "allocate, draw: как разместить выборку (по умолчанию proportional)",
                kk: "allocate, draw: іріктемені қалай орналастыру (әдепкісі: proportional)")),
        .value(
            "minimum", "N",
            Phrase(
                "allocate, draw: least size of a stratum (default: 2)",
                ru: "allocate, draw: наименьший размер страты (по умолчанию 2)",
                kk: "allocate, draw: стратаның ең кіші көлемі (әдепкісі: 2)")),
        .value(
            "maximum", "N",
            Phrase(
                "allocate, draw: greatest size of a stratum (default: the whole stratum)",
                ru: "allocate, draw: наибольший размер страты (по умолчанию вся страта)",
                kk: "allocate, draw: стратаның ең үлкен көлемі (әдепкіде бүкіл страта)")),
        .value(
            "exponent", "Q",
            Phrase(
                "allocate, draw: exponent of the size for power, 0 to 1 (default: 0.5)",
                ru: "allocate, draw: степень размера для power, от 0 до 1 (по умолчанию 0.5)",
                kk: "allocate, draw: power үшін көлем дәрежесі, 0-ден 1-ге дейін (әдепкісі: 0.5)")),
        .value(
            "cost", "COL",
            Phrase(
                "allocate: cost of an interview, for optimal", ru: "allocate: стоимость интервью, для optimal",
                kk: "allocate: сұхбат құны, optimal үшін")),
        .value(
            "size", "COL",
            Phrase(
                "draw: size in proportion to which units are drawn; allocate: total of the size, for power",
                ru: "draw: размер, пропорционально которому идёт отбор; allocate: сумма размера, для power",
                kk: "draw: іріктеу пропорционал болатын көлем; allocate: көлем қосындысы, power үшін")),
    ]

    /// For `draw`.
    static let drawOptions: [Option] = [
        .value(
            "psu", "COL[,COL…]",
            Phrase(
                "draw: cluster of each row, the unit of the first stage; further ones are of the stages below it",
                ru: "draw: кластер строки, единица первой ступени; следующие — ступени под ней",
                kk: "draw: жолдың кластері, бірінші сатының бірлігі; келесілері — одан төмен сатылар")),
        .value(
            "sizes", "PLAN.csv",
            Phrase(
                "draw: sizes of the strata, a file with their columns and n, as allocate writes it",
                ru: "draw: размеры страт, файл с их столбцами и n, как его пишет allocate",
                kk: "draw: страталар көлемі, бағандары мен n бар файл, allocate жазғандай")),
        .choice(
            "method", SelectionMethod.allCases.map(\.rawValue),
            Phrase(
                "draw: how units are drawn (default: srs)", ru: "draw: как отбираются единицы (по умолчанию srs)",
                kk: "draw: бірліктер қалай іріктеледі (әдепкісі: srs)")),
        .list(
            "second-method", "srs|systematic",
            Phrase(
                "draw: how units of the later stages are drawn, stage by stage (default: srs)",
                ru: "draw: как отбираются единицы следующих ступеней, по ступеням (по умолчанию srs)",
                kk: "draw: кейінгі саты бірліктері қалай іріктеледі, саты сайын (әдепкісі: srs)")),
        .list(
            "sort", "COL",
            Phrase(
                "draw: order in which a systematic sample passes the units (default: that of the frame)",
                ru: "draw: порядок обхода при систематическом отборе (по умолчанию порядок основы)",
                kk: "draw: жүйелі іріктеу бірліктерді аралайтын рет (әдепкісі: негіздегі рет)")),
        .flag(
            "shuffle",
            Phrase(
                "draw: put the units in random order first", ru: "draw: сначала перемешать единицы",
                kk: "draw: алдымен бірліктерді араластыру")),
        .value(
            "seed", "N",
            Phrase(
                "draw: seed of the random numbers; needed", ru: "draw: начальное число; обязательно",
                kk: "draw: кездейсоқ сандардың бастапқы саны; міндетті")),
        .value(
            "joint", "FILE",
            Phrase(
                "draw: write the probabilities of pairs (srs, sampford, brewer: two units, or strata up to 20)",
                ru: "draw: записать вероятности пар (srs, sampford, brewer: две единицы или страты до 20)",
                kk: "draw: жұптар ықтималдығын жазу (srs, sampford, brewer: екі бірлік не 20-ға дейінгі страта)")),
        .value(
            "prefix", "TEXT",
            Phrase(
                "draw: how the names of the new columns begin (default: sample_)",
                ru: "draw: с чего начинаются имена новых столбцов (по умолчанию sample_)",
                kk: "draw: жаңа бағандар атының басы (әдепкісі: sample_)")),
    ]
}
