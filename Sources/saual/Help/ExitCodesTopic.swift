extension HelpTopic {
    static let exitCodes = HelpTopic(
        name: "exit-codes",
        page: Phrase(
            """
            0    done
            1    done, with findings: quarantined rows, failed checks, problems found by "check"
            2    the command line is wrong
            3    an input is unreadable, damaged or contradicts its schema; nothing was written
            4    the numbers cannot be computed as asked: a stratum with one PSU and no rule, an empty domain
            5    a hidden or private figure was asked for outright; a table with hidden cells is 0
            70   a defect of Saual itself; please send us the message
            130  interrupted

            """,
            ru: """
                0    готово
                1    готово, но есть замечания: строки в карантине, непройденные проверки, ошибки, найденные «check»
                2    ошибка в командной строке
                3    входной файл не читается, повреждён или противоречит своей схеме; ничего не записано
                4    так посчитать нельзя: в страте одна единица, а правила нет; пустая группа
                5    прямо запрошено скрытое или закрытое; таблица со скрытыми ячейками — 0
                70   ошибка самой программы; пришлите нам сообщение
                130  прервано

                """,
            kk: """
                0    дайын
                1    дайын, бірақ ескертулер бар: карантиндегі жолдар, өтпеген тексерулер, «check» тапқан қателер
                2    пәрмен жолы қате
                3    кіріс файлы оқылмайды, бүлінген немесе сызбасына қайшы; ештеңе жазылмады
                4    бұлай есептеу мүмкін емес: ереже берілмеген бір бірлікті страта, бос топ
                5    жасырылған не жабық дерек тікелей сұралды; жасырылған ұяшығы бар кесте — 0
                70   бағдарламаның өз қатесі; хабарламаны бізге жіберіңіз
                130  үзілді

                """))
}
