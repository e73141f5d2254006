extension NewStudy {
    var study: String {
        """
        saual: study/1
        \(modeline(.study))
        \(comment(
            "Which files, how the sample was drawn, what comes out. Run it with: saual run study.yaml",
            ru: "Какие файлы, как построена выборка, что получится. Запуск: saual run study.yaml",
            kk: "Қандай файлдар, іріктеме қалай құрылған, не шығады. Іске қосу: saual run study.yaml"))
        id: \(name)
        title: \(text("SYNTHETIC EXAMPLE", ru: "ВЫМЫШЛЕННЫЙ ПРИМЕР", kk: "ЖАСАНДЫ МЫСАЛ"))
        attribution: \(text(
            "Made-up data, nobody was interviewed", ru: "Вымышленные данные, никого не опрашивали",
            kk: "Ойдан шығарылған деректер, ешкімнен сұралмаған"))
        \(comment(
            "Says on every page that the data is made up: delete this line when yours is not.",
            ru: "Пишет на каждой странице, что данные вымышлены: удалите строку, когда данные станут настоящими.",
            kk: "Әр бетке деректің жасанды екенін жазады: дерегіңіз шынайы болғанда жолды өшіріңіз."))
        synthetic: true
        languages: \(languageList)
        waves:
          - id: "2026"
            file: wave.csv
            questionnaire: questionnaire.yaml
            field: {start: 2026-05-01, end: 2026-05-28}
        \(comment(
            "The design decides the standard errors: strata, primary sampling units, weight.",
            ru: "От плана выборки зависят ошибки: страты, первичные единицы отбора, вес.",
            kk: "Қателер іріктеме жоспарына байланысты: страталар, бастапқы іріктеу бірліктері, салмақ."))
        design: {strata: region, psu: psu, weight: weight, lonely psu: fail}
        \(comment(
            "Makes that weight: base weights are raked until they meet the totals of targets.csv.",
            ru: "Делает этот вес: базовые веса подгоняются, пока не сойдутся с итогами targets.csv.",
            kk: "Сол салмақты жасайды: негізгі салмақтар targets.csv жиындарына сәйкескенше түзетіледі."))
        weighting:
          name: weight
          base: base_weight
          steps:
            - rake: {targets: targets.csv}
        indicators: [indicators.yaml]
        \(comment(
            "Figures of fewer people are hidden or stand in brackets.",
            ru: "Показатели по меньшему числу людей скрыты или стоят в скобках.",
            kk: "Адам саны бұдан аз көрсеткіштер жасырылады не жақшада тұрады."))
        publication: {minimum base: 30, low base: 50, minimum psus: 3}

        """
    }

    /// Totals of the made-up population; codes, never labels.
    var targets: String {
        """
        variable,category,total
        sex,1,118000
        sex,2,132000
        age_group,m44,96000
        age_group,45+,154000

        """
    }

    var readme: String {
        Phrase(
            """
            # \(name): a study to start from

            **SYNTHETIC: every interview in `wave.csv` is made up by a program. Publish nothing that is computed from it.**

            | file | holds |
            | --- | --- |
            | `questionnaire.yaml` | what was asked |
            | `wave.csv` | 200 made-up interviews, one a row |
            | `indicators.yaml` | which figures are wanted, each with its base |
            | `targets.csv` | totals of the population that the weights must meet |
            | `study.yaml` | the waves, the design of the sample, the weighting, what may be published |
            | `.schemas/` | what an editor with a YAML language server checks the files against while you type |

                saual check questionnaire.yaml study.yaml
                saual run study.yaml

            The reports are then in `results/`. To go on with a file of your own:

                saual describe mine.csv --draft-questionnaire -o questionnaire.yaml --force

            writes the questionnaire that the file implies. Correct its guesses, name the file in `study.yaml`, write your
            indicators, delete `synthetic: true`, and run again.

            """,
            ru: """
                # \(name): исследование для начала

                **ВЫМЫШЛЕНО: все интервью в `wave.csv` придуманы программой. Ничего, что по ним вычислено, не публикуйте.**

                | файл | что в нём |
                | --- | --- |
                | `questionnaire.yaml` | что спрашивали |
                | `wave.csv` | 200 вымышленных интервью, по строке на каждое |
                | `indicators.yaml` | какие показатели нужны, у каждого своя база |
                | `targets.csv` | итоги по населению, к которым приводятся веса |
                | `study.yaml` | волны, план выборки, взвешивание, что можно публиковать |
                | `.schemas/` | по ним редактор с YAML language server проверяет файлы, пока вы пишете |

                    saual check questionnaire.yaml study.yaml
                    saual run study.yaml

                После этого отчёты лежат в `results/`. Чтобы продолжить со своим файлом:

                    saual describe mine.csv --draft-questionnaire -o questionnaire.yaml --force

                Команда пишет вопросник, который следует из файла. Исправьте её догадки, назовите файл в `study.yaml`,
                напишите свои показатели, удалите `synthetic: true` и запустите снова.

                """,
            kk: """
                # \(name): бастауға арналған зерттеу

                **ЖАСАНДЫ: `wave.csv` файлындағы барлық сұхбатты бағдарлама ойдан шығарған. Солар бойынша есептелгенді жарияламаңыз.**

                | файл | не бар |
                | --- | --- |
                | `questionnaire.yaml` | не сұралды |
                | `wave.csv` | 200 жасанды сұхбат, әрқайсысы бір жолда |
                | `indicators.yaml` | қандай көрсеткіштер керек, әрқайсысының базасы бар |
                | `targets.csv` | салмақтар сәйкес келуге тиіс халық жиындары |
                | `study.yaml` | толқындар, іріктеме жоспары, салмақтау, нені жариялауға болады |
                | `.schemas/` | YAML language server бар редактор жазып жатқанда файлдарды осылармен тексереді |

                    saual check questionnaire.yaml study.yaml
                    saual run study.yaml

                Содан кейін есептер `results/` қалтасында болады. Өз файлыңызбен жалғастыру үшін:

                    saual describe mine.csv --draft-questionnaire -o questionnaire.yaml --force

                Пәрмен файлдан шығатын сауалнаманы жазады. Болжамдарын түзетіп, файлды `study.yaml` ішінде атаңыз,
                көрсеткіштеріңізді жазып, `synthetic: true` жолын өшіріңіз де, қайта іске қосыңыз.

                """
        ).text(in: words)
    }
}
